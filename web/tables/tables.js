// The tables of the page's figures: filled a moment after the last change, so that they never delay
// a keystroke or a frame, and only where what they show has changed.
import {
  fill_bigram_pairs,
  fill_bigrams,
  fill_crossed,
  fill_score_grid,
  fill_scores,
  fill_skip_trigrams,
  fill_source_token,
} from './circuit_tables.js';
import { role } from '../element.js';
import { language } from '../words.js';
import { fill_induction, fill_repeat_heads, fill_repeats } from './induction_tables.js';
import { fill_composition, fill_eigenvalues, fill_heads, fill_importance, fill_training } from './model_tables.js';
import { fill_attention, fill_expansion, fill_next, fill_paths, fill_sources } from './table.js';
import { term_name } from './term.js';

const QUIET = 80; // ms without a change
// What is told of a text; the others tell of the model.
const OF_TEXT = [
  'paths',
  'paths-sources',
  'paths-next',
  'attention',
  'bigrams',
  'bigrams-pairs',
  'expansion',
  'scores',
  'scores-grid',
  'induction',
];

export class Tables {
  #on_paths;
  #root;
  #timer = 0;
  #heads; // what the heads table was made of
  #paths; // the JSON that the paths table was made of
  #shown = {}; // what each table was made for

  // on_paths(paths, state): told when the terms have changed. root: where the tables are, all of them
  // or some.
  constructor(on_paths, root = document) {
    this.#on_paths = on_paths;
    this.#root = root;
    for (const tables of root.querySelectorAll('.tables')) {
      const button = role('show-tables', tables);
      this.#show(tables, false);
      button.addEventListener('click', () =>
        this.#show(tables, button.getAttribute('aria-pressed') !== 'true'),
      );
    }
  }

  show_all(shown = true) {
    for (const tables of this.#root.querySelectorAll('.tables')) this.#show(tables, shown);
  }

  #show(tables, shown) {
    tables.classList.toggle('shown', shown);
    // What scrolls must be reached by keys; what is not seen must not be.
    tables.querySelector('.scroll').tabIndex = shown ? 0 : -1;
    role('show-tables', tables).setAttribute('aria-pressed', String(shown));
  }

  update(explorer, against_token) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#update(explorer, against_token), QUIET);
  }

  // For another explorer, nothing stands.
  forget() {
    clearTimeout(this.#timer);
    this.#shown = {};
  }

  #update(explorer, against_token) {
    const state = explorer.state();
    this.#once('heads', state.worked.includes('heads'), (table) => {
      this.#heads = explorer.table('heads')?.heads;
      fill_heads(table, this.#heads);
    });
    this.#once('heads-eigenvalues', [state.worked, state.head], (table) => {
      fill_eigenvalues(table, this.#heads?.find(({ head }) => head === state.head));
    });
    this.#once('composition', state.worked.includes('composition'), (table) => {
      fill_composition(table, explorer.table('composition'));
    });
    const { sourceToken, tokensCounted } = state;
    const found = [state.worked.includes('skip-trigrams'), state.head, sourceToken?.id, tokensCounted];
    this.#from(explorer, 'skip-trigrams', found, {
      'skip-trigrams': fill_skip_trigrams,
      'skip-trigrams-source': fill_source_token,
      'skip-trigrams-crossed': fill_crossed,
    });
    this.#from(explorer, 'training', [state.trainingReports, state.companionReports], {
      'training': fill_training,
      'training-companion': (table, log) => fill_training(table, log?.companion),
    });
    const { importance } = state;
    const tenths = importance && Math.floor(10 * importance.progress);
    this.#once('importance', [importance?.tokens, importance?.heldOut, tenths], (table) => {
      fill_importance(table, explorer.table('importance'));
    });
    const { repeats, repeatsRun } = state;
    this.#once('induction-repeats', [repeats, repeatsRun, state.cuts, state.frozen], (table) => {
      const both = repeatsRun.model ? explorer.table('induction-repeats') : null;
      fill_repeats(table, both);
      fill_repeat_heads(this.#root.querySelector('[data-table=induction-heads]'), both);
    });
    if (state.tokens.length === 0) return this.#clear();
    const { tokens, position, target, against, cuts, frozen } = state;
    const run = [tokens.map((token) => token.id), cuts, frozen];

    this.#once('paths', [run, position, target.id, against], (table) => {
      this.#paths = explorer.table('paths');
      fill_paths(table, this.#paths, state, against_token);
      this.#on_paths(this.#paths, state);
    });
    const fit = [tokens[position].id, tokensCounted, state.worked.includes('bigrams')];
    this.#from(explorer, 'bigrams', fit, {
      'bigrams': fill_bigrams,
      'bigrams-pairs': fill_bigram_pairs,
    });
    const score = [run, position, state.head, state.source];
    this.#from(explorer, 'scores', score, {
      'scores': fill_scores,
      'scores-grid': fill_score_grid,
    });
    const term = state.hovered ?? state.pinned;
    this.#once('paths-sources', [run, position, target.id, against, term], (table) => {
      fill_sources(
        table,
        this.#paths.terms.find((other) => term_name(other) === term),
        state,
      );
    });
    this.#once('expansion', [run, position, target.id, against, term], (table) => {
      fill_expansion(table, explorer.table('expansion'));
    });
    this.#once('paths-next', [run, position], (table) => fill_next(table, state));
    this.#once('attention', [run, position, state.head, state.cell?.destination], (table) => {
      const row = explorer.table('attention');
      if (row) fill_attention(table, row, state);
      else table.replaceChildren(); // a model without layers has no heads
    });
    this.#once('induction', [run, state.worked.includes('heads')], (table) => {
      fill_induction(table, explorer.table('induction'));
    });
    for (const row of this.#root.querySelectorAll('table[data-table=paths] tbody tr')) {
      row.classList.toggle('lit', row.dataset.term === term);
    }
  }

  #once(name, key, fill) {
    const shown = JSON.stringify([language(), key]);
    if (this.#shown[name] === shown) return;
    const table = this.#root.querySelector(`table[data-table="${name}"]`);
    if (!table) return;
    fill(table);
    this.#shown[name] = shown;
  }

  // Tables that are all made of one figure's JSON: {name: fill(table, json, state)}.
  #from(explorer, figure, key, fills) {
    let made;
    for (const [name, fill] of Object.entries(fills)) {
      this.#once(name, key, (table) => {
        made ??= { json: explorer.table(figure), state: explorer.state() };
        fill(table, made.json, made.state);
      });
    }
  }

  #clear() {
    for (const name of OF_TEXT) {
      this.#root.querySelector(`table[data-table="${name}"]`)?.replaceChildren();
      delete this.#shown[name];
    }
    this.#on_paths(null);
  }
}
