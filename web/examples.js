// Texts to begin with, from assets/examples.json (tests/cli/examples.py says what is in it): a button
// each, and once one is chosen, a sentence that says what to look at, until its text is edited.
import { address_of } from './addresses.js';
import { element, role } from './element.js';
import { language as page_language } from './words.js';

// {language: [example]}; without the file none.
export async function fetch_examples() {
  try {
    return await (await fetch(address_of('assets/examples.json'))).json();
  } catch {
    return {};
  }
}

export class Examples {
  #group = role('examples');
  #look_for = role('look-for');
  #on_choose;
  #lists = {}; // by the language of the model
  #buttons = new Map(); // by example
  #shown = ''; // the languages of model and page
  #chosen = null;

  constructor(on_choose) {
    this.#on_choose = on_choose;
  }

  // Without the file there are no examples, and the page works all the same.
  async fetch() {
    this.#lists = await fetch_examples();
  }

  // Leaves those whose model is among `models`.
  keep(models) {
    for (const [language, list] of Object.entries(this.#lists)) {
      this.#lists[language] = list.filter(({ model }) => models.includes(model));
    }
  }

  // What the language opens with.
  first(language) {
    return this.#lists[language]?.[0];
  }

  has(text) {
    return Object.values(this.#lists).some((list) => list.some((example) => example.text === text));
  }

  // The examples of that language.
  show(language) {
    const shown = [language, page_language()].join();
    if (shown === this.#shown) return;
    this.#shown = shown;
    for (const button of this.#buttons.values()) button.remove();
    this.#buttons = new Map((this.#lists[language] ?? []).map((each) => [each, this.#button(each)]));
    this.#group.append(...this.#buttons.values());
    this.#group.hidden = this.#buttons.size === 0;
    this.choose(this.#chosen);
  }

  // The chosen one stays as long as its text and model are explored.
  follow({ text }, model) {
    if (this.#chosen?.text !== text || this.#chosen.model !== model) this.choose(null);
  }

  // The example that a change is, or of which it was kept over a reload; null for none.
  like(change, model) {
    const same = ({ text, cuts = [], model: own }) =>
      text === change.text && own === model && cuts.join() === (change.cuts ?? []).join();
    const shown = [...this.#buttons.keys()];
    return shown.find((example) => example === change) ?? shown.find(same) ?? null;
  }

  choose(example) {
    this.#chosen = example;
    for (const [each, button] of this.#buttons)
      button.setAttribute('aria-pressed', String(each === example));
    const sentence = example ? in_page_language(example.look_for) : '';
    if (this.#look_for.textContent !== sentence) this.#look_for.textContent = sentence;
    this.#look_for.hidden = sentence === '';
  }

  #button(example) {
    return element(
      'button',
      { type: 'button', 'aria-pressed': 'false', onclick: () => this.#on_choose(example) },
      in_page_language(example.name),
    );
  }
}

// {en, zh} -> the sentence in the language of the page's own words.
function in_page_language(sentences) {
  return sentences[page_language().split('-')[0]] ?? sentences.en;
}

// What explorer.set takes: an example names tokens by their text. One that the model does not have is
// left to its top token.
export async function with_ids({ target = null, against = null, ...rest }, scope) {
  const id_of = async (text) => {
    const { tokens } = await scope.tokens(text);
    return tokens.length === 1 ? tokens[0].id : null;
  };
  const names_token = (choice) => typeof choice === 'string' && choice !== 'mean';
  return {
    ...rest,
    target: names_token(target) ? await id_of(target) : target,
    against: names_token(against) ? await id_of(against) : against,
  };
}
