// A model's files as bytes: of one of ours, of a folder elsewhere, or as they were given.
import { address_of } from '../addresses.js';
import { fetch_bytes } from '../download.js';
import { is_own, model_names } from '../own_models.js';

const model_files = { config: 'config.json', weights: 'model.safetensors', tokenizer: 'tokenizer.json', tokenizer_config: 'tokenizer_config.json' };

// {config, weights, tokenizer, tokenizer_config}; one that is not there is empty.
export async function read_model(model, { signal, progress, index }) {
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

// What is on its way, where one of ours loads: its files, and the module if that is fetched too.
export async function count_against(progress, index, model, { with_module }) {
  const sizes = await index;
  if (!sizes?.[model]) return;
  const files = Object.values(model_files).map((name) => sizes[model][name] ?? 0);
  if (with_module) files.push(sizes.module?.['pathscope.wasm'] ?? NaN);
  progress.expect(files.reduce((sum, size) => sum + size, 0));
}

// A file beside our own models, as text; null without a name.
export async function fetch_text(name) {
  return name ? new TextDecoder().decode(await fetch_bytes(address_of(`models/${name}`))) : null;
}

function given_bytes(model) {
  if (!model.weights) throw new Error('model: expected the bytes {config, weights, tokenizer}; there are no weights.');
  return Object.fromEntries(Object.keys(model_files).map((part) => [part, new Uint8Array(model[part] ?? 0)]));
}

function folder_url(model) {
  try {
    return new URL(model.endsWith('/') ? model : `${model}/`, globalThis.document?.baseURI ?? address_of(''));
  } catch (error) {
    throw new Error(`model: '${model}' is no URL.`, { cause: error });
  }
}
