// Which set of models the story reads: those of the page's language, or of the one that was chosen.
import { element, role } from '../element.js';
import { beginning_of, language_of } from '../model_choice.js';
import { language } from '../words.js';

const of_layers = ['zero-layer', 'one-layer', 'two-layer'];
const names_of = { en: 'English', zh: '中文' };

export class StoryModels {
  language; // of the models: 'en', 'zh'
  #here;

  // here: names of the models that there are; on_change(): another language was chosen.
  constructor(here, on_change) {
    this.#here = here;
    const languages = [...new Set(here.map(language_of))].filter((each) => each in names_of);
    const first = language_of(beginning_of(language()));
    this.language = languages.includes(first) ? first : 'en';
    const select = role('model-language');
    select.replaceChildren(...languages.map((each) => element('option', { value: each }, names_of[each])));
    select.hidden = languages.length < 2;
    select.value = this.language;
    select.addEventListener('change', () => {
      this.language = select.value;
      on_change();
    });
  }

  // The name of each by its layers: {0: 'zh/zero-layer', ...}.
  get names() {
    const named = (name) => (this.language === 'en' ? name : `${this.language}/${name}`);
    return of_layers.map((name) => (this.#here.includes(named(name)) ? named(name) : name));
  }
}
