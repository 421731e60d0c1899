// What is trained live, as the visitor chose it: the controls, and the train.json's value of each run.
import { role } from '../element.js';

// The symbols of random blocks, as many as are asked for.
const symbols = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
const choices = ['width', 'heads', 'symbols', 'length', 'rate', 'task'];
const longest_text = 100000; // characters

export class LiveSettings {
  #form = role('live-settings');
  #text = role('live-text');

  // on_change(): something was chosen otherwise.
  constructor(on_change) {
    this.#form.addEventListener('change', () => {
      this.#follow();
      on_change();
    });
    this.#form.addEventListener('submit', (event) => event.preventDefault());
    this.#text.maxLength = longest_text;
    this.#follow();
  }

  // [{config, text}], a run each, the deepest first.
  get runs() {
    const value = (name) => Number(this.#choice(name).value);
    const by_text = this.#choice('task').value === 'text';
    const model = {
      d_model: value('width'),
      n_heads: value('heads'),
      d_head: value('width') / value('heads'),
      n_ctx: value('length'),
      normalization_type: null,
      positional_embedding_type: 'shortformer',
      ...(!by_text && { d_vocab: value('symbols'), symbols: symbols.slice(0, value('symbols')) }),
    };
    return this.#layers.map((n_layers) => ({
      text: by_text ? this.#text.value : '',
      config: {
        model: { n_layers, ...model },
        task: by_text ? 'text' : 'repeat',
        batch: 16,
        steps: 1000000,
        learning_rate: value('rate'),
        schedule: 'constant',
        warmup: 50,
        seed: Math.max(0, Math.round(Number(role('live-seed').value)) || 0),
      },
    }));
  }

  // As a run that was restored was begun; what the controls do not offer they leave.
  show({ model, task, learning_rate, seed }, text) {
    const shown = {
      width: model.d_model,
      heads: model.n_heads,
      symbols: model.d_vocab,
      length: model.n_ctx,
      rate: learning_rate,
      task,
    };
    for (const name of choices) {
      const select = this.#choice(name);
      const offered = [...select.options].some((option) => option.value === String(shown[name]));
      if (offered) select.value = String(shown[name]);
    }
    for (const box of this.#boxes) box.checked = Number(box.value) === model.n_layers;
    role('live-seed').value = String(seed ?? 1);
    if (task === 'text') this.#text.value = text;
    this.#follow();
  }

  get #boxes() {
    return [...this.#form.querySelectorAll('input[name=layers]')];
  }

  get #layers() {
    const checked = this.#boxes.filter((box) => box.checked).map((box) => Number(box.value));
    return checked.sort((a, b) => b - a);
  }

  #choice(name) {
    return role(`live-${name}`);
  }

  // One model at least; the text where a text is learnt.
  #follow() {
    if (this.#layers.length === 0) this.#boxes.at(-1).checked = true;
    const by_text = this.#choice('task').value === 'text';
    role('live-text-field').hidden = !by_text;
    this.#choice('symbols').disabled = by_text;
  }
}
