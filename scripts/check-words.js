#!/usr/bin/env node
// The page's words: every language has the same keys with the same {names} to fill in, none is empty,
// every key that the HTML or a script asks for is there, and what the HTML says in English is what the
// English catalogue says. One failure a key. scripts/site.js builds no site while there is any.
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const web = join(root, 'web');
const base = 'en';
const others = ['zh-CN'];

const catalogue_of = async (tag) => (await import(new URL(`../web/locales/${tag}.js`, import.meta.url))).default;
const files = (ending) => readdirSync(web, { recursive: true }).filter((name) => name.endsWith(ending)).sort();
const names_in = (sentence) => [...sentence.matchAll(/\{(\w+)\}|`[^`]*`/g)].map(([all]) => all).sort().join(' ');

// [{where, key, said}]: the elements with data-say and its kin, with what stands there in English.
function said_in(file) {
  const html = readFileSync(join(web, file), 'utf8');
  const plain = (text) =>
    text
      .replace(/<code translate="no">(.*?)<\/code>/gs, '`$1`')
      .replace(/&(gt|lt|quot|amp);/g, (_, name) => ({ gt: '>', lt: '<', quot: '"', amp: '&' })[name]);
  const attribute = (tag, name) => new RegExp(`\\s${name}="([^"]*)"`, 's').exec(tag)?.[1];
  const found = [];
  for (const { 0: tag, 1: name, index } of html.matchAll(/<([a-z][a-z0-9]*)\b[^>]*>/gs)) {
    const key = attribute(tag, 'data-say');
    if (key !== undefined) {
      const inside = html.slice(index + tag.length, html.indexOf(`</${name}>`, index));
      found.push({ where: file, key, said: plain(inside) });
    }
    for (const [kin, holder] of [['data-say-label', 'aria-label'], ['data-say-content', 'content']]) {
      const other = attribute(tag, kin);
      if (other !== undefined) found.push({ where: file, key: other, said: plain(attribute(tag, holder) ?? '') });
    }
  }
  return found;
}

// [{where, key}]: the keys that a script names whole.
function asked_in(file) {
  const script = readFileSync(join(web, file), 'utf8');
  return [...script.matchAll(/\bsay\('(\w+)'/g)].map(([, key]) => ({ where: file, key }));
}

// {checked, wrong: [sentence]}
export async function check_words() {
  const english = await catalogue_of(base);
  const wrong = [];
  const expect = (holds, complaint) => holds || wrong.push(complaint);
  let checked = 0;
  for (const tag of others) {
    const catalogue = await catalogue_of(tag);
    for (const key of new Set([...Object.keys(english), ...Object.keys(catalogue)])) {
      checked += 1;
      if (!(key in catalogue)) wrong.push(`${tag}: ${key} is missing`);
      else if (!(key in english)) wrong.push(`${tag}: ${key} is not in ${base}`);
      else {
        // A mark that only one language writes between sentences may be nothing in the other.
        expect(catalogue[key] !== '' || key === 'sentenceGap', `${tag}: ${key} is empty`);
        const [wanted, found] = [names_in(english[key]), names_in(catalogue[key])];
        expect(wanted === found, `${tag}: ${key} fills in ${found || 'nothing'}, expected ${wanted || 'nothing'}`);
      }
    }
  }
  const said = files('.html').flatMap(said_in);
  for (const { where, key, said: words } of said) {
    checked += 1;
    if (!(key in english)) wrong.push(`${where}: no words are called ${key}`);
    else expect(words === english[key], `${where}: ${key} says “${words}”, in ${base}.js “${english[key]}”`);
  }
  for (const { where, key } of files('.js').flatMap(asked_in)) {
    checked += 1;
    expect(key in english, `${where}: no words are called ${key}`);
  }
  return { checked, wrong };
}

if (realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
  const { checked, wrong } = await check_words();
  for (const complaint of wrong) console.log(complaint);
  console.log(`${checked - wrong.length} passed, ${wrong.length} failed`);
  process.exit(wrong.length ? 1 : 0);
}
