// The model that is open: its scope and its explorer (engine.js), its vocabulary, its figures, and what
// they compare with.
import { Companions, figures_that_compare } from '../companions.js';
import { with_ids } from '../examples.js';
import { canvas_names } from '../figures.js';
import { when_in_sight } from '../sight.js';
import { Vocabulary } from './vocabulary.js';

export class OpenedModel {
  model;
  link_name; // what links call it; null where none can
  scope;
  info;
  explorer;
  vocabulary;
  figures = {}; // by name, once they are drawn
  #forget = [];
  #freed = false;

  constructor({ model, link_name, scope, info }) {
    Object.assign(this, { model, link_name, scope, info });
    this.explorer = scope.explore();
    this.vocabulary = new Vocabulary(scope, info.config.d_vocab);
  }

  // A kept view or an example, one choice at a time: what this model cannot do is left out. Gives the
  // reasons.
  async take(change) {
    const { position, target, against, cuts, frozen, head, ids } = await with_ids(change, this.scope);
    const refused = [];
    for (const [name, value] of Object.entries({ ids, position, target, against, cuts, frozen, head })) {
      try {
        if (value !== undefined) this.explorer.set({ [name]: value });
      } catch (error) {
        refused.push(error.message); // a position, token or head that this model does not have
      }
    }
    return refused;
  }

  // live: the figure that trains, which has an explorer of its own (live/live.js). on_failed(error): of a
  // figure that cannot be drawn.
  draw(live, on_failed) {
    for (const name of canvas_names) {
      const canvas = canvas_of(name);
      try {
        this.figures[name] = this.explorer.figure(name, canvas);
      } catch (error) {
        canvas.hidden = true;
        on_failed(error);
      }
    }
    try {
      this.figures.live = live.attach(this.scope);
    } catch {
      canvas_of('live').hidden = true; // told above already
    }
    this.#compare();
  }

  free() {
    this.#freed = true;
    for (const forget of this.#forget) forget();
    for (const figure of Object.values(this.figures)) figure.free();
    this.scope.free();
  }

  // The log at once, for its table stands in the page before the figure is in sight; the rest with the
  // first figure that shows it.
  #compare() {
    const companions = new Companions(this, () => !this.#freed);
    companions.give('log');
    this.#forget = figures_that_compare.map((name) => when_in_sight(section_of(name), () => companions.supply(name)));
  }
}

function section_of(figure) {
  return document.querySelector(`[data-figure=${figure}]`);
}

function canvas_of(figure) {
  return section_of(figure).querySelector('canvas');
}
