// Asks the browser to keep the site (sw.js): what was opened, and on request everything. Only where it
// may: https or localhost, no sandboxed frame, no page of one file.
import { address_of } from './addresses.js';
import { element } from './element.js';
import { megabytes } from './number.js';
import { script_address } from './script_address.js';
import { on_language, say } from './words.js';

// wanted: names and folders that will be needed, as sw.js takes them.
export async function keep_for_offline(wanted = []) {
  const { worker, is_first } = await registered();
  if (!worker) return;
  if (is_first) keep_what_came(worker);
  if (wanted.length > 0) worker.postMessage({ keep: wanted });
  const place = document.querySelector('[data-role=offline]');
  if (place) new Offer(place, worker);
}

// {worker, is_first: whether it was not there when the page came}; {} where there is none to be had.
async function registered() {
  try {
    const { protocol, href } = address_of('sw.js');
    if (!protocol.startsWith('http') || self.origin === 'null') return {};
    const is_first = !navigator.serviceWorker.controller;
    await loaded();
    await navigator.serviceWorker.register(script_address(href));
    return { worker: (await navigator.serviceWorker.ready).active, is_first };
  } catch {
    return {}; // no secure origin, or the browser keeps nothing
  }
}

function loaded() {
  return new Promise((done) => (document.readyState === 'complete' ? done() : addEventListener('load', done, { once: true })));
}

// The first visit's requests went past the worker: it is told what they were for.
function keep_what_came(worker) {
  const base = address_of('').href;
  const observer = new PerformanceObserver((list) => {
    const names = list.getEntries().map(({ name }) => name).filter((url) => url.startsWith(`${base}models/`));
    if (names.length > 0) worker.postMessage({ keep: names.map((url) => url.slice(base.length)) });
  });
  observer.observe({ type: 'resource', buffered: true });
}

// "keep it all": a button with the size, then the progress, then that it is done.
class Offer {
  #place;
  #worker;
  #told = null; // {kept, of} in bytes, {error}

  constructor(place, worker) {
    this.#place = place;
    this.#worker = worker;
    on_language(() => this.#write());
    this.#ask({ state: true });
  }

  #ask(message) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      if (!data.done) this.#told = { ...data, working: message.keep !== undefined && !data.error };
      this.#write();
    };
    this.#worker.postMessage(message, [port2]);
  }

  #keep() {
    navigator.storage?.persist?.().catch(() => {}); // a browser may still drop it
    this.#ask({ keep: 'all' });
  }

  #write() {
    const { kept, of, working, error } = this.#told ?? {};
    if (!this.#told) return;
    this.#place.hidden = false;
    if (error) return this.#place.replaceChildren(say('offlineFailed', { reason: error }), ' ', this.#button(say('tryAgain')));
    if (kept === of) return this.#place.replaceChildren(say('offlineKept', { size: megabytes(of) }));
    if (!working) return this.#place.replaceChildren(this.#button(say('offlineKeep', { size: megabytes(of - kept) })));
    const sentence = say('offlineKeeping', { kept: megabytes(kept), size: megabytes(of) });
    this.#place.replaceChildren(element('progress', { 'max': of, 'value': kept, 'aria-label': sentence }), ' ', sentence);
  }

  #button(label) {
    return element('button', { type: 'button', dataset: { role: 'offline-keep' }, onclick: () => this.#keep() }, label);
  }
}
