// engine.js without a page: the built site's engine on bytes, as in node.
//   node tests/api/engine.test.js [SITE [PATHSCOPE]]
// Answers are held to the command line's, types to engine.d.ts.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { run } from '../runner.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const site = resolve(process.argv[2] ?? join(root, 'build/site'));
const folder = join(root, 'models/two-layer');
const training_log = readFileSync(join(folder, 'log.jsonl'), 'utf8');
const command = resolve(process.argv[3] ?? join(root, 'build/native/pathscope'));
const { load, train } = await import(pathToFileURL(join(site, 'engine.js')));
const { Progress } = await import(pathToFileURL(join(site, 'download.js')));
const { well_formed } = await import('../../web/engine/answer.js');

const read = (path) => new Uint8Array(readFileSync(path));
const wasmBinary = read(join(site, 'pathscope.wasm'));
const model = {
  config: read(join(folder, 'config.json')),
  weights: read(join(folder, 'model.safetensors')),
  tokenizer: read(join(folder, 'tokenizer.json')),
};
const text = 'the cat sat on the mat. the cat';
const live_config = {
  model: {
    n_layers: 2, d_model: 32, n_heads: 2, d_head: 16, n_ctx: 32, d_vocab: 28,
    normalization_type: null, positional_embedding_type: 'shortformer',
  },
  task: 'repeat', batch: 16, steps: 60, learning_rate: 0.01, schedule: 'constant', warmup: 50, seed: 3,
};

// A live run, paused at its start, and what it has told.
async function with_run(config, options, use) {
  const reports = [];
  const live = await train(config, { paused: true, wasmBinary, ...options, onReport: (report) => reports.push(report) });
  try {
    return await use(live, reports);
  } finally {
    live.free();
  }
}

async function with_scope(use) {
  const scope = await load({ model, wasmBinary });
  try {
    await use(scope);
  } finally {
    scope.free();
  }
}

function by_command(name, ...options) {
  return JSON.parse(execFileSync(command, [name, '--model', folder, '--json', ...options], { maxBuffer: 1 << 28 }));
}

// Equal but for the last digits of numbers: the native program adds in another order.
function assert_close(found, expected, at = '') {
  if (typeof expected === 'number') {
    assert.ok(Math.abs(found - expected) <= 1e-4 + 1e-4 * Math.abs(expected), `${at}: ${found}, expected ${expected}`);
  } else if (expected !== null && typeof expected === 'object') {
    assert.deepEqual(Object.keys(found), Object.keys(expected), at);
    for (const key of Object.keys(expected)) assert_close(found[key], expected[key], `${at}.${key}`);
  } else {
    assert.equal(found, expected, at);
  }
}

// The members that engine.d.ts gives an interface.
function declared(name) {
  const types = readFileSync(join(root, 'web/engine.d.ts'), 'utf8');
  const body = new RegExp(`interface ${name}\\b[^{]*\\{\\n(.*?)\\n\\}`, 's').exec(types)[1];
  return new Set([...body.matchAll(/^  (?:readonly )?(\w+)\??[:(]/gm)].map(([, member]) => member));
}

function assert_declared(object, name) {
  const known = declared(name);
  for (const key of Object.keys(object)) assert.ok(known.has(key), `${name}.${key} is not in engine.d.ts`);
  return known;
}

const tests = {
  'analyses are the command line\'s, option for option': () => with_scope(async (scope) => {
    assert_close(await scope.info(), by_command('info'));
    assert_close(await scope.tokens(text), by_command('tokens', '--text', text));
    assert_close(await scope.logits(text, { top: 3 }), by_command('logits', '--text', text, '--top', '3'));
    assert_close(await scope.attention(text, { head: 'L1H5' }), by_command('attention', '--text', text, '--head', 'L1H5'));
    assert_close(await scope.composition(), by_command('composition'));
    assert_close(await scope.importance(text, { cut: 'L0H3' }), by_command('importance', '--text', text, '--cut', 'L0H3'));
    const { max_abs_error, ...paths } = await scope.paths(text, { position: 5, target: 300, against: 'mean', cut: ['L0H3'], sources: true });
    const { max_abs_error: error, ...expected } = by_command('paths', '--text', text, '--position', '5', '--target', '300', '--against', 'mean', '--cut', 'L0H3', '--sources');
    assert_close(by_path(paths), by_path(expected));
    assert.ok(max_abs_error < 1e-3 && error < 1e-3);
  }),
  'heads are named by what the command says of them': () => with_scope(async (scope) => {
    const { heads } = by_command('heads');
    const best = (score, among) => among.reduce((most, each) => (each[score] > most[score] ? each : most));
    const previous_token = best('previous_token', heads.filter(({ head }) => head.startsWith('L0'))).head;
    const induction = heads.filter(({ head, induction: score }) => head.startsWith('L1') && score > 0.4).map(({ head }) => head);
    const pairs = by_command('composition').pairs.filter(({ earlier, later }) => earlier === previous_token && induction.includes(later));
    assert.deepEqual(await scope.explore().read_heads(), {
      induction: best('k', pairs).later,
      previous_token,
      copying: heads.filter(({ copying }) => copying > 0.5).length,
    });
    await assert.rejects(scope.explore().read_heads(AbortSignal.abort(new Error('given up'))), /given up/);
  }),

  'scores and expansions are the command line\'s': () => with_scope(async (scope) => {
    const { terms, ...total } = await scope.scores(text, { head: 'L1H4', destination: 8, source: 1, cut: 'L0H3>*:K' });
    const { terms: expected, ...expected_total } = by_command('scores', '--text', text, '--head', 'L1H4', '--destination', '8', '--source', '1', '--cut', 'L0H3>*:K');
    assert_close(total, expected_total);
    const by_sides = (list) => Object.fromEntries(list.map((term) => [`${term.query_path} ${term.key_path}`, term]).sort(([a], [b]) => (a < b ? -1 : 1)));
    assert_close(by_sides(terms), by_sides(expected));
    assert_close(await scope.expansion('one two', { path: 'L0H4-L1H4' }), by_command('expansion', '--text', 'one two', '--path', 'L0H4-L1H4'));
    assert_close(await scope.expansion('one two'), by_command('expansion', '--text', 'one two'));
  }),
  'tables of tokens and induction are the command line\'s': () => with_scope(async (scope) => {
    const counts = JSON.stringify({ tokens: [5, 261], totals: [90, 80], next: [[1, 10, 261, 20, 300, 60], [5, 30]] });
    const place = mkdtempSync(join(tmpdir(), 'counts-'));
    writeFileSync(join(place, 'counts.json'), counts);
    const bigrams = by_command('bigrams', '--id', '5', '--top', '4', '--counts', join(place, 'counts.json'), '--pairs');
    rmSync(place, { recursive: true });
    assert_close(await scope.bigrams({ id: 5, top: 4, pairs: true, counts }), bigrams);
    assert_close(await scope.bigrams({ id: 5, top: 4, pairs: true, counts: new TextEncoder().encode(counts) }), bigrams);
    assert_close(await scope.skip_trigrams({ head: 'L0H4', top: 3 }), by_command('skip-trigrams', '--head', 'L0H4', '--top', '3'));
    assert_close(await scope.skip_trigrams({ head: 'L1H0', source_token: ' the', top: 3 }), by_command('skip-trigrams', '--head', 'L1H0', '--source-token', ' the', '--top', '3'));
    assert_close(await scope.induction(null, { length: 9, sequences: 2, seed: 4 }), by_command('induction', '--length', '9', '--sequences', '2', '--seed', '4'));
    assert_close(await scope.induction(text, { cut: 'L0H4>*:K' }), by_command('induction', '--text', text, '--cut', 'L0H4>*:K'));
  }),
  'heads have the command line\'s scores and eigenvalues': () => with_scope(async (scope) => {
    const [found, expected] = [(await scope.heads()).heads, by_command('heads').heads];
    for (const [h, { eigenvalues, ...scores }] of found.entries()) {
      const { eigenvalues: wanted, ...wanted_scores } = expected[h];
      assert_close(scores, wanted_scores, scores.head);
      for (const circuit of ['ov', 'qk']) {  // eigenvalues of nearly the same size may change places
        const size = Math.hypot(...wanted[circuit][0]);
        assert.equal(eigenvalues[circuit].length, wanted[circuit].length);
        for (const [re, im] of eigenvalues[circuit]) {
          const nearest = Math.min(...wanted[circuit].map(([x, y]) => Math.hypot(re - x, im - y)));
          assert.ok(nearest < 1e-3 * size, `${scores.head}: ${re} + ${im}i`);
        }
      }
    }
  }),
  'ids stand in for the text': () => with_scope(async (scope) => {
    const { tokens } = await scope.tokens(text);
    const ids = tokens.map(({ id }) => id);
    assert.deepEqual(await scope.logits(ids), await scope.logits(text));
    assert.deepEqual(await scope.logits(Int32Array.from(ids)), await scope.logits(text));
  }),
  'what goes wrong is an Error with a sentence that names it': () => with_scope(async (scope) => {
    const wrong = [
      [() => scope.paths(''), /empty/],
      [() => scope.paths('a', { position: 99 }), /99/],
      [() => scope.paths('a', { colour: 1 }), /colour/],
      [() => scope.tokens(5), /text/],
      [() => scope.logits(Array(300).fill(1)), /300.*256|256.*300/],
      [() => scope.attention('a', { head: 'L9H9' }), /L9H9/],
      [() => scope.scores('a', { head: 'L1H4', destination: 0 }), /source/],
      [() => scope.expansion('a', { path: 'L1H0-L0H1' }), /L0H1/],
      [() => scope.logits('a', { cut: 'L0H3>nowhere' }), /nowhere/],
      [() => load({ model: {} }), /weights/],
      [() => load({ model: 7 }), /model/],
      [() => load({ model: { ...model, weights: model.weights.slice(0, 1000) }, wasmBinary }), /model\.safetensors/],
      [() => load({ model: { ...model, config: new TextEncoder().encode('{') }, wasmBinary }), /config\.json/],
    ];
    for (const [work, named] of wrong) {
      await assert.rejects(work, (error) => error instanceof Error && named.test(error.message), String(work));
    }
  }),
  'a thousand errors leave the module as it was': () => with_scope(async (scope) => {
    const before = await scope.logits(text);
    for (let i = 0; i < 1000; i += 1) await assert.rejects(scope.paths('a', { position: 99 }));
    assert.deepEqual(await scope.logits(text), before);
  }),
  'lone surrogates are U+FFFD and take nothing with them': () => with_scope(async (scope) => {
    for (const [broken, whole] of [['a\ud800b', 'a\ufffdb'], ['\udc00x', '\ufffdx'], ['🤗\ud83e', '🤗\ufffd']]) {
      assert.equal(well_formed(broken), whole);
      assert.deepEqual(await scope.tokens(broken), await scope.tokens(whole));
    }
    assert.equal(well_formed('🤗 你好'), '🤗 你好');
  }),
  'an abort before or while loading rejects with the signal\'s reason': async () => {
    const reason = new Error('enough');
    await assert.rejects(load({ model, wasmBinary, signal: AbortSignal.abort(reason) }), reason);
    const late = new AbortController();
    const loading = load({ model, wasmBinary, signal: late.signal });
    late.abort(reason);
    await assert.rejects(loading, reason);
  },
  'a freed scope and its explorers say that they were freed': async () => {
    const scope = await load({ model, wasmBinary });
    const explorer = scope.explore();
    scope.free();
    scope.free();
    await assert.rejects(scope.info(), /freed/);
    assert.throws(() => explorer.state(), /freed/);
  },
  'an explorer tells its listeners of changes, and of nothing else': () => with_scope(async (scope) => {
    const explorer = scope.explore();
    let told = 0;
    explorer.addEventListener('change', () => { told += 1; });
    explorer.set({ text });
    assert.equal(told, 1);
    assert.throws(() => explorer.set({ text: 'x', position: 9 }), /position/);
    explorer.state();
    explorer.table('paths');
    assert.equal(told, 1);
    assert.equal(explorer.state().text, text);
    explorer.set({ cuts: ['L0H3'] });
    assert.equal(told, 2);
  }),
  'tables are slices of the analyses': () => with_scope(async (scope) => {
    const explorer = scope.explore();
    explorer.set({ text, position: 6, against: 'mean', cuts: ['L0H3'], head: 'L1H2' });
    const { target } = explorer.state();
    const { before, ...paths } = explorer.table('paths');
    const asked = { position: 6, target: target.id, against: 'mean' };
    assert.deepEqual(paths, await scope.paths(text, { ...asked, cut: 'L0H3', sources: true }));
    assert.deepEqual(before, await scope.paths(text, asked));
    const [{ pattern, scores }] = (await scope.attention(text, { head: 'L1H2', cut: 'L0H3' })).heads;
    const { sources } = explorer.table('attention');
    assert.deepEqual(sources.map(({ weight }) => weight), pattern[6].slice(0, 7));
    assert.deepEqual(sources.map(({ score }) => score), scores[6].slice(0, 7));
    explorer.set({ source: 2 });
    const { head, destination, source, grid, ...told } = explorer.table('scores');
    assert.deepEqual([head, destination, source, grid.keys.length], ['L1H2', 6, 2, 10]);
    assert.deepEqual(told, await scope.scores(text, { head, destination, source, cut: 'L0H3' }));
    const { id } = explorer.state().tokens[6];
    assert.deepEqual(explorer.table('bigrams'), await scope.bigrams({ id, top: 20, pairs: true }));
  }),
  'a training log is taken report by report, and what is none is refused by its line': () => with_scope(async (scope) => {
    const explorer = scope.explore();
    explorer.set({ trainingLog: training_log });
    const reports = training_log.trim().split('\n').map((line) => JSON.parse(line));
    assert.equal(explorer.state().trainingReports, reports.length);
    explorer.table('training').reports.forEach(({ tokens, accuracy_second, heads }, i) => {
      assert.equal(tokens, reports[i].tokens);
      assert(Math.abs(accuracy_second - reports[i].accuracy_second) < 1e-6);
      assert.deepEqual(heads.map(({ head }) => head), reports[i].heads.map(({ head }) => head));
    });
    assert.throws(() => explorer.set({ trainingLog: '{"tokens": "many"}' }), /line 1: tokens is "many"/);
    assert.equal(explorer.state().trainingReports, reports.length);
    assert.throws(() => explorer.set({ companionLog: training_log }), /no model stands beside/);
    assert.equal(explorer.table('training').companion, null);
    explorer.compare(scope);
    explorer.set({ companionLog: training_log });
    const { companion, ...own } = explorer.table('training');
    assert.deepEqual(companion, own);
  }),
  'a live run\'s steps are those of the native trainer, to a thousandth': () => with_run(live_config, {}, async (live, reports) => {
    for (let step = 5; step <= 60; step += 5) await live.step(5);
    await live.finished;
    const folder = mkdtempSync(join(tmpdir(), 'pathscope-'));
    try {
      writeFileSync(join(folder, 'train.json'), JSON.stringify({ ...live_config, report_every: 5 }));
      const lines = execFileSync(command, ['train', '--json', '--config', join(folder, 'train.json'), '--out', join(folder, 'model'), '--threads', '1']);
      const native = String(lines).trim().split('\n').map((line) => JSON.parse(line)).filter(({ step }) => step);
      assert.deepEqual(reports.map(({ step }) => step), [0, ...native.map(({ step }) => step)]);
      native.forEach((line, i) => {
        for (const key of ['loss', 'loss_first', 'loss_second']) {
          assert(Math.abs(reports[i + 1][key] - line[key]) < 1e-3 * line[key], `step ${line.step}: ${key} ${reports[i + 1][key]}, native ${line[key]}`);
        }
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }),
  'a live run runs, pauses and ends; its model is one like any other, and goes on': () => with_run({ ...live_config, steps: 20 }, {}, async (live, reports) => {
    assert.equal(live.inWorker, false);  // node has no Worker
    await live.resume();
    await live.finished;
    assert.equal(reports.at(-1).step, 20);
    const bytes = await live.model();
    const scope = await load({ model: { weights: bytes }, wasmBinary });
    const { accuracy_second, heads } = await scope.induction();
    assert.equal(accuracy_second, reports.at(-1).accuracy_second);
    assert.deepEqual(heads.map(({ induction }) => induction), reports.at(-1).heads.map(({ induction }) => induction));
    scope.free();
    await with_run(null, { bytes }, (again, told) => {
      assert.equal(told[0].step, 20);
      assert.equal(told[0].accuracy_second, accuracy_second);
      assert.deepEqual(again.config, live.config);
    });
  }),
  'what a live run is refused, it is refused with an Error': async () => {
    await assert.rejects(train({ ...live_config, batch: 'many' }, { wasmBinary }), /batch is "many"/);
    await assert.rejects(train(null, { bytes: model.weights, wasmBinary }), /holds no training run/);
    await assert.rejects(train({ ...live_config, task: 'text' }, { wasmBinary }), /needs a text/);
    const signal = AbortSignal.abort();
    await assert.rejects(train(live_config, { signal, wasmBinary }), { name: 'AbortError' });
    await with_run(live_config, {}, async (live) => {
      await assert.rejects(live.cut('L4H0'), /L4H0/);
      live.free();
      await assert.rejects(live.step(), /freed/);
    });
  },
  'engine.d.ts is TypeScript': () => {
    execFileSync('esbuild', [join(root, 'web/engine.d.ts'), '--log-level=warning'], { stdio: ['ignore', 'ignore', 'inherit'] });
  },
  'objects have the members that engine.d.ts declares': () => with_scope(async (scope) => {
    const explorer = scope.explore();
    explorer.set({ text, cuts: ['L0H3'], against: 'mean' });
    assert.deepEqual(new Set(Object.keys(explorer.state())), assert_declared(explorer.state(), 'State'));
    assert_declared(await scope.paths(text, { top: 2, against: 'mean' }), 'Paths');
    assert_declared((await scope.paths(text, { sources: true, cut: 'path:direct' })).terms.find(({ kind }) => kind === 'direct'), 'Term');
    assert_declared(await scope.logits(text, { full: true }), 'Logits');
    assert_declared(await scope.attention(text, {}), 'Attention');
    assert_declared(await scope.info(), 'Info');
    assert_declared(await scope.heads(), 'Heads');
    assert_declared(await scope.composition(), 'Composition');
    assert_declared(await scope.importance(text), 'Importance');
    assert_declared(await scope.scores(text, { head: 'L1H4', destination: 3, source: 1 }), 'Scores');
    assert_declared(await scope.expansion('a'), 'Expansion');
    assert_declared(await scope.bigrams({ id: 5, pairs: true }), 'Bigrams');
    assert_declared(await scope.skip_trigrams({ head: 'L1H0' }), 'SkipTrigrams');
    assert_declared(await scope.skip_trigrams({ head: 'L1H0', source: 5 }), 'SkipTrigrams');
    assert_declared(await scope.induction(null, { length: 4, sequences: 1 }), 'RepeatedInduction');
    assert_declared(await scope.induction(text), 'TextInduction');
    assert_declared(explorer.table('attention'), 'AttentionTable');
    assert.equal(await scope.training_log(), null);  // the model came as bytes
    assert.equal(await scope.bigram_counts(), null);
    assert.equal(explorer.table('training'), null);
    for (const figure of ['heads', 'composition', 'skip-trigrams']) assert.equal(explorer.table(figure), null, 'no figure has worked it out');
    explorer.set({ trainingLog: training_log });
    assert_declared(explorer.table('training'), 'TrainingTable');
    assert_declared(explorer.table('bigrams'), 'Bigrams');
    const { score, sum, terms, ...place } = explorer.table('scores');
    assert_declared({ score, sum, terms }, 'Scores');
    assert_declared(place, 'ScoresTable');
    await with_run(live_config, {}, (live, [report]) => {
      assert_declared(report, 'TrainReport');
      for (const member of declared('TrainingRun')) assert.notEqual(live[member], undefined, member);
    });
    for (const method of declared('Scope')) assert.equal(typeof scope[method], 'function', method);
    for (const method of declared('Explorer')) assert.equal(typeof explorer[method], 'function', method);
  }),
  'claims are the command line\'s, on the same set, text, counts and log': () => with_scope(async (scope) => {
    const files = (name) => Object.fromEntries(
      [['config', 'config.json'], ['weights', 'model.safetensors'], ['tokenizer', 'tokenizer.json']]
        .map(([part, file]) => [part, read(join(root, 'models', name, file))]));
    const set = await Promise.all(['zero-layer', 'one-layer'].map((name) => load({ model: files(name), wasmBinary })));
    const seen = [];
    const read_text = readFileSync(join(root, 'models/data/en.txt'), 'utf8').slice(0, 6000); // some windows of n_ctx
    const { claims, ...rest } = await scope.claims({
      set,
      text: read_text,
      counts: read(join(root, 'models/data/en-bigrams.json')),
      log: training_log,
      onProgress: (progress) => seen.push(progress),
    });
    for (const other of set) other.free();
    assert.deepEqual(rest, {});
    const known = new Set([...declared('Claim'), ...declared('ClaimNumber')]);
    for (const claim of claims) {
      assert.deepEqual(Object.keys(claim).filter((key) => !known.has(key)), []);
      for (const number of claim.also ?? []) assert.deepEqual(new Set(Object.keys(number)), declared('ClaimNumber'));
    }
    assert.ok(seen.length > 20 && seen.every((progress, i) => i === 0 || progress >= seen[i - 1]));
    assert.equal(seen.at(-1), 1);
    const expected = by_command('claims', '--text', read_text).claims;
    assert.deepEqual(claims.map(({ id, holds }) => [id, holds]), expected.map(({ id, holds }) => [id, holds]));
    for (const [i, { id, measured, layers }] of claims.entries()) {
      // Errors of rounding differ between the two programs; so do shares of what lies near a threshold.
      assert.ok(Math.abs(measured - expected[i].measured) <= 0.02 * Math.max(1, Math.abs(expected[i].measured)), `${id}: ${measured}, expected ${expected[i].measured}`);
      assert.equal(layers, expected[i].layers);
    }
  }),
  'measuring claims can be given up, and ends with its model': () => with_scope(async (scope) => {
    const controller = new AbortController();
    const reason = new Error('enough');
    await assert.rejects(scope.claims({ signal: controller.signal, onProgress: (progress) => progress > 0.1 && controller.abort(reason) }), reason);
    assert.equal((await scope.claims({ set: [] })).claims.length, 27);
    await assert.rejects(scope.claims({ text: 5 }), /text: expected/);
  }),
  'progress is never above the whole and never goes back': () => {
    const seen = [];
    const progress = new Progress((now) => seen.push(now));
    for (const [step, ...args] of [['arrived', 10], ['expect', 100], ['arrived', 60], ['arrived', 30], ['arrived', 50]]) progress[step](...args);
    assert.deepEqual(seen.map(({ loaded }) => loaded), [10, 10, 70, 100, 150]);
    assert.deepEqual(seen.map(({ total }) => total), [null, 100, 100, 100, null]);
  },
};

// Terms of nearly the same size may change places.
function by_path({ terms, ...rest }) {
  return { ...rest, terms: Object.fromEntries(terms.map((term) => [`${term.kind} ${term.path}`, term]).sort(([a], [b]) => (a < b ? -1 : 1))) };
}

// It gets what the page's suite leaves: claims take the longest, 45 s of a core.
const failed = await run(tests, { limit: 900000 });
process.exit(failed ? 1 : 0);
