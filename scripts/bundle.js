// Bundles the site's scripts: what several pages share comes once, in chunks, a dozen files for a page
// in place of a hundred that each wait for the one that names them. Names stay, for stack traces.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { files_of } from './imports.js';

// Besides the pages' own scripts: what others import (README, package/) or what asks for its own address.
const imported = ['engine.js', 'download.js', 'embed/path_scope_element.js'];
// Files of their own: the package has another addresses.js, progress counts pathscope.js, and
// path-scope.js runs as no module too.
const apart = ['addresses.js', 'pathscope.js', 'path-scope.js'];

export const is_chunk = (name) => /^chunk-\w+\.js$/.test(name);

// In place: what went into a bundle is gone afterwards. (Chunks lie beside those apart: esbuild 0.17
// names these as from there.)
export function bundle(site, page_scripts) {
  const entries = [...page_scripts, ...imported];
  const work = mkdtempSync(join(tmpdir(), 'pathscope-bundle-'));
  try {
    const meta = join(work, 'meta.json');
    execFileSync('esbuild', [
      ...entries, '--bundle', '--splitting', '--format=esm', '--minify-whitespace', '--minify-syntax', '--charset=utf8',
      ...apart.map((name) => `--external:./${name}`), '--chunk-names=chunk-[hash]', '--outdir=.', '--allow-overwrite',
      `--metafile=${meta}`, '--log-level=warning',
    ], { cwd: site, stdio: 'inherit' });
    const { inputs } = JSON.parse(readFileSync(meta, 'utf8'));
    const bundled = Object.keys(inputs).filter((name) => !entries.includes(name));
    for (const name of bundled) rmSync(join(site, name));
    for (const folder of new Set(bundled.map(dirname))) {
      if (readdirSync(join(site, folder)).length === 0) rmdirSync(join(site, folder));
    }
  } finally {
    rmSync(work, { recursive: true });
  }
}

const script = /<script type="module" src="([^"]+)"><\/script>/;

// A page's script in its HTML, if it has one.
export function script_of(html) {
  return script.exec(html)?.[1];
}

// A page's HTML that names all its script will ask for before it asks.
export function with_preloads(html, site) {
  const named = script_of(html);
  if (!named) return html;
  const links = files_of(site, named).filter((name) => name !== named).map((name) => `<link rel="modulepreload" href="${name}">\n`);
  return html.replace(script, (whole) => links.join('') + whole);
}
