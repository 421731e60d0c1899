// A guess before the figure: choices in the prose, and once one is made, what the engine says. Which
// choice is right is read from the model, like every number.
import { element } from '../element.js';
import { token_node } from '../tables/token.js';
import { say } from '../words.js';

export class Question {
  #fieldsets; // one for each language of the prose
  #chosen = null; // a value
  #on_answer;
  #options = ''; // those that were made, as JSON

  constructor(fieldsets, on_answer) {
    this.#fieldsets = fieldsets;
    this.#on_answer = on_answer;
    fieldsets.forEach((fieldset, i) => {
      for (const input of fieldset.querySelectorAll('input')) input.name = `${fieldset.dataset.question}-${i}`;
      fieldset.querySelector('[data-answer]').hidden = true;
      fieldset.querySelector('[data-answer]').setAttribute('role', 'status');
      fieldset.addEventListener('change', ({ target }) => this.#choose(target.value));
    });
  }

  get answered() {
    return this.#chosen !== null;
  }

  // right: the value of the right choice; null where there is none yet. options: choices that the text
  // gives: [{value, token}].
  show({ right, options }) {
    if (options) this.#offer(options);
    for (const fieldset of this.#fieldsets) {
      for (const label of fieldset.querySelectorAll('label')) {
        const input = label.querySelector('input');
        const told = this.answered && right !== null && right !== undefined;
        input.checked = input.value === this.#chosen;
        label.classList.toggle('right', told && input.value === right);
        label.classList.toggle('wrong', told && input.checked && input.value !== right);
        const mark = label.querySelector('.mark') ?? label.appendChild(element('span', { class: 'mark' }));
        mark.textContent = !told ? '' : input.value === right ? ` ✓ ${say('storyRight')}` : input.checked ? ` ✗ ${say('storyWrong')}` : '';
      }
    }
  }

  #choose(value) {
    this.#chosen = value;
    for (const fieldset of this.#fieldsets) fieldset.querySelector('[data-answer]').hidden = false;
    this.#on_answer();
  }

  // Other choices ask anew.
  #offer(options) {
    const made = JSON.stringify(options);
    if (made === this.#options) return;
    this.#options = made;
    this.#chosen = null;
    this.#fieldsets.forEach((fieldset, i) => {
      fieldset.querySelector('[data-answer]').hidden = true;
      fieldset.querySelector('[data-options]').replaceChildren(
        ...options.map(({ value, token }) =>
          element('label', {},
            element('input', { type: 'radio', name: `${fieldset.dataset.question}-${i}`, value }),
            element('span', { class: 'choice' }, token_node(token), element('span', { class: 'muted' }, ` ${value}`)))),
      );
    });
  }
}
