// Sentences that are made elsewhere in English, the engine's, found again by their form:
// ['best score, {head}', '最高分数，{head}'] turns 'best score, L1H4' into '最高分数，L1H4'.

export class Phrases {
  #whole = new Map();
  #forms = []; // {pattern, other}, of those with something to fill in
  #found = new Map(); // what was asked before

  constructor(pairs) {
    for (const [sentence, other] of pairs) {
      if (!/\{\w+\}/.test(sentence)) this.#whole.set(sentence, other);
      else this.#forms.push({ pattern: pattern_of(sentence), other });
    }
  }

  // Undefined where the sentence has none of these forms. What is filled in may be a sentence too.
  of(sentence) {
    if (!this.#found.has(sentence)) this.#found.set(sentence, this.#other(sentence));
    return this.#found.get(sentence);
  }

  #other(sentence) {
    const whole = this.#whole.get(sentence);
    if (whole !== undefined) return whole;
    for (const { pattern, other } of this.#forms) {
      const match = pattern.exec(sentence);
      if (!match) continue;
      return other.replace(/\{(\w+)\}/g, (_, name) => this.of(match.groups[name]) ?? match.groups[name]);
    }
    return undefined;
  }
}

// The values are as short as they can be; a name that comes again stands for the same value.
function pattern_of(sentence) {
  const seen = new Set();
  const source = sentence.split(/(\{\w+\})/).map((piece, i) => {
    if (i % 2 === 0) return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const name = piece.slice(1, -1);
    if (seen.has(name)) return `\\k<${name}>`;
    seen.add(name);
    return `(?<${name}>.+?)`;
  });
  return new RegExp(`^${source.join('')}$`, 's');
}
