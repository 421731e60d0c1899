// The page: load a model, explore it, and keep text box, controls, figures and tables showing the
// same state. The explorer (see engine.js) holds that state; everything here shows it or changes it.
import { Announcement } from './announcement.js';
import { reading_of } from './caption.js';
import { Cite } from './cite.js';
import { Claims } from './claims.js';
import { Controls } from './controls.js';
import { Cuts } from './cuts.js';
import { take_drops } from './drop.js';
import { role } from './element.js';
import { EmbedCode } from './embed_code.js';
import { Examples, with_ids } from './examples.js';
import { Failure } from './failure.js';
import { FigureExport } from './figure_export.js';
import { Handout } from './handout.js';
import { guest_of_training, is_link_name } from './guest.js';
import { LanguageChoice } from './language_choice.js';
import { Live } from './live.js';
import { Loading } from './loading.js';
import { view_of } from './link.js';
import { Measures } from './measures.js';
import { beginning_of, guest_name, language_of, ModelChoice } from './model_choice.js';
import { ModelSummary } from './model_summary.js';
import { Notices } from './notices.js';
import { keep_for_offline } from './offline.js';
import { OpenModel } from './open_model.js';
import { opened_files } from './opened_files.js';
import { companion_of, fetch_index, model_names } from './own_models.js';
import { Panels } from './panels.js';
import { Share } from './share.js';
import { most_in_sight, when_in_sight } from './sight.js';
import { Tables } from './tables.js';
import { TextBox } from './text_box.js';
import { change_of, keep_view, kept_view } from './view_state.js';
import { Vocabulary } from './vocabulary.js';
import { closed, language, on_language, say, told } from './words.js';

// All but the live one, which has an explorer of its own.
const FIGURES = [
  'paths',
  'attention',
  'bigrams',
  'skip-trigrams',
  'expansion',
  'heads',
  'composition',
  'scores',
  'induction',
  'importance',
  'training',
];

const engine = import('./engine.js'); // begun early; open() tells if it fails
engine.catch(() => {});

new LanguageChoice();
const failure = new Failure();
const loading = new Loading(cancel_opening);
const notices = new Notices();
const announcement = new Announcement();
const text_box = new TextBox((text) => set({ text }));
const examples = new Examples(open_example);
const model_choice = new ModelChoice({
  on_model: (name) => open(name, { text: text_box.text }),
  on_language: change_language,
});
const open_model = new OpenModel(open_files);
const model_summary = new ModelSummary();
const controls = new Controls({ set, search: (query) => opened.vocabulary.search(query) });
const cuts = new Cuts(set);
const measures = new Measures(set);
const claims = new Claims((options) => opened.scope.claims(options));
const share = new Share({ view: shared_view, unnamed: () => guest.unnamed, on_view: open_view, failure });
new EmbedCode((figure) => (models.includes(opened?.model) ? view_with(figure) : null));
take_drops({
  on_drop: (entries) => {
    open_model.close();
    open_files(entries);
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

let models = []; // names of those there are
const live = new Live({ engine, failure, on_open: open_trained });

new FigureExport((figure) => ({ ...opened, view: view_with(figure), claims: claims.measured, live: live.told }));
new Handout(() => (opened ? reading_of(opened.model, opened.explorer.state()) : []));
let guest = null; // the visitor's own model, which the model choice leads back to
let awaited = null; // a view of a guest that is not here
let opened = null; // {model, link_name, scope, explorer, figures, vocabulary, info}
let opening = null; // {model, change, controller} while a model loads
let refreshes = 0;

start();

async function start() {
  failure.clear();
  const view = kept_view();
  if (view) text_box.write(view.change.text);
  if (typeof WebAssembly !== 'object') return failure.show(() => say('noWebAssembly'));

  const [index] = await Promise.all([fetch_index(), examples.fetch()]);
  // Without an index the model itself may still be there; if it isn't, its own error says more.
  models = index ? model_names(index) : ['two-layer'];
  model_choice.offer(models);
  examples.keep(models);
  addEventListener('hashchange', () => follow_link());
  if (view && is_link_name(view.model)) return open_view(view);
  if (view) return open(model_choice.nearest(view.model), view.change);
  if (!(await follow_link())) begin();
}

// Without a view that was kept or shared.
async function begin() {
  const model = model_choice.nearest(beginning_of(language()));
  const first = examples.first(language_of(model));
  if (first && text_box.text === '') return open_example(first);
  await open(model, { text: text_box.text });
}

// The view that the address names, or the one that the visitor had come to from there. Gives whether
// there is any; one that is broken leaves what is open, or the page's beginning, with a sentence.
async function follow_link() {
  let view;
  failure.clear();
  try {
    view = kept_view() ?? (await view_of(location.hash));
  } catch (error) {
    if (!opened) await begin();
    failure.show(() => say('linkBroken', { reason: error.message }));
    return true;
  }
  if (view) await open_view(view);
  return view !== null;
}

// A view from a link or a file. Ids and heads say nothing to another model: of one that is not here
// the text is left, and of a guest it is taken over once that is opened.
async function open_view(view) {
  const { model, figure, change } = view;
  const of_guest = guest?.link_name === model;
  const here = of_guest || models.includes(model);
  awaited = !here && is_link_name(model) ? view : null;
  text_box.write(change.text);
  const name = of_guest ? guest_name : model_choice.nearest(awaited ? beginning_of(language()) : model);
  const refused = await go_to(name, here ? change : { text: change.text });
  if (!refused) return; // it could not be loaded, and that was said
  panels.show(figure);
  document.querySelector(`[data-figure="${CSS.escape(figure ?? '')}"]`)?.scrollIntoView();
  if (awaited) ask_for_guest('linkGuest');
  else if (!here) failure.show(() => say('linkModel', { found: model }));
  else if (refused.length > 0) {
    const reasons = () => refused.map((reason) => told(reason)).join(say('clauseGap'));
    failure.show(() => say('linkRefused', { refused: reasons() }));
  }
}

function ask_for_guest(key) {
  failure.show(() => say(key), { name: () => say('openModel'), run: () => open_model.open() });
}

// What Share shares, with the figure of which most is in sight unless that is the page's beginning.
// Null with a model that no link can name.
function shared_view() {
  const figure = scrollY === 0 ? undefined : most_in_sight(document.querySelectorAll('[data-figure]'));
  return view_with(figure?.dataset.figure);
}

function view_with(figure) {
  if (!opened?.link_name) return null;
  return { model: opened.link_name, figure, change: change_of(opened.explorer.state()) };
}

function open_example(example) {
  text_box.write(example.text);
  return go_to(example.model, example);
}

// Shows the change on that model, which is loaded only where another one is open. Gives what open does.
async function go_to(model, change) {
  if (opening?.model === model) {
    opening.change = change;
    return;
  }
  if (opening || opened?.model !== model) return open(model, change);
  const { text } = change;
  const taken = set({ text, position: null, frozen: false, cuts: [], forget: true });
  if (taken) return take_over(change);
}

// A text that the visitor did not write gives way to one of the language.
function change_language(model) {
  const first = examples.first(language_of(model));
  if (first && examples.has(text_box.text)) open_example(first);
  else open(model, { text: text_box.text });
}

// Loads a model in place of the one that is open, then takes `change` over, as far as it fits. Gives
// the reasons of what does not; nothing where no model came. source: the guest, where it is to be one.
async function open(model, change, source = model === guest_name ? guest : null) {
  opening?.controller.abort();
  const attempt = (opening = { model, change, controller: new AbortController() });
  const { signal } = attempt.controller;
  failure.clear();
  model_choice.offer_guest(source ?? guest);
  show_model(model);
  show_stage('loading');
  const onProgress = (progress) => signal.aborted || loading.show(progress, { can_cancel: source !== null });
  try {
    const { load } = await engine;
    const read = source ? await source.read({ signal, onProgress }) : { model, link_name: model };
    const scope = await load({ model: read.model, signal, onProgress });
    const info = await scope.info();
    if (signal.aborted) return scope.free();
    close();
    if (source) guest = Object.assign(source, { link_name: read.link_name });
    opened = {
      model,
      link_name: read.link_name,
      scope,
      info,
      explorer: scope.explore(),
      vocabulary: new Vocabulary(scope, info.config.d_vocab),
      figures: {},
    };
  } catch (error) {
    if (signal.aborted) return;
    attempt.controller.abort(); // what else is on its way
    leave_opening();
    if (source) return refuse_guest(source, error);
    // A browser's own words for a script that did not arrive are no sentence for people.
    const reason = () =>
      error instanceof TypeError && /module/i.test(error.message)
        ? say('scriptMissing')
        : told(error.message);
    const again = () => (opened ? open(model, attempt.change) : location.reload());
    const sentence = () => say('notLoaded', { reason: reason() });
    return failure.show(sentence, { name: () => say('tryAgain'), run: again });
  }
  opening = null;
  loading.hide();
  show_stage('ready');
  globalThis.pathscope = opened; // for the console, and for the tests
  controls.set_heads(opened.info.heads);
  claims.show(opened.info);
  model_summary.show(opened.info, source);
  opened.explorer.addEventListener('change', refresh);
  const { text } = text_box;
  if (!set({ text })) text_box.write(text); // words for a model that reads ids: it was said, and they stay
  const refused = attempt.change.text === text_box.text ? await take_over(attempt.change) : [];
  show_figures();
  show_training(opened);
  const { scope: shown } = opened;
  opened.forget = [
    when_in_sight(['bigrams', 'skip-trigrams'], () => show_counts(shown)),
    when_in_sight(['induction', 'training'], () => show_companion(shown)),
    when_in_sight(['importance'], () => offer_held_out(shown)),
  ];
  return refused;
}

// The model that is open stays.
function leave_opening() {
  opening = null;
  loading.hide();
  model_choice.offer_guest(guest);
  show_stage(opened ? 'ready' : 'failed');
  if (opened) show_model(opened.model);
}

function cancel_opening() {
  opening.controller.abort();
  leave_opening();
  if (!opened) begin();
}

async function offer_held_out(shown) {
  const heldOut = await shown.held_out_text().catch(() => null);
  if (heldOut && opened?.scope === shown) set({ heldOut });
}

// Figures that compare are whole without the other model, and do not wait for it.
async function show_companion(shown) {
  const name = models.includes(opened.model) ? companion_of(opened.model, models) : null;
  if (!name) return;
  const { load } = await engine;
  const beside = await load({ model: name }).catch(() => null);
  const log = await beside?.training_log().catch(() => null);
  if (beside && opened?.scope === shown) {
    opened.explorer.compare(beside);
    if (log) opened.explorer.set({ companionLog: log });
  }
  beside?.free();
}

// The page is whole without the log, and does not wait for it.
async function show_training({ scope, explorer }) {
  const log = await scope.training_log().catch(() => null);
  if (opened?.scope === scope && log) explorer.set({ trainingLog: log });
}

// Nor for the counted bigrams.
async function show_counts(shown) {
  const counts = await shown.bigram_counts().catch(() => null);
  if (opened?.scope === shown && counts) opened.explorer.set({ bigramCounts: counts });
}

function show_model(model) {
  const language = model_choice.show(model);
  examples.show(language);
  role('text').lang = language;
}

// 'loading', 'ready' or 'failed': the style sheet shows what there is to use.
function show_stage(stage) {
  document.body.dataset.stage = stage;
  for (const name of ['controls', 'cuts', 'cut-panel', 'share', 'model-summary']) role(name).inert = stage !== 'ready';
}

// A kept view or an example, one choice at a time: what this model cannot do is left out. Gives the
// reasons.
async function take_over(change) {
  const { model, scope, explorer } = opened;
  const { position, target, against, cuts, frozen, head, ids } = await with_ids(change, scope);
  const refused = [];
  for (const [name, value] of Object.entries({ ids, position, target, against, cuts, frozen, head })) {
    try {
      if (value !== undefined) explorer.set({ [name]: value });
    } catch (error) {
      refused.push(error.message);  // a position, token or head that this model does not have
    }
  }
  examples.choose(examples.like(change, model));
  refresh();
  return refused;
}

// Files that were chosen or dropped.
async function open_files(entries) {
  let found;
  try {
    found = await opened_files(entries);
  } catch (error) {
    return failure.show(() => error.message);
  }
  if (found.view) return open_view(found.view);
  if (!(await open_guest(found.guest, { text: text_box.text }))) return;
  model_summary.open();
}

// Gives whether it came. The view that waited for it follows.
async function open_guest(source, change) {
  const refused = await open(guest_name, change, source);
  if (!refused) return false;
  if (awaited?.model === source.link_name) await open_view(awaited);
  else if (awaited) ask_for_guest('linkOtherGuest');
  return true;
}

// With the name that the file has in the visitor's folder.
async function refuse_guest(source, error) {
  if (!opened) await begin();
  const reason = error.message.replace(/^model\.safetensors/, () => source.weights_name);
  failure.show(() => say('guestRefused', { name: source.label(), reason: closed(told(reason)) }));
}

// A model that was trained below, on a text of its symbols.
async function open_trained({ bytes, label, text, ids, cuts, log }) {
  text_box.write(text);
  await open_guest(guest_of_training({ bytes, label }), { text, ids, cuts });
  if (opened?.model === guest_name && log) opened.explorer.set({ trainingLog: log });
  role('text').scrollIntoView({ block: 'center' });
}

function show_figures() {
  for (const name of FIGURES) {
    const canvas = document.querySelector(`[data-figure=${name}] canvas`);
    try {
      opened.figures[name] = opened.explorer.figure(name, canvas);
    } catch (error) {
      canvas.hidden = true;
      tables.show_all();
      failure.show(() => say('noFigure', { reason: told(error.message) }));
    }
  }
  try {
    opened.figures.live = live.attach(opened.scope);
  } catch {
    document.querySelector('[data-figure=live] canvas').hidden = true; // told above already
  }
}

function close() {
  if (!opened) return;
  for (const forget of opened.forget ?? []) forget();
  live.detach();
  for (const figure of Object.values(opened.figures)) figure.free();
  opened.scope.free();
  opened = null;
  tables.forget();
  claims.forget();
}

// Changes what is explored. Gives whether the change was taken; if not, the page says why.
function set(change) {
  if (!opened) return false;
  let taken = true;
  try {
    opened.explorer.set(change);
    failure.clear();
  } catch (error) {
    failure.show(() => told(error.message));
    taken = false;
  }
  refresh();
  return taken;
}

// What was chosen stays; every word is written anew.
on_language(() => {
  show_model(opening?.model ?? opened?.model ?? model_choice.nearest(beginning_of(language())));
  claims.rewrite();
  live.rewrite();
  share.rewrite();
  announcement.forget();
  if (opened) refresh();
});

// Everything outside the figures and the text box follows the explorer.
async function refresh() {
  const { explorer, vocabulary, info, model } = opened;
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
  if (opened.link_name) keep_view(opened.link_name, state);
}
