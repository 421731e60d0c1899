// A run that trains live: in a worker of its own or, where no worker starts, in slices on the page's
// own thread.
import { address_of } from '../addresses.js';
import { fetch_bytes } from '../download.js';
import { script_address } from '../script_address.js';
import { Trainee } from './trainee.js';

const page_slice = 8; // ms at a time on the page's own thread, then as many for the page

let script = null; // a promise of the worker's address

export class TrainingRun {
  inWorker;
  config; // the train.json, as a value
  text; // what it learns, for the task 'text'
  finished; // a promise: the run's end; rejects where it fails, or with the signal's reason
  #trainee; // {call(method, argument), free()}
  #ended = Promise.withResolvers ? Promise.withResolvers() : with_resolvers();

  // from: {config, text} or {bytes}. `running`: the module and its compiled code.
  static async start(from, running, { onReport, signal, paused }) {
    signal?.throwIfAborted();
    const run = new TrainingRun();
    run.finished = run.#ended.promise;
    run.finished.catch(() => {}); // onReport may be all that someone listens to
    const tell = (told, value) => run.#hear(told, value, onReport);
    const worker = await open_worker(tell);
    const trainee = worker ?? new PageTrainee(running.module, tell);
    try {
      Object.assign(run, { inWorker: worker !== null }, of_json(await trainee.call('start', { compiled: running.compiled, from })));
    } catch (error) {
      trainee.free();
      throw error;
    }
    run.#trainee = trainee;
    if (signal?.aborted) run.free();
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => {
      run.#ended.reject(signal.reason);
      run.free();
    }, { once: true });
    if (!paused) await run.resume();
    return run;
  }

  async resume() {
    await this.#living.call('resume');
  }

  async pause() {
    await this.#living.call('pause');
  }

  async step(steps = 1) {
    await this.#living.call('step', steps);
  }

  async cut(heads) {
    await this.#living.call('cut', [heads].flat());
  }

  // The model as it stands, in one file that holds what the run needs to go on too.
  async model() {
    return this.#living.call('save');
  }

  free() {
    this.#trainee?.free();
    this.#trainee = null;
  }

  get #living() {
    if (!this.#trainee) throw new Error('This run was freed: start another.');
    return this.#trainee;
  }

  #hear(told, value, onReport) {
    if (told === 'report') onReport?.(JSON.parse(value));
    if (told === 'finished') this.#ended.resolve();
    if (told === 'failed') this.#ended.reject(new Error(value));
  }
}

// A Trainee on the page's own thread.
class PageTrainee {
  #module;
  #tell;
  #trainee = null;

  constructor(module, tell) {
    this.#module = module;
    this.#tell = tell;
  }

  async call(method, argument) {
    if (method !== 'start') return this.#trainee[method](argument);
    this.#trainee = new Trainee(this.#module, argument.from, {
      slice: page_slice,
      rest: page_slice,
      tell: this.#tell,
    });
    return { config: this.#trainee.config, text: this.#trainee.text };
  }

  free() {
    this.#trainee?.free();
    this.#trainee = null;
  }
}

// The same in a worker.
class WorkerTrainee {
  #worker;
  #waiting = new Map(); // {resolve, reject} by the message's number
  #sent = 0;

  constructor(worker, tell) {
    this.#worker = worker;
    worker.onmessage = ({ data: { id, value, error, told } }) => {
      if (told) return tell(told, value);
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) resolve(value);
      else reject(new Error(error));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      const sentence = event.message || 'The worker that trains has stopped.';
      tell('failed', sentence);
      for (const { reject } of this.#waiting.values()) reject(new Error(sentence));
      this.#waiting.clear();
    };
  }

  call(method, argument) {
    return new Promise((resolve, reject) => {
      const id = this.#sent++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, argument });
    });
  }

  free() {
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(new Error('This run was freed.'));
    this.#waiting.clear();
  }
}

// Null where this browser or the page's policy lets no worker start.
async function open_worker(tell) {
  if (typeof Worker === 'undefined') return null;
  try {
    script ??= fetch_script();
    const worker = new Worker(await script);
    await new Promise((resolve, reject) => {
      worker.onmessage = resolve; // it is ready
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
    });
    return new WorkerTrainee(worker, tell);
  } catch {
    script = null; // another run tries again
    return null;
  }
}

// A Blob of its own text: on another origin and in a sandboxed frame nothing else starts.
async function fetch_script() {
  const bytes = await fetch_bytes(address_of('worker.js'));
  const address = URL.createObjectURL(new Blob([bytes], { type: 'text/javascript' }));
  return script_address(address);
}

function of_json({ config, text }) {
  return { config: JSON.parse(config), text };
}

function with_resolvers() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}
