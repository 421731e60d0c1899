// The figures of one <path-scope>, drawn and with their tables following the explorer.
import { Announcement } from '../announcement.js';
import { Claims } from '../claims.js';
import { Companions } from '../companions.js';
import { built, role } from '../element.js';
import { figure_parts } from '../figure_parts.js';
import { figures_of } from '../figures.js';
import { ImportanceMeasure, RepeatMeasure } from '../measures.js';
import { Tables } from '../tables/tables.js';
import { TextBox } from '../text_box.js';
import { write_words } from '../words.js';
import { controls } from './parts.js';
import { is_dark } from './theme.js';
import { text_language } from './view.js';

export class EmbedFigure {
  draws; // whether it has a canvas
  reason = null; // why there is no picture
  #loan;
  #root;
  #info;
  #drawn = []; // engine.js's figures
  #tables;
  #claims = null;
  #announcement;
  #followers = []; // show(state, config)
  #living = new AbortController();
  #on_drawn;
  #enlarged;
  #works_unseen;
  #against = null; // the token that is compared with, once it is known

  // host: the element; root: its shadow root; place: where the figures go. on_drawn(): after every
  // frame; on_reset(): the visitor wants it as at first; enlarged(), works_unseen(): see engine/canvas.js.
  constructor(name, loan, { host, root, place, info, with_controls, on_reset, on_drawn, enlarged, works_unseen }) {
    this.#loan = loan;
    this.#root = root;
    this.#info = info;
    this.#on_drawn = on_drawn;
    this.#enlarged = enlarged;
    this.#works_unseen = works_unseen;
    const figures = figures_of(name);
    const has_text = with_controls && figures.some(({ of_text }) => of_text);
    this.draws = name !== 'claims';
    place.replaceChildren(
      ...(has_text ? [controls()] : []),
      ...figures.map((figure) => built(figure_parts(figure, { headed: figures.length > 1 }))),
    );
    write_words(place);
    this.#announcement = new Announcement(root);
    this.#tables = new Tables((paths, state) => {
      if (root.activeElement ?? root.contains(document.activeElement)) this.#announcement.tell(paths, state);
    }, root);
    if (has_text) this.#add_controls(on_reset);
    this.#add_measures(figures.map((figure) => figure.name));
    for (const figure of figures) this.#draw(figure.name, host);
    const { explorer } = loan;
    explorer.addEventListener('change', () => this.#follow(), { signal: this.#living.signal });
    this.#follow();
    this.#compare(figures);
  }

  request() {
    for (const figure of this.#drawn) figure.request();
  }

  show_tables(shown) {
    this.#tables.show_all(shown);
  }

  free() {
    this.#living.abort();
    this.#tables.forget();
    this.#claims?.forget();
    for (const figure of this.#drawn) figure.free();
    this.#drawn = [];
  }

  #set(change) {
    try {
      this.#loan.explorer.set(change);
      return true;
    } catch {
      return false; // nothing that these controls offer is refused
    }
  }

  #draw(name, host) {
    if (name === 'claims') {
      this.#claims = new Claims((options) => this.#loan.scope.claims(options), this.#root);
      this.#claims.show(this.#info);
      return;
    }
    const canvas = this.#root.querySelector(`[data-figure="${name}"] canvas`);
    const options = {
      dark: () => is_dark(host), onFrame: () => this.#on_drawn(), enlarged: this.#enlarged, worksUnseen: this.#works_unseen,
    };
    try {
      this.#drawn.push(this.#loan.explorer.figure(name, canvas, options));
    } catch (error) {
      this.reason = error.message; // no WebGL: the tables have the numbers
      this.#tables.show_all();
    }
  }

  #add_controls(on_reset) {
    const text_box = new TextBox((text) => this.#set({ text }), this.#root);
    role('text', this.#root).lang = text_language(this.#loan.model);
    const tool = role('cut-tool', this.#root);
    const undo = role('undo', this.#root);
    const { explorer } = this.#loan;
    tool.addEventListener('click', () => this.#set({ cutTool: !explorer.state().cutTool }));
    undo.addEventListener('click', () => this.#set({ undo: true }));
    role('reset', this.#root).addEventListener('click', on_reset);
    this.#followers.push((state) => {
      text_box.show(state.text);
      tool.setAttribute('aria-pressed', String(state.cutTool));
      undo.disabled = !state.canUndo;
    });
  }

  #add_measures(names) {
    const set = (change) => this.#set(change);
    const kinds = { induction: RepeatMeasure, importance: ImportanceMeasure };
    for (const [name, Kind] of Object.entries(kinds)) {
      if (!names.includes(name)) continue;
      const measure = new Kind(set, this.#root);
      this.#followers.push((state) => measure.show(state, this.#info.config));
    }
  }

  #compare(figures) {
    const companions = new Companions(this.#loan, () => !this.#living.signal.aborted);
    for (const { name } of figures) {
      const supplied = companions.supply(name);
      if (name === 'importance') supplied.then(() => this.#measure_importance());
    }
  }

  // Begun at once: an article's reader has not come for the button.
  #measure_importance() {
    if (this.#living.signal.aborted) return;
    const { importance, tokens, heldOut } = this.#loan.explorer.state();
    if (importance) return;
    if (tokens.length > 1) this.#set({ importance: 'text' });
    else if (heldOut > 1) this.#set({ importance: 'held-out' });
  }

  async #follow() {
    const { explorer, scope } = this.#loan;
    const state = explorer.state();
    for (const show of this.#followers) show(state);
    const { against } = state;
    if (typeof against === 'number' && this.#against?.id !== against) {
      [this.#against] = (await scope.tokens([against])).tokens;
      if (this.#living.signal.aborted) return;
    }
    this.#tables.update(explorer, typeof against === 'number' ? this.#against : null);
    this.#announcement.follow(explorer, state);
  }
}
