// Tables of what single tokens and heads say by their weights.
import { say } from '../words.js';
import { fill, ROWS } from './table.js';
import { token_label, token_node } from './token.js';

// What comes after a token, or nothing yet: {token, next: [{id, text, logit, log_prob, counted}]}.
export function fill_bigrams(table, bigrams) {
  if (!bigrams) return table.replaceChildren();
  const { token, next, correlation, pairs_counted } = bigrams;
  const names = { token: token_label(token) };
  const fit = { ...names, correlation: correlation?.toFixed(6), pairs: pairs_counted };
  fill(table, {
    caption: correlation === null ? say('bigramsCaption', names) : say('bigramsCaptionFit', fit),
    columns: [
      say('columnNext'),
      'id',
      say('columnLogit'),
      say('columnLogProbability'),
      say('columnCounted'),
    ],
    rows: next.map((other) => ({
      'data-id': other.id,
      'cells': [token_node(other), String(other.id), other.logit, other.log_prob, other.counted],
    })),
  });
}

// The pairs that were counted after it, likeliest first:
// {token, pairs: [{id, text, log_prob, counted}]}.
export function fill_bigram_pairs(table, bigrams) {
  if (!bigrams?.pairs.length) return table.replaceChildren();
  const { token, pairs, token_correlation } = bigrams;
  fill(table, {
    caption: say('pairsCaption', {
      token: token_label(token),
      correlation: token_correlation?.toFixed(6) ?? '–',
    }),
    columns: [say('columnNext'), 'id', say('columnCounted'), say('columnLogProbability')],
    rows: pairs.slice(0, ROWS).map((other) => ({
      'data-id': other.id,
      'cells': [token_node(other), String(other.id), other.counted, other.log_prob],
    })),
  });
}

// A head's strongest skip-trigrams, or nothing yet:
// {head, entries: [{source, destination, output, qk, ov, strength, kind}]}.
export function fill_skip_trigrams(table, trigrams) {
  if (!trigrams?.entries.length) return table.replaceChildren();
  fill(table, {
    caption: say('trigramsCaption', { head: trigrams.head }),
    columns: [
      say('columnSource'),
      say('columnDestination'),
      say('columnOutput'),
      'qk',
      'ov',
      say('columnStrength'),
      say('columnKind'),
    ],
    rows: trigrams.entries.map(({ source, destination, output, qk, ov, strength, kind }) => ({
      'data-source': source.id,
      'cells': [
        token_node(source),
        token_node(destination),
        token_node(output),
        qk,
        ov,
        strength,
        kind ? say(`kind${kind}`) : '',
      ],
    })),
  });
}

// One source's:
// {source: {source, destinations: [{id, text, qk}], outputs: [{..., ov}], lowest_outputs}}.
export function fill_source_token(table, trigrams) {
  if (!trigrams?.source) return table.replaceChildren();
  const { head, source, destinations, outputs, lowest_outputs } = trigrams.source;
  fill(table, {
    caption: say('sourceTokenCaption', { head, token: token_label(source) }),
    columns: [
      say('columnLooks'),
      'qk',
      say('columnRaises'),
      'ov',
      say('columnLowers'),
      'ov',
    ],
    rows: outputs.map((output, i) => ({
      cells: [
        token_node(destinations[i]),
        destinations[i].qk,
        token_node(output),
        output.ov,
        token_node(lowest_outputs[i]),
        lowest_outputs[i].ov,
      ],
    })),
  });
}

// Its crossed pairs: {crossed: {source, entries: [{destination, output, strength, counted}]}}.
export function fill_crossed(table, trigrams) {
  if (!trigrams?.crossed) return table.replaceChildren();
  const { source, entries } = trigrams.crossed;
  fill(table, {
    caption: say('crossedCaption', { head: trigrams.head, token: token_label(source) }),
    columns: [
      say('columnDestination'),
      say('columnOutput'),
      say('columnStrength'),
      say('columnCounted'),
    ],
    rows: entries.map(({ destination, output, strength, counted }) => ({
      cells: [token_node(destination), token_node(output), strength, counted],
    })),
  });
}

// What reached a query or a key: a list of heads, 'position' or 'bias'.
function side_label(side) {
  if (side === 'position') return say('sidePosition');
  if (side === 'bias') return say('bias');
  return side.join(' → ') || say('sideToken');
}

// 'Q', 'K' and 'QK' are names; the others are words.
function score_kind(kind) {
  return /^[QK]+$/.test(kind) ? kind : say(`scoreKind${kind}`);
}

function score_caption(key, { head, destination, source }, { tokens }) {
  return say(key, {
    head,
    destination: token_label(tokens[destination]),
    source: token_label(tokens[source]),
  });
}

// A score's terms, or nothing:
// {score, sum, terms: [{query_path, key_path, kind, score}], head, destination, source}.
export function fill_scores(table, scores, state) {
  if (!scores) return table.replaceChildren();
  const total = (name, value) => ({
    'data-row': name,
    'cells': [say(`row${name}`), '', '', value],
  });
  fill(table, {
    caption: score_caption('scoresCaption', scores, state),
    columns: [say('columnQuery'), say('columnKey'), say('columnKind'), say('columnScore')],
    rows: scores.terms.slice(0, ROWS).map(({ query_path, key_path, kind, score }) => ({
      cells: [side_label(query_path), side_label(key_path), score_kind(kind), score],
    })),
    foot: [total('Sum', scores.sum), total('Score', scores.score)],
  });
}

// The same as a grid of what wrote query and key last:
// {grid: {queries, keys, sums, query_sums, key_sums}}.
export function fill_score_grid(table, scores, state) {
  if (!scores) return table.replaceChildren();
  const { queries, keys, sums, query_sums, key_sums } = scores.grid;
  const written_out = { direct: say('sideToken'), position: say('sidePosition'), bias: say('bias') };
  const label = (name) => written_out[name] ?? name;
  fill(table, {
    caption: score_caption('scoreGridCaption', scores, state),
    columns: [say('columnQueryKey'), ...keys.map(label), say('columnSum')],
    rows: queries.map((query, i) => ({ cells: [label(query), ...sums[i], query_sums[i]] })),
    foot: [{ cells: [say('columnSum'), ...key_sums, scores.sum] }],
  });
}
