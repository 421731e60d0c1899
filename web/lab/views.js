// Views: the one that the address names or that a reload kept, one from a file, and the present one as
// links say it: {model, figure, change} (link.js).
import { view_of } from '../link.js';
import { beginning_of, guest_name } from '../model_choice.js';
import { most_in_sight } from '../sight.js';
import { change_of, kept_view } from '../view_state.js';
import { language, say, told } from '../words.js';
import { is_link_name } from './guest.js';

export class Views {
  #bench;
  #parts;
  #ask_for_files;
  #awaited = null; // a view of a guest that is not here

  // parts: the page's {text_box, model_choice, panels, failure}. ask_for_files(): the visitor is to open
  // a model of their own.
  constructor({ bench, parts, ask_for_files }) {
    this.#bench = bench;
    this.#parts = parts;
    this.#ask_for_files = ask_for_files;
  }

  // The view that the address names, or the one that the visitor had come to from there. Gives whether
  // there is any; one that is broken leaves what is open, or the page's beginning, with a sentence.
  async follow_link() {
    const { failure } = this.#parts;
    let view;
    failure.clear();
    try {
      view = kept_view() ?? (await view_of(location.hash));
    } catch (error) {
      if (!this.#bench.opened) await this.#bench.begin();
      failure.show(() => say('linkBroken', { reason: error.message }));
      return true;
    }
    if (view) await this.open(view);
    return view !== null;
  }

  // Ids and heads say nothing to another model: of one that is not here the text is left, and of a
  // guest it is taken over once that is opened.
  async open(view) {
    const { model, figure, change } = view;
    const { text_box, model_choice, panels, failure } = this.#parts;
    const of_guest = this.#bench.guest?.link_name === model;
    const here = of_guest || model_choice.has(model);
    this.#awaited = !here && is_link_name(model) ? view : null;
    text_box.write(change.text);
    const name = of_guest ? guest_name : model_choice.nearest(this.#awaited ? beginning_of(language()) : model);
    const refused = await this.#bench.go_to(name, here ? change : { text: change.text });
    if (!refused) return; // it could not be loaded, and that was said
    panels.show(figure);
    document.querySelector(`[data-figure="${CSS.escape(figure ?? '')}"]`)?.scrollIntoView();
    if (this.#awaited) this.#ask_for_guest('linkGuest');
    else if (!here) failure.show(() => say('linkModel', { found: model }));
    else if (refused.length > 0) {
      const reasons = () => refused.map((reason) => told(reason)).join(say('clauseGap'));
      failure.show(() => say('linkRefused', { refused: reasons() }));
    }
  }

  // The view that waited for this guest follows.
  async guest_came({ link_name }) {
    if (this.#awaited?.model === link_name) await this.open(this.#awaited);
    else if (this.#awaited) this.#ask_for_guest('linkOtherGuest');
  }

  // What is shared: with the figure of which most is in sight, unless that is the page's beginning.
  present() {
    const figure = scrollY === 0 ? undefined : most_in_sight(document.querySelectorAll('[data-figure]'));
    return this.of(figure?.dataset.figure);
  }

  // Null with a model that no link can name.
  of(figure) {
    const { opened } = this.#bench;
    if (!opened?.link_name) return null;
    return { model: opened.link_name, figure, change: change_of(opened.explorer.state()) };
  }

  #ask_for_guest(key) {
    this.#parts.failure.show(() => say(key), { name: () => say('openModel'), run: this.#ask_for_files });
  }
}
