// The server of ./run: what it sends, and what it keeps to itself.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { policy, with_head } from '../../scripts/head.js';
import { serve } from '../../web/server.js';
import { run } from '../runner.js';

const web = fileURLToPath(new URL('../../web/', import.meta.url));
const pages = readdirSync(web).filter((name) => name.endsWith('.html')).concat('pages/index.html');

const home = mkdtempSync(join(tmpdir(), 'pathscope-server-'));
const site = join(home, 'site');
mkdirSync(join(site, 'models'), { recursive: true });
mkdirSync(join(home, 'site-private'));
for (const [name, text] of Object.entries({
  'secret.txt': 'secret', 'site-private/secret.txt': 'secret', 'site/.hidden': 'secret',
  'site/index.html': '<!doctype html>', 'site/embed.html': '<!doctype html>',
  'site/a b.js': '1', 'site/pathscope.wasm': '\0asm',
})) writeFileSync(join(home, name), text);

const server = await serve(site, 0);
const port = Number(new URL(server.address).port);

// Plain http, for fetch tidies paths before it sends them.
function get(path, { method = 'GET', headers = {} } = {}) {
  return new Promise((done, failed) => {
    request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => { parts.push(part); });
      response.on('end', () => {
        const bytes = Buffer.concat(parts);
        done({ status: response.statusCode, headers: response.headers, bytes, body: bytes.toString() });
      });
    }).on('error', failed).end();
  });
}

const tests = {
  'a folder answers with its index.html': async () => {
    const { status, headers, body } = await get('/');
    assert.deepEqual([status, body], [200, '<!doctype html>']);
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
  },
  'every answer carries the page policy and lets other origins read': async () => {
    for (const path of ['/', '/pathscope.wasm', '/nothing']) {
      const { headers } = await get(path);
      assert.equal(headers['content-security-policy'], policy);
      assert.equal(headers['access-control-allow-origin'], '*');
      assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
      assert.equal(headers['x-content-type-options'], 'nosniff');
    }
  },
  'every page carries the policy, once and before all that it loads': () => {
    assert(pages.includes('lab.html'));
    for (const name of pages) {
      const html = with_head(readFileSync(join(web, name), 'utf8'), name);
      assert.deepEqual([...html.matchAll(/http-equiv="Content-Security-Policy" content="([^"]*)"/g)].map(([, said]) => said), [policy], name);
      assert(html.indexOf('http-equiv') < html.search(/<(link|script|meta charset)/), name);
    }
  },
  'a page without a place for the policy is none': () => {
    for (const head of ['<head>\n', '<head>\n<link rel="stylesheet" href="style.css">\n<!-- scripts/head.js -->\n'])
      assert.throws(() => with_head(head, 'some.html'), /some\.html: expected/);
  },
  'WebAssembly has its own type, which streaming compilation wants': async () => {
    assert.equal((await get('/pathscope.wasm')).headers['content-type'], 'application/wasm');
  },
  'what shrinks is sent compressed to those who can read it': async () => {
    const packed = await get('/', { headers: { 'Accept-Encoding': 'br, gzip' } });
    assert.equal(packed.headers['content-encoding'], 'gzip');
    assert.equal(gunzipSync(packed.bytes).toString(), '<!doctype html>');
    assert.equal((await get('/')).headers['content-encoding'], undefined);
  },
  'embed.html alone asks for cross-origin isolation': async () => {
    assert.equal((await get('/embed.html')).headers['cross-origin-embedder-policy'], 'require-corp');
    assert.equal((await get('/')).headers['cross-origin-embedder-policy'], undefined);
  },
  'a name with blanks and a query is found': async () => {
    const { status, headers } = await get('/a%20b.js?v=1');
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'text/javascript; charset=utf-8');
  },
  'nothing outside the folder and no hidden file is sent': async () => {
    for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/models/../../secret.txt',
      '/../site-private/secret.txt', '/.hidden', '/a%00.js', '/%', '//etc/passwd', '/models', '/nothing']) {
      const { status, body } = await get(path);
      assert.equal(status, 404, path);
      assert.doesNotMatch(body, /secret/);
    }
  },
  'what the browser has already is not sent again': async () => {
    const { headers } = await get('/pathscope.wasm');
    const again = await get('/pathscope.wasm', { headers: { 'If-None-Match': headers.etag } });
    assert.deepEqual([again.status, again.body], [304, '']);
  },
  'HEAD tells the size without the file, other methods are refused': async () => {
    const { status, headers, body } = await get('/pathscope.wasm', { method: 'HEAD' });
    assert.deepEqual([status, headers['content-length'], body], [200, '4', '']);
    assert.equal((await get('/', { method: 'POST' })).status, 405);
  },
  'a site is not written over what is not one': async () => {
    const script = fileURLToPath(new URL('../../scripts/site.js', import.meta.url));
    const written = (folder) => spawnSync(process.execPath, [script, folder, '--check'], { encoding: 'utf8' });
    writeFileSync(join(home, 'mine.txt'), 'mine');
    const repository = fileURLToPath(new URL('../..', import.meta.url));
    for (const [folder, reason] of [
      [home, /is not empty and no Pathscope site/],
      [join(home, 'mine.txt'), /is a file, expected a folder/],
      [repository, /is Pathscope's own folder or holds it/],
      ['/', /is Pathscope's own folder or holds it/],
      [join(repository, 'models/new'), /lies in Pathscope's own models\//],
    ]) {
      const { status, stderr } = written(folder);
      assert.equal(status, 2, folder);
      assert.match(stderr, reason);
    }
    assert.equal(written(join(home, 'new')).status, 0);
  },
  'a port that is taken is named, with what to type instead': async () => {
    await assert.rejects(serve(site, port), new RegExp(`Port ${port} is taken.*--port ${port + 1}`));
  },
};

const failed = await run(tests);
await server.close();
rmSync(home, { recursive: true });
process.exitCode = failed ? 1 : 0;
