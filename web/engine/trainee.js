// A live run of the module, driven: at full speed, paused or a step at a time, in slices between which
// messages (in a worker) or the page (on the main thread) have their turn.
import { to_json, value_of } from './answer.js';

const first_apart = 10; // steps from one report to the next,
const thinned_from = 1000; // twice as many from this step on, and at each doubling

export class Trainee {
  #live;
  #tell;
  #slice;
  #rest;
  #running = false;
  #timer = null;
  #seconds = 0;
  #told = -1; // the step of the last report
  #steps = 0;

  // from: {config, text} or {bytes}, of a saved run. slice, rest: ms at work and between. tell(name,
  // value): 'report' and its JSON; 'finished'; 'failed' and a sentence. Throws an Error.
  constructor(module, from, { slice, rest, tell }) {
    this.#live = value_of(
      from.bytes
        ? module.restore_live(from.bytes)
        : module.start_live(from.config, from.text ?? ''),
    );
    this.#slice = slice;
    this.#rest = rest;
    this.#tell = tell;
    this.#steps = value_of(this.#live.step(0));
    this.#report();
  }

  get config() {
    return this.#live.config();
  }

  get text() {
    return this.#live.text();
  }

  resume() {
    if (this.#running) return;
    this.#running = true;
    this.#timer = setTimeout(() => this.#work(), 0);
  }

  // Tells where it stands.
  pause() {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#report();
  }

  // So many steps, after which it is paused.
  step(steps) {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#take(steps);
    this.#report();
    if (this.#live.finished()) this.#tell('finished');
  }

  cut(heads) {
    value_of(this.#live.cut(to_json(heads)));
    this.#told = -1;
    if (!this.#running) this.#report();
  }

  save() {
    return value_of(this.#live.save());
  }

  free() {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#live?.delete();
    this.#live = null;
  }

  #take(steps) {
    const begun = performance.now();
    this.#steps = value_of(this.#live.step(steps));
    this.#seconds += (performance.now() - begun) / 1000;
  }

  #work() {
    try {
      const end = performance.now() + this.#slice;
      while (this.#running && performance.now() < end && !this.#live.finished()) {
        this.#take(1);
        if (this.#steps % apart(this.#steps) === 0) this.#report();
      }
    } catch (error) {
      this.#running = false;
      this.#tell('failed', error.message);
      return;
    }
    if (this.#live.finished()) {
      this.#running = false;
      this.#report();
      this.#tell('finished');
    } else if (this.#running) {
      this.#timer = setTimeout(() => this.#work(), this.#rest);
    }
  }

  #report() {
    if (this.#told === this.#steps) return;
    this.#tell('report', value_of(this.#live.report(this.#seconds)));
    this.#told = this.#steps;
  }
}

function apart(steps) {
  let between = first_apart;
  for (let from = thinned_from; steps > from; from *= 2) between *= 2;
  return between;
}
