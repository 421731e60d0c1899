// What stands in the shadow root of <path-scope>, as nodes. Words come from words.js, in the language
// that is current when they are made.
import { element } from '../element.js';
import { say } from '../words.js';

// The whole, without figures: {frame, live, loading, bar, progress, messages}.
export function shell() {
  const live = element('div', { class: 'live' });
  const progress = element('label', { for: 'progress' });
  const bar = element('progress', { id: 'progress', part: 'progress' });
  const loading = element('div', { class: 'loading', part: 'loading', hidden: true }, progress, bar);
  const error = element('p', { class: 'message', part: 'error', role: 'alert', hidden: true });
  const notice = element('p', { class: 'message notice', part: 'notice', role: 'status', hidden: true });
  const announcement = element('p', { 'class': 'visually-hidden', 'data-role': 'announcement', 'aria-live': 'polite' });
  const room = element('div', { class: 'room' }, element('slot'), live, loading);
  const frame = element('div', { 'class': 'frame', 'part': 'frame', 'data-stage': 'waiting' }, error, notice, room, announcement);
  return { frame, room, live, loading, bar, progress, error, notice };
}

// The text and the cuts, for an element with `controls`.
export function controls() {
  return element(
    'div',
    { 'class': 'controls', 'part': 'controls', 'role': 'group', 'aria-label': say('embedControls') },
    element('textarea', {
      'data-role': 'text', 'part': 'text', 'rows': 1, 'spellcheck': 'false', 'autocomplete': 'off', 'autocapitalize': 'off',
      'translate': 'no', 'aria-label': say('embedText'),
    }),
    button('cut-tool', say('cutTool'), { 'aria-pressed': 'false' }),
    button('undo', say('undo')),
    button('reset', say('embedReset')),
  );
}

function button(name, label, attributes = {}) {
  return element('button', { 'type': 'button', 'part': 'button', 'data-role': name, ...attributes }, label);
}
