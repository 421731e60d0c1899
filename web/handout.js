// What the page needs on paper beside print.css: which text and model it is of, where it came from, and
// formulas unfolded.
import { element } from './element.js';
import { version } from './version.js';

export class Handout {
  #lines = element('div', { class: 'handout' });
  #unfolded = [];

  // lines(): what it is of, as sentences.
  constructor(lines) {
    document.querySelector('main').prepend(this.#lines);
    addEventListener('beforeprint', () => this.#begin(lines()));
    addEventListener('afterprint', () => this.#end());
  }

  #begin(lines) {
    const address = location.href.split('#')[0];
    const written = [...lines, `Pathscope ${version}, ${address}`];
    this.#lines.replaceChildren(...written.map((line) => element('p', { translate: 'no' }, line)));
    this.#unfolded = [...document.querySelectorAll('.prose details:not([open])')];
    for (const details of this.#unfolded) details.open = true;
  }

  #end() {
    for (const details of this.#unfolded) details.open = false;
    this.#lines.replaceChildren();
  }
}
