// Pathscope's engine in JavaScript: load() a model, ask its scope, or explore() it and draw figures.
// Types and what each method gives: engine.d.ts. The parts are in engine/, which alone touches the
// module.
import { Progress } from './download.js';
import { value_of } from './engine/answer.js';
import { count_against, fetch_text, read_model } from './engine/model_files.js';
import { Scope } from './engine/scope.js';
import { in_slices, unless_aborted } from './engine/slices.js';
import { has_started, start } from './engine/start.js';
import { fetch_index, is_own, model_names, set_of } from './own_models.js';

export { train } from './engine/train.js';

export async function load({ model, signal, onProgress, wasmBinary } = {}) {
  signal?.throwIfAborted();
  const progress = new Progress(onProgress);
  const own = is_own(model);
  const index = own ? fetch_index() : null;
  if (own) count_against(progress, index, model, { with_module: !has_started() && !wasmBinary });
  const [running, files] = await Promise.all([
    unless_aborted(start({ progress, wasmBinary }), signal),
    read_model(model, { signal, progress, index }),
  ]);
  signal?.throwIfAborted();
  const loaded = await (typeof model === 'string' ? loaded_from_fetched : loaded_from)(files, running, signal);
  return new Scope(loaded, running, {
    counts: async () => (own ? fetch_text((await index)?.counts?.[model]) : null),
    text: async () => (own ? fetch_text((await index)?.texts?.[model]) : null),
    log: async () => (own && (await index)?.[model]?.['log.jsonl'] ? fetch_text(`${model}/log.jsonl`) : null),
    set: async (signal) => (own ? load_set(model, running, await index, signal) : []),
  });
}

// In slices: a large model takes seconds.
async function loaded_from({ config, weights, tokenizer, tokenizer_config }, { module }, signal) {
  const reading = value_of(module.read_model(config, weights, tokenizer, tokenizer_config));
  try {
    await in_slices(() => value_of(reading.step()), { signal });
    return value_of(reading.model());
  } finally {
    reading.delete();
  }
}

// The bytes are ours: they go at once, not when garbage is collected.
async function loaded_from_fetched(files, running, signal) {
  const loaded = await loaded_from(files, running, signal);
  files.weights.buffer.transfer?.(0);
  return loaded;
}

// The other models that lie beside one of ours, loaded.
function load_set(model, running, index, signal) {
  const others = set_of(model, model_names(index ?? {})).filter((name) => name !== model);
  const progress = new Progress();
  return Promise.all(others.map(async (name) => {
    return loaded_from_fetched(await read_model(name, { signal, progress, index }), running, signal);
  }));
}
