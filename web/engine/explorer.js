// What is explored of a model, and the figures that show it: a text, a choice of position, token and
// head, cuts. It remembers; figures and listeners hear of what is new.
import { to_json, value_of, well_formed } from './answer.js';
import { Figure } from './canvas.js';
import { in_slices } from './slices.js';
import { Stage } from './stage.js';

export const companion = Symbol('companion'); // for explorers, who alone see a scope's model

let stage = null; // one WebGL context for all figures

export class Explorer extends EventTarget {
  #explorer;
  #running;
  #figures = new Set();
  #told = 0; // the revision that listeners know
  #told_notices = '';

  constructor(explorer, running) {
    super();
    this.#explorer = explorer;
    this.#running = running;
    this.#told = running.module.revision(explorer);
  }

  set(change) {
    value_of(this.#running.module.set(this.#living, to_json(change)));
    this.#tell();
  }

  // Figures that compare show that scope's model beside the explorer's, even once it is freed.
  compare(scope) {
    scope[companion](this.#running.module, this.#living);
    this.#tell();
  }

  state() {
    const state = JSON.parse(value_of(this.#running.module.state(this.#living)));
    state.notices.push(...this.#notices);
    return state;
  }

  table(figure) {
    return JSON.parse(value_of(this.#running.module.table(this.#living, well_formed(figure))));
  }

  // The heads of a kind by their names: read in slices, once.
  async read_heads(signal) {
    const { module } = this.#running;
    await in_slices(() => value_of(module.read_heads(this.#living)), { signal });
    return JSON.parse(value_of(module.named_heads(this.#living)));
  }

  // options: {dark(): whether it is drawn for a dark page, onFrame(): called after every frame,
  // enlarged(): how many times larger than usual it is drawn; worksUnseen(): whether its long work goes
  // on out of sight}
  figure(name, canvas, { dark, onFrame, enlarged, worksUnseen } = {}) {
    stage ??= new Stage(this.#running.module, this.#running.fonts);
    const made = value_of(this.#running.module.make_figure(stage.screen, this.#living, well_formed(name)));
    const on_frame = (drawn) => {
      this.#tell(drawn);
      onFrame?.();
    };
    const forget_hover = () => this.set({ hover: null });
    const figure = new Figure(stage, made, canvas, { on_frame, dark, forget_hover, enlarged, works_unseen: worksUnseen });
    const free = figure.free.bind(figure);
    figure.free = () => {
      this.#figures.delete(figure);
      free();
    };
    this.#figures.add(figure);
    return figure;
  }

  free() {
    for (const figure of [...this.#figures]) figure.free();
    this.#explorer?.delete();
    this.#explorer = null;
  }

  get #living() {
    if (!this.#explorer) throw new Error('This explorer was freed with its model.');
    return this.#explorer;
  }

  get #notices() {
    return [stage?.glyphs.notice, stage?.notice].filter((sentence) => sentence);
  }

  // Figures, but for one that was just drawn, are drawn anew and listeners told where there is
  // something new.
  #tell(drawn) {
    const revision = this.#running.module.revision(this.#living);
    const notices = this.#notices.join();
    if (revision === this.#told && notices === this.#told_notices) return;
    this.#told = revision;
    this.#told_notices = notices;
    for (const figure of this.#figures) if (figure !== drawn) figure.request();
    this.dispatchEvent(new Event('change'));
  }
}
