// One chapter of the story: its prose beside its figures, on a model and an explorer of its own, so
// that what is cut here is whole elsewhere. Only the text is shared. It wakes when it comes near the
// window.
import { element } from '../element.js';
import { EmbedFigure } from '../embed/figure.js';
import { language_of } from '../model_choice.js';
import { lend } from '../shared_models.js';
import { follow_sight } from '../sight.js';
import { change_of } from '../view_state.js';
import { say, told } from '../words.js';
import { NextTokens } from './next_tokens.js';
import { Question } from './question.js';
import { Readings } from './readings.js';
import { Words } from './words_that_light.js';

const near = '600px';

// What a reader can choose in a chapter, as explorer.set takes it. Heads are left out: a chapter chooses
// them too, after the text.
export const nothing_chosen = { position: null, target: null, against: null, cuts: [], frozen: false };

function chosen_of(state) {
  const change = change_of(state);
  return Object.fromEntries(Object.keys(nothing_chosen).map((name) => [name, change[name]]));
}

export class Chapter {
  name;
  #section;
  #layers; // of its model; null without one
  #figures = []; // what draws: EmbedFigure, NextTokens
  #question = null;
  #readings = null;
  #words = null;
  #loan = null;
  #attempt = null; // an AbortController while it is awake
  #in_sight = false;
  #wanted; // {models, text, chosen}
  #failure;
  #on_choice;

  // section: [data-chapter]. failure: see failure.js. on_choice(): the reader chose something here.
  constructor(section, { models, text, failure, on_choice }) {
    this.#section = section;
    this.name = section.dataset.chapter;
    this.#layers = section.dataset.layers === undefined ? null : Number(section.dataset.layers);
    this.#wanted = { models, text, chosen: nothing_chosen };
    this.#failure = failure;
    this.#on_choice = on_choice;
    if (this.#layers === null) return;
    const fieldsets = [...section.querySelectorAll('[data-question]')];
    if (fieldsets.length > 0) this.#question = new Question(fieldsets, () => this.#answered());
    this.#cover();
    follow_sight(section, (in_sight) => {
      this.#in_sight = in_sight;
      if (!in_sight) return;
      this.#wake();
      for (const figure of this.#figures) figure.request?.();
    }, { rootMargin: near });
  }

  // Its figures are seen without a guess.
  show() {
    if (!this.#is_covered) return;
    this.#section.querySelector('.stage').classList.remove('covered');
    this.#cover_node.replaceChildren();
    this.#cover_node.hidden = true;
    this.#place.removeAttribute('inert');
  }

  get chosen() {
    return this.#wanted.chosen;
  }

  set_text(text) {
    this.#wanted = { ...this.#wanted, text, chosen: { ...this.chosen, position: null } };
    if (this.#loan) this.#set({ text, position: null });
  }

  // wanted: {models, text, chosen}; models by their layers: ['zh/zero-layer', ...].
  open(wanted) {
    const known = wanted.models.join() === this.#wanted.models.join();
    this.#wanted = wanted;
    if (!known) this.#begin_anew();
    else if (this.#loan) this.#set({ text: wanted.text, ...wanted.chosen });
  }

  // The page's language has changed: the figures' own words, and what was written into the prose.
  speak() {
    if (!this.#loan) {
      if (this.#is_covered) this.#cover();
      return;
    }
    this.#begin_anew();
  }

  get #place() {
    return this.#section.querySelector('.place');
  }

  get #cover_node() {
    return this.#section.querySelector('.cover');
  }

  get #is_covered() {
    return this.#section.querySelector('.stage')?.classList.contains('covered') ?? false;
  }

  // A guess comes first: until then the figure stands behind a veil.
  #cover() {
    const stage = this.#section.querySelector('.stage');
    if (!stage || !this.#question || 'open' in stage.dataset || this.#question.answered) return;
    stage.classList.add('covered');
    this.#place.setAttribute('inert', '');
    const cover = this.#cover_node;
    cover.hidden = false;
    cover.replaceChildren(
      element('p', {}, say('storyCover')),
      element('button', { type: 'button', onclick: () => this.show() }, say('storyShow')),
    );
  }

  #begin_anew() {
    this.#sleep();
    if (this.#in_sight) this.#wake();
  }

  async #wake() {
    if (this.#attempt || this.#layers === null) return;
    const attempt = (this.#attempt = new AbortController());
    const { signal } = attempt;
    const model = this.#wanted.models[this.#layers];
    this.#section.dataset.stage = 'loading';
    try {
      const loan = await lend(model);
      if (signal.aborted) return loan.give_back();
      this.#loan = loan;
      const info = await loan.scope.info();
      if (signal.aborted) return;
      this.#begin(info, signal);
      this.#section.dataset.stage = 'ready';
    } catch (error) {
      if (signal.aborted) return;
      this.#attempt = null;
      this.#section.dataset.stage = 'failed';
      const again = { name: () => say('tryAgain'), run: () => this.#wake() };
      this.#failure.show(() => say('notLoaded', { reason: told(error.message) }), again);
    }
  }

  #begin(info, signal) {
    const { explorer, scope, model } = this.#loan;
    const section = this.#section;
    explorer.set({ text: this.#wanted.text, ...this.chosen });
    const head = section.getAttribute(`data-head-${language_of(model)}`);
    if (head) this.#set({ head });
    this.#readings = new Readings(this.name, { section, explorer, scope, info, model, signal });
    this.#words = new Words(section, explorer, (change) => this.#set(change));
    explorer.addEventListener('change', () => {
      this.#note_choice();
      this.#follow();
    }, { signal });
    for (const name of this.#place.dataset.figures.split(' ')) this.#figures.push(this.#figure(name, info));
    if (this.#question?.answered) this.#answered();
    this.#follow();
  }

  #figure(name, info) {
    const place = element('div', {});
    const announcement = element('p', { 'class': 'visually-hidden', 'data-role': 'announcement', 'aria-live': 'polite' });
    const root = element('div', {}, place, announcement);
    this.#place.append(root);
    if (name === 'next-tokens') return new NextTokens(place, this.#loan.explorer);
    return new EmbedFigure(name, this.#loan, {
      host: place,
      root,
      place,
      info,
      with_controls: false,
      on_reset: () => {},
      on_drawn: () => {},
      works_unseen: () => this.#in_sight, // on a phone the prose, which tells its numbers, stands above it
    });
  }

  #sleep() {
    this.#attempt?.abort();
    this.#attempt = null;
    for (const figure of this.#figures) figure.free();
    this.#figures = [];
    this.#place?.replaceChildren();
    this.#loan?.give_back();
    this.#loan = this.#readings = this.#words = null;
  }

  #set(change) {
    try {
      this.#loan.explorer.set(change);
    } catch (error) {
      this.#failure.show(() => told(error.message));
    }
  }

  #note_choice() {
    const chosen = chosen_of(this.#loan.explorer.state());
    if (JSON.stringify(chosen) === JSON.stringify(this.chosen)) return;
    this.#wanted = { ...this.#wanted, chosen };
    this.#on_choice();
  }

  #answered() {
    this.show();
    this.#readings?.answered();
    this.#follow();
  }

  async #follow() {
    const readings = await this.#readings?.read();
    if (!readings || !this.#words) return;
    this.#words.show(readings);
    this.#question?.show(readings);
  }
}
