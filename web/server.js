// Serves a folder of static files on 127.0.0.1, with the headers that the README asks of any host.
//   node web/server.js [FOLDER [PORT]]
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { policy } from '../scripts/head.js';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.otf': 'font/otf',
  '.woff2': 'font/woff2',
  '.md': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

// Weights hardly shrink; of the rest it is worth it.
const compressed = new Set(['.html', '.js', '.css', '.json', '.wasm', '.svg', '.ttf', '.otf', '.md', '.txt']);

// name -> {etag, bytes: a promise}: what was compressed once, as it then was.
const shrunk = new Map();
function shrink(name, etag) {
  if (shrunk.get(name)?.etag !== etag) {
    const bytes = readFile(name).then(promisify(gzip));
    bytes.catch(() => shrunk.delete(name));
    shrunk.set(name, { etag, bytes });
  }
  return shrunk.get(name).bytes;
}

// The file that a request's path names, or null: nothing outside the folder, and no hidden file.
async function find(folder, url) {
  let path;
  try {
    path = decodeURIComponent(url.split(/[?#]/)[0]);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.split(/[/\\]/).some((part) => part.startsWith('.'))) return null;
  let name = join(folder, path);
  if (name !== folder && !name.startsWith(folder + sep)) return null;
  let info = await stat(name).catch(() => null);
  if (info?.isDirectory() && path.endsWith('/')) {
    name = join(name, 'index.html');
    info = await stat(name).catch(() => null);
  }
  return info?.isFile() ? { name, info } : null;
}

async function answer(folder, cache, request, response) {
  const headers = {
    'Access-Control-Allow-Origin': '*',  // articles elsewhere import the element
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': policy,
    'Cache-Control': cache,
  };
  const fail = (status, text) => {
    response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(`${text}\n`);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') return fail(405, 'Only GET and HEAD.');
  const file = await find(folder, request.url);
  if (!file) return fail(404, 'There is no such file here.');

  if (file.name.endsWith(`${sep}embed.html`)) headers['Cross-Origin-Embedder-Policy'] = 'require-corp';
  headers.ETag = `"${file.info.size.toString(36)}-${file.info.mtimeMs.toString(36)}"`;
  if (request.headers['if-none-match'] === headers.ETag) {
    response.writeHead(304, headers);
    return response.end();
  }
  headers['Content-Type'] = types[extname(file.name)] ?? 'application/octet-stream';
  const zips = compressed.has(extname(file.name)) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const content = zips ? await shrink(file.name, headers.ETag).catch(() => null) : null;
  if (zips && !content) return fail(500, 'The file could not be read.');
  if (zips) Object.assign(headers, { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' });
  headers['Content-Length'] = content?.length ?? file.info.size;
  response.writeHead(200, headers);
  if (request.method === 'HEAD') return response.end();
  if (content) return response.end(content);
  createReadStream(file.name).on('error', () => response.destroy()).pipe(response);
}

// Serves `folder` on 127.0.0.1; port 0 takes a free one. `cache`: what browsers are told of keeping
// files. Resolves to {address, close}; rejects with a sentence when the port can't be had.
export function serve(folder, port = 8000, cache = 'no-cache') {
  const root = resolve(folder);
  const server = createServer((request, response) => {
    answer(root, cache, request, response).catch(() => response.destroy());
  });
  return new Promise((started, failed) => {
    server.on('error', ({ code, message }) => failed(new Error(
      code === 'EADDRINUSE' ? `Port ${port} is taken by another program. Try another: ./run --port ${port < 65535 ? port + 1 : 8000}`
      : code === 'EACCES' ? `You may not use port ${port}: those below 1024 are the system's. Try ./run --port 8000`
      : message)));
    server.listen(port, '127.0.0.1', () => started({
      address: `http://127.0.0.1:${server.address().port}/`,
      close: () => new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections?.();
      }),
    }));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = 'build/site', port = '8000'] = process.argv.slice(2);
  try {
    const { address } = await serve(folder, Number(port));
    console.log(`Pathscope is at ${address} (Ctrl+C ends it)`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
