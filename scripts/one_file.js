// The page as one HTML file, which a browser opens from a disk: module, fonts, styles and the English
// models inside it.
//   node scripts/one_file.js OUT.html [SITE [PAGE]]      (build/site, lab.html)
// Bytes stand in it as base64, in <script type="text/plain"> each; addresses.js gives a Blob's address
// for a file's name. Its own policy allows these, and its one script by its hash.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const [out, site = join(root, 'build/site'), page_name = 'lab.html'] = process.argv.slice(2);
if (!out) {
  console.error('node scripts/one_file.js OUT.html [SITE [PAGE]]');
  process.exit(2);
}
const models = ['zero-layer', 'one-layer', 'two-layer'];
const read = (name) => readFileSync(join(site, name));
const base64 = (name) => read(name).toString('base64');
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const addresses = `
const made = new Map();
export function address_of(name) {
  const node = document.getElementById('file ' + name);
  if (!node) return new URL('about:not-in-this-file');
  if (!made.has(name)) {
    const bytes = Uint8Array.from(atob(node.textContent), (character) => character.charCodeAt(0));
    made.set(name, new URL(URL.createObjectURL(new Blob([bytes], { type: node.dataset.type }))));
  }
  return made.get(name);
}
`;

// The page's script and all that it imports, in one classic script.
function bundled(script) {
  const work = mkdtempSync(join(tmpdir(), 'pathscope-one-file-'));
  try {
    execFileSync('cp', ['-R', `${site}/.`, work]);
    writeFileSync(join(work, 'addresses.js'), addresses);
    const made = execFileSync('esbuild', [
      join(work, script), '--bundle', '--minify', '--format=iife', '--charset=utf8', '--log-level=error',
      '--define:import.meta.url=document.baseURI',
    ], { encoding: 'utf8', maxBuffer: 1 << 26 });
    return made.replaceAll('</script', '<\\/script');
  } finally {
    rmSync(work, { recursive: true });
  }
}

// A style sheet with its fonts inside.
function styled(name) {
  return read(name).toString().replace(/url\("(assets\/fonts\/[^"]+)"\)/g, (_, font) => `url("data:font/${font.split('.').at(-1)};base64,${base64(font)}")`);
}

// The index of what is in the file, and the files.
function files() {
  const whole = JSON.parse(read('models/index.json'));
  const kept = (table) => Object.fromEntries(Object.entries(table).filter(([name]) => models.includes(name)));
  const index = { module: whole.module, counts: kept(whole.counts), texts: kept(whole.texts), ...kept(whole) };
  const examples = JSON.parse(read('assets/examples.json'));
  const named = [
    'pathscope.wasm', 'worker.js',
    'assets/fonts/inter-regular.otf', 'assets/fonts/inter-semibold.otf', 'assets/fonts/jetbrains-mono.ttf',
    ...models.flatMap((model) => Object.keys(index[model]).filter((file) => file !== 'README.md').map((file) => `models/${model}/${file}`)),
    ...new Set([...Object.values(index.counts), ...Object.values(index.texts)].map((file) => `models/${file}`)),
  ];
  const json = (value) => Buffer.from(JSON.stringify(value)).toString('base64');
  return [
    ...named.map((name) => [name, base64(name)]),
    ['models/index.json', json(index)],
    ['assets/examples.json', json({ en: examples.en })],
  ];
}

const types = { js: 'text/javascript', json: 'application/json', wasm: 'application/wasm', txt: 'text/plain' };
const page = read(page_name).toString();
const script = bundled(/<script type="module" src="([^"]+)"><\/script>/.exec(page)[1]);
const styles = [...page.matchAll(/<link rel="stylesheet" href="([^"]+)">/g)].map(([, name]) => styled(name));
const policy = [
  "default-src 'none'", `script-src ${hash(script)} 'wasm-unsafe-eval'`, `style-src ${styles.map(hash).join(' ')}`,
  'img-src data: blob:', 'font-src data:', 'connect-src blob:', 'worker-src blob:', "base-uri 'none'", "form-action 'none'",
  "require-trusted-types-for 'script'", 'trusted-types pathscope',
].join('; ');
const data = files().map(([name, content]) => `<script type="text/plain" id="file ${name}" data-type="${types[name.split('.').at(-1)] ?? 'application/octet-stream'}">${content}</script>`);

const whole = page
  .replace(/(http-equiv="Content-Security-Policy" content=")[^"]*/, (_, before) => before + policy)
  .replace(/<link rel="(stylesheet|modulepreload)"[^>]*>\n/g, '')
  .replace(/<script type="module"[^>]*><\/script>\n/, '')
  .replace(/ *<a href="(present|beside)\.html"[^>]*>[^<]*<\/a>\n/g, '') // pages that it has not
  .replace('</head>', () => `${styles.map((text) => `<style>${text}</style>`).join('\n')}\n</head>`)
  .replace('</body>', () => `${data.join('\n')}\n<script>${script}</script>\n</body>`);
writeFileSync(out, whole);
console.log(`${out}: ${(whole.length / 1e6).toFixed(1)} MB`);
