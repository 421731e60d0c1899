// The first windows of the shipped held-out texts, for tests of what is said of a measurement: on the
// whole texts one test measures the claims (claims.mjs), and one the importance (induction.mjs).
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './browser.mjs';

const characters = { en: 6000, zh: 2500 }; // some windows of n_ctx each
let folder = null;

const short_text = (language) => readFileSync(join(root, `models/data/${language}.txt`), 'utf8').slice(0, characters[language]);

// The page measures on them.
export async function with_short_texts(page) {
  for (const language of Object.keys(characters))
    await page.route(`**/models/data/${language}.txt`, (route) => route.fulfill({ body: short_text(language), contentType: 'text/plain; charset=utf-8' }));
}

// One as a file, for the command.
export function short_text_file(language) {
  folder ??= mkdtempSync(join(tmpdir(), 'pathscope-texts-'));
  const path = join(folder, `${language}.txt`);
  writeFileSync(path, short_text(language));
  return path;
}
