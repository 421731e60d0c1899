// Debian's nginx with the configuration of examples/nginx.conf: the built site under a sub-path.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shown, withArticle } from './articles.mjs';
import { root, site, withPage } from './browser.mjs';

const program = '/usr/sbin/nginx';

async function free_port() {
  const server = createServer();
  await new Promise((started) => server.listen(0, '127.0.0.1', started));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

// As whoever runs the tests, with all its files in a folder of its own.
async function with_nginx(test) {
  assert(existsSync(program), 'nginx-light is missing: scripts/install test');
  const folder = mkdtempSync(join(tmpdir(), 'pathscope-nginx-'));
  const port = await free_port();
  const location = readFileSync(join(root, 'examples/nginx.conf'), 'utf8').replaceAll('/var/www/pathscope/', `${site.replace(/\/$/, '')}/`);
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
  const user = process.getuid() === 0 ? 'user root;' : '';
  writeFileSync(join(folder, 'nginx.conf'), `daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr; ${user}
events { worker_connections 256; }
http { access_log off; ${paths.join(' ')} server { listen 127.0.0.1:${port}; ${location} } }\n`);
  const server = spawn(program, ['-p', folder, '-c', join(folder, 'nginx.conf')]);
  let said = '';
  server.stderr.on('data', (part) => { said += part; });
  const address = `http://127.0.0.1:${port}/pathscope/`;
  try {
    for (let tries = 0; ; tries++) {
      const answer = await fetch(address).catch(() => null);
      if (answer?.ok) break;
      assert(tries < 100 && server.exitCode === null, `nginx did not start: ${said}`);
      await new Promise((wait) => setTimeout(wait, 100));
    }
    await test(address);
  } finally {
    server.kill();
    await new Promise((ended) => (server.exitCode === null && !server.signalCode ? server.once('exit', ended) : ended()));
    rmSync(folder, { recursive: true });
  }
}

export default {
  'behind nginx, under a sub-path, headers are what the README asks for': () =>
    with_nginx(async (address) => {
      for (const [name, type] of [
        ['pathscope.wasm', 'application/wasm'], ['engine.js', 'text/javascript; charset=utf-8'], ['v1/path-scope.js', 'text/javascript; charset=utf-8'],
        ['models/two-layer/model.safetensors', 'application/octet-stream'], ['embed.html', 'text/html; charset=utf-8'],
      ]) {
        const { status, headers } = await fetch(address + name, { headers: { 'Accept-Encoding': 'gzip' } });
        assert.deepEqual([status, headers.get('content-type'), headers.get('access-control-allow-origin')], [200, type, '*'], name);
        assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin', name);
        if (/wasm|js$/.test(name)) assert.equal(headers.get('content-encoding'), 'gzip', name);
        assert.equal(headers.get('cross-origin-embedder-policy'), name === 'embed.html' ? 'require-corp' : null);
      }
    }),

  'behind nginx the page, an element elsewhere and a frame work': () =>
    with_nginx(async (address) => {
      await withPage({ address: `${address}lab.html` }, async () => {});
      const body = `<script src="${address}v1/path-scope.js"></script><path-scope text="a b a b"></path-scope>
        <iframe sandbox="allow-scripts" src="${address}embed.html#v=1&m=one-layer&f=attention&z=0" style="width:100%;height:600px"></iframe>`;
      // An isolated article: everything from elsewhere must allow it.
      const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
      await withArticle(body.replace('<script ', '<script crossorigin '), { headers, allow: /Cross-Origin-Opener-Policy/ }, async (page) => {
        assert(await page.evaluate(() => crossOriginIsolated));
        await shown(page);
        const [, frame] = page.frames();
        await page.$eval('iframe', (node) => node.scrollIntoView());
        await frame.waitForSelector('path-scope table[data-table=attention] tbody tr', { state: 'attached' });
      });
    }),
};
