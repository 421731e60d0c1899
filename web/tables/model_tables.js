// Tables of what is told of a model, whatever the text: its heads, and how it was trained.
import { element } from '../element.js';
import { layers_label, say } from '../words.js';
import { fill, ROWS } from './table.js';

// Every head's scores, or nothing yet: [{head, copying, previous_token, induction, duplicate_token}].
export function fill_heads(table, heads) {
  if (!heads?.length) return table.replaceChildren();
  fill(table, {
    caption: say('headsCaption'),
    columns: [
      say('columnHead'),
      say('columnCopying'),
      say('columnPreviousToken'),
      say('columnInduction'),
      say('columnDuplicate'),
    ],
    rows: heads.map(({ head, copying, previous_token, induction, duplicate_token }) => ({
      'data-head': head,
      'cells': [head, copying, previous_token, induction, duplicate_token],
    })),
  });
}

// One head's, or nothing: {head, eigenvalues: {ov: [[re, im]], qk}}.
export function fill_eigenvalues(table, head) {
  if (!head) return table.replaceChildren();
  const { ov, qk } = head.eigenvalues;
  fill(table, {
    caption: say('eigenvaluesCaption', { head: head.head }),
    columns: ['#', 'OV Re', 'OV Im', 'QK Re', 'QK Im'],
    rows: ov.map((value, i) => ({ cells: [String(i + 1), ...value, ...qk[i]] })),
  });
}

// Every pair of heads, the strongest first, above chance; or nothing yet:
// {pairs: [{earlier, later, q, k, v}], baseline: {q: {mean}, k, v}}.
export function fill_composition(table, composition) {
  if (!composition?.pairs.length) return table.replaceChildren();
  const { pairs, baseline } = composition;
  const above = (pair, input) => (pair[input] === null ? null : pair[input] - baseline[input].mean);
  const rows = pairs.map((pair) => ({ pair, scores: ['q', 'k', 'v'].map((x) => above(pair, x)) }));
  rows.sort((a, b) => Math.max(...b.scores) - Math.max(...a.scores));
  fill(table, {
    caption: say('compositionCaption'),
    columns: [say('columnEarlier'), say('columnLater'), 'Q', 'K', 'V'],
    rows: rows.slice(0, ROWS).map(({ pair, scores }) => ({
      cells: [pair.earlier, pair.later, ...scores],
    })),
  });
}

// The command's JSON of a text, or null: the loss by order of terms, then each head, then each
// virtual head.
export function fill_importance(table, importance) {
  if (!importance) return table.replaceChildren();
  const { tokens, loss_uniform, loss_by_order, heads, virtual } = importance;
  const order = (name, loss) => ({ 'data-row': name, 'cells': [say(name), loss] });
  const names = ['orderDirect', 'orderHeads', 'orderVirtual'];
  fill(table, {
    caption: say('importanceCaption', { tokens }),
    columns: [say('columnTerm'), say('columnNats')],
    rows: [
      order('orderUniform', loss_uniform),
      ...loss_by_order.map((loss, k) =>
        names[k]
          ? order(names[k], loss)
          : { cells: [say('orderDeeper', { heads: k }), loss] },
      ),
      ...heads.map(({ head, nats }) => ({ 'data-term': head, 'cells': [head, nats] })),
      ...virtual.map(({ path, nats }) => ({
        'data-term': path.join('-'),
        'cells': [path.join(' → '), nats],
      })),
    ].slice(0, ROWS),
  });
}

// {n_layers, reports: [{tokens, valid_loss, in_context, loss_second, accuracy_second, heads}]}, or null.
export function fill_training(table, log) {
  if (!log) return table.replaceChildren();
  const best = (heads, score) =>
    heads.reduce((a, b) => (b[score] > a[score] ? b : a), { head: '', [score]: -1 });
  const cells = (heads, score) => {
    const head = best(heads, score);
    return heads.length ? [head.head, head[score]] : ['', ''];
  };
  fill(table, {
    caption: say('trainingCaption', { layers: layers_label(log.n_layers) }),
    columns: [
      say('columnTokens'),
      say('columnHeldOut'),
      say('columnInContext'),
      say('columnLossSecond'),
      say('columnAccuracySecond'),
      say('columnPreviousHead'),
      say('columnPrevious'),
      say('columnInductionHead'),
      say('columnInductionScore'),
    ],
    rows: log.reports.map(({ tokens, valid_loss, in_context, loss_second, accuracy_second, heads }) => ({
      cells: [
        element('data', { value: String(tokens) }, tokens.toLocaleString('en')),
        valid_loss,
        in_context,
        loss_second,
        accuracy_second,
        ...cells(heads, 'previous_token'),
        ...cells(heads, 'induction'),
      ],
    })),
  });
}
