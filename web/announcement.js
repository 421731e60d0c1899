// What a screen reader is told after a change: one sentence, once things are quiet.
import { role } from './element.js';
import { percent, signed } from './number.js';
import { term_label } from './term.js';
import { token_label } from './token.js';
import { say } from './words.js';

const QUIET = 1000; // ms without a change

export class Announcement {
  #node = role('announcement');
  #timer = 0;

  // paths: the command's JSON for the state.
  tell(paths, state) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const sentence = summary(paths, state);
      if (this.#node.textContent !== sentence) this.#node.textContent = sentence;
    }, QUIET);
  }

  silence() {
    clearTimeout(this.#timer);
    this.#node.textContent = '';
  }
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
  return `${sentence} ${say('summaryCut', { cuts: cuts.join(', '), before: signed(paths.before.logit) })}`;
}
