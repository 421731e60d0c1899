// A web host with ways of its own: it compresses, sends in chunks without a length, is slow, answers
// what is missing with a page, or breaks off.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};
const compressed = ['.js', '.json', '.wasm', '.safetensors'];

// kilobytes: a second, for what is compressed or a model's. missing: a RegExp of paths that are not
// there; fallback: they are answered with index.html and 200. cut: a RegExp of paths that break off.
export async function host(
  folder,
  { gzip = false, chunked = false, kilobytes = 0, missing, fallback = false, cut } = {},
) {
  async function answer(request, response) {
    const path = decodeURIComponent(request.url.split('?')[0]);
    let file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    const there = existsSync(file) && statSync(file).isFile() && !missing?.test(path);
    if (!there && !fallback)
      return response.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>not here</h1>');
    if (!there) file = join(folder, 'index.html');
    const type = types[extname(file)] ?? 'application/octet-stream';
    if (!compressed.includes(extname(file))) {
      response.writeHead(200, { 'Content-Type': type });
      return createReadStream(file).pipe(response);
    }
    const body = gzip ? gzipSync(readFileSync(file)) : readFileSync(file);
    response.writeHead(200, {
      'Content-Type': type,
      ...(gzip ? { 'Content-Encoding': 'gzip' } : {}),
      ...(chunked ? {} : { 'Content-Length': body.length }),
    });
    const step = kilobytes ? Math.max(1024, kilobytes * 50) : body.length; // 20 pieces a second
    for (let sent = 0; sent < body.length; sent += step) {
      if (cut?.test(path) && sent > body.length / 2) return response.destroy();
      response.write(body.subarray(sent, sent + step));
      if (kilobytes) await wait(50);
    }
    response.end();
  }
  const server = createServer((request, response) =>
    answer(request, response).catch(() => response.destroy()),
  );
  await new Promise((started) => server.listen(0, '127.0.0.1', started));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    close: () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
  };
}
