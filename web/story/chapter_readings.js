// Chapter by chapter: read({state, explorer, scope, info, config, heads, once}) gives {values, ifs,
// right, options?, cut?, heads?}, or null where it is asked again at once; ask(context) begins what takes long.
import { percent, signed } from '../number.js';
import { term_label } from '../tables/term.js';
import { token_node } from '../tables/token.js';
import { language } from '../words.js';

// A probability, or a part that may be below zero: '81 %', '−14 %'.
const share = (part) => `${part < -0.0005 ? '−' : ''}${percent(Math.log(Math.max(Math.abs(part), 1e-12)))} %`;
// 7e-6 -> '7 · 10⁻⁶'
function power_of_ten(value) {
  if (value === 0) return '0';
  const [factor, exponent] = value.toExponential(0).split('e');
  const raised = [...exponent.replace('+', '')].map((digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[digit]));
  return `${factor} · 10${raised.join('')}`;
}
const nats = (value) => value.toFixed(2);
// '26.6 million', '2660 万'
const millions = (tokens) =>
  language() === 'zh-CN' ? `${Math.round(tokens / 1e4)} 万` : `${(tokens / 1e6).toFixed(1)} million`;
const last_token = ({ tokens }) => (tokens.length ? token_node(tokens[tokens.length - 1]) : '…');

function top_of({ top, tokens, position }) {
  if (top.length === 0) return {};
  return {
    'top': token_node(top[0]),
    'top-probability': `${percent(top[0].log_prob)} %`,
    'last': token_node(tokens[position]),
  };
}

// Where the shown head looks from the position: the most attended source, and tokens to choose from.
function looks(explorer, state, head) {
  const row = state.tokens.length && state.head === head ? explorer.table('attention') : null;
  if (!row) return { values: {}, right: null };
  const falling = [...row.sources].sort((a, b) => b.weight - a.weight);
  const [most, second] = falling;
  const here = state.position;
  const among = new Set([most, second, row.sources[here], row.sources[here - 1], row.sources[0]].filter(Boolean).map(({ position }) => position));
  const options = [...among].slice(0, 4).sort((a, b) => a - b)
    .map((position) => ({ value: String(position), token: state.tokens[position] }));
  return {
    values: { 'most-token': token_node(most.token), 'most-weight': share(most.weight), 'last': last_token(state) },
    right: String(most.position),
    options,
  };
}

const tokens = {
  read: ({ state, config }) => ({
    values: { vocabulary: String(config.d_vocab), tokens: String(state.tokens.length), ...top_of(state) },
    right: 'vocabulary',
  }),
};

const zero_layers = {
  read: ({ state, explorer }) => {
    const { correlation, pairs_counted: counted, token_pairs_counted: of_token } = explorer.table('bigrams') ?? {};
    return {
      values: { ...top_of(state), correlation: typeof correlation === 'number' ? correlation.toFixed(3) : undefined },
      ifs: { rare: counted > 0 && of_token === 0 },
      right: 'no',
    };
  },
};

const one_head = {
  read: ({ state, explorer }) => looks(explorer, state, state.head),
};

const one_layer = {
  read: async ({ state, explorer, config, once, signal }) => {
    const found = state.worked.includes('skip-trigrams') ? explorer.table('skip-trigrams') : null;
    const heads = await once('heads', () => explorer.read_heads(signal));
    const pairs = found?.crossed?.entries ?? [];
    const pair = ({ destination, output }) => {
      const node = document.createElement('span');
      node.append(token_node(found.crossed.source), ' … ', token_node(destination), ' → ', token_node(output));
      return node;
    };
    return {
      values: {
        'heads': String(config.n_heads * config.n_layers),
        'copying-heads': String(heads.copying),
        ...(pairs.length ? { 'crossed-true': pair(pairs[0]), 'crossed-false': pair(pairs[pairs.length - 1]) } : {}),
      },
      ifs: { crossed: pairs.length > 0 },
      right: 'crossed',
    };
  },
};

const path_expansion = {
  read: ({ state, explorer }) => {
    const paths = state.tokens.length ? explorer.table('paths') : null;
    if (!paths) return { values: {}, right: null };
    const { terms, logit, max_abs_error: error } = paths;
    return {
      values: {
        paths: String(terms.length),
        target: token_node(state.target),
        logit: signed(logit),
        error: power_of_ten(error),
        largest: `${term_label(terms[0])} (${signed(terms[0].logit)})`,
      },
      right: String(terms.length),
    };
  },
};

const composition = {
  read: ({ state, explorer, heads, kept }) => {
    if (heads.induction && !kept.chosen) {
      kept.chosen = true; // the head whose score is told, until the visitor chooses
      explorer.set({ head: heads.induction });
      return null;
    }
    const found = state.worked.includes('composition') ? explorer.table('composition') : null;
    if (!found) return { values: {}, right: null };
    const above = (pair, kind) => pair[kind] - found.baseline[kind].mean;
    const strongest = found.pairs.reduce((best, pair) => (pair.k > best.k ? pair : best));
    const values = { 'strongest-k': `${strongest.earlier} → ${strongest.later}` };
    const pair = found.pairs.find(({ earlier, later }) => earlier === heads['previous-token'] && later === heads.induction);
    if (!pair) return { values, right: null };
    const kinds = ['q', 'k', 'v'];
    for (const kind of kinds) values[`pair-${kind}`] = signed(above(pair, kind), 3);
    return { values, right: kinds.reduce((best, kind) => (above(pair, kind) > above(pair, best) ? kind : best)) };
  },
};

// The induction head of the chapter before, where it looks at what came next the last time or the
// token is new; else the one that looks there most.
function looker_of(here, heads) {
  const known = heads.induction ?? null;
  const looking = here?.attention?.length ? here.attention : [{ head: known, weight: 1 }];
  const same = looking.find(({ head }) => head === known);
  if (same?.weight >= 0.5) return known;
  return looking.reduce((most, each) => (each.weight > most.weight ? each : most)).head;
}

const induction = {
  read: ({ state, explorer, heads, kept }) => {
    const table = state.tokens.length ? explorer.table('induction') : null;
    const here = table?.positions[state.position];
    // Until it is known who looks where, the strongest head on random tokens would be named in its place.
    if (!here && (state.tokens.length > 0 || !heads.induction)) return { values: {}, right: null };
    const looker = looker_of(here, heads);
    // The figure follows the text, until the visitor chooses a head.
    if (looker && state.head !== looker && (kept.looker ?? state.head) === state.head) {
      kept.looker = looker;
      explorer.set({ head: looker });
      return null;
    }
    const seen = looks(explorer, state, state.head);
    const repeats = state.repeatsRun.model ? explorer.table('induction-repeats') : null;
    const second = (run) => (run ? share(run.accuracy_second) : undefined);
    const cut = heads['previous-token'] ? `${heads['previous-token']}>*:K` : null;
    const repeated = typeof here?.probability_without === 'number';
    return {
      ...seen,
      heads: { ...heads, induction: state.head },
      values: {
        ...seen.values,
        ...(repeated
          ? { 'next-token': token_node(here.next), 'with': share(here.probability), 'without': share(here.probability_without) }
          : {}),
        'second-two': second(repeats?.model),
        'second-one': second(repeats?.companion),
      },
      ifs: { 'repeated': repeated, 'not-repeated': here !== undefined && !repeated, 'cut': cut !== null && state.cuts.includes(cut) },
      cut,
    };
  },
};

const virtual_heads = {
  ask: ({ explorer }) => {
    const { heldOut, importance } = explorer.state();
    if (heldOut > 1 && !importance?.heldOut) explorer.set({ importance: 'held-out' });
  },
  read: ({ state, explorer }) => {
    const { importance } = state;
    // The whole text takes a minute or more: what was read so far is told.
    const found = importance?.heldOut ? explorer.table('importance') : null;
    if (!found) return { values: {}, ifs: { measuring: true }, right: null };
    const { loss, loss_uniform: uniform, loss_by_order: orders } = found;
    const part = (orders[1] - orders[2]) / (uniform - loss);
    return {
      values: {
        'measured-on': String(Math.round(importance.progress * importance.tokens)),
        'virtual-share': share(part),
        'loss-uniform': nats(uniform),
        'loss-direct': nats(orders[0]),
        'loss-heads': nats(orders[1]),
        'loss': nats(loss),
      },
      ifs: { measured: true },
      right: part > 0.5 ? 'most' : part >= 0.15 ? 'some' : 'little',
    };
  },
};

const training = {
  read: ({ state, explorer }) => {
    const reports = state.trainingReports ? explorer.table('training').reports : [];
    if (reports.length === 0) return { values: {}, right: null };
    const best = ({ heads }) => Math.max(...heads.map((head) => head.induction));
    const passes = (score) => reports.find((report) => best(report) > score)?.tokens;
    const [from, to, all] = [passes(0.1), passes(0.5), reports[reports.length - 1].tokens];
    const formed = from !== undefined && to !== undefined;
    return {
      values: {
        'trained-on': millions(all),
        ...(formed ? { 'formed-from': millions(from), 'formed-to': millions(to) } : {}),
      },
      ifs: { formed },
      right: !formed ? null : to < 0.05 * all ? 'start' : to - from <= to / 3 ? 'window' : 'slowly',
    };
  },
};

const claims = {
  ask: ({ section, explorer }) => {
    section.addEventListener('measured', () => explorer.dispatchEvent(new Event('change')), { once: true });
    section.querySelector('[data-role=measure-claims]')?.click();
  },
  read: ({ section }) => {
    const held = [...section.querySelectorAll('tr[data-claim]')].map((row) => JSON.parse(row.dataset.holds));
    if (held.length === 0) return { values: {}, ifs: { measuring: true }, right: null };
    const count = (holds) => held.filter((each) => each === holds).length;
    const missing = held.length - count(true);
    return {
      values: { hold: String(count(true)), fail: String(count(false)), unknown: String(count(null)) },
      ifs: { measured: true },
      right: missing === 0 ? 'all' : missing < held.length / 4 ? 'most' : 'half',
    };
  },
};

export const readings = {
  tokens,
  'zero-layers': zero_layers,
  'one-head': one_head,
  'one-layer': one_layer,
  'path-expansion': path_expansion,
  composition,
  induction,
  'virtual-heads': virtual_heads,
  training,
  claims,
};
