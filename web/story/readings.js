// What a chapter's prose says of the model and the text: the values of its <output data-value>, what
// its [data-if] depend on, the heads that it names, and the right answer. All of it from the engine.
import { readings } from './chapter_readings.js';
import { named_heads } from './named_heads.js';

export class Readings {
  #name;
  #context;
  #heads = {}; // {induction, previous-token, shown}
  #kept = new Map(); // what takes long, by name
  #choices = {}; // what a chapter chose for the visitor

  constructor(name, context) {
    this.#name = name;
    this.#context = context;
    if (context.info.config.n_layers > 1 && uses(context.section, ['induction', 'previous-token'])) this.#name_heads();
  }

  // A guess was made: what has to be measured first is asked for.
  answered() {
    readings[this.#name]?.ask?.(this.#context);
  }

  async read() {
    const { explorer, info, signal } = this.#context;
    const state = explorer.state();
    const heads = { ...this.#heads, shown: state.head };
    const empty = { values: {}, ifs: {}, heads, right: null };
    const read = readings[this.#name]?.read;
    if (!read) return empty;
    const once = (key, compute) => {
      if (!this.#kept.has(key)) this.#kept.set(key, compute());
      return this.#kept.get(key);
    };
    try {
      const found = await read({ ...this.#context, state, heads, once, kept: this.#choices, config: info.config });
      return signal.aborted || !found ? null : { ...empty, ...found };
    } catch (error) {
      if (signal.aborted) return null; // the explorer went while it was read
      throw error;
    }
  }

  async #name_heads() {
    const { explorer, model, signal } = this.#context;
    const heads = await named_heads(model, explorer, signal).catch(() => null);
    if (!heads || signal.aborted) return;
    this.#heads = { 'induction': heads.induction, 'previous-token': heads.previous_token };
    explorer.dispatchEvent(new Event('change'));
  }
}

function uses(section, roles) {
  return roles.some((role) => section.querySelector(`[data-head="${role}"]`));
}
