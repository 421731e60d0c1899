// Writes into the site's sw.js which files it keeps, each with its SHA-256 and size: the page's own, and
// those of the models. What a host keeps in the site besides (CNAME, .git) is none of them.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const empty = '{ files: {}, models: {} }';
const ours = /^((models|assets|embed)\/.*|[\w-]+\.(html|js|css|wasm)|LICENSE|NOTICE)$/;

export function write_list(site) {
  const names = readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(site, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'))
    .filter((name) => ours.test(name) && name !== 'sw.js')
    .sort();
  const of_model = (name) => name.startsWith('models/') && name !== 'models/index.json';
  const listed = (chosen) => Object.fromEntries(chosen.map((name) => [name, entry_of(join(site, name))]));
  const list = { files: listed(names.filter((name) => !of_model(name))), models: listed(names.filter(of_model)) };
  const worker = join(site, 'sw.js');
  const program = readFileSync(worker, 'utf8');
  if (!program.includes(empty)) throw new Error(`web/sw.js has no place for the list of files: expected ${empty}`);
  writeFileSync(worker, program.replace(empty, () => JSON.stringify(list)));
}

function entry_of(path) {
  const bytes = readFileSync(path);
  return [createHash('sha256').update(bytes).digest('hex'), bytes.length];
}
