// The buttons that undo and redo, and the keys for it. What is written in a text box the browser undoes.
import { role } from './element.js';

export class UndoControls {
  #undo = role('undo');
  #redo = role('redo');

  // undo(), redo(): what they do.
  constructor({ undo, redo }) {
    this.#undo.addEventListener('click', () => undo());
    this.#redo.addEventListener('click', () => redo());
    document.addEventListener('keydown', (event) => hear(event, { undo, redo }));
  }

  show({ canUndo, canRedo }) {
    this.#undo.disabled = !canUndo;
    this.#redo.disabled = !canRedo;
  }
}

// Where nothing is written, Ctrl+Z would undo in the text box, which does not have the focus.
function hear(event, { undo, redo }) {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  if (!(ctrlKey || metaKey) || altKey || target.matches?.('input[type=text], textarea')) return;
  const letter = key.toLowerCase();
  if (letter !== 'z' && letter !== 'y') return;
  event.preventDefault();
  if (letter === 'y' || shiftKey) redo();
  else undo();
}
