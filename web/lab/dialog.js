// A dialog of the page: a title, and what belongs to it.
import { element } from '../element.js';
import { say } from '../words.js';

// Shows it, made anew in the page's language; it goes when it is closed. name: its role is NAME-dialog.
export function open_dialog({ name, title, parts }) {
  const title_id = `${name}-title`;
  const dialog = element(
    'dialog',
    { 'aria-labelledby': title_id, 'dataset': { role: `${name}-dialog` } },
    element('div', { class: 'row' }, element('h2', { id: title_id }, title), element('button', { type: 'button', onclick: () => dialog.close() }, say('dismiss'))),
    ...parts,
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
