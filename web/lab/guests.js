// The visitor's own models on their way to the bench: from files, or trained in the page (guest.js).
import { role } from '../element.js';
import { guest_name } from '../model_choice.js';
import { guest_of_training } from './guest.js';
import { opened_files } from './opened_files.js';

export class Guests {
  #bench;
  #views;
  #parts;

  // parts: the page's {text_box, model_summary, failure}.
  constructor({ bench, views, parts }) {
    this.#bench = bench;
    this.#views = views;
    this.#parts = parts;
  }

  // Files that were chosen or dropped: a model, or a view that was saved.
  async open_files(entries) {
    const { text_box, model_summary, failure } = this.#parts;
    let found;
    try {
      found = await opened_files(entries);
    } catch (error) {
      return failure.show(() => error.message);
    }
    if (found.view) return this.#views.open(found.view);
    if (await this.#open(found.guest, { text: text_box.text })) model_summary.open();
  }

  // A model that was trained below, on a text of its symbols.
  async open_trained({ bytes, label, text, ids, cuts, log }) {
    this.#parts.text_box.write(text);
    await this.#open(guest_of_training({ bytes, label }), { text, ids, cuts });
    const { opened } = this.#bench;
    if (opened?.model === guest_name && log) opened.explorer.set({ trainingLog: log });
    role('text').scrollIntoView({ block: 'center' });
  }

  // Gives whether it came.
  async #open(guest, change) {
    if (!(await this.#bench.open(guest_name, change, guest))) return false;
    await this.#views.guest_came(guest);
    return true;
  }
}
