// A token chosen from a list: a combobox. Unasked it lists the likely ones; typing searches the
// vocabulary. Arrows move, Enter or a click chooses, Escape leaves things as they were.
import { element } from '../element.js';
import { token_node } from '../tables/token.js';
import { say } from '../words.js';

let pickers = 0;

export class TokenPicker {
  #input;
  // Never focused itself: browsers make what scrolls a stop of the Tab key.
  #list = element('ul', {
    'role': 'listbox',
    'id': `tokens-${++pickers}`,
    'tabindex': '-1',
    'hidden': true,
  });
  #label = '';
  #choices = []; // {id, token, detail}
  #active = -1;
  #search;
  #on_choose;
  #searches = 0;

  // container: holds the input. search(query) resolves to {choices: [{id, token, detail?, lead?}], more};
  // on_choose(id) is told the choice.
  constructor(container, { search, on_choose }) {
    this.#input = container.querySelector('input');
    this.#search = search;
    this.#on_choose = on_choose;
    container.append(this.#list);
    const attributes = {
      'role': 'combobox',
      'autocomplete': 'off',
      'autocapitalize': 'off',
      'spellcheck': 'false',
      'aria-expanded': 'false',
      'aria-controls': this.#list.id,
      'aria-autocomplete': 'list',
    };
    for (const [name, value] of Object.entries(attributes)) this.#input.setAttribute(name, value);

    this.#input.addEventListener('focus', () => {
      this.#input.select();
      this.#open('');
    });
    this.#input.addEventListener('click', () => this.#list.hidden && this.#open(''));
    this.#input.addEventListener('input', () => this.#open(this.#input.value));
    this.#input.addEventListener('keydown', (event) => this.#key(event));
    this.#input.addEventListener('blur', () => this.#close());
    // The box keeps the focus while the list is clicked or scrolled.
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('click', (event) => {
      const option = event.target.closest('[role=option]');
      if (option) this.#choose(Number(option.dataset.index));
    });
  }

  // What is chosen now, as the box shows it. A box that is being typed in is left alone.
  show(label) {
    this.#label = label;
    if (this.#list.hidden) this.#input.value = label;
  }

  async #open(query) {
    const search = ++this.#searches;
    const { choices, more } = await this.#search(query);
    // A later search, or a box that was left meanwhile, wins.
    if (search !== this.#searches || document.activeElement !== this.#input) return;
    this.#choices = choices;
    this.#list.setAttribute('aria-label', say('choices'));
    this.#list.replaceChildren(...choices.map((choice, index) => this.#option(choice, index)));
    if (choices.length === 0) this.#list.append(note(say('choiceNone')));
    if (more > 0) this.#list.append(note(say('choiceMore', { count: more })));
    this.#list.hidden = false;
    this.#input.setAttribute('aria-expanded', 'true');
    this.#activate(query === '' ? -1 : 0);
  }

  #option({ token, lead, detail }, index) {
    return element(
      'li',
      {
        'role': 'option',
        'id': `${this.#list.id}-${index}`,
        'dataset': { index },
        'aria-selected': 'false',
      },
      lead ? element('span', { class: 'lead' }, lead) : null,
      token_node(token),
      element('span', { class: 'detail' }, detail ?? ''),
    );
  }

  #activate(index) {
    const options = this.#list.querySelectorAll('[role=option]');
    options[this.#active]?.setAttribute('aria-selected', 'false');
    this.#active = options.length === 0 ? -1 : Math.max(-1, Math.min(index, options.length - 1));
    const active = options[this.#active];
    if (!active) return this.#input.removeAttribute('aria-activedescendant');
    active.setAttribute('aria-selected', 'true');
    active.scrollIntoView({ block: 'nearest' });
    this.#input.setAttribute('aria-activedescendant', active.id);
  }

  #key(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (this.#list.hidden) this.#open('');
      else this.#activate(this.#active + step);
    } else if (event.key === 'Enter' && !this.#list.hidden) {
      event.preventDefault();
      // Where nothing is found, what is chosen shows again.
      if (this.#active >= 0) this.#choose(this.#active);
      else this.#close();
    } else if (event.key === 'Escape' && !this.#list.hidden) {
      event.preventDefault();
      this.#close();
    }
  }

  #choose(index) {
    const { id } = this.#choices[index];
    this.#close();
    this.#on_choose(id);
  }

  #close() {
    this.#searches++;
    this.#list.hidden = true;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#input.removeAttribute('aria-activedescendant');
    this.#active = -1;
    this.#input.value = this.#label;
  }
}

function note(text) {
  return element('li', { class: 'note', role: 'presentation' }, text);
}
