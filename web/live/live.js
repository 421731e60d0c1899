// Training live: models of no, one or two layers beside one another, each in a worker of its own. The
// figure, its tables and these controls show what the runs tell; what one clicks goes to the runs.
import { element, role } from '../element.js';
import { save_file } from '../save.js';
import { follow_sight } from '../sight.js';
import { layers_label, say, told } from '../words.js';
import { begin_runs } from './live_run.js';
import { LiveSettings } from './live_settings.js';
import { fill_live, fill_live_sequence } from './live_table.js';

const most_waiting = 200; // reports that wait for the figure to come into sight
const tables_quiet = 400; // ms between two fillings of the tables, or
const tables_share = 20; // as many times what one took

export class Live {
  #engine; // a promise of engine.js
  #settings = new LiveSettings(() => this.#show());
  #canvas = document.querySelector('[data-figure=live] canvas');
  #on_open;
  #failure;
  #runs = []; // LiveRun
  #going = false;
  #beginning = null; // an AbortController while runs begin
  #explorer = null;
  #figure = null;
  #waiting = []; // events that the explorer has not had
  #in_sight = false;
  #frame = 0;
  #tables_timer = 0;
  #tables_rest = tables_quiet;

  // on_open({bytes, label, text, cuts, log}): a trained model is to be shown in the page's figures; null
  // where the page has none for it.
  constructor({ engine, failure, on_open }) {
    this.#engine = engine;
    this.#failure = failure;
    this.#on_open = on_open;
    role('live-go').addEventListener('click', () => this.#go_or_pause());
    role('live-step').addEventListener('click', () => this.#step());
    role('live-fresh').addEventListener('click', () => this.#begin({ paused: false }));
    role('live-open').hidden = !on_open;
    role('live-open').addEventListener('click', () => this.#open());
    role('live-save').addEventListener('click', () => this.#save());
    role('live-file').addEventListener('change', (event) => this.#restore(event.target));
    role('live-restore').addEventListener('click', () => role('live-file').click());
    follow_sight(this.#canvas.parentElement, (in_sight) => {
      this.#in_sight = in_sight;
      this.#request();
    });
    this.#show();
  }

  // The scope whose explorer draws; the runs go on whatever model the page shows.
  attach(scope) {
    this.#explorer = scope.explore();
    this.#explorer.addEventListener('change', () => this.#take_cuts());
    this.#figure = this.#explorer.figure('live', this.#canvas);
    this.#waiting = this.#runs.length ? [this.#begin_event(), ...this.#runs.flatMap(events_of)] : [];
    this.#request();
    return this.#figure;
  }

  // What each run was asked for and has told: [{config, reports}].
  get told() {
    return this.#runs.map(({ run, reports }) => ({ config: run.config, reports }));
  }

  // In the current language.
  rewrite() {
    this.#show();
    this.#fill_tables();
  }

  // Before the scope is freed.
  detach() {
    this.#explorer = this.#figure = null;
  }

  async #go_or_pause() {
    if (this.#runs.length === 0) return this.#begin({ paused: false });
    this.#going = !this.#going;
    this.#show();
    await this.#each((run) => (this.#going ? run.resume() : run.pause()));
  }

  async #step() {
    if (this.#runs.length === 0) await this.#begin({ paused: true });
    this.#going = false;
    this.#show();
    await this.#each((run) => run.step(1));
  }

  // Runs as the settings say, or one from the bytes of a file, in place of those that there are.
  async #begin({ paused, bytes }) {
    this.#beginning?.abort();
    const { signal } = (this.#beginning = new AbortController());
    this.#failure.clear();
    const asked = bytes ? [{ bytes }] : this.#settings.runs;
    try {
      const { train } = await this.#engine;
      const runs = await begin_runs(train, asked, signal);
      if (signal.aborted) return;
      this.#end();
      this.#runs = runs;
      this.#waiting = [this.#begin_event()];
      for (const live of runs) {
        live.run.finished.then(() => this.#stopped(), (error) => this.#stopped(error));
        live.listen((report) => this.#hear(live, report));
      }
    } catch (error) {
      if (!signal.aborted) this.#failure.show(() => told(error.message));
      return;
    }
    if (bytes) this.#settings.show(this.#runs[0].run.config, this.#runs[0].run.text);
    this.#going = !paused;
    this.#show();
    if (!paused) await this.#each((run) => run.resume());
  }

  #end() {
    for (const { run } of this.#runs) run.free();
    this.#runs = [];
  }

  #stopped(error) {
    if (error?.name === 'AbortError') return;
    this.#going = false;
    if (error) this.#failure.show(() => told(error.message));
    this.#show();
  }

  // To all runs; what one of them refuses is told.
  async #each(ask) {
    const answers = await Promise.allSettled(this.#runs.map(({ run }) => ask(run)));
    const refused = answers.find(({ status }) => status === 'rejected');
    if (refused) this.#failure.show(() => told(refused.reason.message));
    if (this.#going) return;
    clearTimeout(this.#tables_timer); // what stands still stands in the tables at once
    this.#tables_timer = 0;
    this.#request();
  }

  #hear(live, report) {
    if (!this.#runs.includes(live)) return; // it has been left
    this.#waiting.push({ run: this.#runs.indexOf(live), report: { ...report } });
    if (this.#waiting.length > most_waiting) {
      this.#waiting = [this.#begin_event(), ...this.#runs.flatMap(events_of)];
    }
    this.#request();
  }

  #begin_event() {
    return {
      begin: this.#runs.map(({ model, cuts }) => ({
        n_layers: model.n_layers,
        n_heads: model.n_heads,
        d_vocab: model.d_vocab,
        cuts,
      })),
    };
  }

  // Figure, tables and the line of numbers follow, once a frame, while they are in sight.
  #request() {
    if (!this.#in_sight || !this.#explorer) return;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (!this.#explorer) return;
      if (this.#waiting.length) this.#explorer.set({ live: this.#waiting });
      this.#waiting = [];
      this.#show_speed();
      this.#tables_timer ||= setTimeout(
        () => this.#fill_tables(),
        this.#going ? this.#tables_rest : tables_quiet,
      );
    });
  }

  #fill_tables() {
    this.#tables_timer = 0;
    if (this.#runs.length === 0) return;
    const begun = performance.now();
    fill_live(document.querySelector('table[data-table=live]'), this.#runs);
    fill_live_sequence(document.querySelector('table[data-table=live-sequence]'), this.#runs);
    this.#tables_rest = Math.max(tables_quiet, tables_share * (performance.now() - begun));
  }

  // What was cut in the figure.
  #take_cuts() {
    if (this.#waiting.some((event) => event.begin)) return;
    this.#explorer.state().live.forEach(({ cuts }, i) => {
      const training = this.#runs[i];
      if (!training || cuts.join() === training.cuts.join()) return;
      training.cuts = cuts;
      training.run.cut(cuts).catch((error) => this.#failure.show(() => told(error.message)));
    });
    this.#show_cuts();
  }

  #toggle(i, head) {
    const cuts = new Set(this.#runs[i].cuts);
    if (!cuts.delete(head)) cuts.add(head);
    this.#explorer.set({ live: [...this.#waiting.splice(0), { run: i, cuts: [...cuts] }] });
  }

  async #open() {
    const training = this.#chosen;
    const bytes = await training.run.model();
    const { layers, reports, cuts } = training;
    const last = reports.at(-1);
    this.#on_open({
      bytes,
      cuts,
      label: () => say('liveModel', { model: layers_label(layers), step: last.step }),
      ids: last.sequence.map(({ id }) => id),
      text: last.sequence.map(({ text }) => text).join(''),
      log: reports.filter(({ tokens }) => tokens > 0).map((report) => JSON.stringify(report)).join('\n'),
    });
  }

  async #save() {
    const bytes = await this.#chosen.run.model();
    save_file('model.safetensors', bytes, 'application/octet-stream');
  }

  async #restore(input) {
    const [file] = input.files;
    input.value = '';
    if (file) await this.#begin({ paused: true, bytes: new Uint8Array(await file.arrayBuffer()) });
  }

  get #chosen() {
    const layers = Number(role('live-model').value);
    return this.#runs.find((training) => training.layers === layers) ?? this.#runs[0];
  }

  #show() {
    const any = this.#runs.length > 0;
    role('live-go').textContent = say(this.#going ? 'livePause' : any ? 'liveResume' : 'liveStart');
    for (const name of ['live-fresh', 'live-open', 'live-save', 'live-model']) role(name).disabled = !any;
    const models = this.#runs.map(({ layers }) =>
      element('option', { value: String(layers) }, layers_label(layers)),
    );
    const chosen = role('live-model').value;
    role('live-model').replaceChildren(...models);
    if (this.#runs.some(({ layers }) => String(layers) === chosen)) role('live-model').value = chosen;
    const slices = this.#runs.some(({ run }) => !run.inWorker);
    role('live-notice').textContent = slices ? say('liveInSlices') : '';
    role('live-notice').hidden = !slices;
    this.#show_cuts();
    this.#show_speed();
  }

  #show_cuts() {
    const shown = this.#runs.map(({ layers, cuts, model }) => [layers_label(layers), model.n_heads, cuts]);
    const group = role('live-cuts');
    if (group.dataset.shown === JSON.stringify(shown)) return;
    group.dataset.shown = JSON.stringify(shown);
    const buttons = this.#runs.flatMap(({ layers, cuts, heads }, i) =>
      heads.map((head) =>
        element(
          'button',
          {
            'type': 'button',
            'data-layers': layers,
            'aria-pressed': String(cuts.includes(head)),
            'onclick': () => this.#toggle(i, head),
          },
          this.#runs.length > 1 ? `${layers_label(layers)} ${head}` : head,
        ),
      ),
    );
    // A button that has the keys keeps them.
    const at = [...group.children].indexOf(document.activeElement);
    group.replaceChildren(...buttons);
    group.children[at]?.focus();
    role('live-cuts-field').hidden = buttons.length === 0;
  }

  #show_speed() {
    const steps = this.#runs.map(({ step }) => step);
    const speeds = this.#runs.map(({ speed }) => speed).filter((each) => each > 0);
    const sentence = this.#runs.length
      ? say(speeds.length ? 'liveSpeed' : 'liveSteps', {
          step: Math.max(...steps).toLocaleString('en'),
          speed: (Math.round(Math.max(...speeds) / 1000) * 1000).toLocaleString('en'),
        })
      : '';
    if (role('live-speed').textContent !== sentence) role('live-speed').textContent = sentence;
  }
}

// All that a run has told; how it reads its sequence goes with the last.
function events_of({ reports }, run) {
  return reports.map((report) => ({ run, report: { ...report } }));
}
