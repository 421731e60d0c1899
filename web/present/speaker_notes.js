// What the speaker reads: where the lesson is, since when, what to say, what comes next.
import { element } from '../element.js';
import { say } from '../words.js';

export function write_notes(place, { step, steps, title, notes, next, begun }) {
  place.replaceChildren(
    element('p', { class: 'row' },
      element('strong', {}, say('presentStep', { step, steps })),
      element('time', { dataset: { role: 'notes-time' } }, say('presentTime', { time: since(begun) }))),
    element('h2', {}, title),
    element('p', { class: 'say' }, notes),
    element('p', { class: 'muted', dataset: { role: 'notes-next' } }, next ? say('presentThen', { title: next }) : say('presentEnd')),
  );
}

// '12:05', minutes and seconds.
function since(begun) {
  const seconds = Math.max(0, Math.floor((Date.now() - begun) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
