// The progress of what is fetched, in bytes; where the whole is not known, no share of it is claimed.
import { role } from './element.js';
import { megabytes } from './number.js';
import { say } from './words.js';

// On a <progress>, and in words.
export function show_progress(bar, words, { loaded, total }) {
  if (total === null) {
    bar.removeAttribute('value');
    words.textContent = say('loadingSome', { loaded: megabytes(loaded) });
    return;
  }
  Object.assign(bar, { max: total, value: loaded });
  words.textContent =
    loaded < total
      ? say('loading', { loaded: megabytes(loaded), total: megabytes(total) })
      : say('starting');
}

export class Loading {
  #box = role('loading');
  #text = role('progress-text');
  #bar = role('progress');
  #cancel = null;

  // on_cancel(): it is to be given up, where the page has a button for that.
  constructor(on_cancel = null) {
    if (!on_cancel) return;
    this.#cancel = role('cancel-loading');
    this.#cancel.addEventListener('click', on_cancel);
  }

  show(progress, { can_cancel = false } = {}) {
    if (this.#box.hidden && can_cancel) requestAnimationFrame(() => this.#box.scrollIntoView({ block: 'nearest' }));
    this.#box.hidden = false;
    if (this.#cancel) this.#cancel.hidden = !can_cancel;
    show_progress(this.#bar, this.#text, progress);
  }

  hide() {
    this.#box.hidden = true;
  }
}
