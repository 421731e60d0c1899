// The figures' numbers as tables: always there for screen readers, for others on request. Each holds
// the same numbers as the same slice of the command's JSON.
import { element } from '../element.js';
import { exact } from '../number.js';
import { say } from '../words.js';
import { term_label, term_name } from './term.js';
import { sentence_nodes, token_label, token_node } from './token.js';

export const ROWS = 2000; // at most

// columns: [{name, key?}]; rows: arrays of nodes, strings or numbers, the first one being the row's
// header. foot: rows of the sum's kind, below.
export function fill(table, { caption, columns, rows, foot = [] }) {
  const cells = ([first, ...rest], row_attributes = {}) =>
    element('tr', row_attributes, row_head(first), ...rest.map(cell));
  table.replaceChildren(
    element('caption', {}, ...sentence_nodes(caption)),
    element(
      'thead',
      {},
      element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name))),
    ),
    element('tbody', {}, ...rows.map(({ cells: row, ...attributes }) => cells(row, attributes))),
    ...(foot.length
      ? [
          element(
            'tfoot',
            {},
            ...foot.map(({ cells: row, ...attributes }) => cells(row, attributes)),
          ),
        ]
      : []),
  );
}

// A token of blanks alone is no name for a row: there the signs that stand for them are text.
function row_head(first) {
  const blank = first instanceof Node && first.textContent.trim() === '';
  const signs = blank ? [...first.querySelectorAll('[data-shown]')].map((n) => n.dataset.shown) : [];
  return element('th', { scope: 'row' }, signs.length ? signs.join('') : first);
}

// A number's cell holds it as read by people, and whole in <data value>.
function cell(value) {
  if (typeof value === 'number') {
    return element(
      'td',
      { class: 'number' },
      element('data', { value: String(value) }, exact(value)),
    );
  }
  return element('td', {}, value ?? '');
}

function reading({ target, against }, against_token) {
  const names = {
    target: token_label(target),
    against: against_token ? token_label(against_token) : '',
  };
  if (against === 'mean') return say('readingMean', names);
  return say(against === null ? 'readingLogit' : 'readingToken', names);
}

// `paths`: the command's JSON of the current run, and in `before` that without cuts, where there are.
export function fill_paths(table, paths, state, against_token) {
  const { before } = paths;
  const logit_before = new Map((before?.terms ?? []).map((term) => [term_name(term), term.logit]));
  const with_before = (name, ...row) =>
    before ? [row[0], row[1], row[2], name, ...row.slice(3)] : row;
  const rows = paths.terms.slice(0, ROWS).map((term) => {
    const [source, part] = strongest(term.sources);
    return {
      'data-term': term_name(term),
      'cells': with_before(
        logit_before.get(term_name(term)),
        term_label(term),
        say(`termKind${term.kind}`),
        term.logit,
        source === null ? '' : place(source, state.tokens),
        part,
      ),
    };
  });
  const total = (name, of) => ({
    'data-row': name,
    'cells': with_before(before && of(before), say(`row${name}`), '', of(paths), '', ''),
  });
  const names = {
    reading: reading(state, against_token),
    destination: token_label(state.tokens[paths.position]),
  };
  const caption = say(before ? 'pathsCaptionCut' : 'pathsCaption', names);
  fill(table, {
    caption:
      paths.terms.length > ROWS
        ? say('pathsCaptionRows', { caption, rows: ROWS, terms: paths.terms.length })
        : caption,
    columns: with_before(
      say('columnBefore'),
      say('columnTerm'),
      say('columnKind'),
      say('columnLogit'),
      say('columnStrongest'),
      say('columnStrongestLogit'),
    ),
    rows,
    foot: [
      total('Sum', ({ sum }) => sum),
      total('Logit', ({ logit }) => logit),
      total('Error', ({ sum, logit }) => sum - logit),
      total('Worst', ({ max_abs_error }) => max_abs_error),
    ],
  });
}

// [source position, its part] of the largest part by size; [null, null] where a term has no sources.
function strongest(sources) {
  let best = [null, null];
  for (const { position, logit } of sources ?? []) {
    if (best[0] === null || Math.abs(logit) > Math.abs(best[1])) best = [position, logit];
  }
  return best;
}

function place(position, tokens) {
  return element('span', {}, `${position} `, token_node(tokens[position]));
}

// One term's parts, source by source; null clears the table.
export function fill_sources(table, term, state) {
  if (!term?.sources?.length) return table.replaceChildren();
  fill(table, {
    caption: say('sourcesCaption', { term: term_label(term) }),
    columns: [say('columnSource'), say('columnToken'), say('columnLogit')],
    rows: term.sources.slice(0, ROWS).map(({ position, logit }) => ({
      'data-position': position,
      'cells': [String(position), token_node(state.tokens[position]), logit],
    })),
  });
}

// The shown term's pattern and weights, or nothing: {path, target, sources: [{position, token,
// pattern, weight, logit}]}.
export function fill_expansion(table, expansion) {
  if (!expansion) return table.replaceChildren();
  const { path, target, sources } = expansion;
  fill(table, {
    caption: say('expansionCaption', {
      term: path.length ? path.join(' → ') : say('direct'),
      target: token_label(target),
    }),
    columns: [
      say('columnSource'),
      say('columnToken'),
      say('columnPattern'),
      say('columnW'),
      say('columnLogit'),
    ],
    rows: sources.slice(0, ROWS).map(({ position, token, pattern, weight, logit }) => ({
      'data-position': position,
      'cells': [String(position), token_node(token), pattern, weight, logit],
    })),
  });
}

// The likeliest next tokens, before and after the cut where there is one.
export function fill_next(table, state) {
  const cut = state.top.some(({ cut_log_prob }) => cut_log_prob !== undefined);
  const columns = [say('columnToken'), 'id', say('columnProbability'), say('columnLogProbability')];
  fill(table, {
    caption: say('nextCaption', { destination: token_label(state.tokens[state.position]) }),
    columns: cut
      ? [...columns, say('columnProbabilityCut'), say('columnLogProbabilityCut')]
      : columns,
    rows: state.top.map((token) => ({
      'data-id': token.id,
      'cells': [
        token_node(token),
        String(token.id),
        Math.exp(token.log_prob),
        token.log_prob,
        ...(cut ? [Math.exp(token.cut_log_prob), token.cut_log_prob] : []),
      ],
    })),
  });
}

// A head's row: {head, destination, sources: [{position, token, score, weight}]}.
export function fill_attention(table, { head, destination, sources }, state) {
  fill(table, {
    caption: say('attentionCaption', { head, destination: token_label(state.tokens[destination]) }),
    columns: [say('columnSource'), say('columnToken'), say('columnScore'), say('columnWeight')],
    rows: sources.slice(0, ROWS).map(({ position, token, score, weight }) => ({
      'data-position': position,
      'cells': [String(position), token_node(token), score, weight],
    })),
  });
}
