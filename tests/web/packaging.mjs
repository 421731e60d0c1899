// The npm package: what is in it, and that it works in node, from plain HTML, and bundled by esbuild
// and by vite (in development and built), each from the packed archive.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { shown, terms } from './articles.mjs';
import { patience, root, site, with_own_modules, withPage } from './browser.mjs';
import { host } from './slow_host.mjs';
import { command, near } from './tables.mjs';

const run = promisify(execFile);
const home = join(root, 'build/package');
const html = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="MAIN"></script><path-scope figure="paths" text="a b a b"></path-scope>';
// No await at the top: vite 5's own target is older than that.
const main = `import 'pathscope';
import { load } from 'pathscope/engine.js';
load({ model: 'two-layer' }).then(async (scope) => {
  window.tokens = (await scope.tokens('a b a b')).tokens.length;
  window.fitting = (await scope.bigram_counts()).length;
});
`;

let packed = null; // a promise of the archive's path

function archive() {
  packed ??= run(process.execPath, [join(root, 'scripts/package.js'), home, site], { maxBuffer: 1 << 26 })
    .then(({ stdout }) => stdout.trim().split('\n').at(-1));
  return packed;
}

// A project that has installed the archive and nothing else.
async function project(name, files) {
  const folder = join(home, name);
  rmSync(folder, { recursive: true, force: true });
  const installed = join(folder, 'node_modules/pathscope');
  mkdirSync(installed, { recursive: true });
  await run('tar', ['-xzf', await archive(), '-C', installed, '--strip-components=1']);
  const own = { 'package.json': '{"name": "try", "private": true, "type": "module"}', ...files };
  for (const [file, content] of Object.entries(own)) writeFileSync(join(folder, file), content);
  return folder;
}

// The element draws, the engine answers, and nothing is missing on the way.
async function works(address, options = {}) {
  await withPage({ address, ready: false, ...options }, async (page) => {
    const missing = [];
    page.on('response', (response) => response.status() >= 400 && missing.push(response.url()));
    await shown(page);
    const { logit, terms: expected } = await command('paths', '--text', 'a b a b');
    const found = Object.values(await terms(page));
    assert.equal(found.length, expected.length);
    near(found.reduce((sum, each) => sum + each, 0), logit, 'the sum');
    if (!options.alone) {
      await page.waitForFunction(() => window.fitting > 1000, null, { timeout: patience });
      assert.equal(await page.evaluate(() => window.tokens), 4);
      const inWorker = await page.evaluate(async () => {
        const { scope } = document.querySelector('path-scope');
        const run = await scope.train({ model: { n_layers: 1, d_model: 16, n_heads: 1, d_head: 16, n_ctx: 16, d_vocab: 8, normalization_type: null, positional_embedding_type: 'shortformer' }, task: 'repeat', batch: 2, steps: 2, learning_rate: 0.01, schedule: 'constant', seed: 1 });
        run.free();
        return run.inWorker;
      });
      assert(inWorker, 'the worker is found');
    }
    assert.deepEqual(missing, []);
  });
}

async function served(folder, path, options) {
  const server = await host(folder, {});
  try {
    await works(server.address + path, options);
  } finally {
    await server.close();
  }
}

const vite = (...words) => [join(root, 'node_modules/vite/bin/vite.js'), ...words];

export default {
  'the npm package has what it needs, and nothing else': async () => {
    const { stdout } = await run('tar', ['-tzf', await archive()], { maxBuffer: 1 << 24 });
    const files = stdout.trim().split('\n').map((name) => name.replace(/^package\//, ''));
    const allowed = /^(package\.json|README\.md|LICENSE|NOTICE|worker\.js|pathscope\.(js|wasm)|index\.(js|d\.ts)|node\.js|engine\.d\.ts|path-scope\.d\.ts|(addresses|download|engine|path-scope|chunk-\w+|embed\/path_scope_element)\.js|assets\/(examples\.json|fonts\/[\w.-]+)|models\/(index\.json|data\/[\w.-]+|(zh\/)?(zero|one|two)-layer\/(config\.json|model\.safetensors|tokenizer\.json|log\.jsonl|README\.md)))$/;
    assert.deepEqual(files.filter((name) => !allowed.test(name)), []);
    for (const stranger of ['lab.js', 'embed.js', 'embed-host.js', 'server.js']) assert(!files.includes(stranger), stranger);
    const manifest = JSON.parse(readFileSync(join(home, 'pathscope/package.json')));
    for (const key of ['dependencies', 'peerDependencies', 'optionalDependencies', 'scripts']) assert.equal(manifest[key], undefined, key);
    const named = [manifest.main, manifest.types, ...Object.values(manifest.exports).flatMap((entry) => typeof entry === 'string' ? entry : Object.values(entry))];
    for (const file of named) if (!file.includes('*')) assert(files.includes(file.slice(2)), file);
    const { version } = JSON.parse(readFileSync(join(root, 'package.json')));
    assert.equal(manifest.version, version);
    assert(readFileSync(join(root, 'web/path-scope.js'), 'utf8').includes(`'${version}'`), 'the element says another version');
  },

  'the package in node reads its own files': async () => {
    const folder = await project('in-node', {
      'main.js': `import { load } from 'pathscope';
import { train } from 'pathscope/engine';
import 'pathscope/element';
const scope = await load({ model: 'two-layer' });
const { logit, terms } = await scope.paths('a b a b');
const { next } = await scope.bigrams({ token: ' the', top: 1 });
const refused = await load({ model: 'no-such' }).catch(({ message }) => message);
console.log(JSON.stringify({ logit, terms: terms.length, next, refused, train: typeof train }));`,
    });
    const { stdout } = await run(process.execPath, ['main.js'], { cwd: folder });
    const { logit, terms: count, next, refused, train } = JSON.parse(stdout);
    const expected = await command('paths', '--text', 'a b a b');
    near(logit, expected.logit, 'the logit');
    assert.equal(count, expected.terms.length);
    assert.notEqual(next[0].counted, null);
    assert.match(refused, /no model 'no-such' here, only/);
    assert.equal(train, 'function');
  },

  'the package from plain HTML': async () => {
    const folder = await project('plain', { 'index.html': html.replace('MAIN', 'node_modules/pathscope/path-scope.js') });
    await served(folder, 'index.html', { alone: true });
  },

  'the package bundled by esbuild, with its files copied as its README says': async () => {
    const folder = await project('by-esbuild', { 'main.js': main });
    await run('esbuild', ['main.js', '--bundle', '--format=esm', '--target=es2022', '--outdir=dist/sub', '--log-level=error'], { cwd: folder });
    const copied = /cp -R node_modules\/pathscope\/\{([^}]*)\} dist\//.exec(readFileSync(join(root, 'package/README.md'), 'utf8'))[1];
    for (const name of copied.split(',')) cpSync(join(folder, 'node_modules/pathscope', name), join(folder, 'dist/sub', name), { recursive: true });
    writeFileSync(join(folder, 'dist/sub/index.html'), html.replace('MAIN', 'main.js'));
    await served(join(folder, 'dist'), 'sub/index.html');
  },

  'the package built by vite, under a sub-path, without settings': async () => {
    const folder = await project('by-vite', { 'index.html': html.replace('MAIN', '/main.js'), 'main.js': main });
    await run(process.execPath, vite('build', '--base', './', '--outDir', 'dist/sub', '--logLevel', 'error'), { cwd: folder, maxBuffer: 1 << 26 });
    await served(join(folder, 'dist'), 'sub/');
  },

  'the package in vite’s development server, without settings': async () => {
    const folder = await project('in-vite', { 'index.html': html.replace('MAIN', '/main.js'), 'main.js': main });
    const server = spawn(process.execPath, vite('--port', '0', '--host', '127.0.0.1', '--clearScreen', 'false'), { cwd: folder, env: { ...process.env, NO_COLOR: '1' } });
    try {
      const address = await new Promise((found, failed) => {
        let said = '';
        server.stdout.on('data', (part) => {
          said += part;
          const at = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
          if (at) found(at[0]);
        });
        server.stderr.on('data', (part) => { said += part; });
        server.on('exit', () => failed(new Error(said)));
      });
      await works(address, { allow: /\[vite\]/ });
    } finally {
      server.kill();
    }
  },

  'the types of the element are those that it has': () =>
    withPage({ ready: false }, async (page) => {
      await with_own_modules(page);
      const types = readFileSync(join(root, 'package/path-scope.d.ts'), 'utf8');
      const body = /interface PathScopeElement [^{]*\{\n(.*?)\n\}/s.exec(types)[1];
      const declared = [...body.matchAll(/^  (?:readonly )?(\w+): /gm)].map(([, name]) => name).sort();
      const found = await page.evaluate(async () => {
        const { PathScope } = await import('./embed/path_scope_element.js');
        const { figure_names } = await import('./own/figures.js');
        const own = Object.getOwnPropertyDescriptors(PathScope.prototype);
        const members = Object.entries(own).filter(([, { get }]) => get).map(([name]) => name).sort();
        return { members, figure_names, attributes: PathScope.observedAttributes };
      });
      assert.deepEqual(found.members, declared);
      const figures = /type EmbeddedFigure =([^;]*);/s.exec(types)[1].match(/[\w-]+/g).sort();
      assert.deepEqual([...found.figure_names].sort(), figures);
      assert.deepEqual(found.attributes.filter((name) => name !== 'lang').sort(), declared.filter((name) => !['scope', 'explorer', 'view'].includes(name)));
    }),
};
