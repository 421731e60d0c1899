// The page: load a model, explore it, and keep text box, controls, figures and tables showing the
// same state. The explorer (see engine.js) holds that state; everything here shows it or changes it.
import { Announcement } from './announcement.js';
import { Controls } from './controls.js';
import { Cuts } from './cuts.js';
import { element, role } from './element.js';
import { examples } from './examples.js';
import { Failure } from './failure.js';
import { Loading } from './loading.js';
import { Notices } from './notices.js';
import { Tables } from './tables.js';
import { TextBox } from './text_box.js';
import { keep_view, kept_view } from './view_state.js';
import { Vocabulary } from './vocabulary.js';
import { say } from './words.js';

const engine = import('./engine.js'); // begun early; open() tells if it fails
engine.catch(() => {});

const failure = new Failure();
const loading = new Loading();
const notices = new Notices();
const announcement = new Announcement();
const text_box = new TextBox((text) => set({ text }));
const controls = new Controls({ set, search: (query) => opened.vocabulary.search(query) });
const cuts = new Cuts(set);
const tables = new Tables((paths, state) => {
  cuts.set_terms(paths?.terms ?? []);
  announcement.tell(paths, state);
});

let opened = null; // {model, scope, explorer, figures, vocabulary, info}
let opening = null; // an AbortController, while a model loads
let refreshes = 0;

start();

async function start() {
  failure.clear();
  const view = kept_view();
  const change = view?.change ?? { text: examples[0].text };
  text_box.write(change.text);
  show_examples();
  if (typeof WebAssembly !== 'object') return failure.show(say('noWebAssembly'));

  const model = await show_models(view?.model);
  await open(model, change);
}

// The choice of models, from the list that the build made. Gives the one to open.
async function show_models(wanted) {
  const choice = role('model');
  let names = ['two-layer'];
  try {
    const list = await (await fetch('models/index.json')).json();
    names = Object.keys(list).filter((name) => name !== 'module');
  } catch {
    // The model itself may still be there; if it isn't, its own error says more.
  }
  const labels = {
    'two-layer': say('modelTwoLayer'),
    'one-layer': say('modelOneLayer'),
    'zero-layer': say('modelZeroLayer'),
  };
  choice.replaceChildren(
    ...names.map((name) => element('option', { value: name }, labels[name] ?? name)),
  );
  choice.value = names.includes(wanted)
    ? wanted
    : names.includes('two-layer')
      ? 'two-layer'
      : names[0];
  choice.addEventListener('change', () => open(choice.value, { text: text_box.text }));
  return choice.value;
}

function show_examples() {
  const group = role('examples');
  for (const { name, text, cuts } of examples) {
    const button = element('button', { type: 'button' }, say(name));
    button.addEventListener('click', () => {
      text_box.write(text);
      // A model may lack the heads of an example's cut; the text is read all the same.
      const taken = set({ text, position: null, target: null, cuts: [], forget: true });
      if (taken && cuts.length > 0) set({ cuts });
    });
    group.append(button);
  }
}

// Loads a model in place of the one that is open, then takes `change` over, as far as it fits.
async function open(model, change) {
  opening?.abort();
  const attempt = (opening = new AbortController());
  const { signal } = attempt;
  failure.clear();
  show_stage('loading');
  try {
    const { load } = await engine;
    const scope = await load({
      model,
      signal,
      onProgress: (progress) => signal.aborted || loading.show(progress),
    });
    const info = await scope.info();
    if (signal.aborted) return scope.free();
    close();
    opened = {
      model,
      scope,
      info,
      explorer: scope.explore(),
      vocabulary: new Vocabulary(scope, info.config.d_vocab),
      figures: {},
    };
  } catch (error) {
    if (signal.aborted) return;
    attempt.abort(); // what else is on its way
    loading.hide();
    // The model that is open stays.
    show_stage(opened ? 'ready' : 'failed');
    if (opened) role('model').value = opened.model;
    // A browser's own words for a script that did not arrive are no sentence for people.
    const reason =
      error instanceof TypeError && /module/i.test(error.message)
        ? say('scriptMissing')
        : error.message;
    const again = () => (opened ? open(model, change) : location.reload());
    return failure.show(say('notLoaded', { reason }), { name: say('tryAgain'), run: again });
  }
  loading.hide();
  show_stage('ready');
  globalThis.pathscope = opened; // for the console, and for the tests
  controls.set_heads(opened.info.heads);
  opened.explorer.addEventListener('change', refresh);
  set({ text: text_box.text });
  if (change.text === text_box.text) take_over(change);
  show_figures();
}

// 'loading', 'ready' or 'failed': the style sheet shows what there is to use.
function show_stage(stage) {
  document.body.dataset.stage = stage;
  for (const name of ['controls', 'cuts', 'cut-panel']) role(name).inert = stage !== 'ready';
}

// A kept view, one choice at a time: what this model cannot do is left out.
function take_over({ text, ...choices }) {
  for (const [name, value] of Object.entries(choices)) {
    try {
      opened.explorer.set({ [name]: value });
    } catch {
      // A position, token or head that this model does not have.
    }
  }
  refresh();
}

function show_figures() {
  for (const name of ['paths', 'attention']) {
    const canvas = document.querySelector(`[data-figure=${name}] canvas`);
    try {
      opened.figures[name] = opened.explorer.figure(name, canvas);
    } catch (error) {
      canvas.hidden = true;
      tables.show_all();
      failure.show(say('noFigure', { reason: error.message }));
    }
  }
}

function close() {
  if (!opened) return;
  for (const figure of Object.values(opened.figures)) figure.free();
  opened.scope.free();
  opened = null;
  tables.forget();
}

// Changes what is explored. Gives whether the change was taken; if not, the page says why.
function set(change) {
  if (!opened) return false;
  let taken = true;
  try {
    opened.explorer.set(change);
    failure.clear();
  } catch (error) {
    failure.show(error.message);
    taken = false;
  }
  refresh();
  return taken;
}

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
  notices.show(state, info);
  tables.update(explorer, against_token);
  announcement.follow(explorer, state);
  keep_view(model, state);
}
