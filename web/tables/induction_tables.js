// Tables of the induction figure: the text's tokens that stood there before, and random tokens that
// come twice.
import { say } from '../words.js';
import { fill, ROWS } from './table.js';
import { token_label } from './token.js';

// The command's JSON of a text, or null.
export function fill_induction(table, induction) {
  const places = (induction?.positions ?? []).filter(({ earlier }) => earlier !== null);
  if (!places.length) return table.replaceChildren();
  const best = (attention) =>
    attention.reduce((a, b) => (b.weight > a.weight ? b : a), { head: '', weight: null });
  fill(table, {
    caption: say('inductionCaption'),
    columns: [
      say('columnPosition'),
      say('columnToken'),
      say('columnBeforeAt'),
      say('columnCameNext'),
      say('columnProbability'),
      say('columnWithout'),
      say('columnLooker'),
      say('columnWeight'),
    ],
    rows: places.slice(0, ROWS).map((place) => {
      const looker = best(place.attention);
      return {
        'data-position': place.position,
        'cells': [
          String(place.position),
          token_label(induction.tokens[place.position]),
          String(place.earlier),
          token_label(place.next),
          place.probability,
          place.probability_without,
          looker.head,
          looker.weight,
        ],
      };
    }),
  });
}

// {model, companion}: the command's JSON of random tokens, or null. A row a position.
export function fill_repeats(table, repeats) {
  if (!repeats) return table.replaceChildren();
  const { model, companion } = repeats;
  const second = (name, value) => (companion ? [name, value] : [name]);
  const rows = model.loss_by_position.map((loss, i) => ({
    cells: [String(i), ...second(loss, companion?.loss_by_position[i] ?? null)],
  }));
  const sums = ['loss_first', 'loss_second', 'accuracy_second'].map((name) => ({
    'data-row': name,
    'cells': [say(name), ...second(model[name], companion?.[name])],
  }));
  fill(table, {
    caption: say('repeatsCaption', {
      blocks: model.sequences,
      length: model.length,
      seed: model.seed,
    }),
    columns: [say('columnPosition'), ...second(say('columnLoss'), say('columnLossCompanion'))],
    rows,
    foot: sums,
  });
}

// Every head's scores on them.
export function fill_repeat_heads(table, repeats) {
  if (!repeats?.model.heads.length) return table.replaceChildren();
  fill(table, {
    caption: say('repeatHeadsCaption'),
    columns: [
      say('columnHead'),
      say('columnInduction'),
      say('columnPreviousToken'),
      say('columnDuplicate'),
    ],
    rows: repeats.model.heads.map(({ head, induction, previous_token, duplicate_token }) => ({
      'data-head': head,
      'cells': [head, induction, previous_token, duplicate_token],
    })),
  });
}
