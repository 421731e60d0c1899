// The paper's claims on the page: measured when asked, beside a page that lives on, as the command has
// them.
import assert from 'node:assert/strict';
import { type, withPage } from './browser.mjs';
import { choose_language, english_left } from './language.mjs';
import { command } from './tables.mjs';

const start = '[data-role=measure-claims]';
const cancel = '[data-role=cancel-claims]';
const rows = 'table[data-table=claims] tbody tr';

function claimsTable(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('table[data-table=claims] tbody tr')].map((row) => ({
      id: row.dataset.claim,
      holds: JSON.parse(row.dataset.holds),
      words: row.cells[3].querySelector('.verdict').textContent,
      measured: Number(row.cells[1].querySelector('data')?.value ?? NaN),
      reason: row.cells[3].querySelector('.aside')?.textContent ?? null,
      figure: row.querySelector('a')?.getAttribute('href') ?? null,
    })),
  );
}

export default {
  'claims are measured when asked, while the page lives on, are the command’s, and change words alone with the language': () =>
    withPage({}, async (page) => {
      const fetched = [];
      page.on('request', (request) => fetched.push(request.url()));
      assert.equal(await page.locator(rows).count(), 0);
      await page.click(start);
      await page.waitForFunction(() => document.querySelector('[data-role=claims-progress]').value > 0);
      await type(page, 'one two three one two'); // and the figures follow
      assert.equal(await page.locator(rows).count(), 0, 'the measuring is over already');
      await page.waitForSelector(rows);
      for (const name of ['zero-layer', 'one-layer'])
        assert(fetched.some((url) => url.includes(`models/${name}/model.safetensors`)), name);
      const found = await claimsTable(page);
      const { claims: expected } = await command('claims');
      assert.deepEqual(
        found.map(({ id, holds }) => [id, holds]),
        expected.map(({ id, holds }) => [id, holds]),
      );
      const words = { true: '✓holds', false: '✗fails', null: '?cannot say' };
      for (const [i, { id, holds, words: said, measured, reason }] of found.entries()) {
        assert.equal(said, words[holds], id);
        const error = Math.abs(measured - expected[i].measured);
        assert(error <= 0.02 * Math.max(1, Math.abs(measured)), `${id}: ${measured}`);
        assert.equal(reason === null, expected[i].reason === null, id);
      }
      const count = (holds) => expected.filter((claim) => claim.holds === holds).length;
      assert.equal(
        await page.textContent('[data-role=claims-status]'),
        `${count(true)} hold, ${count(false)} fail, ${count(null)} cannot be said`,
      );
      // Rows lead to the figure that shows what they are about.
      assert(found.filter(({ figure }) => figure !== null).length > 10);
      await page.click('tr[data-claim=formation] a');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'training-title');
      assert.equal(new URL(page.url()).hash, '');
      const numbers = () => page.$$eval('[data-figure=claims] data', (nodes) => nodes.map((node) => node.value));
      const before = await numbers();
      assert(before.length > 20);
      await choose_language(page, 'zh-CN');
      assert.deepEqual(await numbers(), before);
      assert.match(await page.textContent('[data-role=claims-status]'), /条成立/);
      assert.match(await page.textContent('table[data-table=claims] tbody'), /残差流是各层写入内容之和/);
      assert.deepEqual(await english_left(page, '[data-figure=claims]'), []);
    }),

  'measuring claims can be given up, and another model begins without any': () =>
    withPage({}, async (page) => {
      await page.click(start);
      await page.waitForFunction(() => document.querySelector('[data-role=claims-progress]').value > 0);
      await page.click(cancel);
      await page.waitForSelector(start);
      assert.equal(await page.textContent('[data-role=claims-status]'), 'given up');
      assert.equal(await page.locator(rows).count(), 0);
      assert(await page.evaluate((name) => document.activeElement.matches(name), start));
      await page.click(start);
      await page.waitForSelector(cancel);
      await page.selectOption('[data-role=model]', 'zero-layer');
      await page.waitForFunction(() => pathscope.info.config.n_layers === 0);
      await page.waitForSelector(start);
      assert.equal(await page.locator(rows).count(), 0);
    }),
};
