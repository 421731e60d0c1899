// embed.html: one figure for an <iframe sandbox="allow-scripts">. The fragment says what it shows, as
// link.js writes it, with three fields of its own: e=1 (with the text box), l=LANGUAGE, d=light|dark.
// To its parent it tells {pathscope: 1, height} in CSS pixels, {pathscope: 1, ready: true} and
// {pathscope: 1, error: SENTENCE}; never what is typed. From it it takes {pathscope: 1, ask: 'height'}
// and {pathscope: 1, show: FRAGMENT}, which is read like a link.
import { element, role } from './element.js';
import { attributes_of_view } from './embed/view.js';
import { view_of } from './link.js';
import { say } from './words.js';
import './path-scope.js';

const swing = 2000; // ms between two heights that take turns
const own_fields = { e: /^[01]$/, l: /^[A-Za-z-]{2,20}$/, d: /^(light|dark)$/ };

const place = role('figure');
const failure = role('failure');
let told = []; // [{height, width, time}], the last two that the parent knows
let waiting = 0; // a timer
let shown = 0; // how many views there were

new ResizeObserver(() => tell_height_soon()).observe(place);
addEventListener('hashchange', () => show(location.hash));
addEventListener('message', hear);
show(location.hash);

async function show(fragment) {
  const number = ++shown;
  try {
    const view = (await view_of(fragment)) ?? { model: '', figure: '', change: { text: '' } };
    if (number !== shown) return;
    fail('');
    const figure = element('path-scope', attributes_of(view, fragment));
    figure.addEventListener('ready', () => tell({ ready: true }));
    figure.addEventListener('error', ({ message }) => tell({ error: message }));
    place.replaceChildren(figure);
  } catch (error) {
    place.replaceChildren();
    fail(say('embedLink', { reason: error.message }));
    tell({ error: failure.textContent });
  }
}

function attributes_of(view, fragment) {
  const { e, l, d } = fields_of(fragment);
  return { ...attributes_of_view(view), controls: e === '1', lang: l, theme: d ?? 'auto', loading: 'lazy' };
}

function fields_of(fragment) {
  const fields = new Map(fragment.slice(1).split('&').map((field) => field.split('=', 2)));
  const read = ([key, pattern]) => [key, pattern.test(fields.get(key) ?? '') ? fields.get(key) : undefined];
  return Object.fromEntries(Object.entries(own_fields).map(read));
}

function fail(sentence) {
  failure.textContent = sentence;
}

// Only our parent, only these, only as values.
function hear({ source, data }) {
  if (source !== parent || parent === window) return;
  if (data === null || typeof data !== 'object' || data.pathscope !== 1) return;
  if (data.ask === 'height') {
    told = [];
    tell_height_soon();
  }
  if (typeof data.show === 'string' && data.show.length <= 9000) show(data.show);
}

// Once things are quiet, and only a height that is new. A scroll bar that comes makes the figure
// narrower, and it may then be low enough to do without: between two such heights the higher one stays.
function tell_height_soon() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const height = Math.ceil(place.getBoundingClientRect().height + failure.getBoundingClientRect().height);
    const [before, last] = told.length > 1 ? told : [null, told[0]];
    if (height === last?.height || height === 0) return;
    const now = { height, width: innerWidth, time: performance.now() };
    const swings = before?.height === height && before.width === now.width && last.width === now.width;
    if (swings && height < last.height && now.time - before.time < swing) return;
    told = [last, now].filter((each) => each !== undefined);
    tell({ height });
  }, 50);
}

// Nothing here is secret, and the frame cannot know whose page it is in.
function tell(message) {
  if (parent !== window) parent.postMessage({ pathscope: 1, ...message }, '*');
}
