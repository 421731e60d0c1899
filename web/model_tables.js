// Tables of what is told of a model, whatever the text: its heads, and how it was trained.
import { fill } from './table.js';
import { say } from './words.js';

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

// {reports: [{tokens, valid_loss, loss_second, accuracy_second, heads}]}, or null.
export function fill_training(table, log) {
  if (!log) return table.replaceChildren();
  const best = (heads, score) =>
    heads.reduce((a, b) => (b[score] > a[score] ? b : a), { head: '', [score]: -1 });
  const cells = (heads, score) => {
    const head = best(heads, score);
    return heads.length ? [head.head, head[score]] : ['', ''];
  };
  fill(table, {
    caption: say('trainingCaption'),
    columns: [
      say('columnTokens'),
      say('columnHeldOut'),
      say('columnLossSecond'),
      say('columnAccuracySecond'),
      say('columnPreviousHead'),
      say('columnPrevious'),
      say('columnInductionHead'),
      say('columnInductionScore'),
    ],
    rows: log.reports.map(({ tokens, valid_loss, loss_second, accuracy_second, heads }) => ({
      cells: [
        tokens.toLocaleString('en'),
        valid_loss,
        loss_second,
        accuracy_second,
        ...cells(heads, 'previous_token'),
        ...cells(heads, 'induction'),
      ],
    })),
  });
}
