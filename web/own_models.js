// The models that lie beside this file, as scripts/site.js lists them in models/index.json:
//   {"two-layer": {file: bytes}, "zh/two-layer": ..., "counts": {"two-layer": "data/en-bigrams.json"},
//    "texts": {"two-layer": "data/en.txt"}, "module": {file: bytes}}
// A model's counts are the counted bigrams of its tokenizer, where there are any; its text is the
// held-out text that lies beside them.
import { address_of } from './addresses.js';
import { fetch_file } from './download.js';

const not_models = ['counts', 'texts', 'module'];
const set_names = ['zero-layer', 'one-layer', 'two-layer'];

// Null where there is none.
export async function fetch_index() {
  try {
    const response = await fetch_file(address_of('models/index.json'));
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

export function model_names(index) {
  return Object.keys(index).filter((name) => !not_models.includes(name));
}

// Those of no, one and two layers in a model's folder: 'zh/two-layer' -> ['zh/zero-layer', ...].
export function set_of(model, names) {
  const folder = model.slice(0, model.lastIndexOf('/') + 1);
  return set_names.map((name) => folder + name).filter((name) => names.includes(name));
}

// The one of its set that figures show beside it, with a layer less, or more; undefined without one:
// 'two-layer' -> 'one-layer', 'zh/one-layer' -> 'zh/two-layer'.
export function companion_of(model, names) {
  const beside = model.endsWith('two-layer') ? 'one-layer' : 'two-layer';
  return set_of(model, names).find((name) => name.endsWith(beside));
}

// Is it a name such as 'two-layer' or 'zh/two-layer', not a URL?
export function is_own(model) {
  return typeof model === 'string' && /^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)*$/.test(model);
}
