// What stands in the shadow root of <path-scope>, as nodes. Words come from words.js, in the language
// that is current when they are made.
import { element } from './element.js';
import { say } from './words.js';

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

// A figure as in the page: [data-figure=NAME] with its canvas and tables. With a heading where there
// are several.
export function figure_section(figure, { headed }) {
  const { name, title } = figure;
  const id = `${name}-title`;
  const heading = element('h2', { id, class: headed ? false : 'visually-hidden', part: 'title' }, say(title));
  return element(
    'section',
    // No landmark: a page may have the same figure twice.
    { 'class': 'figure', 'data-figure': name, 'role': 'figure', 'aria-labelledby': id, 'part': 'figure' },
    heading,
    ...(name === 'claims' ? claims_parts() : canvas_parts(figure, id)),
  );
}

function canvas_parts({ name, label, keys, tables }, id) {
  const keys_id = `${name}-keys`;
  return [
    name === 'induction' ? repeats() : name === 'importance' ? measured() : null,
    element('canvas', { 'part': 'canvas', 'role': 'img', 'aria-label': say(label), 'aria-describedby': keys ? keys_id : undefined }),
    keys ? element('p', { class: 'keys', id: keys_id, part: 'keys' }, say(keys)) : null,
    element(
      'div',
      { class: 'tables', part: 'tables' },
      button('show-tables', say('showTables'), { 'class': 'quiet', 'aria-pressed': 'false' }),
      element(
        'div',
        { 'class': 'scroll', 'translate': 'no', 'role': 'group', 'aria-labelledby': id },
        ...tables.map((table) => element('table', { 'data-table': table, 'part': 'table' })),
      ),
    ),
  ];
}

function repeats() {
  const choice = (name, label) => [
    element('label', { for: name, class: 'name' }, say(label)),
    element('select', { id: name, dataset: { role: name } }),
  ];
  return element(
    'div',
    { class: 'inline', part: 'controls' },
    ...choice('repeat-length', 'repeatLength'),
    ...choice('repeat-blocks', 'repeatBlocks'),
    button('repeat-others', say('repeatOthers')),
  );
}

function measured() {
  return element(
    'div',
    { class: 'inline', part: 'controls' },
    button('measure-text', '', { hidden: true }),
    button('measure-held-out', '', { hidden: true }),
    button('measure-stop', say('measureStop'), { disabled: true }),
  );
}

function claims_parts() {
  const working = element(
    'div',
    { class: 'inline', dataset: { role: 'claims-working' }, hidden: true },
    element('progress', { 'data-role': 'claims-progress', 'max': 1, 'value': 0, 'aria-labelledby': 'claims-title' }),
    button('cancel-claims', say('cancelClaims')),
  );
  return [
    element(
      'div',
      { class: 'measuring' },
      button('measure-claims', say('measureClaims'), { disabled: true }),
      working,
      element('p', { class: 'muted', dataset: { role: 'claims-status' }, role: 'status' }),
    ),
    element('table', { 'data-table': 'claims', 'part': 'table' }),
  ];
}

function button(name, label, attributes = {}) {
  return element('button', { 'type': 'button', 'part': 'button', 'data-role': name, ...attributes }, label);
}
