// Puts the static site together, for any web host:
//   node scripts/site.js FOLDER
// web/'s own files as they are, the module from build/web with its JavaScript minified, the models,
// assets and licences; and models/index.json with sizes in bytes, which progress is counted against.
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const site = resolve(process.argv[2] ?? join(root, 'build/site'));
const not_shipped = ['server.js', 'package.json'];
const model_files = ['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json', 'README.md'];

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

mkdirSync(site, { recursive: true });
for (const old of ['models', 'assets']) rmSync(join(site, old), { recursive: true, force: true });
cpSync(join(root, 'web'), site, {
  recursive: true,
  filter: (path) => !not_shipped.includes(basename(path)) && !path.endsWith('.d.ts'),
});
cpSync(join(root, 'assets'), join(site, 'assets'), { recursive: true });
for (const name of ['LICENSE', 'NOTICE']) copy(join(root, name), join(site, name));

const module_script = join(site, 'pathscope.js');
execFileSync('esbuild', [
  join(root, 'build/web/pathscope.js'), '--minify', '--log-level=warning', `--outfile=${module_script}`,
], { stdio: 'inherit' });
copy(join(root, 'build/web/pathscope.wasm'), join(site, 'pathscope.wasm'));

const index = { module: {} };
for (const name of ['pathscope.js', 'pathscope.wasm']) index.module[name] = statSync(join(site, name)).size;
for (const path of files_below(join(root, 'models'))) {
  if (!model_files.includes(basename(path))) continue;
  const name = relative(join(root, 'models'), path);
  copy(path, join(site, 'models', name));
  (index[dirname(name)] ??= {})[basename(name)] = statSync(path).size;
}
writeFileSync(join(site, 'models/index.json'), `${JSON.stringify(index, null, 2)}\n`);
