// A dialog about one figure of the page, and the button beside each figure that opens it: a title, a
// choice of kinds, what else belongs to it, buttons, and a line that says what was done.
import { element } from '../element.js';
import { say } from '../words.js';
import { open_dialog } from './dialog.js';

// Beside the figures' tables, after the buttons that stand there. name: its role; words: the key of its
// word; open(section).
export function add_buttons(sections, { name, words, open }) {
  for (const section of sections) {
    const button = element('button', { type: 'button', class: 'quiet', dataset: { role: name, say: words }, onclick: () => open(section) }, say(words));
    const beside = section.querySelector('[data-role=show-tables], [data-role=claims-status]');
    const last = [...beside.parentElement.children].findLast((node) => node === beside || node.matches('.quiet'));
    last.after(button);
  }
}

// A choice of some kinds, the words of each under `${words}_${kind}`.
export function kinds_choice({ name, kinds, chosen, words, on_choice }) {
  const radio = (kind) =>
    element(
      'label',
      {},
      element('input', { type: 'radio', name, value: kind, checked: kind === chosen }),
      element('span', {}, say(`${words}_${kind}`)),
    );
  return element(
    'fieldset',
    { class: 'joined', onchange: ({ target }) => on_choice(target.value) },
    element('legend', { class: 'visually-hidden' }, say(words)),
    ...kinds.map(radio),
  );
}

// A text to be written or read, under its name.
export function text_field({ name, words, rows }) {
  const box = element('textarea', { id: name, dataset: { role: name }, rows });
  const field = element('div', { class: 'field' }, element('label', { class: 'name', for: name }, say(words)), box);
  return { field, box };
}

// Shows it, with a line that says what was done, which is given.
export function open_figure_dialog({ name, title, parts, buttons }) {
  const status = element('p', { class: 'muted', dataset: { role: `${name}-status` }, role: 'status' });
  open_dialog({ name, title, parts: [...parts, element('div', { class: 'row buttons' }, ...buttons), status] });
  return status;
}
