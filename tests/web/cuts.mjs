// Cuts: by clicking, by choosing, written out; before and after, undo and redo.
import assert from 'node:assert/strict';
import { cut_example, opening_text, settled, state, until } from './browser.mjs';
import { withLab } from './lab_page.mjs';
import { seek } from './pointer.mjs';
import { assertSameTerms, command, near, nextTable, pathsTable } from './tables.mjs';

const text = opening_text;

const write = async (page, cut) => {
  if (!(await page.isVisible('[data-role=cut]'))) await page.click('[data-role=cut-count]');
  await page.fill('[data-role=cut]', cut);
  await page.keyboard.press('Enter');
};

async function assertCut(page, before, ...options) {
  const after = await command('paths', '--text', text, '--target', String(before.target.id), ...options);
  const table = await pathsTable(page);
  assertSameTerms(table, after);
  const logits = new Map(
    before.terms.map((term) => [term.path.join('-') || term.kind, term.logit]),
  );
  for (const { term, before: logit } of table.rows) near(logit, logits.get(term), `${term} before`);
}

export default {
  'with the cut tool a click on a term cuts it, with before and after side by side': () =>
    withLab(async (page) => {
      const before = await command('paths', '--text', text);
      await page.click('[data-role=cut-tool]');
      const place = await seek(page, 'paths', ({ hovered }) => hovered !== null);
      await page.mouse.click(place.x, place.y);
      await until(page, (now) => now.cuts.length === 1);
      const { cuts } = await state(page);
      assert.equal(
        await page.getAttribute('[data-role=cut-list] li', 'title'),
        cuts[0],
      );
      await assertCut(page, before, '--cut', cuts[0]);
      // What is read is the same token before and after.
      assert.equal(await page.inputValue('[data-role=target]'), `${before.target.text} (the uncut top)`);
      await page.click('[data-role=undo]');
      await until(page, (now) => now.cuts.length === 0);
      assertSameTerms(await pathsTable(page), before);
      await page.click('[data-role=redo]');
      await until(page, (now) => now.cuts.length === 1);
    }),

  'a cut that is written out is made, and says what it does to the next token': () =>
    withLab(async (page) => {
      const before = await command('paths', '--text', text);
      const [cut] = cut_example.cuts;
      await write(page, cut);
      await until(page, (now) => now.cuts.length === 1);
      await assertCut(page, before, '--cut', cut);
      const [first] = await nextTable(page);
      const { logits } = await command('logits', '--text', text, '--cut', cut, '--full');
      const after = logits.at(-1);
      const most = Math.max(...after);
      const total = after.reduce((sum, logit) => sum + Math.exp(logit - most), 0);
      near(first.cut, Math.exp(after[first.id] - most) / total, 'its probability with the cut');
      assert(first.cut < first.probability, 'the induction heads have lost their key');
      const { cutLoss } = await state(page);
      const whole = await command('loss', '--text', text), without = await command('loss', '--text', text, '--cut', cut);
      near(cutLoss.whole, whole.loss, 'the loss of the text');
      near(cutLoss.cut, without.loss, 'and with the cut');
      assert.match(
        await page.textContent('[data-role=cut-loss]'),
        new RegExp(`${cutLoss.whole.toFixed(2)}.*${cutLoss.cut.toFixed(2)}`),
      );
      assert.equal(await page.inputValue('[data-role=cut]'), '');
    }),

  'patterns that stay as they were make another cut': () =>
    withLab(async (page) => {
      const before = await command('paths', '--text', text);
      await write(page, 'L0H4');
      await page.check('[data-role=frozen]');
      await until(page, (now) => now.frozen && now.cuts.length === 1);
      await assertCut(page, before, '--cut', 'L0H4', '--frozen');
    }),

  'a path that is chosen from the list is cut and mended with the same button': () =>
    withLab(async (page) => {
      await page.click('[data-role=cut-count]');
      await page.selectOption('[data-role=term]', 'L0H3-L1H5');
      await until(page, (now) => now.pinned === 'L0H3-L1H5');
      await page.click('[data-role=cut-term]');
      await until(page, (now) => now.cuts[0] === 'path:L0H3-L1H5');
      const { rows } = await pathsTable(page);
      near(rows.find(({ term }) => term === 'L0H3-L1H5').logit, 0, 'the path that is cut');
      await page.click('[data-role=cut-term]');
      await until(page, (now) => now.cuts.length === 0);
    }),

  'a path and a head are cut under names that differ, which can be written as they are read': () =>
    withLab(async (page) => {
      const names = async () =>
        (await page.locator('[data-role=cut-list] li').allTextContents()).map((name) =>
          name.replace('×', ''),
        );
      await write(page, 'path L1H6');
      await write(page, 'l1h6');
      await write(page, 'direct');
      await write(page, 'L0H3 → L1H5');
      await write(page, 'l0h4>*:k');
      await until(page, (now) => now.cuts.length === 5);
      assert.deepEqual((await state(page)).cuts, [
        'path:L1H6',
        'L1H6',
        'path:direct',
        'path:L0H3-L1H5',
        'L0H4>*:K',
      ]);
      assert.deepEqual(await names(), [
        'path L1H6',
        'head L1H6',
        'path direct',
        'path L0H3 → L1H5',
        'keys: L0H4 → all later heads',
      ]);
    }),

  'one cut of several is mended in the list': () =>
    withLab(async (page) => {
      await write(page, 'L0H4');
      await write(page, 'L1H0>logits');
      await until(page, (now) => now.cuts.length === 2);
      assert.equal(await page.textContent('[data-role=cut-count]'), 'cuts (2)');
      await page.click('[data-role=cut-list] button >> nth=0');
      await until(page, (now) => now.cuts.length === 1 && now.cuts[0] === 'L1H0>logits');
    }),

  'a cut that the model does not have is refused in a sentence': () =>
    withLab(async (page) => {
      await write(page, 'L7H9');
      await page.waitForSelector('[role=alert] p');
      const sentence = await page.textContent('[role=alert] p');
      assert.match(sentence, /L7H9/);
      assert.equal(await page.inputValue('[data-role=cut]'), 'L7H9', 'it can be mended');
      await settled(page);
      assert.deepEqual((await state(page)).cuts, []);
      await write(page, 'L0H4');
      await until(page, (now) => now.cuts.length === 1);
      assert.equal((await page.textContent('[role=alert]')).trim(), '');
    }),
};
