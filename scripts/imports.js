// The files that a module of the site imports, itself among them, by name.
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

export function files_of(site, ...names) {
  const found = new Set();
  const waiting = [...names];
  while (waiting.length > 0) {
    const name = waiting.pop();
    if (found.has(name)) continue;
    found.add(name);
    const source = readFileSync(join(site, name), 'utf8');
    for (const [, from] of source.matchAll(/(?:\bimport\s*|\bfrom\s*|\bimport\()["'](\.{1,2}\/[\w./-]+\.js)["']/g)) {
      waiting.push(posix.join(posix.dirname(name), from));
    }
  }
  return [...found].sort();
}
