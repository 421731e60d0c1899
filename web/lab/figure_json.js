// What a figure shows as JSON: the answers of the command line's commands to which it comes down, each
// with the options that it was asked with. What the figure has worked out already is not worked out
// again: the explorer's tables hold these answers.
const most_numbers = 1e6; // of all terms' patterns; beyond that the shown term's alone
const n_bigrams = 20, n_of_source = 10; // as the explorer's tables have them

// subject: {model: its name, scope, explorer, claims: as measured, live: runs}; link: null where none
// leads to it. Null where there is nothing to tell yet.
export async function json_of(figure, subject, { link, made }) {
  const { model, explorer } = subject;
  const state = explorer.state();
  const answered = await answers[figure]({ ...subject, state, asked: asked_of(state) });
  const commands = answered.filter(({ answer }) => answer);
  if (commands.length === 0) return null;
  const own = figure === 'live'; // of no model and text of the page
  return { figure, model: own ? null : model, text: own ? null : state.text, link, made, commands };
}

// The text and cuts as options. Where its tokens are not what the text reads as, they are given.
function asked_of({ text, idsGiven, dropped, tokens, cuts, frozen }) {
  const ids = tokens.map(({ id }) => id);
  const cut = { cut: cuts, frozen };
  return { text: idsGiven || dropped > 0 ? { ids } : { text }, cut };
}

async function ask(scope, command, { text, ids, ...options }) {
  const answer = await scope[command](ids ?? text, options);
  return { command, options: { ...(ids ? { ids } : { text }), ...options }, answer };
}

const answers = {
  async 'paths'({ scope, explorer, state, asked }) {
    if (!explorer.table('paths')) return [];
    const { position, target, against, cuts } = state;
    const options = { ...asked.text, position, target: target.id, against, sources: true };
    const whole = { cut: [], frozen: false };
    return [
      await ask(scope, 'paths', { ...options, ...asked.cut }),
      ...(cuts.length ? [await ask(scope, 'paths', { ...options, ...whole })] : []),
      await ask(scope, 'logits', { ...asked.text, top: state.top.length, ...asked.cut }),
      ...(cuts.length ? [await ask(scope, 'logits', { ...asked.text, top: state.top.length, ...whole })] : []),
    ];
  },

  async 'attention'({ scope, explorer, asked }) {
    return explorer.table('attention') ? [await ask(scope, 'attention', { ...asked.text, ...asked.cut })] : [];
  },

  async 'expansion'({ scope, explorer, state, asked }) {
    const shown = explorer.table('expansion');
    if (!shown) return [];
    const numbers = explorer.table('paths').terms.length * state.tokens.length ** 2;
    const path = numbers <= most_numbers ? null : shown.path.join('-') || 'direct';
    return [await ask(scope, 'expansion', { ...asked.text, path, ...asked.cut })];
  },

  'scores'({ explorer, asked }) {
    const answer = explorer.table('scores');
    const { head, destination, source } = answer ?? {};
    return [{ command: 'scores', options: { ...asked.text, head, destination, source, ...asked.cut }, answer }];
  },

  'bigrams'({ explorer }) {
    const answer = explorer.table('bigrams');
    return [{ command: 'bigrams', options: { id: answer?.token.id, top: n_bigrams, pairs: true }, answer }];
  },

  'skip-trigrams'({ explorer }) {
    const table = explorer.table('skip-trigrams');
    if (!table) return [];
    const { source: of_source, crossed, ...strongest } = table;
    const { head, entries } = strongest;
    return [
      { command: 'skip-trigrams', options: { head, top: entries.length }, answer: strongest },
      { command: 'skip-trigrams', options: { head, source: of_source?.source.id, top: n_of_source }, answer: of_source && { ...of_source, crossed } },
    ];
  },

  'induction'({ explorer, state, asked }) {
    const repeats = explorer.table('induction-repeats');
    const options = { ...state.repeats, ...asked.cut };
    return [
      { command: 'induction', options: { ...asked.text, ...asked.cut }, answer: explorer.table('induction') },
      { command: 'induction', options, answer: repeats?.model },
      { command: 'induction', options: { ...state.repeats, model: 'the one beside' }, answer: repeats?.companion },
    ];
  },

  // The text may have changed since it was measured.
  'importance'({ explorer, state }) {
    const { heldOut, tokens } = state.importance ?? {};
    const options = { over: heldOut ? 'held-out text' : 'text', tokens };
    return [{ command: 'importance', options, answer: explorer.table('importance') }];
  },

  'heads': ({ explorer }) => [{ command: 'heads', options: {}, answer: explorer.table('heads') }],
  'composition': ({ explorer }) => [{ command: 'composition', options: {}, answer: explorer.table('composition') }],
  'training': ({ explorer }) => [{ command: 'train', options: {}, answer: explorer.table('training') }],
  'claims': ({ claims }) => [{ command: 'claims', options: {}, answer: claims && { claims } }],
  'live': ({ live }) => live.map(({ config, reports }) => ({ command: 'train', options: { config }, answer: { reports } })),
};
