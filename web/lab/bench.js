// What the instrument works on: the model that is open, and the one that loads to take its place. All
// that changes what is explored goes through here.
import { role } from '../element.js';
import { beginning_of, guest_name, language_of } from '../model_choice.js';
import { closed, language, say, told } from '../words.js';
import { OpenedModel } from './opened_model.js';

export class Bench {
  opened = null;
  guest = null; // the visitor's own model (guest.js), which the model choice leads back to
  #opening = null; // {model, change, controller} while a model loads
  #engine;
  #parts;
  #on;

  // engine: a promise of engine.js. parts: the page's {text_box, examples, model_choice, tables,
  // live, loading, failure}. on: {opened(opened, guest), closed(), changed(): what is explored is another}
  constructor({ engine, parts, on }) {
    this.#engine = engine;
    this.#parts = parts;
    this.#on = on;
  }

  // Without a view that was kept or shared.
  async begin() {
    const { model_choice, examples, text_box } = this.#parts;
    const model = model_choice.nearest(beginning_of(language()));
    const first = examples.first(language_of(model));
    if (first && text_box.text === '') return this.open_example(first);
    await this.open(model, { text: text_box.text });
  }

  open_example(example) {
    this.#parts.text_box.write(example.text);
    return this.go_to(example.model, example);
  }

  // A text that the visitor did not write gives way to one of the language.
  change_language(model) {
    const { examples, text_box } = this.#parts;
    const first = examples.first(language_of(model));
    if (first && examples.has(text_box.text)) this.open_example(first);
    else this.open(model, { text: text_box.text });
  }

  // Shows the change on that model, which is loaded only where another one is open. Gives what open does.
  async go_to(model, change) {
    if (this.#opening?.model === model) {
      this.#opening.change = change;
      return;
    }
    if (this.#opening || this.opened?.model !== model) return this.open(model, change);
    const { text } = change;
    const taken = this.set({ text, position: null, frozen: false, cuts: [], forget: true });
    if (taken) return this.#take_over(change);
  }

  // Changes what is explored. Gives whether the change was taken; if not, the page says why.
  set(change) {
    if (!this.opened) return false;
    const { failure } = this.#parts;
    let taken = true;
    try {
      this.opened.explorer.set(change);
      failure.clear();
    } catch (error) {
      failure.show(() => told(error.message));
      taken = false;
    }
    this.#on.changed();
    return taken;
  }

  // Loads a model in place of the one that is open, then takes `change` over, as far as it fits. Gives
  // the reasons of what does not; nothing where no model came. source: the guest, where it is to be one.
  async open(model, change, source = model === guest_name ? this.guest : null) {
    this.#opening?.controller.abort();
    const attempt = (this.#opening = { model, change, controller: new AbortController() });
    const { signal } = attempt.controller;
    this.#parts.failure.clear();
    this.#parts.model_choice.offer_guest(source ?? this.guest);
    this.show_model();
    show_stage('loading');
    try {
      const loaded = await this.#load(model, source, signal);
      if (signal.aborted) return loaded.scope.free();
      this.#close();
      if (source) this.guest = Object.assign(source, { link_name: loaded.link_name });
      this.opened = new OpenedModel(loaded);
    } catch (error) {
      if (signal.aborted) return;
      attempt.controller.abort(); // what else is on its way
      this.#leave_opening();
      return source ? this.#refuse_guest(source, error) : this.#tell_not_loaded(error, attempt);
    }
    return this.#begin_exploring(attempt, source);
  }

  async #load(model, source, signal) {
    const { loading } = this.#parts;
    const onProgress = (progress) => signal.aborted || loading.show(progress, { can_cancel: source !== null });
    const { load } = await this.#engine;
    const read = source ? await source.read({ signal, onProgress }) : { model, link_name: model };
    const scope = await load({ model: read.model, signal, onProgress });
    return { model, link_name: read.link_name, scope, info: await scope.info() };
  }

  async #begin_exploring({ change }, source) {
    const { opened } = this;
    const { loading, text_box, live, tables, failure } = this.#parts;
    this.#opening = null;
    loading.hide();
    show_stage('ready');
    globalThis.pathscope = opened; // for the console, and for the tests
    this.#on.opened(opened, source);
    opened.explorer.addEventListener('change', () => this.#on.changed());
    const { text } = text_box;
    if (!this.set({ text })) text_box.write(text); // words for a model that reads ids: it was said, and they stay
    const refused = change.text === text_box.text ? await this.#take_over(change) : [];
    if (this.opened !== opened) return; // another was opened meanwhile
    opened.draw(live, (error) => {
      tables.show_all();
      failure.show(() => say('noFigure', { reason: told(error.message) }));
    });
    return refused;
  }

  // Gives the reasons of what the model cannot do.
  async #take_over(change) {
    const { opened } = this;
    const { examples } = this.#parts;
    const refused = await opened.take(change);
    if (this.opened !== opened) return refused;
    examples.choose(examples.like(change, opened.model));
    this.#on.changed();
    return refused;
  }

  cancel() {
    this.#opening.controller.abort();
    this.#leave_opening();
    if (!this.opened) this.begin();
  }

  // The model that is open stays.
  #leave_opening() {
    this.#opening = null;
    this.#parts.loading.hide();
    this.#parts.model_choice.offer_guest(this.guest);
    show_stage(this.opened ? 'ready' : 'failed');
    if (this.opened) this.show_model();
  }

  // With the name that the file has in the visitor's folder.
  async #refuse_guest(source, error) {
    if (!this.opened) await this.begin();
    const reason = error.message.replace(/^model\.safetensors/, () => source.weights_name);
    this.#parts.failure.show(() => say('guestRefused', { name: source.label(), reason: closed(told(reason)) }));
  }

  #tell_not_loaded(error, { model, change }) {
    // A browser's own words for a script that did not arrive are no sentence for people.
    const reason = () =>
      error instanceof TypeError && /module/i.test(error.message)
        ? say('scriptMissing')
        : told(error.message);
    const again = () => (this.opened ? this.open(model, change) : location.reload());
    const sentence = () => say('notLoaded', { reason: reason() });
    this.#parts.failure.show(sentence, { name: () => say('tryAgain'), run: again });
  }

  #close() {
    if (!this.opened) return;
    this.#parts.live.detach();
    this.opened.free();
    this.opened = null;
    this.#on.closed();
  }

  // In the model choice, the examples and the text: the model that is on its way, or that there is.
  show_model() {
    const { model_choice, examples } = this.#parts;
    const model = (this.#opening ?? this.opened)?.model ?? model_choice.nearest(beginning_of(language()));
    const its_language = model_choice.show(model);
    examples.show(its_language);
    role('text').lang = its_language;
  }
}

// 'loading', 'ready' or 'failed': the style sheet shows what there is to use.
function show_stage(stage) {
  document.body.dataset.stage = stage;
  for (const name of ['controls', 'cuts', 'cut-panel', 'share', 'model-summary']) role(name).inert = stage !== 'ready';
}
