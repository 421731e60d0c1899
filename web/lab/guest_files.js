// The files of a guest, a model of the visitor's own: which of those that were chosen or dropped are the
// model, and their bytes. What a file holds is the engine's to say: whatever may be weights goes to it
// as it is, for its refusal names the format and the way out.
import { megabytes } from '../number.js';
import { list_of, say } from '../words.js';

const weights_name = 'model.safetensors';
const beside_weights = { config: 'config.json', tokenizer: 'tokenizer.json', tokenizer_config: 'tokenizer_config.json' };
const foreign_weights = /\.(bin|ckpt|gguf|h5|hdf5|npy|pickle|pkl|pt|pth)$/i;
const archive = /\.(7z|bz2|gz|rar|tar|tgz|xz|zip|zst)$/i;
const shard = /-\d+-of-\d+\.safetensors$/i;
export const most_files = 2000; // of a folder
const most_names = 6; // that a sentence lists
const slice = 1 << 22; // bytes read at once: between two slices the page lives on

// entries: [{path: 'folder/name', file}]. Gives {name, files: {weights, config, ...}, aside: [name]},
// or null where nothing among them could be a model's; an Error where it is one that can't be opened.
export function model_among(entries) {
  const seen = entries.filter(({ path }) => !is_hidden(path));
  if (seen.length > most_files) throw new Error(say('guestFolderLarge', { most: most_files.toLocaleString('en') }));
  const weights = weights_of(seen) ?? highest(entries.filter(({ path }) => /\.safetensors$/i.test(path)))[0];
  if (!weights) {
    const packed = seen.find(({ path }) => archive.test(path));
    if (packed) throw new Error(say('guestArchive', { name: packed.path }));
    const stray = seen.find(({ path }) => Object.values(beside_weights).includes(name_of(path)));
    if (stray) throw new Error(say('guestNoWeights', { found: names_of(entries) }));
    return null;
  }
  const folder = weights.path.slice(0, -name_of(weights.path).length);
  const files = { weights: weights.file };
  for (const [part, name] of Object.entries(beside_weights)) {
    const found = seen.find(({ path }) => path === folder + name);
    if (found) files[part] = found.file;
  }
  const used = new Set(Object.values(files));
  return {
    name: folder === '' ? weights.path : folder.split('/').at(-2),
    files,
    aside: entries.filter(({ file }) => !used.has(file)).map(({ path }) => path.slice(path.indexOf('/') + 1)),
  };
}

// Of those that lie highest, the one with the name that a model's folder has; others lie there as well
// (an optimizer's state), but of several with names of their own none is the model.
function weights_of(entries) {
  const found = highest(entries.filter(({ path }) => /\.safetensors$/i.test(path)));
  const named = found.filter(({ path }) => name_of(path) === weights_name);
  if (named.length === 1) return named[0];
  if (named.length > 1) throw new Error(say('guestMany', { found: names_of(named) }));
  if (found.length > 1) {
    const key = found.every(({ path }) => shard.test(path)) ? 'guestShards' : 'guestMany';
    throw new Error(say(key, { found: names_of(found) }));
  }
  return found[0] ?? highest(entries.filter(({ path }) => foreign_weights.test(path)))[0];
}

function highest(entries) {
  const depth = ({ path }) => path.split('/').length;
  const least = Math.min(...entries.map(depth));
  return entries.filter((entry) => depth(entry) === least);
}

// `._model.safetensors`, .DS_Store, what lies in .git; not for the name of the chosen folder itself.
function is_hidden(path) {
  const parts = path.split('/');
  return (parts.length > 1 ? parts.slice(1) : parts).some((part) => part.startsWith('.'));
}

function name_of(path) {
  return path.split('/').at(-1);
}

function names_of(entries) {
  return some_names(entries.map(({ path }) => path));
}

// 'a, b, c and 12 more'
export function some_names(names) {
  const shown = list_of(names.slice(0, most_names).map((name) => say('quoted', { name })));
  const more = names.length - most_names;
  return more > 0 ? say('namesMore', { shown, more }) : shown;
}

// The bytes of files by their part, as ArrayBuffers.
export async function read_files(files, { signal, onProgress }) {
  const total = Object.values(files).reduce((sum, { size }) => sum + size, 0);
  let loaded = 0;
  const arrived = (size) => onProgress({ loaded: (loaded += size), total });
  arrived(0);
  const read = {};
  for (const [part, file] of Object.entries(files)) read[part] = await bytes_of(file, { signal, arrived });
  return read;
}

async function bytes_of(file, { signal, arrived }) {
  const { name, size } = file;
  let bytes;
  try {
    bytes = new Uint8Array(size);
  } catch (error) {
    throw new Error(say('guestLarge', { name, size: megabytes(size) }), { cause: error });
  }
  for (let at = 0; at < size; at += slice) {
    const part = await file.slice(at, at + slice).arrayBuffer().catch((error) => {
      throw new Error(say('guestUnreadable', { name }), { cause: error });
    });
    signal.throwIfAborted();
    bytes.set(new Uint8Array(part), at);
    arrived(part.byteLength);
  }
  return bytes.buffer;
}
