// Puts the npm package together from a built site, and packs it:
//   node scripts/package.js [FOLDER [SITE]]      (build/package and build/site)
// and beside it the page as one file, pathscope.html. The last line is the archive's path. A bundler
// must see every file that is fetched: addresses.js is written with a table of them.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { files_of } from './imports.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const [folder = join(root, 'build/package'), site = join(root, 'build/site')] = process.argv.slice(2).map((path) => resolve(path));
const target = join(folder, 'pathscope');
const own = ['index.js', 'index.d.ts', 'node.js', 'path-scope.d.ts', 'README.md'];
const fetched_ends = /^(models\/(?!.*README).*|assets\/fonts\/.*\.(otf|ttf)|assets\/examples\.json|pathscope\.wasm|worker\.js)$/;

function files_below(path) {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files_below(join(path, entry.name)) : [join(path, entry.name)],
  );
}

const scripts = files_of(site, 'engine.js', 'path-scope.js', 'download.js').filter((name) => name !== 'addresses.js');
const fetched = files_below(site).map((path) => relative(site, path).replaceAll('\\', '/')).filter((name) => fetched_ends.test(name)).sort();
const cards = files_below(join(site, 'models')).map((path) => relative(site, path)).filter((name) => name.endsWith('README.md'));

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const name of [...scripts, ...fetched, ...cards, 'assets/fonts/OFL.txt', 'LICENSE', 'NOTICE']) cpSync(join(site, name), join(target, name));
for (const name of own) cpSync(join(root, 'package', name), join(target, name));
cpSync(join(root, 'web/engine.d.ts'), join(target, 'engine.d.ts'));

const entries = fetched.map((name) => `  '${name}': () => new URL('./${name}', import.meta.url),`);
writeFileSync(join(target, 'addresses.js'), `// Where the files lie that are fetched, each in the form that bundlers see. Written by scripts/package.js.
const table = {
${entries.join('\n')}
};
// In development vite serves a package from a cache that has its scripts alone; beside the cache lies
// the package itself.
const cache = /^(.*\\/node_modules\\/)\\.vite\\/deps[^/]*\\//.exec(import.meta.url);

export function address_of(name) {
  if (cache) return new URL(\`pathscope/\${name}\`, cache[1]);
  return table[name]?.() ?? new URL(name, import.meta.url);
}
`);

const { version, description, license } = JSON.parse(readFileSync(join(root, 'package.json')));
writeFileSync(join(target, 'package.json'), `${JSON.stringify({
  name: 'pathscope', version, description, license,
  type: 'module',
  engines: { node: '>=18' },
  main: './node.js',
  types: './index.d.ts',
  sideEffects: ['./index.js', './node.js', './path-scope.js'],
  exports: {
    '.': { types: './index.d.ts', node: './node.js', default: './index.js' },
    './engine': { types: './engine.d.ts', default: './engine.js' },
    './engine.js': { types: './engine.d.ts', default: './engine.js' },
    './element': { types: './path-scope.d.ts', default: './path-scope.js' },
    './path-scope.js': { types: './path-scope.d.ts', default: './path-scope.js' },
    './pathscope.wasm': './pathscope.wasm',
    './models/*': './models/*',
    './package.json': './package.json',
  },
}, null, 2)}\n`);

const told = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: target, encoding: 'utf8', maxBuffer: 1 << 26 });
execFileSync(process.execPath, [join(root, 'scripts/one_file.js'), join(folder, 'pathscope.html'), site]);
console.log(join(folder, JSON.parse(told)[0].filename));
