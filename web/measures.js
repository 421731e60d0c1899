// The induction and importance figures' own controls: what random tokens they run on, and what the
// terms are measured over.
import { element, role } from './element.js';
import { say } from './words.js';

const LENGTHS = [8, 16, 32, 64];
const BLOCKS = [1, 10, 40];

export class Measures {
  #length = role('repeat-length');
  #blocks = role('repeat-blocks');
  #others = role('repeat-others');
  #text = role('measure-text');
  #held_out = role('measure-held-out');
  #stop = role('measure-stop');
  #state;

  // set(change): what explorer.set takes.
  constructor(set) {
    const change = (part) => set({ repeats: { ...this.#state.repeats, ...part } });
    this.#length.addEventListener('change', () => change({ length: Number(this.#length.value) }));
    this.#blocks.addEventListener('change', () =>
      change({ sequences: Number(this.#blocks.value) }),
    );
    this.#others.addEventListener('click', () => change({ seed: this.#state.repeats.seed + 1 }));
    this.#text.addEventListener('click', () => set({ importance: 'text' }));
    this.#held_out.addEventListener('click', () => set({ importance: 'held-out' }));
    this.#stop.addEventListener('click', () => set({ importance: 'stop' }));
  }

  show(state, { n_ctx }) {
    this.#state = state;
    const { repeats, importance, tokens, heldOut } = state;
    const fitting = LENGTHS.filter((length) => 2 * length <= n_ctx);
    offer(this.#length, fitting, repeats.length);
    offer(this.#blocks, BLOCKS, repeats.sequences);
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
