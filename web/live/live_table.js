// The numbers of the live figure as tables: each run's steps, and the sequence that it reads now.
import { element } from '../element.js';
import { fill } from '../tables/table.js';
import { layers_label, say } from '../words.js';

// runs: [{layers, reports}], the last report of each with its sequence.
export function fill_live(table, runs) {
  const deepest = runs.reduce((best, run) => (run.layers > best.layers ? run : best));
  const heads = deepest.reports.at(-1)?.heads ?? [];
  fill(table, {
    caption: say('liveCaption'),
    columns: [
      say('columnModel'),
      say('columnStep'),
      say('columnLoss'),
      say('columnAccuracySecond'),
      say('columnLossSecond'),
      ...heads.flatMap(({ head }) => [
        `${head} ${say('columnPreviousToken')}`,
        `${head} ${say('columnInduction')}`,
      ]),
      say('columnCuts'),
    ],
    rows: runs.flatMap(({ layers, reports }) =>
      reports.map((report) => ({
        'data-layers': layers,
        'data-step': report.step,
        'cells': [
          layers_label(layers),
          element('data', { value: String(report.step) }, report.step.toLocaleString('en')),
          report.loss,
          report.accuracy_second,
          report.loss_second,
          ...heads.flatMap((_, i) => [
            report.heads[i]?.previous_token,
            report.heads[i]?.induction,
          ]),
          report.cuts.join(' '),
        ],
      })),
    ),
  });
}

export function fill_live_sequence(table, runs) {
  const read = runs.filter(({ reports }) => reports.at(-1)?.sequence);
  if (read.length === 0) return table.replaceChildren();
  fill(table, {
    caption: say('liveSequenceCaption'),
    columns: [
      say('columnPosition'),
      say('columnSymbol'),
      ...read.map(({ layers }) => say('columnLossOf', { model: layers_label(layers) })),
    ],
    rows: read[0].reports.at(-1).sequence.map(({ text }, i) => ({
      cells: [String(i), text, ...read.map(({ reports }) => reports.at(-1).sequence[i].loss)],
    })),
  });
}
