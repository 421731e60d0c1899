// One step of a lesson: its figure on a model and an explorer of its own, and the sentence that it
// ends with, whose numbers and heads are the engine's (story/chapter_readings.js).
import { element } from '../element.js';
import { EmbedFigure } from '../embed/figure.js';
import { with_ids } from '../examples.js';
import { figures_of } from '../figures.js';
import { lend } from '../shared_models.js';
import { NextTokens } from '../story/next_tokens.js';
import { Readings } from '../story/readings.js';
import { change_of } from '../view_state.js';
import { say } from '../words.js';

const heads = ['shown', 'induction', 'previous-token'];
const for_the_pointer = 'canvas, .inline, .token-row'; // the tables are there for screen readers always

export class Step {
  #told;
  #place;
  #conclusion;
  #enlarged;
  #on_read;
  #touched = false;
  #tables = false; // shown
  #drawn = null; // {enlarged, height, top}: where it stood, drawn so large
  #living = new AbortController();
  #loan = null;
  #figure = null;
  #readings = null;
  #ended = false;

  // told: see lessons/en.js. enlarged(): how large the figure is drawn. on_read(): the conclusion says
  // something new.
  constructor(told, { place, conclusion, enlarged, on_read }) {
    this.#told = told;
    this.#place = place;
    this.#conclusion = conclusion;
    this.#enlarged = enlarged;
    this.#on_read = on_read;
    place.replaceChildren();
    conclusion.replaceChildren(...told.says.split(/(\{[\w-]+\})/).map(spoken));
  }

  async open(on_progress) {
    const { signal } = this.#living;
    const { model, text = '', change = {}, reading } = this.#told;
    const loan = await lend(model, { on_progress });
    if (signal.aborted) return loan.give_back();
    this.#loan = loan;
    const { explorer, scope } = loan;
    const info = await scope.info();
    explorer.set({ text });
    for (const [name, value] of Object.entries(await with_ids(change, scope)))
      if (!signal.aborted && value !== null) explorer.set({ [name]: value });
    if (signal.aborted) return;
    this.#readings = new Readings(reading, { section: this.#conclusion, explorer, scope, info, model, signal });
    explorer.addEventListener('change', () => this.#follow(), { signal });
    this.#figure = this.#draw(info);
    this.allow_touch(this.#touched);
    this.show_tables(this.#tables);
    this.#follow();
  }

  close() {
    this.#living.abort();
    this.#figure?.free();
    this.#loan?.give_back();
    this.#loan = this.#figure = this.#readings = null;
  }

  request() {
    this.#figure?.request?.();
  }

  allow_touch(allowed) {
    this.#touched = allowed;
    for (const node of this.#place.querySelectorAll(for_the_pointer)) node.inert = !allowed;
  }

  show_tables(shown) {
    this.#tables = shown;
    this.#figure?.show_tables?.(shown);
  }

  // How many times larger than in the instrument: as `most` says, or as much less as shows all of it in
  // that height. One that would be smaller than there scrolls.
  fitting(most, height) {
    if (!this.#drawn) return most;
    const whole = (this.#drawn.enlarged * (height - this.#drawn.top)) / this.#drawn.height;
    return whole >= 1 ? Math.min(whole, most) : most;
  }

  // The room is another.
  fit_anew() {
    this.#drawn = null;
    this.request();
  }

  // What the figure is of, in a sentence.
  get label() {
    const { figure } = this.#told;
    return say(figure === 'next-tokens' ? 'storyTokens' : figures_of(figure)[0].label);
  }

  // What it shows; '' until all of that is known.
  get conclusion() {
    return this.#conclusion.querySelector('output:not([data-known])') ? '' : this.#conclusion.textContent;
  }

  get explorer() {
    return this.#loan?.explorer ?? null;
  }

  // As a link says it; null until it is open.
  get view() {
    const { explorer } = this;
    return explorer && { model: this.#told.model, figure: this.#told.figure, change: change_of(explorer.state()) };
  }

  #draw(info) {
    const place = element('div', {});
    const announcement = element('p', { 'class': 'visually-hidden', 'data-role': 'announcement', 'aria-live': 'polite' });
    const root = element('div', {}, place, announcement);
    this.#place.replaceChildren(root);
    if (this.#told.figure === 'next-tokens') return new NextTokens(place, this.#loan.explorer, { heading: 'h2' });
    return new EmbedFigure(this.#told.figure, this.#loan, {
      host: place, root, place, info,
      with_controls: false,
      on_reset: () => {},
      on_drawn: () => this.#fit(),
      enlarged: this.#enlarged,
    });
  }

  #fit() {
    const { clientHeight: height, offsetTop: top } = this.#place.querySelector('canvas');
    if (this.#drawn || height === 0) return;
    this.#drawn = { enlarged: this.#enlarged(), height, top };
    this.request();
  }

  // Once: from then on the presenter scrolls.
  #show_end() {
    if (!this.#told.end || this.#ended || this.#conclusion.querySelector('output:not([data-known])')) return;
    this.#ended = true;
    this.#place.scrollIntoView({ block: 'end' });
  }

  async #follow() {
    this.#readings?.answered(); // what takes long is begun
    const found = await this.#readings?.read();
    if (!found || this.#living.signal.aborted) return;
    for (const output of this.#conclusion.querySelectorAll('output')) {
      const { value, head } = output.dataset;
      const said = head ? found.heads[head] : found.values[value];
      if (!said) continue;
      output.replaceChildren(said.cloneNode?.(true) ?? said);
      output.dataset.known = '';
    }
    this.#on_read();
    this.#show_end();
  }
}

// '{top}' -> what the engine will say; other pieces stay.
function spoken(piece) {
  const name = /^\{([\w-]+)\}$/.exec(piece)?.[1];
  if (!name) return piece;
  return element('output', { translate: 'no', dataset: heads.includes(name) ? { head: name } : { value: name } }, '…');
}
