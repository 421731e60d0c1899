// Which model: the language that it reads and its number of layers, from the list that the build
// made. Its name ('two-layer', 'zh/two-layer') is what everything else knows it by.
import { element, role } from './element.js';
import { layers_label } from './words.js';

export const layers = ['zero-layer', 'one-layer', 'two-layer'];
export const languages = { en: 'English', zh: '中文' };
export const guest_name = 'guest'; // of a model of the visitor's own, which has none of ours

export class ModelChoice {
  #models = role('model');
  #languages = role('model-language');
  #names = [];
  #guest = null; // the visitor's own model (guest.js)

  // on_model(name): the number of layers was chosen; on_language(name): the language was.
  constructor({ on_model, on_language }) {
    this.#models.addEventListener('change', () => on_model(this.#models.value));
    this.#languages.addEventListener('change', () => {
      on_language(this.nearest(in_language(this.#languages.value, this.#models.value)));
    });
  }

  // Those that there are, in any order.
  offer(names) {
    const rank = (name) => layers.indexOf(layers_of(name));
    this.#names = [...names].sort((a, b) => rank(a) - rank(b));
    const known = Object.keys(languages);
    const found = [...new Set(names.map(language_of))];
    found.sort((a, b) => known.indexOf(a) - known.indexOf(b));
    this.#languages.replaceChildren(
      ...found.map((name) =>
        element('option', { value: name, lang: name }, languages[name] ?? name),
      ),
    );
    this.#languages.hidden = found.length < 2;
  }

  has(name) {
    return this.#names.includes(name);
  }

  // One more, of no language, or null for none.
  offer_guest(guest) {
    this.#guest = guest;
  }

  // The model of that name, or where there is none the deepest of its language, or of any.
  nearest(name) {
    if (this.has(name)) return name;
    const akin = this.#names.filter((other) => language_of(other) === language_of(name));
    return akin.at(-1) ?? this.#names.at(-1);
  }

  // Gives the language that is shown: beside a guest the one that was.
  show(name) {
    const language = name === guest_name ? this.#languages.value : language_of(name);
    this.#models.replaceChildren(
      ...this.#names
        .filter((other) => language_of(other) === language)
        .map((other) => {
          const n_layers = layers.indexOf(layers_of(other));
          const label = n_layers < 0 ? layers_of(other) : layers_label(n_layers);
          return element('option', { value: other }, label);
        }),
    );
    if (this.#guest) this.#models.append(element('option', { value: guest_name }, this.#guest.label()));
    this.#models.value = name;
    this.#languages.value = language;
    return language;
  }
}

// 'zh/two-layer' -> 'zh'; the English models stand in no folder.
export function language_of(name) {
  return name.includes('/') ? name.split('/')[0] : 'en';
}

// Where a page in that language begins: 'zh-CN' -> 'zh/two-layer'.
export function beginning_of(page_language) {
  return in_language(page_language.split('-')[0], 'two-layer');
}

function layers_of(name) {
  return name.split('/').at(-1);
}

export function in_language(language, name) {
  return language === 'en' ? layers_of(name) : `${language}/${layers_of(name)}`;
}
