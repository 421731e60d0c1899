// What went wrong and what to do about it, in a sentence, with a button where something can be done.
import { element, role } from './element.js';
import { say } from './words.js';

export class Failure {
  #box = role('failure');

  // action: {name, run}; without one the sentence can be closed.
  show(sentence, action = { name: say('dismiss'), run: () => {} }) {
    const button = element('button', { type: 'button' }, action.name);
    button.addEventListener('click', () => {
      this.clear();
      action.run();
    });
    this.#box.replaceChildren(element('p', {}, sentence), button);
    this.#box.scrollIntoView?.({ block: 'nearest' });
  }

  clear() {
    this.#box.replaceChildren();
  }
}
