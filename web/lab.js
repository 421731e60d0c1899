// The instrument: keeps text box, controls, figures and tables showing the same state. The explorer
// (see engine.js) holds that state; everything here shows it or changes it. lab/bench.js has the model
// that is open, lab/views.js the links to what is seen, lab/guests.js the visitor's own models.
import { Announcement } from './announcement.js';
import { Cite } from './cite.js';
import { Claims } from './claims.js';
import { Examples } from './examples.js';
import { Failure } from './failure.js';
import { Handout } from './handout.js';
import { Bench } from './lab/bench.js';
import { reading_of } from './lab/caption.js';
import { Controls } from './lab/controls.js';
import { Cuts } from './lab/cuts.js';
import { take_drops } from './lab/drop.js';
import { EmbedCode } from './lab/embed_code.js';
import { FigureExport } from './lab/figure_export.js';
import { is_link_name } from './lab/guest.js';
import { Guests } from './lab/guests.js';
import { ModelSummary } from './lab/model_summary.js';
import { Notices } from './lab/notices.js';
import { OpenModel } from './lab/open_model.js';
import { Panels } from './lab/panels.js';
import { Share } from './lab/share.js';
import { Views } from './lab/views.js';
import { LanguageChoice } from './language_choice.js';
import { Live } from './live/live.js';
import { Loading } from './loading.js';
import { Measures } from './measures.js';
import { ModelChoice } from './model_choice.js';
import { keep_for_offline } from './offline.js';
import { fetch_index, model_names } from './own_models.js';
import { Tables } from './tables/tables.js';
import { TextBox } from './text_box.js';
import { keep_view, kept_view } from './view_state.js';
import { on_language, say } from './words.js';

const engine = import('./engine.js'); // begun early; the bench tells if it fails
engine.catch(() => {});

const set = (change) => bench.set(change);

new LanguageChoice();
const failure = new Failure();
const loading = new Loading(() => bench.cancel());
const notices = new Notices();
const announcement = new Announcement();
const text_box = new TextBox((text) => set({ text }));
const examples = new Examples((example) => bench.open_example(example));
const model_choice = new ModelChoice({
  on_model: (name) => bench.open(name, { text: text_box.text }),
  on_language: (model) => bench.change_language(model),
});
const open_model = new OpenModel((entries) => guests.open_files(entries));
const model_summary = new ModelSummary();
const controls = new Controls({ set, search: (query) => bench.opened.vocabulary.search(query) });
const cuts = new Cuts(set);
const measures = new Measures(set);
const claims = new Claims((options) => bench.opened.scope.claims(options));
const share = new Share({
  view: () => views.present(),
  unnamed: () => bench.guest.unnamed,
  on_view: (view) => views.open(view),
  failure,
});
new EmbedCode((figure) => (model_choice.has(bench.opened?.model) ? views.of(figure) : null));
take_drops({
  on_drop: (entries) => {
    open_model.close();
    guests.open_files(entries);
  },
  on_failed: () => failure.show(() => say('filesUnreadable')),
});
const panels = new Panels();
keep_for_offline();
const tables = new Tables((paths, state) => {
  cuts.set_terms(paths?.terms ?? []);
  announcement.tell(paths, state);
});
new Cite();
const live = new Live({ engine, failure, on_open: (trained) => guests.open_trained(trained) });
new FigureExport((figure) => ({ ...bench.opened, view: views.of(figure), claims: claims.measured, live: live.told }));
new Handout(() => (bench.opened ? reading_of(bench.opened.model, bench.opened.explorer.state()) : []));

const bench = new Bench({
  engine,
  parts: { text_box, examples, model_choice, tables, live, loading, failure },
  on: { opened: show_opened, closed: forget_closed, changed: refresh },
});
const views = new Views({
  bench,
  parts: { text_box, model_choice, panels, failure },
  ask_for_files: () => open_model.open(),
});
const guests = new Guests({ bench, views, parts: { text_box, model_summary, failure } });
let refreshes = 0;

start();

async function start() {
  failure.clear();
  const view = kept_view();
  if (view) text_box.write(view.change.text);
  if (typeof WebAssembly !== 'object') return failure.show(() => say('noWebAssembly'));

  const [index] = await Promise.all([fetch_index(), examples.fetch()]);
  // Without an index the model itself may still be there; if it isn't, its own error says more.
  const models = index ? model_names(index) : ['two-layer'];
  model_choice.offer(models);
  examples.keep(models);
  addEventListener('hashchange', () => views.follow_link());
  if (view && is_link_name(view.model)) return views.open(view);
  if (view) return bench.open(model_choice.nearest(view.model), view.change);
  if (!(await views.follow_link())) bench.begin();
}

function show_opened({ info }, guest) {
  controls.set_heads(info.heads);
  claims.show(info);
  model_summary.show(info, guest);
}

function forget_closed() {
  tables.forget();
  claims.forget();
}

// Everything outside the figures and the text box follows the explorer.
async function refresh() {
  const { explorer, vocabulary, info, model, link_name } = bench.opened;
  const state = explorer.state();
  const latest = ++refreshes;
  const compares = state.against !== null && state.against !== 'mean';
  const against_token = compares ? await vocabulary.token(state.against) : null;
  if (latest !== refreshes) return;
  text_box.show(state.text);
  controls.show(state, against_token);
  cuts.show(state);
  measures.show(state, info.config);
  notices.show(state, info);
  examples.follow(state, model);
  tables.update(explorer, against_token);
  announcement.follow(explorer, state);
  share.follow();
  if (link_name) keep_view(link_name, state);
}

// What was chosen stays; every word is written anew.
on_language(() => {
  bench.show_model();
  claims.rewrite();
  live.rewrite();
  share.rewrite();
  announcement.forget();
  if (bench.opened) refresh();
});
