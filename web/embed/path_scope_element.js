// <path-scope figure model text ...>: one figure, with its tables, in a shadow root. It starts when it
// comes near the window; what it shows is an explorer's (engine.js), of its own or of its group.
import { fetch_examples } from '../examples.js';
import { height_of } from '../figures.js';
import { show_progress } from '../loading.js';
import { lend } from '../shared_models.js';
import { when_in_sight } from '../sight.js';
import { change_of } from '../view_state.js';
import { nearest_language, say, set_language } from '../words.js';
import { EmbedFigure } from './figure.js';
import { language_at } from './language.js';
import { shell } from './parts.js';
import { style_sheet } from './style.js';
import { is_dark, watch_theme } from './theme.js';
import { changes_of, figure_of, model_of, text_language, view_attributes } from './view.js';

const near = '300px'; // from the window's edge
const quiet = 50; // ms without a change

const reflected = ['figure', 'model', 'text', 'ids', 'position', 'target', 'against', 'head', 'source', 'term', 'cuts', 'group', 'theme', 'height', 'loading'];
const booleans = ['frozen', 'controls'];
const anew = ['figure', 'model', 'group', 'controls', 'lang']; // a change of these starts it again

let examples = null; // a promise

export class PathScope extends HTMLElement {
  static observedAttributes = [...reflected, ...booleans, 'lang'];

  #parts = shell();
  #forget_sight = null; // until it has been in sight
  #attempt = null; // an AbortController while it loads or runs
  #loan = null;
  #figure = null; // an EmbedFigure
  #forget_theme = null;
  #timer = 0;
  #told = ''; // the view that listeners know
  #restarting = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [style_sheet()];
    root.append(this.#parts.frame);
  }

  // engine.js's scope of its model; null until it runs.
  get scope() {
    return this.#loan?.scope ?? null;
  }

  // The explorer (engine.js) that its figure shows; null until it runs.
  get explorer() {
    return this.#loan?.explorer ?? null;
  }

  // What it shows, as links say it: {model, figure, change}; null until it runs.
  get view() {
    const { explorer } = this;
    return explorer && { model: model_of(this), figure: figure_of(this), change: change_of(explorer.state()) };
  }

  connectedCallback() {
    this.#reserve();
    this.#show_theme();
    this.#forget_theme ??= watch_theme(() => this.#show_theme());
    if (this.#attempt) return; // it was moved
    if (this.loading === 'eager') return void this.#start();
    this.#forget_sight ??= when_in_sight(this, () => this.#start(), { rootMargin: near });
  }

  disconnectedCallback() {
    setTimeout(() => {
      if (this.isConnected) return;
      this.#stop();
      this.#forget_theme?.();
      this.#forget_theme = null;
    });
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || !this.isConnected) return;
    if (name === 'height') this.#reserve();
    if (name === 'theme') this.#show_theme();
    if (!this.#attempt) return; // it has not begun
    if (anew.includes(name)) this.#restart();
    else if (view_attributes.includes(name) && this.#figure) this.#take(this.#attempt, [name]);
  }

  // Room for the figure, so that the article does not jump when it comes.
  #reserve() {
    const asked = Number(this.getAttribute('height'));
    let height = asked;
    if (!(asked > 0)) {
      try {
        height = height_of(figure_of(this), this.clientWidth);
      } catch {
        height = 0; // an unknown figure: told when it starts
      }
    }
    this.#parts.frame.style.setProperty('--reserved', `${Math.min(height, 20000)}px`);
  }

  #show_theme() {
    const theme = is_dark(this) ? 'dark' : 'light';
    const { dataset } = this.#parts.frame;
    if (dataset.theme === theme) return;
    dataset.theme = theme;
    this.#figure?.request();
  }

  // Several attributes that change together start it once.
  #restart() {
    if (this.#restarting) return;
    this.#restarting = true;
    queueMicrotask(() => {
      this.#restarting = false;
      if (!this.isConnected) return;
      this.#stop();
      this.#reserve();
      this.#start();
    });
  }

  #stop() {
    this.#forget_sight?.();
    this.#forget_sight = null;
    this.#attempt?.abort();
    this.#attempt = null;
    clearTimeout(this.#timer);
    this.#figure?.free();
    this.#figure = null;
    this.#loan?.give_back();
    this.#loan = null;
    this.#told = '';
    this.#parts.live.replaceChildren();
    this.#parts.error.hidden = this.#parts.notice.hidden = true;
    this.#show_stage('waiting');
  }

  async #start() {
    this.#forget_sight?.();
    this.#forget_sight = null;
    const attempt = (this.#attempt = new AbortController());
    const { signal } = attempt;
    set_language(nearest_language([language_at(this)])); // one a page
    try {
      const name = figure_of(this);
      this.#show_stage('loading');
      const on_progress = (progress) => signal.aborted || show_progress(this.#parts.bar, this.#parts.progress, progress);
      const loan = await lend(model_of(this), { group: this.getAttribute('group'), on_progress });
      if (signal.aborted) return loan.give_back();
      this.#loan = loan;
      await this.#begin(attempt, name);
    } catch (error) {
      if (signal.aborted) return;
      this.#show_stage('failed');
      this.#fail(error, this.#parts.error);
    }
  }

  async #begin(attempt, name) {
    const { signal } = attempt;
    const info = await this.scope.info();
    if (!this.#loan.shared || this.hasAttribute('text') || this.hasAttribute('ids')) await this.#give_text();
    await this.#take(attempt);
    if (signal.aborted) return;
    this.#figure = new EmbedFigure(name, this.#loan, {
      host: this,
      root: this.shadowRoot,
      place: this.#parts.live,
      info,
      with_controls: this.hasAttribute('controls') || name === 'lab',
      on_reset: () => this.#reset(attempt),
      on_drawn: () => this.#drawn(),
    });
    const change = () => this.#tell_soon();
    this.explorer.addEventListener('change', change, { signal });
    if (this.#figure.reason) this.#show_bare();
    else if (!this.#figure.draws) this.#drawn(); // the claims are a table
  }

  // Without a canvas the fallback stays, with the numbers and the reason.
  #show_bare() {
    this.#show_stage('bare');
    this.#fail(new Error(say('noFigure', { reason: this.#figure.reason })), this.#parts.error);
  }

  #drawn() {
    if (this.#parts.frame.dataset.stage === 'ready') return;
    this.#show_stage('ready');
    this.#told = JSON.stringify(this.view);
    this.dispatchEvent(new Event('ready'));
  }

  // A text to begin with where the article gives none: the first example of the model's language.
  async #give_text() {
    if (this.hasAttribute('text') || this.hasAttribute('ids')) return;
    examples ??= fetch_examples();
    const [first] = (await examples)[text_language(model_of(this))] ?? [];
    if (first && this.explorer?.state().text === '') this.explorer.set({ text: first.text });
  }

  async #reset(attempt) {
    await this.#take(attempt, view_attributes);
    if (!attempt.signal.aborted) await this.#give_text();
  }

  // Takes the attributes over, those that are there and what `missing` ones stand for, one by one:
  // what this model cannot do is left out and said.
  async #take(attempt, missing = []) {
    const only = missing.length === 1 ? missing[0] : null; // one attribute has changed
    const refused = [];
    const changes = await changes_of(this, this.scope, missing);
    if (attempt.signal.aborted) return;
    for (const { name, change, error } of changes) {
      if (only && name !== only) continue;
      try {
        if (error) throw error;
        this.explorer.set(change);
      } catch (reason) {
        refused.push(reason.message);
      }
    }
    const { notice } = this.#parts;
    notice.hidden = refused.length === 0;
    if (refused.length > 0) this.#fail(new Error(say('embedRefused', { refused: refused.join(' ') })), notice);
  }

  // Says it in the element, and as an event.
  #fail(error, place) {
    place.textContent = error.message;
    place.hidden = false;
    this.dispatchEvent(new ErrorEvent('error', { message: error.message, error }));
  }

  #tell_soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const { view } = this;
      const told = JSON.stringify(view);
      if (told === this.#told || this.#parts.frame.dataset.stage === 'loading') return;
      this.#told = told;
      this.dispatchEvent(new CustomEvent('change', { detail: view }));
    }, quiet);
  }

  // 'waiting', 'loading', 'ready', 'bare' (tables without a picture) or 'failed'.
  #show_stage(stage) {
    const { frame } = this.#parts;
    frame.dataset.stage = stage;
    // What is longer than the element scrolls; where nothing in it takes the focus, it does itself.
    if (stage === 'failed') frame.tabIndex = 0;
    else frame.removeAttribute('tabindex');
    this.#parts.live.inert = stage !== 'ready' && stage !== 'bare';
    this.#parts.loading.hidden = stage !== 'loading';
    this.setAttribute('aria-busy', String(stage === 'loading'));
  }
}

for (const name of reflected) {
  Object.defineProperty(PathScope.prototype, name, {
    enumerable: true,
    configurable: true,
    get() {
      return this.getAttribute(name) ?? '';
    },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, String(value));
    },
  });
}
for (const name of booleans) {
  Object.defineProperty(PathScope.prototype, name, {
    enumerable: true,
    configurable: true,
    get() {
      return this.hasAttribute(name) && this.getAttribute(name) !== 'false';
    },
    set(value) {
      this.toggleAttribute(name, Boolean(value));
    },
  });
}
