// A guest: a model of the visitor's own, opened from files or trained in the page. There is one at a
// time, which the model choice leads back to. A link can't carry it: it names it by its weights' hash.
//
//   {label(): what the model choice calls it, read({signal, onProgress}): what load() takes and its
//    link_name, aside: names of files that were not read, unnamed: the words' key of why no link names it}
import { read_files } from './guest_files.js';

// From what guest_files.js found.
export function guest_of_files({ name, files, aside }) {
  const read = async (how) => {
    const model = await read_files(files, how);
    return { model, link_name: await link_name_of(model.weights) };
  };
  return { label: () => name, read, weights_name: files.weights.name, aside, unnamed: 'shareInsecure' };
}

export function guest_of_training({ bytes, label }) {
  const read = async () => ({ model: { weights: bytes }, link_name: null });
  return { label, read, weights_name: 'model.safetensors', aside: [], unnamed: 'shareTrained' };
}

export function is_link_name(name) {
  return /^sha256-[0-9a-f]{64}$/.test(name);
}

// Null where the page came over http: browsers hash nothing there.
async function link_name_of(weights) {
  if (!crypto.subtle) return null;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', weights));
  return `sha256-${Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
