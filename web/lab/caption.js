// What is written below a figure that leaves the page: what it shows, and of which text, model and place.
import { token_label } from '../tables/token.js';
import { say } from '../words.js';
import { alt_of } from './embed_markup.js';

const most_text = 300; // characters

// What each figure is told of besides the model; those that are not here, of nothing else.
const told_of = {
  'paths': [text, place, target, cuts],
  'attention': [text, place, cuts],
  'bigrams': [place],
  'expansion': [text, place, target, cuts],
  'scores': [text, place, cuts],
  'induction': [text, cuts],
};

// What the page is about, line by line, for paper.
export function reading_of(model, state) {
  const parts = state.tokens.length ? [place, target, cuts] : [];
  return [text(state), say('captionModel', { model }), ...parts.map((part) => part(state))].filter((line) => line);
}

// section: the figure's; model: as people read it; state: the explorer's, null for a figure that has
// none. One line for each thing.
export function caption_of(section, { model, state }) {
  const title = section.querySelector('h2').textContent;
  const shown = alt_of(section);
  const parts = state ? [say('captionModel', { model }), ...(told_of[section.dataset.figure] ?? []).map((part) => part(state))] : [];
  return [title, shown === title ? '' : shown, ...parts].filter((line) => line).join('\n');
}

function text({ text: whole }) {
  const characters = Array.from(whole.replace(/\s+/g, ' '));
  const told = characters.length > most_text ? `${characters.slice(0, most_text).join('')}…` : characters.join('');
  return say('captionText', { text: told });
}

function place({ tokens, position }) {
  return position === null ? '' : say('captionPlace', { position, token: token_label(tokens[position]) });
}

function target({ target: token }) {
  return token && say('captionTarget', { token: token_label(token) });
}

function cuts({ cuts: cut, frozen }) {
  if (cut.length === 0) return '';
  return say(frozen ? 'captionCutFrozen' : 'captionCut', { cuts: cut.join(', ') });
}
