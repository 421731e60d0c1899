// Keeps the site in the browser, so that it works without a network once it was opened: the page's own
// files at once, a model's when they are first asked for, everything when the visitor asks. Each file
// is kept under its hash, and a worker answers with those of its own list alone: a page never meets
// another version's script. A new version waits until no other window shows the old one. The first one
// takes over the page that brought it: what that asks for later may have to come without a network.
const site = { files: {}, models: {} }; // {name: [sha256, bytes]}: scripts/site.js writes the list in here
const all = { ...site.files, ...site.models };
const { scope } = self.registration;
const cache_name = `pathscope ${scope}`; // an origin may have several of us
const at_once = 6;

let is_first = false;

self.addEventListener('install', (event) => {
  is_first = !self.registration.active;
  event.waitUntil(keep(Object.keys(site.files)));
});
self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([drop_others(), is_first && clients.claim()]));
});
self.addEventListener('fetch', (event) => {
  const name = event.request.method === 'GET' ? name_of(event.request.url) : null;
  if (name) event.respondWith(answer(event, name));
});
// {take_over: true}; {keep: [names, or folders as 'models/zh/'] or 'all'}, {state: true}: {kept, of} in
// bytes come to its port, at last with {done: true} or {error}.
self.addEventListener('message', (event) => {
  const { data, ports: [port] } = event;
  if (data.take_over) self.skipWaiting();
  const tell = (told) => port?.postMessage(told);
  const is_meant = (name) => data.keep?.some((asked) => name === asked || (asked.endsWith('/') && name.startsWith(asked)));
  const names = Object.keys(all).filter((name) => data.keep === 'all' || is_meant(name));
  const work = data.state ? state().then(tell) : keep(names, tell).then(() => tell({ done: true }));
  event.waitUntil(work.catch(({ message }) => tell({ error: message })));
});

// 'lab.html', whatever its search says; null for what is not in the list.
function name_of(url) {
  if (!url.startsWith(scope)) return null;
  const name = decodeURI(url.slice(scope.length).split(/[?#]/)[0]) || 'index.html';
  return Object.hasOwn(all, name) ? name : null;
}

function key_of(name) {
  return new URL(`${name}?sha256=${all[name][0]}`, scope).href;
}

async function answer(event, name) {
  if (event.request.mode === 'navigate' && (await gives_way())) return again();
  const cache = await caches.open(cache_name);
  const kept = await cache.match(key_of(name));
  if (kept) return kept;
  if (name in site.files) return fetched(name).catch(() => Response.error());
  const response = await fetch(event.request);
  if (response.ok) {
    const copy = response.clone();
    event.waitUntil(checked(name, copy).then((whole) => cache.put(key_of(name), whole), () => {})); // else not kept
  }
  return response;
}

// To a new version, where no other window still shows this one.
async function gives_way() {
  const { waiting } = self.registration;
  if (!waiting || (await clients.matchAll({ type: 'window' })).length > 1) return false;
  waiting.postMessage({ take_over: true });
  return true;
}

// An empty page that asks anew, and for no icon: when the new version has taken over, not before. Chromium
// takes its time for that, and what is asked of the old one in its last moment may never be answered.
function again() {
  const script = `const { serviceWorker } = navigator;
    serviceWorker.addEventListener('controllerchange', () => location.reload());
    serviceWorker.getRegistration().then((found) => found?.waiting || location.reload());`;
  const page = `<!doctype html><link rel="icon" href="data:,"><script>${script}</script>`;
  return new Response(page, { headers: { 'Content-Type': 'text/html', 'Refresh': '5' } }); // if that fails
}

async function keep(names, tell = () => {}) {
  const cache = await caches.open(cache_name);
  const of = names.reduce((sum, name) => sum + all[name][1], 0);
  const waiting = [...names];
  let kept = 0;
  const work = async () => {
    for (let name = waiting.pop(); name; name = waiting.pop()) {
      if (!(await cache.match(key_of(name)))) await cache.put(key_of(name), await fetched(name));
      tell({ kept: (kept += all[name][1]), of });
    }
  };
  await Promise.all(Array.from({ length: at_once }, work));
}

async function state() {
  const cache = await caches.open(cache_name);
  const keys = new Set((await cache.keys()).map(({ url }) => url));
  const size = (names) => names.reduce((sum, name) => sum + all[name][1], 0);
  return { kept: size(Object.keys(all).filter((name) => keys.has(key_of(name)))), of: size(Object.keys(all)) };
}

async function fetched(name) {
  return checked(name, await fetch(new URL(name, scope), { cache: 'no-cache' }));
}

// The response, whole, once it is what the list says; a redirect or an encoding on its way are gone.
async function checked(name, response) {
  const bytes = await response.arrayBuffer();
  const hash = Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hash !== all[name][0]) throw new Error(`${name} is of another version than this list of files, expected SHA-256 ${all[name][0]}, found ${hash}.`);
  const headers = new Headers(response.headers);
  for (const passing of ['Content-Encoding', 'Content-Length', 'Transfer-Encoding']) headers.delete(passing);
  return new Response(bytes, { headers });
}

async function drop_others() {
  const cache = await caches.open(cache_name);
  const ours = new Set(Object.keys(all).map(key_of));
  for (const request of await cache.keys()) if (!ours.has(request.url)) await cache.delete(request);
}
