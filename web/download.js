// Files fetched together, with their progress in bytes.
const FIRST = 1 << 16; // bytes to begin with where no length is claimed
const MOST_CLAIMED = 1 << 30; // and no more than that for a claim

let fetched = (url, options) => fetch(url, options);

// Where there is no fetching, another way to a Response: (url, options) => a promise of one.
export function fetch_with(other) {
  fetched = other;
}

// The Response, by whatever way there is.
export function fetch_file(url, options) {
  return fetched(url, options);
}

// Bytes that have arrived, of how many. The sizes come from our own index, never from a server's
// Content-Length, which counts compressed bytes or is missing: the share is never above the whole
// and never goes back, and while the whole is not known, none is claimed.
export class Progress {
  #report;
  #loaded = 0;
  #total = null;

  constructor(report) {
    this.#report = report ?? (() => {});
  }

  // All files together will have this many bytes.
  expect(total) {
    if (Number.isFinite(total)) this.#total = total;
    this.arrived(0);
  }

  arrived(bytes) {
    this.#loaded += bytes;
    if (this.#loaded > this.#total) this.#total = null;  // the index is of other files
    this.#report({ loaded: this.#loaded, total: this.#total });
  }
}

// A file's bytes. null where it is optional and not there.
export async function fetch_bytes(url, { signal, progress, optional = false } = {}) {
  const name = decodeURIComponent(new URL(url).pathname.split('/').pop());
  let response;
  try {
    response = await fetched(url, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw new Error(`${name} could not be fetched from ${url}: the server gave no answer, or none that this page may read.`, { cause: error });
  }
  if (!response.ok || (optional && is_page(response))) {
    response.body?.cancel().catch(() => {});
    if (optional) return null;
    throw new Error(`${name} could not be fetched: ${url} answered ${response.status} ${response.statusText}.`);
  }
  try {
    return await read(response, progress);
  } catch (error) {
    signal?.throwIfAborted();
    throw new Error(`${name} broke off: ${url} did not send all of it.`, { cause: error });
  }
}

// Some servers answer with a page of their own where there is no file.
function is_page(response) {
  return /^text\/html\b/i.test(response.headers.get('Content-Type') ?? '');
}

// Into one buffer: a list of chunks put together at the end would be the file twice in memory. The
// length that a server claims is where it begins; what it compresses is longer.
async function read(response, progress) {
  const reader = response.body.getReader();
  const claimed = Number(response.headers.get('Content-Length')) || 0;
  let bytes = new Uint8Array(Math.min(claimed, MOST_CLAIMED) || FIRST);
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return size === bytes.length ? bytes : bytes.slice(0, size);
    if (size + value.length > bytes.length) bytes = longer(bytes, size + value.length);
    bytes.set(value, size);
    size += value.length;
    progress?.arrived(value.length);
  }
}

function longer(bytes, least) {
  const more = new Uint8Array(Math.max(least, 2 * bytes.length));
  more.set(bytes);
  return more;
}
