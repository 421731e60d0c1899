// What figures compare with, and fetch beside the model: counted bigrams, logs of training, the model
// with a layer less, a held-out text. Each figure is whole without, and does not wait for it.
import { companion_of, fetch_index, model_names } from './own_models.js';

const wanted = {
  'bigrams': ['counts'],
  'skip-trigrams': ['counts'],
  'induction': ['companion'],
  'importance': ['text'],
  'training': ['log', 'companion'],
};

export const figures_that_compare = Object.keys(wanted);

let index = null; // a promise

export class Companions {
  #model;
  #scope;
  #explorer;
  #living;
  #given = new Map(); // promises, by what is given

  // Of the model that is shown. living(): whether it still is.
  constructor({ model, scope, explorer }, living) {
    this.#model = model;
    this.#scope = scope;
    this.#explorer = explorer;
    this.#living = living;
  }

  // All that the figure compares with.
  async supply(figure) {
    await Promise.all((wanted[figure] ?? []).map((name) => this.give(name)));
  }

  // 'counts', 'log', 'text' or 'companion', once, whichever figures want it.
  give(name) {
    if (!this.#given.has(name)) this.#given.set(name, this.#fetch(name));
    return this.#given.get(name);
  }

  #fetch(name) {
    const scope = this.#scope;
    if (name === 'counts') return this.#set('bigramCounts', scope.bigram_counts());
    if (name === 'log') return this.#set('trainingLog', scope.training_log());
    if (name === 'text') return this.#set('heldOut', scope.held_out_text());
    return this.#compare();
  }

  async #set(name, fetched) {
    const value = await fetched.catch(() => null);
    if (value && this.#living()) this.#explorer.set({ [name]: value });
  }

  // The page may stand without the engine, which tells by itself where it does not come.
  async #compare() {
    index ??= fetch_index();
    const names = model_names((await index) ?? {});
    const name = names.includes(this.#model) ? companion_of(this.#model, names) : null;
    if (!name) return;
    const { lend } = await import('./shared_models.js');
    const beside = await lend(name).catch(() => null);
    if (!beside) return;
    const log = await beside.scope.training_log().catch(() => null);
    if (this.#living()) {
      this.#explorer.compare(beside.scope);
      if (log) this.#explorer.set({ companionLog: log });
    }
    beside.give_back();
  }
}
