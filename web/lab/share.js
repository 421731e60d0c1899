// Share: the view as a link in the address bar and on the clipboard, or where it is too long for one,
// as a file; and such a file opened again.
import { copied } from '../clipboard.js';
import { role } from '../element.js';
import { file_of, fragment_of, view_of_file } from '../link.js';
import { save_file } from '../save.js';
import { say, told } from '../words.js';
import { is_link_name } from './guest.js';
import { QrCode } from './qr_code.js';

export class Share {
  #panel = role('share-panel');
  #link = role('share-link');
  #status = role('share-status');
  #code = new QrCode();
  #view;
  #shared = ''; // what the panel's link leads to, as text
  #unnamed;
  #said = []; // the keys of what the panel says

  // view(): the present one, or null with a model that no link can name, and unnamed(): the key of why;
  // on_view(view): one was opened; failure: says what went wrong.
  constructor({ view, unnamed, on_view, failure }) {
    this.#view = view;
    this.#unnamed = unnamed;
    role('share').addEventListener('click', () => this.#share(view()));
    role('share-save').addEventListener('click', () => {
      save_file('pathscope-view.json', file_of(view()), 'application/json');
    });
    const file = role('share-file');
    role('share-restore').addEventListener('click', () => file.click());
    file.addEventListener('change', async () => {
      const [chosen] = file.files;
      file.value = '';
      if (!chosen) return;
      try {
        on_view(view_of_file(await chosen.text()));
      } catch (error) {
        failure.show(() => told(error.message));
      }
    });
    this.#link.addEventListener('focus', () => this.#link.select());
  }

  // The panel goes when something else is explored than its link leads to.
  follow() {
    if (!this.#panel.hidden && explored(this.#view()) !== this.#shared) this.#panel.hidden = true;
  }

  async #share(view) {
    this.#shared = explored(view);
    const fragment = view && (await fragment_of(view));
    this.#panel.hidden = false;
    role('share-link-field').hidden = !fragment;
    role('share-save').hidden = !view;
    const without_model = view && is_link_name(view.model) ? ['shareGuest'] : [];
    role('share-code-field').hidden = !fragment;
    if (!fragment) return this.#say(...(view ? ['shareLong', ...without_model] : [this.#unnamed()]));
    try {
      history.replaceState(history.state, '', fragment);
    } catch {
      // A sandboxed frame may refuse: the link stands in the panel all the same.
    }
    this.#link.value = new URL(fragment, location.href).href;
    this.#code.show(this.#link.value);
    const done = await copied(this.#link.value);
    this.#say(done ? 'shareCopied' : 'shareCopy', ...without_model);
    if (!done) this.#link.focus();
  }

  // In the current language.
  rewrite() {
    this.#say(...this.#said);
    this.#code.rewrite();
  }

  #say(...keys) {
    this.#said = keys;
    this.#status.textContent = keys.map((key) => say(key)).join(say('sentenceGap'));
  }
}

// Without the figure: the page may be scrolled on.
function explored(view) {
  return JSON.stringify(view && [view.model, view.change]);
}
