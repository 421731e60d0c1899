// What a screen reader is told: after a change one sentence, once things are quiet; while a figure has
// the keys, what they have chosen in it.
import { role } from './element.js';
import { percent, signed } from './number.js';
import { cut_label } from './tables/cut_name.js';
import { term_label, term_name } from './tables/term.js';
import { token_label } from './tables/token.js';
import { list_of, say } from './words.js';

const QUIET = 1000; // ms without a change
const KEYS_QUIET = 250;

export class Announcement {
  #root;
  #node;
  #timer = 0;
  #paths = null;
  #followed = null;

  constructor(root = document) {
    this.#root = root;
    this.#node = role('announcement', root);
  }

  // paths: the command's JSON for the state; null where there is none.
  tell(paths, state) {
    this.#paths = paths;
    if (paths) return this.#say_soon(QUIET, () => summary(paths, state));
    clearTimeout(this.#timer);
    this.#node.textContent = '';
  }

  // What is still to be said is not: the words have changed.
  forget() {
    clearTimeout(this.#timer);
    this.#node.textContent = '';
  }

  // The term or the row that the keys have moved to, in the figure that has them. What was left and is
  // come back to is told again.
  follow(explorer, state) {
    const figure = this.#figure_with_keys();
    const { head, position, source, sourceToken } = state;
    const chosen =
      figure === 'paths'
        ? (state.hovered ?? state.pinned)
        : figure && [figure, head, position, source, sourceToken?.id].join();
    if (chosen === this.#followed) return;
    this.#followed = chosen;
    if (chosen === null) return;
    this.#say_soon(KEYS_QUIET, () =>
      figure === 'paths' ? this.#term(chosen, state) : (rows[figure] ?? head_row)(explorer, state),
    );
  }

  // Its name; null while none has them, or nothing is to be told of.
  #figure_with_keys() {
    const active = this.#root.activeElement;
    if (active?.localName !== 'canvas' || !this.#paths) return null;
    return active.closest('[data-figure]')?.dataset.figure ?? null;
  }

  #say_soon(quiet, sentence) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const text = sentence();
      if (text && this.#node.textContent !== text) this.#node.textContent = text;
    }, quiet);
  }

  #term(name, { tokens }) {
    const term = this.#paths?.terms.find((other) => term_name(other) === name);
    if (!term) return '';
    const side = term.logit < 0 ? -1 : 1;
    const source = (term.sources ?? []).reduce(
      (best, other) => (best && side * best.logit >= side * other.logit ? best : other),
      null,
    );
    return say(source && source.logit !== 0 ? 'termShownFrom' : 'termShown', {
      term: term_label(term),
      kind: say(`kind${term.kind}`),
      logit: signed(term.logit),
      token: source && token_label(tokens[source.position]),
    });
  }
}

// What the keys have chosen in a figure, where it is not a head's row.
const rows = {
  'bigrams': (explorer) => {
    const bigrams = explorer.table('bigrams');
    if (!bigrams) return '';
    const [next] = bigrams.next;
    return say('bigramShown', {
      token: token_label(bigrams.token),
      next: token_label(next),
      probability: percent(next.log_prob),
    });
  },
  'skip-trigrams': (explorer) => {
    const trigrams = explorer.table('skip-trigrams');
    if (!trigrams?.source) return '';
    const { source, destinations, outputs } = trigrams.source;
    return say('trigramShown', {
      head: trigrams.head,
      source: token_label(source),
      destination: token_label(destinations[0]),
      output: token_label(outputs[0]),
    });
  },
  'scores': (explorer, { tokens }) => {
    const scores = explorer.table('scores');
    if (!scores) return '';
    return say('scoreShown', {
      head: scores.head,
      destination: token_label(tokens[scores.destination]),
      source: token_label(tokens[scores.source]),
      score: signed(scores.score),
    });
  },
};

function head_row(explorer, { tokens }) {
  const row = explorer.table('attention');
  if (!row) return '';
  const most = row.sources.reduce((best, other) => (other.weight > best.weight ? other : best));
  return say('headShown', {
    head: row.head,
    destination: token_label(tokens[row.destination]),
    token: token_label(tokens[most.position]),
    weight: most.weight.toFixed(2),
  });
}

function summary(paths, { top, target, cuts }) {
  const [largest] = paths.terms;
  const sentence = say('summary', {
    top: token_label(top[0]),
    probability: percent(top[0].cut_log_prob ?? top[0].log_prob),
    target: token_label(target),
    logit: signed(paths.logit),
    terms: paths.terms.length,
    largest: term_label(largest),
    largestLogit: signed(largest.logit),
  });
  if (!paths.before) return sentence;
  const names = list_of(cuts.map(cut_label));
  const cut = say('summaryCut', { cuts: names, before: signed(paths.before.logit) });
  return sentence + say('sentenceGap') + cut;
}
