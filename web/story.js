// The story: chapters in reading order over one text, each with figures of its own, and the section
// that trains. A link to a view belongs to the instrument, and goes there.
import { Cite } from './cite.js';
import { fetch_examples } from './examples.js';
import { role } from './element.js';
import { Failure } from './failure.js';
import { Handout } from './handout.js';
import { LanguageChoice } from './language_choice.js';
import { Live } from './live/live.js';
import { keep_for_offline } from './offline.js';
import { fetch_index, model_names } from './own_models.js';
import { lend } from './shared_models.js';
import { when_in_sight } from './sight.js';
import { Chapter, nothing_chosen } from './story/chapter.js';
import { StoryModels } from './story/models.js';
import { Steps } from './story/steps.js';
import { TextBox } from './text_box.js';
import { UndoControls } from './undo_controls.js';
import { on_language, say } from './words.js';

const near = '600px'; // from the window's edge

if (/^#(.*&)?v=/.test(location.hash)) location.replace(`lab.html${location.hash}`);
else start();

async function start() {
  new LanguageChoice();
  new Cite();
  keep_for_offline();
  const failure = new Failure();
  failure.clear();
  if (typeof WebAssembly !== 'object') return failure.show(() => say('noWebAssembly'));
  const [index, examples] = await Promise.all([fetch_index(), fetch_examples()]);
  const chapters = [];
  const models = new StoryModels(index ? model_names(index) : ['two-layer'], change_models);
  const text_box = new TextBox(set_text);
  const first_text = () => examples[models.language]?.[0]?.text ?? '';

  text_box.write(history.state?.story ?? first_text());
  role('text').lang = models.language;
  for (const section of document.querySelectorAll('[data-chapter]'))
    chapters.push(new Chapter(section, { models: models.names, text: text_box.text, failure, on_choice: note }));
  const steps = new Steps(present());
  const undo_controls = new UndoControls({ undo: () => go_back(steps.undo()), redo: () => go_back(steps.redo()) });
  role('show-all').addEventListener('click', () => chapters.forEach((chapter) => chapter.show()));
  new Handout(() => [say('captionText', { text: text_box.text }), say('captionModel', { model: models.names.join(', ') })]);
  on_language(() => chapters.forEach((chapter) => chapter.speak()));
  addEventListener('pagehide', () => history.replaceState({ ...history.state, story: text_box.text }, ''));
  train_in_sight(models.names[2], failure);
  globalThis.pathscope = { chapters }; // for the console, and for the tests

  function set_text(text) {
    for (const chapter of chapters) chapter.set_text(text);
    note();
  }

  // A text that the visitor did not write gives way to one of the language.
  function change_models() {
    const is_example = ({ text }) => text === text_box.text;
    const written = !Object.values(examples).some((list) => list.some(is_example));
    show({ text: written ? text_box.text : first_text(), language: models.language, chosen: {} });
    note();
  }

  function show({ text, language, chosen }) {
    models.language = language;
    text_box.write(text);
    role('text').lang = language;
    for (const chapter of chapters)
      chapter.open({ models: models.names, text, chosen: chosen[chapter.name] ?? nothing_chosen });
  }

  // What can be undone: the text, the language of the models, what was chosen in each chapter.
  function present() {
    const chosen = Object.fromEntries(chapters.map((chapter) => [chapter.name, chapter.chosen]));
    return { text: text_box.text, language: models.language, chosen };
  }

  // What changes at one time, as the text does in all chapters, is one step.
  function note() {
    queueMicrotask(() => {
      steps.note(present());
      undo_controls.show(steps);
    });
  }

  function go_back(step) {
    if (step) show(step);
    undo_controls.show(steps);
  }
}

// The figure of the models that train is drawn by an explorer of some model's.
function train_in_sight(model, failure) {
  const live = new Live({ engine: import('./engine.js'), failure, on_open: null });
  const attach = async () => {
    try {
      live.attach((await lend(model)).scope);
    } catch (error) {
      failure.show(() => say('notLoaded', { reason: error.message }));
    }
  };
  when_in_sight(document.querySelector('[data-figure=live]'), attach, { rootMargin: near });
}
