// A view as a URL's fragment, and back:
//   #v=1&m=MODEL&f=FIGURE&t=TEXT&i=IDS&p=POSITION&g=TARGET&a=AGAINST&h=HEAD&c=CUTS&z=FROZEN
// Text, ids (of a text that was set by ids) and cuts are raw deflate in base64url; the rest stands as
// it is. z is always there and last, so that a link never ends with a character that chat programs
// cut off. Links of v=1 stay readable for ever; keys that we do not know are passed over.
//
// A view is {model, figure, change}; change is what explorer.set takes.
import { say } from './words.js';

const MOST_WRITTEN = 2000; // characters of a fragment
const MOST_READ = 8192;
const MOST_TEXT = 200_000; // bytes that a text may unpack to: a few characters can hold megabytes

// Null where it would be too long for a link.
export async function fragment_of({ model, figure, change }) {
  const { text, ids, position, target, against, head, cuts, frozen } = change;
  const fields = {
    v: 1,
    m: model,
    f: figure,
    t: await packed(text),
    i: ids && (await packed(ids.join(' '))),
    p: position,
    g: target,
    a: against,
    h: head,
    c: cuts?.length ? await packed(cuts.join('\n')) : null,
    z: frozen ? 1 : 0,
  };
  const written = Object.entries(fields)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => `${key}=${value}`);
  const fragment = `#${written.join('&')}`;
  return fragment.length <= MOST_WRITTEN ? fragment : null;
}

// Null where the fragment is none of ours; an Error with a sentence where it is broken.
export async function view_of(fragment) {
  if (!/^#(.*&)?v=/s.test(fragment)) return null;
  if (fragment.length > MOST_READ) {
    throw new Error(say('linkLong', { found: fragment.length, most: MOST_READ }));
  }
  const fields = new Map(fragment.slice(1).split('&').map((field) => field.split('=', 2)));
  const version = fields.get('v');
  if (version !== '1') throw new Error(say('linkVersion', { found: version }));
  const read = (key, pattern) => {
    const value = fields.get(key);
    if (value === undefined) return undefined;
    if (!pattern.test(value)) throw new Error(say('linkField', { key, found: value.slice(0, 40) }));
    return value;
  };
  const number = (value) => (value === undefined ? undefined : Number(value));
  const unpack = async (key) => {
    const value = read(key, /^[\w-]*$/);
    if (value === undefined) return undefined;
    try {
      return await unpacked(value);
    } catch {
      throw new Error(say('linkField', { key, found: value.slice(0, 40) }));
    }
  };
  const against = read('a', /^(mean|\d{1,9})$/);
  const ids = await unpack('i');
  return checked({
    model: read('m', /^[a-z0-9][a-z0-9/-]{0,99}$/),
    figure: read('f', /^[a-z-]{1,40}$/),
    change: {
      text: (await unpack('t')) ?? '',
      ids: ids?.split(' ').map(Number),
      position: number(read('p', /^\d{1,9}$/)),
      target: number(read('g', /^\d{1,9}$/)),
      against: against === 'mean' ? against : number(against),
      head: read('h', /^L\d{1,3}H\d{1,3}$/),
      cuts: (await unpack('c'))?.split('\n'),
      frozen: read('z', /^[01]$/) === '1',
    },
  });
}

// The same from a file that Share wrote, {"pathscope": 1, model, figure, change}.
export function view_of_file(text) {
  let view;
  try {
    view = JSON.parse(text);
  } catch {
    throw new Error(say('viewFile'));
  }
  if (view?.pathscope !== 1 || typeof view.change?.text !== 'string') {
    throw new Error(say('viewFile'));
  }
  return checked(view);
}

export function file_of(view) {
  return `${JSON.stringify({ pathscope: 1, ...view }, null, 1)}\n`;
}

// What the explorer is asked for is checked there; here, that it is of the kind that it takes.
function checked({ model, figure, change }) {
  const kinds = {
    ids: (ids) => Array.isArray(ids) && ids.every(Number.isSafeInteger),
    position: Number.isSafeInteger,
    target: Number.isSafeInteger,
    against: (against) => against === 'mean' || Number.isSafeInteger(against),
    head: (head) => typeof head === 'string',
    cuts: (cuts) => Array.isArray(cuts) && cuts.every((cut) => typeof cut === 'string'),
    frozen: (frozen) => typeof frozen === 'boolean',
  };
  const taken = { text: change.text };
  for (const [key, fits] of Object.entries(kinds)) {
    const value = change[key];
    if (value === undefined || value === null) continue;
    if (!fits(value)) throw new Error(say('linkField', { key, found: String(value).slice(0, 40) }));
    taken[key] = value;
  }
  return { model: String(model ?? ''), figure: String(figure ?? ''), change: taken };
}

async function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

async function unpacked(base64url) {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text = '';
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > MOST_TEXT) {
      reader.cancel();
      throw new Error('too much');
    }
    text += decoder.decode(value, { stream: true });
  }
}
