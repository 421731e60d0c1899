// Puts the static site together, for any web host:
//   node scripts/site.js FOLDER           (--check: only says whether the folder may be written)
// web/'s own files with their scripts bundled (worker.js into one that imports nothing), the module from
// build/web with its JavaScript minified, the models, counted bigrams, assets and licences; and
// models/index.json (web/own_models.js says what is in it), with sizes in bytes, which progress is
// counted against.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import {
  copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, is_chunk, script_of, with_preloads } from './bundle.js';
import { story } from './chapters.js';
import { check_words } from './check-words.js';
import { fallback } from './fallback.js';
import { with_failure } from './failure.js';
import { with_figures } from './figures.js';
import { with_head } from './head.js';
import { write_list } from './offline_list.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const [folder, check] = process.argv.slice(2);
const own_site = join(root, 'build/site');
const site = resolve(folder ?? own_site);
const not_shipped = ['server.js', 'package.json', 'path-scope.css', 'chapters', 'pages']; // the last two make the story
const pages = [...readdirSync(join(root, 'web')).filter((name) => name.endsWith('.html')), 'index.html'];
const model_files = ['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json', 'log.jsonl', 'README.md'];

function files_below(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files_below(path) : [path];
  });
}

function copy(path, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(path, to);
}

function sha256(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

// Debian's, or npm's where there is no Debian.
function qr_generator() {
  const debian = '/usr/share/nodejs/qrcode-generator/qrcode.js';
  return existsSync(debian) ? debian : createRequire(import.meta.url).resolve('qrcode-generator');
}

function is_ours(folder) {
  try {
    return 'module' in JSON.parse(readFileSync(join(folder, 'models/index.json'), 'utf8'));
  } catch {
    return false;
  }
}

// Why the site must not be written there, or null: what is there is replaced, so it must be ours.
function refusal() {
  const real = existsSync(site) ? realpathSync(site) : site;
  const lies_in = (inner, outer) => `${inner}${sep}`.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);
  if (lies_in(root, real)) return `${site} is Pathscope's own folder or holds it: name a new folder`;
  const source = ['web', 'models', 'assets', 'src', 'tests', 'scripts'].find((name) => lies_in(real, join(root, name)));
  if (source) return `${site} lies in Pathscope's own ${source}/: name a new folder`;
  if (!existsSync(site) || real === own_site) return null;
  if (!statSync(site).isDirectory()) return `${site} is a file, expected a folder`;
  if (readdirSync(site).length && !is_ours(site)) return `${site} is not empty and no Pathscope site: name a new folder`;
  return null;
}

const reason = refusal();
if (reason) {
  console.error(reason);
  process.exit(2);
}
if (check === '--check') process.exit();

const { wrong } = await check_words();
if (wrong.length) {
  console.error(wrong.join('\n'));
  process.exit(1);
}

mkdirSync(site, { recursive: true });
// What an earlier build left goes; what a host keeps in a site of its own (CNAME, 404.html, .git) stays.
const left = site === own_site ? readdirSync(site) : ['models', 'assets', ...readdirSync(site).filter(is_chunk)];
for (const old of left) rmSync(join(site, old), { recursive: true, force: true });
cpSync(join(root, 'web'), site, {
  recursive: true,
  filter: (path) => !not_shipped.includes(basename(path)) && !path.endsWith('.d.ts'),
});
writeFileSync(join(site, 'index.html'), story(root));
const css = ['tables.css', 'path-scope.css'].map((name) => readFileSync(join(root, 'web', name), 'utf8')).join('');
writeFileSync(join(site, 'embed/css.js'), `// Written by scripts/site.js.\nexport const css = ${JSON.stringify(css)};\n`);
execFileSync('esbuild', [
  qr_generator(), '--bundle', '--format=esm', '--minify', '--legal-comments=inline', '--log-level=warning', `--outfile=${join(site, 'qrcode.js')}`,
], { stdio: 'inherit' });
cpSync(join(root, 'assets'), join(site, 'assets'), { recursive: true });
for (const name of ['LICENSE', 'NOTICE']) copy(join(root, name), join(site, name));

const module_script = join(site, 'pathscope.js');
execFileSync('esbuild', [
  join(root, 'build/web/pathscope.js'), '--minify', '--log-level=warning', `--outfile=${module_script}`,
], { stdio: 'inherit' });
copy(join(root, 'build/web/pathscope.wasm'), join(site, 'pathscope.wasm'));

// A worker that starts from a Blob imports nothing: one classic script, which needs no address.
execFileSync('esbuild', [
  join(site, 'worker.js'), '--bundle', '--minify', '--format=iife', '--define:import.meta.url="blob:"', '--log-level=warning',
  '--allow-overwrite', `--outfile=${join(site, 'worker.js')}`,
], { stdio: 'inherit' });
const page_scripts = pages.map((name) => script_of(readFileSync(join(site, name), 'utf8')));
bundle(site, page_scripts.filter((name) => name));

const index = { module: {}, counts: {}, texts: {} };
for (const name of ['pathscope.js', 'pathscope.wasm']) index.module[name] = statSync(join(site, name)).size;
for (const path of files_below(join(root, 'models'))) {
  const name = relative(join(root, 'models'), path);
  if (!model_files.includes(basename(path)) || !existsSync(join(dirname(path), 'model.safetensors'))) continue;
  copy(path, join(site, 'models', name));
  (index[dirname(name)] ??= {})[basename(name)] = statSync(path).size;
}

// Counted bigrams go to the models of the tokenizer that they name, and with them the text beside them.
for (const file of readdirSync(join(root, 'models/data')).filter((file) => file.endsWith('-bigrams.json'))) {
  const path = join(root, 'models/data', file);
  copy(path, join(site, 'models/data', file));
  const text = file.replace('-bigrams.json', '.txt');
  const has_text = existsSync(join(root, 'models/data', text));
  if (has_text) copy(join(root, 'models/data', text), join(site, 'models/data', text));
  const { tokenizer_sha256 } = JSON.parse(readFileSync(path));
  for (const model of Object.keys(index).filter((name) => 'model.safetensors' in index[name])) {
    const tokenizer = join(root, 'models', model, 'tokenizer.json');
    if (!existsSync(tokenizer) || sha256(tokenizer) !== tokenizer_sha256) continue;
    index.counts[model] = `data/${file}`;
    if (has_text) index.texts[model] = `data/${text}`;
  }
}
writeFileSync(join(site, 'models/index.json'), `${JSON.stringify(index, null, 2)}\n`);

const fill = (name, filled) => writeFileSync(join(site, name), filled(readFileSync(join(site, name), 'utf8'), name));
const without_script = await fallback(site);
fill('embed.html', (html) => html.replace('<!-- fallback: scripts/site.js -->', without_script));
fill('lab.html', with_figures);
for (const name of pages) fill(name, (html, page) => with_preloads(with_failure(with_head(html, page)), site));
write_list(site);
