// A loaded model as it can be asked: the analyses of the command line under the same names, what
// belongs to the model, and explorers of it.
import { to_json, value_of } from './answer.js';
import { companion, Explorer } from './explorer.js';
import { in_slices, unless_aborted } from './slices.js';
import { train } from './train.js';

export class Scope {
  #model;
  #explorers = [];
  #running;
  #fetch; // {counts, text, log, set}: what goes with the model; null or [] where there is none
  #counts = null; // a promise, once they were asked for

  constructor(model, running, fetch) {
    this.#model = model;
    this.#running = running;
    this.#fetch = fetch;
  }

  async info(options) {
    return this.#analyse('info', options);
  }

  async tokens(text, options) {
    return this.#analyse('tokens', with_text(text, options));
  }

  async logits(text, options) {
    return this.#analyse('logits', with_text(text, options));
  }

  async paths(text, options) {
    return this.#analyse('paths', with_text(text, options));
  }

  async attention(text, options) {
    return this.#analyse('attention', with_text(text, options));
  }

  async heads(options) {
    return this.#analyse('heads', options);
  }

  async composition(options) {
    return this.#analyse('composition', options);
  }

  async importance(text, options) {
    return this.#analyse('importance', with_text(text, options));
  }

  async scores(text, options) {
    return this.#analyse('scores', with_text(text, options));
  }

  async expansion(text, options) {
    return this.#analyse('expansion', with_text(text, options));
  }

  async bigrams({ counts, ...options } = {}) {
    const chosen = counts === undefined ? await this.#own_counts() : counts;
    return this.#analyse('bigrams', { ...options, counts: as_text(chosen) });
  }

  // The counted bigrams of the model's tokenizer, as set({bigramCounts}) of its explorer takes them.
  async bigram_counts() {
    return this.#own_counts();
  }

  // The log of the model's training, as set({trainingLog}) of its explorer takes it.
  async training_log() {
    return this.#fetch.log();
  }

  // A text of the model's language that it was not trained on, as set({heldOut}) takes it.
  async held_out_text() {
    return this.#fetch.text();
  }

  async skip_trigrams(options) {
    return this.#analyse('skip-trigrams', options);
  }

  async induction(text, options) {
    return this.#analyse('induction', text == null ? options : with_text(text, options));
  }

  // What is not given goes with the model. In slices, between which the page lives on.
  async claims({ text, counts, log, set, signal, onProgress } = {}) {
    const [own_text, own_counts, own_log] = await unless_aborted(Promise.all([
      text === undefined ? this.#fetch.text() : text,
      counts === undefined ? this.#own_counts() : counts,
      log === undefined ? this.#fetch.log() : log,
    ]), signal);
    const options = { ...(own_text == null ? {} : with_text(own_text)), counts: as_text(own_counts), log: as_text(own_log) };
    const fetched = set === undefined ? await this.#fetch.set(signal) : [];
    const models = new this.#running.module.Models();
    let measuring = null;
    try {
      for (const model of fetched) models.push_back(model);
      for (const scope of set ?? []) models.push_back(scope.#living);
      measuring = value_of(this.#living.measure_claims(to_json(options), models));
      await in_slices(() => value_of(measuring.step()), { signal, onProgress });
      return JSON.parse(value_of(measuring.result()));
    } finally {
      measuring?.delete();
      models.delete();
      for (const model of fetched) model.delete();
    }
  }

  async train(config, options) {
    return train(config, options);
  }

  explore() {
    const explorer = new Explorer(value_of(this.#living.explore()), this.#running);
    this.#explorers.push(explorer);
    return explorer;
  }

  [companion](module, explorer) {
    module.set_companion(explorer, this.#living);
  }

  free() {
    for (const explorer of this.#explorers) explorer.free();
    this.#model?.delete();
    this.#model = null;
  }

  get #living() {
    if (!this.#model) throw new Error('This model was freed: load it again.');
    return this.#model;
  }

  // Fetched once; what failed is tried again.
  #own_counts() {
    this.#counts ??= this.#fetch.counts().catch((error) => {
      this.#counts = null;
      throw error;
    });
    return this.#counts;
  }

  #analyse(command, options = {}) {
    return JSON.parse(value_of(this.#living.analyse(command, to_json(options))));
  }
}

function with_text(text, options = {}) {
  if (typeof text === 'string') return { ...options, text };
  if (Array.isArray(text) || ArrayBuffer.isView(text)) return { ...options, ids: Array.from(text) };
  throw new Error('text: expected a string or a list of token ids.');
}

// A file's bytes as the text that they are; anything else as it is.
function as_text(file) {
  const bytes = file instanceof ArrayBuffer || ArrayBuffer.isView(file);
  return bytes ? new TextDecoder().decode(file) : file;
}
