// The language of the page: at first the browser's, or what was chosen here the last time.
import { element, role } from './element.js';
import { language, languages, nearest_language, on_language, set_language, write_words } from './words.js';

const kept_as = 'pathscope-language';

export class LanguageChoice {
  #select = role('language');

  constructor() {
    this.#select.replaceChildren(
      ...Object.entries(languages).map(([tag, name]) =>
        element('option', { value: tag, lang: tag }, name),
      ),
    );
    this.#select.addEventListener('change', () => {
      keep(this.#select.value);
      set_language(this.#select.value);
    });
    on_language(() => this.#show());
    const kept = kept_language();
    set_language(kept in languages ? kept : nearest_language(navigator.languages));
    this.#show();
  }

  #show() {
    const tag = language();
    this.#select.value = tag;
    if (document.documentElement.lang === tag) return; // the HTML's own words stand there
    document.documentElement.lang = tag;
    write_words(document);
  }
}

// A sandboxed frame has no storage: there every visit begins with the browser's language.
function kept_language() {
  try {
    return localStorage.getItem(kept_as) ?? '';
  } catch {
    return '';
  }
}

function keep(tag) {
  try {
    localStorage.setItem(kept_as, tag);
  } catch {
    // It holds for this visit.
  }
}
