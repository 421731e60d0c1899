// Two models, or two texts, side by side in the same figure. Each side is a <path-scope> with model,
// text and cuts of its own. The address says both, as two links joined by ~ (link.js); a reload keeps
// them.
import { Side } from './beside/side.js';
import { copied } from './clipboard.js';
import { figure_names, figures_of } from './figures.js';
import { element, role } from './element.js';
import { fetch_examples } from './examples.js';
import { Failure } from './failure.js';
import { LanguageChoice } from './language_choice.js';
import { fragment_of, view_of } from './link.js';
import { beginning_of, in_language, language_of } from './model_choice.js';
import { keep_for_offline } from './offline.js';
import { fetch_index, model_names } from './own_models.js';
import { language, on_language, say } from './words.js';
import './path-scope.js';

new LanguageChoice();
const failure = new Failure();
const figure = role('figure');
const same_text = role('same-text');
let sides = [];

start();
keep_for_offline();

async function start() {
  failure.clear();
  if (typeof WebAssembly !== 'object') return failure.show(() => say('noWebAssembly'));
  const [index, examples] = await Promise.all([fetch_index(), fetch_examples()]);
  const models = index ? model_names(index) : ['two-layer'];
  const views = kept() ?? (await addressed()) ?? beginning(examples);
  offer_figures();
  figure.value = views[0].figure;
  same_text.checked = views[0].change.text === views[1].change.text;
  sides = ['left', 'right'].map((name, i) => new Side(name, { models, view: views[i], figure: figure.value, on_change: () => changed(i) }));
  globalThis.pathscope = { sides }; // for the console, and for the tests
  figure.addEventListener('change', () => {
    for (const side of sides) side.set_figure(figure.value);
    keep();
  });
  same_text.addEventListener('change', () => same_text.checked && changed(0));
  role('beside-share').addEventListener('click', share);
  addEventListener('hashchange', open_address);
  on_language(() => {
    offer_figures();
    for (const side of sides) side.speak();
  });
}

// One text, on two layers and on one.
function beginning(examples) {
  const model = beginning_of(language());
  const [first] = examples[language_of(model)] ?? [];
  const view = (name) => ({ model: name, figure: 'paths', change: { text: first?.text ?? '' } });
  return [view(model), view(in_language(language_of(model), 'one-layer'))];
}

function offer_figures() {
  const chosen = figure.value;
  const names = figure_names.filter((name) => name !== 'lab');
  figure.replaceChildren(...names.map((name) => element('option', { value: name }, say(figures_of(name)[0].title))));
  figure.value = chosen || 'paths';
}

function changed(i) {
  if (same_text.checked) sides[1 - i].set_text(sides[i].view.change.text);
  role('beside-status').textContent = '';
  keep();
}

function views() {
  return sides.map(({ view }) => view);
}

function kept() {
  const found = history.state?.beside;
  return Array.isArray(found) && found.length === 2 ? found : null;
}

function keep() {
  try {
    history.replaceState({ ...history.state, beside: views() }, '');
  } catch {
    // A sandboxed frame may refuse: a reload begins anew.
  }
}

// Null where the address names no two views; where they are broken, that is said.
async function addressed() {
  const parts = location.hash.slice(1).split('~');
  if (parts.length !== 2) return null;
  try {
    const found = await Promise.all(parts.map((part) => view_of(`#${part}`)));
    if (!found.every((view) => view)) return null;
    return found.map((view) => ({ ...view, figure: figure_names.includes(found[0].figure) ? found[0].figure : 'paths' }));
  } catch (error) {
    failure.show(() => say('linkBroken', { reason: error.message }));
    return null;
  }
}

async function open_address() {
  const found = await addressed();
  if (!found) return;
  same_text.checked = found[0].change.text === found[1].change.text;
  figure.value = found[0].figure;
  sides.forEach((side, i) => side.open(found[i]));
  keep();
}

async function share() {
  const parts = await Promise.all(views().map(fragment_of));
  const status = role('beside-status');
  if (!parts.every((part) => part)) return void (status.textContent = say('besideLong'));
  history.replaceState(history.state, '', parts.join('~').replace('~#', '~'));
  status.textContent = say((await copied(location.href)) ? 'besideCopied' : 'besideInBar');
}
