// Training live: runs in workers, as the controls, the figure and the tables have them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { address, patience, settled, state, to_top, withPage } from './browser.mjs';

const press = (page, name) => page.click(`[data-role=${name}]`);

const in_sight = (page) => to_top(page, 'live');

// The table's rows of a model: [{step, loss, accuracy_second, loss_second, scores, cuts}].
function rows(page, layers) {
  return page.$$eval(`table[data-table=live] tbody tr[data-layers="${layers}"]`, (all) =>
    all.map((row) => {
      const values = [...row.querySelectorAll('td')].map(
        (cell) => cell.querySelector('data')?.value ?? cell.textContent,
      );
      return {
        step: Number(values[0]),
        loss: values[1] === '' ? null : Number(values[1]),
        accuracy_second: Number(values[2]),
        loss_second: Number(values[3]),
        scores: values.slice(4, -1),
        cuts: values.at(-1),
      };
    }),
  );
}

// The rows once they are as `condition` says.
async function rows_when(page, layers, condition, within = patience) {
  const deadline = Date.now() + within;
  for (;;) {
    const found = await rows(page, layers);
    if (found.length && condition(found)) return found;
    assert(Date.now() < deadline, `never came true: ${condition}; last ${JSON.stringify(found.at(-1))}`);
    await page.waitForTimeout(100);
  }
}

const last = (list) => list.at(-1);
const rest = 3000; // ms: more than messages and tables wait, even on a busy machine

// Once `read` gives the same over a rest, it must do so over another.
async function at_rest(page, read) {
  const deadline = Date.now() + patience;
  for (let before = null; ; ) {
    const now = JSON.stringify(await read());
    if (now === before) break;
    assert(Date.now() < deadline, `no rest at ${now}`);
    before = now;
    await page.waitForTimeout(rest);
  }
  const held = await read();
  await page.waitForTimeout(rest);
  assert.deepEqual(await read(), held);
}

// The observer of the live section hears of nothing before hear_late(), and then of all at once.
const late_observer = `
  globalThis.IntersectionObserver = class extends IntersectionObserver {
    #late;
    constructor(hear, options) {
      const late = { of: false, heard: [] };
      super((entries, observer) => {
        if (!late.of) return hear(entries, observer);
        late.heard.push(...entries);
        globalThis.hear_late = () => hear(late.heard, observer);
      }, options);
      this.#late = late;
    }
    observe(node) {
      this.#late.of ||= node.matches('section[data-figure=live]');
      super.observe(node);
    }
  };`;

export default {
  'live runs learn in workers: two layers copy, one layer does not, and a pause holds them': () =>
    withPage({}, async (page) => {
      await in_sight(page);
      await press(page, 'live-go');
      const two = await rows_when(page, 2, (all) => last(all).accuracy_second > 0.9);
      assert(two[0].loss === null && two[0].step === 0, 'the run begins at step 0');
      assert(two[0].accuracy_second < 0.3);
      await press(page, 'live-go');
      const steps = async () => [last(await rows(page, 2)).step, last(await rows(page, 1)).step];
      await at_rest(page, steps);
      const one = await rows(page, 1);
      assert(last(one).step > 100 && one.every(({ accuracy_second }) => accuracy_second < 0.5));
      assert.equal(await page.textContent('[data-role=live-notice]'), '', 'a worker trains');
      assert(page.workers().length === 2, `${page.workers().length} workers`);
    }),

  'on a busy page, what comes into sight and is heard of late is drawn all the same': () =>
    // A browser tells an observer of several changes in one call when it was kept waiting.
    withPage({ init: late_observer }, async (page) => {
      await in_sight(page);
      await settled(page);
      await page.evaluate(() => hear_late());
      await press(page, 'live-step');
      await rows_when(page, 2, (all) => last(all).step === 1);
    }),

  'a live step is one step, and a fresh start begins at none with the same numbers': () =>
    withPage({}, async (page) => {
      await in_sight(page);
      await press(page, 'live-step');
      await rows_when(page, 2, (all) => last(all).step === 1);
      await press(page, 'live-step');
      const first = await rows_when(page, 2, (all) => last(all).step === 2);
      await page.click('[data-role=live-fresh]');
      await rows_when(page, 2, (all) => last(all).step > 4);
      await press(page, 'live-go');
      assert.equal((await rows(page, 2))[0].loss_second, first[0].loss_second);
      await page.fill('[data-role=live-seed]', '2');
      await page.click('[data-role=live-fresh]');
      await rows_when(page, 2, (all) => all[0].loss_second !== first[0].loss_second);
    }),

  'a head that is cut in a live run changes what the run tells, and the model opens with the cut': () =>
    withPage({}, async (page) => {
      await in_sight(page);
      for (let i = 1; i <= 2; i++) {
        await press(page, 'live-step');
        await rows_when(page, 2, (all) => last(all).step === i);
      }
      const before = last(await rows(page, 2));
      await page.click('[data-role=live-cuts] button[data-layers="2"] >> nth=1');
      const after = last(await rows_when(page, 2, (all) => last(all).cuts === 'L0H1'));
      assert.equal(after.step, before.step);
      assert.notEqual(after.loss_second, before.loss_second);
      await press(page, 'live-open');
      await page.waitForFunction(() => pathscope.info.config.d_vocab === 28);
      const { cuts, text, tokens } = await state(page);
      assert.deepEqual(cuts, ['L0H1']);
      assert.equal(text.length, 24);
      assert.equal(text.slice(0, 12), text.slice(12));
      assert.equal(tokens.length, 24);
      const told = await page.evaluate(() => pathscope.scope.induction(null, { cut: 'L0H1' }));
      assert.equal(told.accuracy_second, after.accuracy_second);
      assert(Math.abs(told.loss_second - after.loss_second) < 1e-6);
      assert.equal(String(told.heads[1].previous_token), after.scores[2]);
    }),

  'a live model opens in the other figures, and the model choice leads back': () =>
    withPage({}, async (page) => {
      await in_sight(page);
      await press(page, 'live-step');
      await rows_when(page, 2, (all) => last(all).step === 1);
      const model = await page.inputValue('[data-role=model]');
      await press(page, 'live-open');
      await page.waitForFunction(() => pathscope.info.config.d_vocab === 28);
      await page.waitForSelector('table[data-table=paths] tbody tr');
      assert.match(await page.$eval('[data-role=model] option:checked', (o) => o.textContent), /step 1$/);
      await in_sight(page);
      await press(page, 'live-step');
      await rows_when(page, 2, (all) => last(all).step === 2 && all.length === 3);
      await page.selectOption('[data-role=model]', model);
      await page.waitForFunction(() => pathscope.info.config.d_vocab > 1000);
      await in_sight(page);
      assert.equal(last(await rows_when(page, 2, (all) => all.length === 3)).step, 2);
    }),

  'a live run that was saved and restored goes on with the same numbers': () =>
    withPage({}, async (page) => {
      await in_sight(page);
      for (let i = 1; i <= 2; i++) {
        await press(page, 'live-step');
        await rows_when(page, 2, (all) => last(all).step === i);
      }
      const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'live-save')]);
      assert.equal(download.suggestedFilename(), 'model.safetensors');
      const path = await download.path();
      await press(page, 'live-step');
      const went_on = last(await rows_when(page, 2, (all) => last(all).step === 3));
      await page.setInputFiles('[data-role=live-file]', {
        name: 'model.safetensors',
        mimeType: 'application/octet-stream',
        buffer: readFileSync(path),
      });
      await rows_when(page, 2, (all) => all.length === 1 && all[0].step === 2);
      assert.equal((await rows(page, 1)).length, 0, 'the restored run is alone');
      await press(page, 'live-step');
      assert.deepEqual(last(await rows_when(page, 2, (all) => last(all).step === 3)), went_on);
    }),

  'a live run learns a text of one\'s own by its characters; one that is too short is refused': () =>
    withPage({}, async (page) => {
      await in_sight(page);
      await page.selectOption('[data-role=live-task]', 'text');
      await page.fill('[data-role=live-text]', 'too short');
      await press(page, 'live-go');
      await page.waitForFunction(() => /expected at least/.test(document.querySelector('[role=alert]').textContent));
      await page.fill('[data-role=live-text]', 'ein Satz, der wiederkehrt. '.repeat(8));
      await press(page, 'live-go');
      const all = await rows_when(page, 2, (found) => last(found).step >= 60);
      assert(last(all).loss < all.find(({ loss }) => loss !== null).loss);
    }),

  'a page on another origin trains in a worker too': async () => {
    const other = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><link rel="icon" href="data:,"><title>An article</title>');
    });
    await new Promise((done) => other.listen(0, '127.0.0.1', done));
    const article = `http://127.0.0.1:${other.address().port}/`;
    try {
      await withPage({ address: article, ready: false }, async (page) => {
        const told = await page.evaluate(async (engine) => {
          const { train } = await import(engine);
          const model = {
            n_layers: 1, d_model: 8, n_heads: 2, d_head: 4, n_ctx: 8, d_vocab: 9,
            normalization_type: null, positional_embedding_type: 'shortformer',
          };
          const reports = [];
          const onReport = ({ step }) => reports.push(step);
          const run = await train({ model, task: 'repeat', batch: 2, steps: 25 }, { onReport });
          await run.finished;
          run.free();
          return { inWorker: run.inWorker, reports };
        }, address('engine.js'));
        assert.deepEqual(told, { inWorker: true, reports: [0, 10, 20, 25] });
      });
    } finally {
      other.close();
      other.closeAllConnections();
    }
  },

  'a run that learns far too fast is drawn whatever its loss, the other figures stay, and a fresh start runs': () =>
    withPage({}, async (page) => {
      const rate = '[data-role=live-rate]';
      await in_sight(page);
      await page.$eval(rate, (select) => select.add(new Option('10', '10')));
      await page.selectOption(rate, '10');
      await press(page, 'live-go');
      const broken = await rows_when(page, 2, (all) => last(all).loss > 1e6);
      assert(broken.every(({ loss }) => loss === null || Number.isFinite(loss)), JSON.stringify(broken));
      await press(page, 'live-go');
      await settled(page);
      assert.equal(await page.inputValue('[data-role=model]'), 'two-layer');
      assert(Number.isFinite((await page.evaluate(() => pathscope.explorer.table('paths'))).logit));
      await page.selectOption(rate, '0.01');
      await press(page, 'live-fresh');
      await rows_when(page, 2, (all) => last(all).step > 60 && last(all).loss < 10);
      assert.equal((await page.textContent('[role=alert]')).trim(), '');
    }),

  'a run goes on while another page is in front': () =>
    withPage({}, async (page) => {
      await in_sight(page);
      await press(page, 'live-go');
      await rows_when(page, 2, (all) => last(all).step > 0);
      const other = await page.context().newPage();
      await other.bringToFront();
      const { step } = last(await rows(page, 2));
      await other.waitForTimeout(2000);
      await page.bringToFront();
      const now = await rows_when(page, 2, (all) => last(all).step > step);
      await press(page, 'live-go');
      await other.close();
      assert(now.every((row, i) => i === 0 || row.step > now[i - 1].step), 'the curve goes back');
    }),

  'where no worker starts a live run trains in slices on the page and says so': () =>
    withPage({ init: () => { globalThis.Worker = class { constructor() { throw new Error('no workers'); } }; } }, async (page) => {
      await in_sight(page);
      await press(page, 'live-go');
      await rows_when(page, 2, (all) => last(all).step >= 10);
      assert.match(await page.textContent('[data-role=live-notice]'), /slices/);
      await press(page, 'live-go');
    }),
};
