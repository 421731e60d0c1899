// The choice of a model, by language and layers, the examples of each language, and the counted
// bigrams that go with a model. On a copy of the site where every model is the shipped one.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examples, ready, site, state, type, until, withPage } from './browser.mjs';
import { host } from './slow_host.mjs';

const named = (name, model, text, more = {}) => ({
  name: { en: name, zh: name },
  model,
  text,
  look_for: { en: `${name}: look here`, zh: name },
  ...more,
});
const two_languages = {
  en: [
    named('first', 'two-layer', 'one two three one two'),
    named('cut', 'two-layer', 'one two three one two', {
      position: 2,
      target: ' the',
      against: ' a',
      cuts: ['L0H4>*:K', 'L0H3'],
    }),
    named('shallow', 'one-layer', 'a b a'),
    named('of no model here', 'zero-layer', 'a'),
  ],
  zh: [named('zh first', 'zh/two-layer', '你好你'), named('zh second', 'zh/two-layer', '再见再')],
};
const counts = { tokens: [5, 261], totals: [90, 80], next: [[1, 10, 261, 20, 300, 60], [5, 30]] };

// A site of these models, in this order; list: its examples.
async function withSite({ models, list = two_languages, ...options }, test) {
  const folder = mkdtempSync(join(tmpdir(), 'pathscope-site-'));
  const link = (inner, outside) => symlinkSync(join(site, ...outside), join(folder, ...inner));
  for (const name of readdirSync(site))
    if (name !== 'models' && name !== 'assets') link([name], [name]);
  for (const name of ['models/zh', 'models/data', 'assets'])
    mkdirSync(join(folder, name), { recursive: true });
  link(['assets/fonts'], ['assets/fonts']);
  if (list) writeFileSync(join(folder, 'assets/examples.json'), JSON.stringify(list));
  for (const name of models) link(['models', name], ['models/two-layer']);
  const index = Object.fromEntries(models.map((name) => [name, { 'model.safetensors': 1 }]));
  index.counts = { 'two-layer': 'data/en-bigrams.json' };
  writeFileSync(join(folder, 'models/data/en-bigrams.json'), JSON.stringify(counts));
  writeFileSync(join(folder, 'models/index.json'), JSON.stringify({ module: {}, ...index }));
  const server = await host(folder);
  try {
    await withPage({ address: `${server.address}lab.html`, ...options }, test);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

async function opened(page, model) {
  await page.waitForFunction((name) => globalThis.pathscope?.model === name, model);
  await ready(page);
}

const options = (page, role) =>
  page.$$eval(`[data-role=${role}] option`, (list) => list.map(({ value }) => value));

const buttons = (page) => page.locator('[data-role=examples] button').allTextContents();

const set = ['two-layer', 'zh/two-layer', 'one-layer'];

export default {
  'models stand by their layers, and a single language is not asked for': () =>
    withSite({ models: ['two-layer', 'one-layer'] }, async (page) => {
      await opened(page, 'two-layer');
      assert.deepEqual(await options(page, 'model'), ['one-layer', 'two-layer']);
      assert(await page.isHidden('[data-role=model-language]'));
      assert.deepEqual(await buttons(page), ['first', 'cut', 'shallow']);
    }),

  'another language has its own models and examples; one that lacks the layers gives what it has': () =>
    withSite({ models: set }, async (page) => {
      await opened(page, 'two-layer');
      assert.deepEqual(await options(page, 'model-language'), ['en', 'zh']);
      await page.selectOption('[data-role=model-language]', 'zh');
      await opened(page, 'zh/two-layer');
      assert.deepEqual(await options(page, 'model'), ['zh/two-layer']);
      assert.deepEqual(await buttons(page), ['zh first', 'zh second']);
      assert.equal((await state(page)).text, '你好你', 'a text that nobody typed gives way');
      assert.match(await page.textContent('[data-role=look-for]'), /zh first/);
      assert.equal(await page.getAttribute('[data-role=text]', 'lang'), 'zh');

      await page.selectOption('[data-role=model-language]', 'en');
      await opened(page, 'two-layer');
      assert.equal((await state(page)).text, 'one two three one two');
      await page.selectOption('[data-role=model]', 'one-layer');
      await opened(page, 'one-layer');
      assert.equal((await state(page)).text, 'one two three one two', 'layers keep any text');
      assert(await page.isHidden('[data-role=look-for]'), 'it was said of the other model');
      await type(page, 'typed by hand');
      await page.selectOption('[data-role=model-language]', 'zh');
      await opened(page, 'zh/two-layer');
      assert.equal((await state(page)).text, 'typed by hand');
      await page.waitForFunction(() => history.state?.view?.model === 'zh/two-layer');
      await page.reload();
      await opened(page, 'zh/two-layer');
      assert.equal(await page.inputValue('[data-role=model-language]'), 'zh');
      assert.equal((await state(page)).text, 'typed by hand');
    }),

  'an example opens its model, takes over what it names, and says what to look at until edited': () =>
    withSite({ models: set }, async (page) => {
      await opened(page, 'two-layer');
      const sentence = '[data-role=look-for]';
      const pressed = () =>
        page.locator('[data-role=examples] [aria-pressed=true]').allTextContents();
      assert.equal(await page.textContent(sentence), 'first: look here');
      await page.click('[data-role=examples] >> text=shallow');
      await opened(page, 'one-layer');
      assert.equal((await state(page)).text, 'a b a');
      assert.equal(await page.textContent(sentence), 'shallow: look here');
      await page.click('[data-role=examples] >> text=cut');
      await opened(page, 'two-layer');
      await until(page, (now) => now.cuts.length === 2);
      const { position, target, targetChosen, against, top, cuts } = await state(page);
      assert.deepEqual([position, target.text, targetChosen], [2, ' the', true], top[0].text);
      const token = (id) => page.evaluate((n) => pathscope.vocabulary.token(n), id);
      assert.equal((await token(against)).text, ' a');
      assert.deepEqual(cuts, ['L0H4>*:K', 'L0H3']);
      assert.deepEqual(await pressed(), ['cut']);
      await page.waitForFunction(() => history.state?.view?.change.cuts.length === 2);
      await page.reload();
      await opened(page, 'two-layer');
      assert.deepEqual(await pressed(), ['cut'], 'a reload keeps it');
      await page.click('[data-role=examples] >> text=first');
      await until(page, (now) => now.cuts.length === 0 && now.against === null && !now.targetChosen);
      assert.deepEqual(await pressed(), ['first']);
      await type(page, 'one two three one two three');
      assert(await page.isHidden(sentence));
      assert.deepEqual(await pressed(), []);
    }),

  'without the file of examples the page opens with an empty box': () =>
    withSite({ models: set, list: null, ready: false, allow: /404/ }, async (page) => {
      await page.waitForFunction(() => globalThis.pathscope?.figures.paths?.frames > 0);
      assert(await page.isHidden('[data-role=examples]'));
      assert.match(await page.textContent('[data-role=notices]'), /Type a text/);
      await type(page, 'a text');
      assert((await page.locator('table[data-table=paths] tbody tr').count()) > 0);
    }),

  'counts come with a model of ours, once and when first asked for, unless others are given': () =>
    withSite({ models: set, allow: /404/ }, async (page) => {
      await opened(page, 'two-layer');
      const asked = [];
      page.on('request', (request) => /bigrams/.test(request.url()) && asked.push(request.url()));
      const ask = (options) =>
        page.evaluate(async (how) => {
          const { pairs_counted, correlation, next } = await pathscope.scope.bigrams(how);
          return { pairs_counted, correlation, counted: next.map(({ counted }) => counted) };
        }, { id: 5, top: 4096, ...options });
      for (let i = 0; i < 2; i++) {
        const { pairs_counted, correlation, counted } = await ask({});
        assert.equal(pairs_counted, 4);
        assert.equal(typeof correlation, 'number');
        assert.equal(counted.filter((value) => value !== null).length, 3);
      }
      assert.equal(asked.length, 1);
      assert.equal((await ask({ counts: null })).pairs_counted, 0);
      const given = JSON.stringify({ tokens: [5], totals: [20], next: [[1, 10]] });
      assert.equal((await ask({ counts: given })).pairs_counted, 1);
      const others = await page.evaluate(async () => {
        const { load } = await import('./engine.js');
        const asking = ['one-layer', './models/two-layer/'].map(async (model) =>
          (await (await load({ model })).bigrams({ id: 5 })).pairs_counted);
        return Promise.all(asking);
      });
      assert.deepEqual(others, [0, 0], 'a model without counts, and one from elsewhere');
      assert.equal(asked.length, 1);
    }),

  'every example that ships shows its text, its tokens and its cuts, on its model': () =>
    withPage({}, async (page) => {
      const models = await page.evaluate(async () =>
        Object.keys(await (await fetch('models/index.json')).json()),
      );
      for (const [language, list] of Object.entries(examples)) {
        const there = list.filter(({ model }) => models.includes(model));
        if (there.length === 0) continue;
        if (language !== 'en') await page.selectOption('[data-role=model-language]', language);
        for (const [i, example] of there.entries()) {
          await page.click(`[data-role=examples] button >> nth=${i}`);
          await opened(page, example.model);
          await page.waitForSelector(`[data-role=examples] button:nth-of-type(${i + 1})[aria-pressed=true]`);
          await until(page, (now, text) => now.text === text, example.text);
          const { cuts, target, position, tokens } = await state(page);
          assert.deepEqual(cuts, example.cuts ?? [], example.text);
          assert.equal(position, example.position ?? tokens.length - 1, example.text);
          const named = typeof example.target === 'number' ? target?.id : target?.text;
          if (example.target != null) assert.equal(named, example.target, example.text);
          assert.equal(await page.textContent('[data-role=look-for]'), example.look_for.en);
          assert.equal((await page.textContent('[role=alert]')).trim(), '');
        }
      }
    }),
};
