// One side: a model and a text of its own, and a <path-scope> that shows the common figure of them.
import { element } from '../element.js';
import { attributes_of_view } from '../embed/view.js';
import { languages, language_of, layers } from '../model_choice.js';
import { layers_label, list_of, say } from '../words.js';

export class Side {
  #section;
  #models; // their names
  #choice = element('select', { 'translate': 'no', 'data-role': 'model' });
  #label = element('label', { class: 'name' });
  #place = element('div', {});
  #element = null; // the <path-scope>
  #view;
  #on_change;

  // view: as links have it (link.js). on_change(): the visitor changed something here.
  constructor(name, { models, view, figure, on_change }) {
    this.#section = document.querySelector(`[data-side=${name}]`);
    this.#models = models;
    this.#on_change = on_change;
    this.#view = { ...view, figure };
    this.#choice.id = `model-${name}`;
    this.#label.htmlFor = this.#choice.id;
    this.#choice.addEventListener('change', () => this.#choose(this.#choice.value));
    this.#section.replaceChildren(element('div', { class: 'field' }, this.#label, this.#choice), this.#place);
    this.speak();
  }

  get view() {
    const { view } = this.#element;
    return view ? { ...view, figure: this.#view.figure } : this.#view;
  }

  // The <path-scope>'s; null until it runs.
  get explorer() {
    return this.#element.explorer;
  }

  open(view) {
    this.#view = view;
    this.#show();
  }

  set_figure(figure) {
    this.open({ ...this.view, figure });
  }

  set_text(text) {
    if (this.view.change.text === text) return;
    if (this.explorer) this.explorer.set({ text, position: null, target: null });
    else this.open({ ...this.#view, change: { text } });
  }

  // In the page's language.
  speak() {
    const name = (model) => {
      const n_layers = layers.indexOf(model.split('/').at(-1));
      const told = n_layers < 0 ? model : layers_label(n_layers);
      return list_of([languages[language_of(model)] ?? language_of(model), told]);
    };
    const side = say(this.#section.dataset.side === 'left' ? 'besideLeft' : 'besideRight');
    this.#label.textContent = say('besideModel', { side });
    this.#choice.replaceChildren(...this.#models.map((model) => element('option', { value: model }, name(model))));
    if (this.#element) this.#view = this.view;
    this.#show();
  }

  // Ids, heads and cuts say nothing to another model.
  #choose(model) {
    this.open({ model, figure: this.#view.figure, change: { text: this.view.change.text } });
    this.#on_change();
  }

  #show() {
    const { model } = this.#view;
    this.#choice.value = model;
    const lang = document.documentElement.lang;
    this.#element = element('path-scope', { ...attributes_of_view(this.#view), controls: true, theme: 'auto', loading: 'eager', lang });
    this.#element.addEventListener('change', () => this.#on_change());
    this.#place.replaceChildren(this.#element);
  }
}
