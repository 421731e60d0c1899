// What went wrong and what to do about it, in a sentence, with a button where something can be done.
import { element, role } from './element.js';
import { on_language, say } from './words.js';

export class Failure {
  #box = role('failure');
  #shown = null;

  constructor() {
    on_language(() => this.#shown && this.#write(this.#shown));
  }

  // sentence(): in the page's language. action: {name(), run}; without one the sentence can be closed.
  show(sentence, action = { name: () => say('dismiss'), run: () => {} }) {
    this.#write({ sentence, action });
    this.#box.scrollIntoView?.({ block: 'nearest' });
  }

  clear() {
    this.#shown = null;
    this.#box.replaceChildren();
  }

  #write({ sentence, action }) {
    this.#shown = { sentence, action };
    const button = element('button', { type: 'button' }, action.name());
    button.addEventListener('click', () => {
      this.clear();
      action.run();
    });
    this.#box.replaceChildren(element('p', {}, sentence()), button);
  }
}
