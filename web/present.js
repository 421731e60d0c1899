// A lesson before a class: steps of one figure each, a question first, then the figure, then what it
// shows. Keys and a clicker lead on; the pointer does nothing unless the presenter says so. The step
// stands in the address: #step=4&shown=2.
import { role } from './element.js';
import { Failure } from './failure.js';
import { LanguageChoice } from './language_choice.js';
import { fragment_of } from './link.js';
import { Loading } from './loading.js';
import { keep_for_offline } from './offline.js';
import { command_of } from './present/keys.js';
import { NotesWindow } from './present/notes_window.js';
import { Step } from './present/step.js';
import { language, on_language, say } from './words.js';
import { lend } from './shared_models.js';
import en from './lessons/en.js';
import zh_CN from './lessons/zh-CN.js';

const lessons = { 'en': en, 'zh-CN': zh_CN };
const negligible = 8; // pixels
const last_shown = 2; // 0: the question; 1: the figure too; 2: and what it shows

new LanguageChoice();
const failure = new Failure();
failure.clear();
const loading = new Loading();
const stage = role('lesson-stage'); // what scrolls
const place = role('lesson-place');
const notes = new NotesWindow({ told, on_led: obey });

let number = 0; // of the step, from 0
let shown = 0;
let size = 1; // of the figure, beside what fits the stage
let touched = false; // whether the figure is for the pointer too
let tables = false; // whether its numbers are shown as tables
let step = null;
let ahead = null; // a promise of what was lent for the next step

const run = {
  touch,
  tables: toggle_tables,
  notes: () => notes.toggle(),
  full: full_screen,
  leave: () => (touched ? allow_touch(false) : leave()),
};

for (const [name, clicked] of Object.entries({
  'lesson-next': () => go(1),
  'lesson-back': () => go(-1),
  'lesson-tables': toggle_tables,
  'lesson-touch': touch,
  'lesson-notes-open': () => notes.toggle(),
  'lesson-full': full_screen,
  'lesson-leave': leave,
})) role(name).addEventListener('click', clicked);
addEventListener('keydown', hear);
addEventListener('hashchange', () => open_address());
stage.addEventListener('scroll', mark_more, { passive: true });
new ResizeObserver(mark_more).observe(place);
new ResizeObserver(() => step.fit_anew()).observe(stage);
on_language(() => {
  open(number, shown);
  keep_lesson();
});
keep_lesson();
open_address();

function lesson() {
  return lessons[language()];
}

// All of its steps, before a class without a network.
function keep_lesson() {
  keep_for_offline([...new Set(lesson().map(({ model }) => `models/${model}/`)), 'models/data/']);
}

function open_address() {
  const [, at, phase] = /^#step=(\d{1,3})(?:&shown=(\d))?$/.exec(location.hash) ?? [null, 1, 0];
  open(Math.min(Math.max(1, Number(at)), lesson().length) - 1, Math.min(Number(phase ?? 0), last_shown));
}

// by: 1 or -1, a reveal on or back.
function go(by) {
  const to = number * (last_shown + 1) + shown + by;
  const most = lesson().length * (last_shown + 1) - 1;
  if (to < 0 || to > most) return;
  const [next, phase] = [Math.floor(to / (last_shown + 1)), to % (last_shown + 1)];
  if (next === number) reveal(phase);
  else open(next, phase);
}

// The same, but what a window does not show of a figure that was just revealed is scrolled to first.
function page(by) {
  const room = scrolled();
  const left = by > 0 ? room.scrollHeight - room.clientHeight - room.scrollTop : room.scrollTop;
  if (shown !== 1 || left <= negligible) go(by);
  else room.scrollBy({ top: by * Math.max(60, room.clientHeight - 60) });
}

async function open(to, phase) {
  step?.close();
  number = to;
  failure.clear();
  const told = lesson()[number];
  const opened = (step = new Step(told, {
    place,
    conclusion: role('lesson-conclusion'),
    enlarged: () => size * opened.fitting(Math.max(1, innerWidth / 1000), stage.clientHeight),
    on_read: tell_listeners,
  }));
  role('lesson-title').textContent = told.title;
  role('lesson-text').textContent = told.text ?? '';
  role('lesson-text').hidden = !told.text || Boolean(told.end);
  stage.scrollTop = document.scrollingElement.scrollTop = 0;
  allow_touch(false);
  opened.show_tables(tables);
  reveal(phase);
  globalThis.pathscope = { step }; // for the console, and for the tests
  try {
    await opened.open((progress) => step === opened && loading.show(progress));
    if (step === opened) prepare();
  } catch (error) {
    if (step !== opened) return;
    failure.show(() => say('notLoaded', { reason: error.message }), { name: () => say('tryAgain'), run: () => open(number, shown) });
  } finally {
    if (step === opened) loading.hide();
  }
}

function reveal(phase) {
  shown = phase;
  document.body.dataset.shown = shown;
  const fragment = `#step=${number + 1}&shown=${shown}`;
  try {
    if (location.hash !== fragment) history.replaceState(history.state, '', fragment);
  } catch {
    // A sandboxed frame may refuse: the lesson goes on without an address.
  }
  role('lesson-count').textContent = say('presentStep', { step: number + 1, steps: lesson().length });
  role('lesson-back').disabled = number === 0 && shown === 0;
  role('lesson-next').disabled = number === lesson().length - 1 && shown === last_shown;
  notes.tell();
  tell_listeners();
}

// For screen readers: what the figure is of, then what it shows.
function tell_listeners() {
  const said = [() => '', () => step.label, () => step.conclusion][shown]();
  if (role('lesson-said').textContent !== said) role('lesson-said').textContent = said;
}

// The next step's model: nobody waits for it in front of a class. One that does not come is told of
// when the step is opened.
async function prepare() {
  const before = ahead;
  const next = lesson()[number + 1];
  ahead = next ? lend(next.model).catch(() => null) : null;
  (await before)?.give_back();
}

function hear(event) {
  const command = command_of(event, { place, steps: lesson().length });
  if (!command) return;
  event.preventDefault();
  obey(command);
}

function obey(command) {
  if ('go' in command) go(command.go);
  else if ('page' in command) page(command.page);
  else if ('step' in command) open(command.step, 0);
  else if ('scroll' in command) scrolled().scrollBy({ top: command.scroll * 120 });
  else if ('enlarge' in command) enlarge(command.enlarge);
  else run[command.run]();
}

function enlarge(by) {
  size = Math.min(3, Math.max(0.4, size * by));
  step.request();
}

// The figure, or in a small window the page.
function scrolled() {
  return stage.scrollHeight > stage.clientHeight ? stage : document.scrollingElement;
}

// A sign says so where the figure goes on below the window's edge.
function mark_more() {
  stage.toggleAttribute('data-more', stage.scrollHeight - stage.clientHeight - stage.scrollTop > negligible);
}

function toggle_tables() {
  tables = !tables;
  role('lesson-tables').setAttribute('aria-pressed', String(tables));
  step.show_tables(tables);
  if (tables) place.querySelector('.tables')?.scrollIntoView({ block: 'nearest' });
}

function touch() {
  allow_touch(!touched);
}

function allow_touch(allowed) {
  // What is inert loses the focus only with the next frame; a key before that belongs to the lesson.
  if (!allowed && place.contains(document.activeElement)) document.activeElement.blur();
  touched = allowed;
  place.classList.toggle('touched', allowed);
  step.allow_touch(allowed);
  role('lesson-touch').setAttribute('aria-pressed', String(allowed));
}

async function full_screen() {
  const change = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
  await change?.catch(() => {}); // a frame may not
}

// To the instrument, with what is shown here.
async function leave() {
  const { view } = step;
  location.assign(`lab.html${(view && (await fragment_of(view))) ?? ''}`);
}

// What the speaker's notes say.
function told() {
  const { title, notes: said } = lesson()[number];
  return { lang: language(), step: number + 1, steps: lesson().length, title, notes: said, next: lesson()[number + 1]?.title ?? null };
}
