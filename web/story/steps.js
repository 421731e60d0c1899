// What the reader did in the story, to be undone step by step. A step is the story as it stood: {text,
// language, chosen} (story.js). Typing is one step until it rests.
const rest = 1000; // ms
const most = 100; // steps

export class Steps {
  #past = [];
  #future = [];
  #now;
  #typed = -Infinity; // when the last letter came, if that was the last change
  #clock;

  // now: the story as it stands. clock(): in ms.
  constructor(now, clock = () => performance.now()) {
    this.#now = now;
    this.#clock = clock;
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  // The story stands so now: a step, if anything has changed.
  note(next) {
    if (JSON.stringify(next) === JSON.stringify(this.#now)) return;
    const typed = next.text !== this.#now.text && next.language === this.#now.language;
    const goes_on = typed && this.#clock() - this.#typed < rest;
    if (!goes_on) this.#past.push(this.#now);
    if (this.#past.length > most) this.#past.shift();
    this.#typed = typed ? this.#clock() : -Infinity;
    this.#future = [];
    this.#now = next;
  }

  // The story as it stood before; null where nothing is left to undo.
  undo() {
    return this.#go(this.#past, this.#future);
  }

  redo() {
    return this.#go(this.#future, this.#past);
  }

  #go(from, to) {
    if (from.length === 0) return null;
    to.push(this.#now);
    this.#now = from.pop();
    this.#typed = -Infinity;
    return this.#now;
  }
}
