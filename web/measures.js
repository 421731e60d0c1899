// The induction and importance figures' own controls: what random tokens they run on, and what the
// terms are measured over.
import { element, role } from './element.js';
import { say } from './words.js';

const LENGTHS = [8, 16, 32, 64];
const BLOCKS = [1, 10, 40];

// Both, for all figures.
export class Measures {
  #repeats;
  #importance;

  // set(change): what explorer.set takes.
  constructor(set) {
    this.#repeats = new RepeatMeasure(set);
    this.#importance = new ImportanceMeasure(set);
  }

  show(state, config) {
    this.#repeats.show(state, config);
    this.#importance.show(state);
  }
}

export class RepeatMeasure {
  #length;
  #blocks;
  #repeats;

  constructor(set, root = document) {
    this.#length = role('repeat-length', root);
    this.#blocks = role('repeat-blocks', root);
    const change = (part) => set({ repeats: { ...this.#repeats, ...part } });
    this.#length.addEventListener('change', () => change({ length: Number(this.#length.value) }));
    this.#blocks.addEventListener('change', () =>
      change({ sequences: Number(this.#blocks.value) }),
    );
    role('repeat-others', root).addEventListener('click', () =>
      change({ seed: this.#repeats.seed + 1 }),
    );
  }

  show({ repeats }, { n_ctx }) {
    this.#repeats = repeats;
    const fitting = LENGTHS.filter((length) => 2 * length <= n_ctx);
    offer(this.#length, fitting, repeats.length);
    offer(this.#blocks, BLOCKS, repeats.sequences);
  }
}

export class ImportanceMeasure {
  #text;
  #held_out;
  #stop;

  constructor(set, root = document) {
    this.#text = role('measure-text', root);
    this.#held_out = role('measure-held-out', root);
    this.#stop = role('measure-stop', root);
    this.#text.addEventListener('click', () => set({ importance: 'text' }));
    this.#held_out.addEventListener('click', () => set({ importance: 'held-out' }));
    this.#stop.addEventListener('click', () => set({ importance: 'stop' }));
  }

  show({ importance, tokens, heldOut }) {
    this.#text.disabled = tokens.length < 2;
    this.#text.hidden = false;
    this.#held_out.disabled = heldOut < 2;
    this.#held_out.hidden = heldOut < 2;
    this.#stop.disabled = !importance || importance.stopped || importance.progress === 1;
    this.#text.textContent = say('measureText', { tokens: tokens.length });
    this.#held_out.textContent = say('measureHeldOut', { tokens: heldOut });
  }
}

// The numbers to choose from, the current one among them.
function offer(select, numbers, current) {
  const all = [...new Set([...numbers, current])].sort((a, b) => a - b);
  if (select.dataset.offered !== all.join()) {
    select.replaceChildren(...all.map((n) => element('option', { value: n }, String(n))));
    select.dataset.offered = all.join();
  }
  select.value = String(current);
}
