// Pathscope's engine in JavaScript: load() a model, ask its scope, or explore() it and draw figures.
// Types and what each method gives: engine.d.ts. This file and canvas.js alone touch the module.
import { address_of } from './addresses.js';
import { to_json, value_of, well_formed } from './answer.js';
import { Figure, Stage } from './canvas.js';
import { fetch_bytes, Progress } from './download.js';
import { instantiate } from './module.js';
import { fetch_index, is_own, model_names, set_of } from './own_models.js';
import { TrainingRun } from './training_run.js';

const fonts = ['inter-regular.otf', 'inter-semibold.otf', 'jetbrains-mono.ttf'];
const model_files = { config: 'config.json', weights: 'model.safetensors', tokenizer: 'tokenizer.json', tokenizer_config: 'tokenizer_config.json' };

const companion = Symbol('companion');  // for explorers, who alone see models
const SLICE = 12;  // ms

let started = null;  // a promise of {module, compiled, fonts}: one for all models
let stage = null;    // one WebGL context for all figures

export async function load({ model, signal, onProgress, wasmBinary } = {}) {
  signal?.throwIfAborted();
  const progress = new Progress(onProgress);
  const own = is_own(model);
  const index = own ? fetch_index() : null;
  if (own) count_against(progress, index, model, { with_module: !started && !wasmBinary });
  const [running, files] = await Promise.all([
    unless_aborted(start({ progress, wasmBinary }), signal),
    read_model(model, { signal, progress, index }),
  ]);
  signal?.throwIfAborted();
  const loaded = typeof model === 'string' ? loaded_from_fetched(files, running) : loaded_from(files, running);
  return new Scope(loaded, running, {
    counts: async () => (own ? fetch_text((await index)?.counts?.[model]) : null),
    text: async () => (own ? fetch_text((await index)?.texts?.[model]) : null),
    log: async () => (own && (await index)?.[model]?.['log.jsonl'] ? fetch_text(`${model}/log.jsonl`) : null),
    set: async (signal) => (own ? load_set(model, running, await index, signal) : []),
  });
}

function loaded_from({ config, weights, tokenizer, tokenizer_config }, { module }) {
  return value_of(module.load_model(config, weights, tokenizer, tokenizer_config));
}

// The bytes are ours: they go at once, not when garbage is collected.
function loaded_from_fetched(files, running) {
  const loaded = loaded_from(files, running);
  files.weights.buffer.transfer?.(0);
  return loaded;
}

// The other models that lie beside one of ours, loaded.
function load_set(model, running, index, signal) {
  const others = set_of(model, model_names(index ?? {})).filter((name) => name !== model);
  const progress = new Progress();
  return Promise.all(others.map(async (name) => {
    return loaded_from_fetched(await read_model(name, { signal, progress, index }), running);
  }));
}

// Trains a small model live: config is a train.json's value, text what its task 'text' learns; or
// bytes, of a run that was saved. Gives a TrainingRun once it has begun.
export async function train(config, { text, bytes, onReport, signal, paused = false, wasmBinary } = {}) {
  signal?.throwIfAborted();
  const running = await unless_aborted(start({ progress: new Progress(), wasmBinary }), signal);
  const from = bytes ? { bytes: new Uint8Array(bytes) } : { config: to_json(config), text: well_formed(text ?? '') };
  return TrainingRun.start(from, running, { onReport, signal, paused });
}

class Scope {
  #model;
  #explorers = [];
  #running;
  #fetch;         // {counts, text, log, set}: what goes with the model; null or [] where there is none
  #counts = null;  // a promise, once they were asked for

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

class Explorer extends EventTarget {
  #explorer;
  #running;
  #figures = new Set();
  #told = 0;        // the revision that listeners know
  #told_notices = '';

  constructor(explorer, running) {
    super();
    this.#explorer = explorer;
    this.#running = running;
    this.#told = running.module.revision(explorer);
  }

  set(change) {
    value_of(this.#running.module.set(this.#living, to_json(change)));
    this.#tell();
  }

  // Figures that compare show that scope's model beside the explorer's, even once it is freed.
  compare(scope) {
    scope[companion](this.#running.module, this.#living);
    this.#tell();
  }

  state() {
    const state = JSON.parse(value_of(this.#running.module.state(this.#living)));
    state.notices.push(...this.#notices);
    return state;
  }

  table(figure) {
    return JSON.parse(value_of(this.#running.module.table(this.#living, well_formed(figure))));
  }

  // The heads of a kind by their names: read in slices, once.
  async read_heads(signal) {
    const { module } = this.#running;
    await in_slices(() => value_of(module.read_heads(this.#living)), { signal });
    return JSON.parse(value_of(module.named_heads(this.#living)));
  }

  // options: {dark(): whether it is drawn for a dark page, onFrame(): called after every frame,
  // enlarged(): how many times larger than usual it is drawn}
  figure(name, canvas, { dark, onFrame, enlarged } = {}) {
    stage ??= new Stage(this.#running.module, this.#running.fonts);
    const made = value_of(this.#running.module.make_figure(stage.screen, this.#living, well_formed(name)));
    const on_frame = (drawn) => {
      this.#tell(drawn);
      onFrame?.();
    };
    const forget_hover = () => this.set({ hover: null });
    const figure = new Figure(stage, made, canvas, { on_frame, dark, forget_hover, enlarged });
    const free = figure.free.bind(figure);
    figure.free = () => {
      this.#figures.delete(figure);
      free();
    };
    this.#figures.add(figure);
    return figure;
  }

  free() {
    for (const figure of [...this.#figures]) figure.free();
    this.#explorer?.delete();
    this.#explorer = null;
  }

  get #living() {
    if (!this.#explorer) throw new Error('This explorer was freed with its model.');
    return this.#explorer;
  }

  get #notices() {
    return [stage?.glyphs.notice, stage?.notice].filter((sentence) => sentence);
  }

  // Figures, but for one that was just drawn, are drawn anew and listeners told where there is
  // something new.
  #tell(drawn) {
    const revision = this.#running.module.revision(this.#living);
    const notices = this.#notices.join();
    if (revision === this.#told && notices === this.#told_notices) return;
    this.#told = revision;
    this.#told_notices = notices;
    for (const figure of this.#figures) if (figure !== drawn) figure.request();
    this.dispatchEvent(new Event('change'));
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

// Steps until step() gives null in place of its progress; every few milliseconds others have a turn.
async function in_slices(step, { signal, onProgress }) {
  for (let progress = 0; progress !== null; ) {
    signal?.throwIfAborted();
    for (const end = performance.now() + SLICE; progress !== null && performance.now() < end; ) progress = step();
    onProgress?.(progress ?? 1);
    await new Promise((resume) => setTimeout(resume));
  }
}

// The module and its fonts, fetched once.
function start(how) {
  started ??= start_anew(how).catch((error) => {
    started = null;  // another load() tries again
    throw error;
  });
  return started;
}

async function start_anew({ progress, wasmBinary }) {
  if (typeof WebAssembly !== 'object') {
    throw new Error('This browser has no WebAssembly, or it is switched off: a current browser has it.');
  }
  const in_page = typeof document !== 'undefined';
  const [{ default: create_module }, wasm, ...font_files] = await Promise.all([
    import_module(),
    wasmBinary ?? fetch_bytes(address_of('pathscope.wasm'), { progress }),
    ...(in_page ? fonts.map((name) => fetch_bytes(address_of(`assets/fonts/${name}`))) : []),
  ]);
  try {
    const compiled = await WebAssembly.compile(wasm);
    return { module: await instantiate(create_module, compiled), compiled, fonts: font_files };
  } catch (error) {
    throw new Error(why_not_started(error), { cause: error });
  }
}

async function import_module() {
  try {
    return await import('./pathscope.js');
  } catch (error) {
    throw new Error(`pathscope.js could not be fetched, or is not what it was.`, { cause: error });
  }
}

function why_not_started(error) {
  const reason = String(error?.message ?? error);
  if (/content security policy|unsafe-eval/i.test(reason)) {
    return "The page's content policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src.";
  }
  return `The module did not start in this browser (${reason}). It needs WebAssembly with SIMD and exceptions: Chrome 95, Firefox 100, Safari 16.4 or later.`;
}

async function count_against(progress, index, model, { with_module }) {
  const sizes = await index;
  if (!sizes?.[model]) return;
  const files = Object.values(model_files).map((name) => sizes[model][name] ?? 0);
  if (with_module) files.push(sizes.module?.['pathscope.wasm'] ?? NaN);
  progress.expect(files.reduce((sum, size) => sum + size, 0));
}

// A model's files as bytes; one that is not there is empty.
async function read_model(model, { signal, progress, index }) {
  if (model && typeof model === 'object') return given_bytes(model);
  if (typeof model !== 'string') {
    throw new Error("model: expected a name such as 'two-layer', a folder's URL, or the bytes {config, weights, tokenizer}.");
  }
  const own = is_own(model);
  const folder = own ? null : folder_url(model);
  const read = async ([part, name]) => {
    // Of our own models the index tells whether there is one; others' folders are asked.
    if (part === 'tokenizer_config' && own && !(await index)?.[model]?.[name]) return [part, new Uint8Array(0)];
    const url = own ? address_of(`models/${model}/${name}`) : new URL(name, folder);
    const bytes = await fetch_bytes(url, { signal, progress, optional: part !== 'weights' });
    return [part, bytes ?? new Uint8Array(0)];
  };
  try {
    return Object.fromEntries(await Promise.all(Object.entries(model_files).map(read)));
  } catch (error) {
    const names = own && (await index);
    if (signal?.aborted || !names || names[model]) throw error;
    const known = model_names(names).join(', ');
    throw new Error(`There is no model '${model}' here, only ${known}. The URL of a folder ends with /.`, { cause: error });
  }
}

// A file beside our own models, as text; null without a name.
async function fetch_text(name) {
  return name ? new TextDecoder().decode(await fetch_bytes(address_of(`models/${name}`))) : null;
}

function given_bytes(model) {
  if (!model.weights) throw new Error('model: expected the bytes {config, weights, tokenizer}; there are no weights.');
  return Object.fromEntries(Object.keys(model_files).map((part) => [part, new Uint8Array(model[part] ?? 0)]));
}

function folder_url(model) {
  try {
    return new URL(model.endsWith('/') ? model : `${model}/`, globalThis.document?.baseURI ?? import.meta.url);
  } catch (error) {
    throw new Error(`model: '${model}' is no URL.`, { cause: error });
  }
}

// The promise's value, or a rejection as soon as the signal says so; what was begun goes on.
function unless_aborted(promise, signal) {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}
