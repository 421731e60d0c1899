// The model's tokens, to search in. Read once, when first asked for: all of them, through the same
// `logits` that the command line has.
import { token_label } from '../tables/token.js';

const SHOWN = 40;

export class Vocabulary {
  #scope;
  #size;
  #named = {}; // promises of what `tokens` says, by id
  #tokens; // a promise of {id, text, bytes?, plain}, by id

  constructor(scope, size) {
    this.#scope = scope;
    this.#size = size;
  }

  // The tokens that have `query` in them, the closest first: those that are it, with or without a
  // blank in front, then those that begin with it, then the rest, shorter ones first. '#17' is an id.
  // Resolves to {tokens, more}: at most 40 tokens, and how many there are beyond.
  async search(query) {
    this.#tokens ??= this.#read();
    const tokens = await this.#tokens;
    const id = /^#(\d+)$/.exec(query);
    if (id && tokens[Number(id[1])]) return { tokens: [tokens[Number(id[1])]], more: 0 };
    const wanted = query.replaceAll('·', ' ').toLowerCase();
    const found = tokens.filter((token) => token.plain.includes(wanted));
    const distance = (token) => {
      if (token.text === query) return 0;
      if (token.plain === wanted) return 1;
      if (token.plain.trim() === wanted.trim()) return 2;
      return (
        (token.plain.startsWith(wanted) || token.plain.startsWith(' ' + wanted) ? 3 : 1000) +
        token.plain.length
      );
    };
    found.sort((a, b) => distance(a) - distance(b) || a.id - b.id);
    return { tokens: found.slice(0, SHOWN), more: Math.max(0, found.length - SHOWN) };
  }

  // The token of an id.
  async token(id) {
    this.#named[id] ??= this.#scope.tokens([id]);
    return (await this.#named[id]).tokens[0];
  }

  async #read() {
    const { positions } = await this.#scope.logits([0], { top: this.#size });
    const tokens = [];
    for (const { id, text, bytes } of positions[0].top) {
      const token = bytes === undefined ? { id, text } : { id, text, bytes };
      token.plain = bytes === undefined ? text.toLowerCase() : token_label(token).toLowerCase();
      tokens[id] = token;
    }
    return tokens.filter((token) => token !== undefined);
  }
}
