// One model that trains in the page: its run (engine.js), what the run has told, and what is cut of it.
const most_reports = 400; // then every second one is left

export class LiveRun {
  run;
  reports = []; // the last one alone has how the model reads its sequence
  cuts = [];
  #unheard = []; // told before anyone listens
  #listener = null;

  // asked: {config, text} or {bytes}, of a saved run. It has begun, paused.
  static async begin(train, { config, text, bytes }, signal) {
    const live = new LiveRun();
    live.run = await train(config, { text, bytes, signal, paused: true, onReport: (report) => live.#hear(report) });
    live.cuts = live.#unheard.at(-1)?.cuts ?? [];
    return live;
  }

  get model() {
    return this.run.config.model;
  }

  get layers() {
    return this.model.n_layers;
  }

  get heads() {
    const { n_layers, n_heads } = this.model;
    return Array.from({ length: n_layers * n_heads }, (_, i) => `L${Math.floor(i / n_heads)}H${i % n_heads}`);
  }

  get step() {
    return this.reports.at(-1)?.step ?? 0;
  }

  // Tokens a second over the last reports.
  get speed() {
    const [first, last] = [this.reports.at(-11) ?? this.reports[0], this.reports.at(-1)];
    if (!last || last.seconds === first.seconds) return 0;
    return (last.tokens - first.tokens) / (last.seconds - first.seconds);
  }

  // listener(report): of all that it has told and will tell.
  listen(listener) {
    this.#listener = listener;
    for (const report of this.#unheard.splice(0)) this.#hear(report);
  }

  #hear(report) {
    if (!this.#listener) return void this.#unheard.push(report);
    const last = this.reports.at(-1);
    if (last) {
      delete last.sequence;
      delete last.patterns;
      if (last.step >= report.step) this.reports.pop();
    }
    this.reports.push(report);
    if (this.reports.length > most_reports) {
      this.reports = this.reports.filter((_, i) => i % 2 === 0 || i === this.reports.length - 1);
    }
    this.#listener(report);
  }
}

// All of them, or none.
export async function begin_runs(train, all_asked, signal) {
  const begun = all_asked.map((asked) => LiveRun.begin(train, asked, signal));
  try {
    return await Promise.all(begun);
  } catch (error) {
    for (const promise of begun) promise.then(({ run }) => run.free(), () => {});
    throw error;
  }
}
