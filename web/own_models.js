// The models that lie beside this file, as scripts/site.js lists them in models/index.json:
//   {"two-layer": {file: bytes}, "zh/two-layer": ..., "counts": {"two-layer": "data/en-bigrams.json"},
//    "texts": {"two-layer": "data/en.txt"}, "module": {file: bytes}}
// A model's counts are the counted bigrams of its tokenizer, where there are any; its text is one of
// its language that no model was trained on.
const here = new URL('./', import.meta.url);
const not_models = ['counts', 'texts', 'module'];

// Null where there is none.
export async function fetch_index() {
  try {
    const response = await fetch(new URL('models/index.json', here));
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

export function model_names(index) {
  return Object.keys(index).filter((name) => !not_models.includes(name));
}

// Is it a name such as 'two-layer' or 'zh/two-layer', not a URL?
export function is_own(model) {
  return typeof model === 'string' && /^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)*$/.test(model);
}
