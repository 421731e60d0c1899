// Two models or two texts side by side.
import assert from 'node:assert/strict';
import { address, opening_text, withPage } from './browser.mjs';
import { command } from './tables.mjs';

const sides = ['left', 'right'];
const table = (side) => `[data-side=${side}] table[data-table=paths]`;
const logit = (page, side) => page.locator(`${table(side)} tfoot tr`).nth(1).locator('td.number').first().textContent();
const drawn = (page) => Promise.all(sides.map((side) => page.waitForSelector(`${table(side)} tfoot`, { state: 'attached' })));
const text = (page, i) => page.evaluate((side) => pathscope.sides[side].explorer?.state().text, i);
const near = async (found, model, words) => {
  const { logit: expected } = await command('paths', '--model', `models/${model}`, '--text', words);
  assert(Math.abs(Number(found) - expected) < 1e-3, `${found}, expected ${expected}`);
};

export default {
  'side by side two models read one text, or two, in the same figure, and a link brings them back': () =>
    withPage({ address: address('beside.html'), ready: false }, async (page) => {
      await drawn(page);
      await near(await logit(page, 'left'), 'two-layer', opening_text);
      await near(await logit(page, 'right'), 'one-layer', opening_text);
      await page.fill('[data-side=left] [data-role=text]', 'one two three one two');
      await page.waitForFunction(() => pathscope.sides[1].explorer.state().text === 'one two three one two');
      await page.uncheck('[data-role=same-text]');
      await page.fill('[data-side=right] [data-role=text]', 'a b a b');
      await page.waitForFunction(() => pathscope.sides[1].explorer.state().text === 'a b a b');
      assert.equal(await text(page, 0), 'one two three one two');
      await page.selectOption('[data-role=figure]', 'attention');
      for (const side of sides) await page.waitForSelector(`[data-side=${side}] [data-figure=attention]`, { state: 'attached' });
      await page.waitForFunction(() => pathscope.sides.every(({ explorer }) => explorer?.state().text));
      await page.click('[data-role=beside-share]');
      await page.waitForFunction(() => location.hash.includes('~'));
      await withPage({ address: page.url(), ready: false }, async (other) => {
        for (const side of sides) await other.waitForSelector(`[data-side=${side}] [data-figure=attention]`, { state: 'attached' });
        await other.waitForFunction(() => pathscope.sides.every(({ explorer }) => explorer?.state().text));
        assert.deepEqual([await text(other, 0), await text(other, 1)], ['one two three one two', 'a b a b']);
        assert.equal(await other.isChecked('[data-role=same-text]'), false);
      });
    }),
};
