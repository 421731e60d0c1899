// Which set of models the story reads: those of the page's language, or of the one that was chosen.
import { element, role } from '../element.js';
import { beginning_of, in_language, language_of, languages, layers } from '../model_choice.js';
import { language } from '../words.js';

export class StoryModels {
  #language; // of the models: 'en', 'zh'
  #here;
  #select = role('model-language');

  // here: names of the models that there are; on_change(): another language was chosen.
  constructor(here, on_change) {
    this.#here = here;
    const found = [...new Set(here.map(language_of))].filter((each) => each in languages);
    const first = language_of(beginning_of(language()));
    const select = this.#select;
    select.replaceChildren(...found.map((each) => element('option', { value: each, lang: each }, languages[each])));
    select.hidden = found.length < 2;
    this.language = found.includes(first) ? first : 'en';
    select.addEventListener('change', () => {
      this.language = select.value;
      on_change();
    });
  }

  get language() {
    return this.#language;
  }

  set language(language) {
    this.#language = language;
    this.#select.value = language;
  }

  // The name of each by its layers: ['zh/zero-layer', ...].
  get names() {
    const named = (name) => in_language(this.language, name);
    return layers.map((name) => (this.#here.includes(named(name)) ? named(name) : name));
  }
}
