// The attributes of <path-scope> as a view, in the words of the URL's state; each wrong one gives a
// sentence.
import { figure_names } from '../figures.js';
import { language_of } from '../model_choice.js';
import { is_own } from '../own_models.js';
import { say } from '../words.js';

// What a view has when an attribute is not there.
const unset = { position: null, target: null, against: null, source: null, term: null, cuts: [], frozen: false };
export const view_attributes = ['text', 'ids', 'head', ...Object.keys(unset)];

export function figure_of(element) {
  const figure = element.getAttribute('figure') ?? 'paths';
  if (figure_names.includes(figure)) return figure;
  throw new Error(say('embedFigure', { found: figure, known: figure_names.join(', ') }));
}

export function model_of(element) {
  const model = element.getAttribute('model');
  return model === null || model === '' ? 'two-layer' : model;
}

// The language of a model of ours; English texts for others.
export function text_language(model) {
  return is_own(model) ? language_of(model) : 'en';
}

// The other way round: a view (link.js) as attributes.
export function attributes_of_view({ model, figure, change }) {
  const { text, ids, position, target, against, head, cuts, frozen } = change;
  const given = { figure, model, head, position, target, against, frozen, text: ids ? '' : text, ids: ids?.join(' '), cuts: cuts?.join(' ') };
  const said = ([, value]) => value !== undefined && value !== null && value !== '';
  return Object.fromEntries(Object.entries(given).filter(said));
}

// What explorer.set takes, an attribute each, in the order in which they are set: [{name, change}]
// with `error` in place of `change` where it is wrong. Of attributes that are not there only those in
// `missing` are among them.
export async function changes_of(element, scope, missing = []) {
  const changes = [];
  for (const name of view_attributes) {
    const value = element.getAttribute(name);
    if (value === null) {
      if (missing.includes(name) && name in unset) changes.push({ name, change: { [name]: unset[name] } });
      continue;
    }
    try {
      changes.push({ name, change: { [name]: await readers[name](value, scope) } });
    } catch (error) {
      changes.push({ name, error });
    }
  }
  return changes;
}

const readers = {
  text: (value) => value,
  ids: (value) => {
    if (!/^\s*\d+([\s,]+\d+)*\s*$/.test(value)) throw wrong('ids', value, 'embedIds');
    return value.match(/\d+/g).map(Number);
  },
  position: (value) => number('position', value),
  source: (value) => number('source', value),
  target: (value, scope) => token('target', value, scope),
  against: (value, scope) => (value === 'mean' ? value : token('against', value, scope)),
  head: (value) => {
    if (!/^L\d{1,3}H\d{1,3}$/.test(value)) throw wrong('head', value, 'embedHead');
    return value;
  },
  term: (value) => value,
  cuts: (value) => value.split(/[\s,;]+/).filter((cut) => cut !== ''),
  frozen: (value) => value !== 'false',
};

function number(name, value) {
  if (!/^\d{1,9}$/.test(value)) throw wrong(name, value, 'embedNumber');
  return Number(value);
}

// By its id or, where it is no number, by its text.
async function token(name, value, scope) {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const { tokens } = await scope.tokens(value);
  if (tokens.length === 1) return tokens[0].id;
  throw new Error(say('embedToken', { name, found: value, tokens: tokens.length }));
}

function wrong(name, found, key) {
  return new Error(say('embedWrong', { name, found: found.slice(0, 40), expected: say(key) }));
}
