// The induction and importance figures: their tables have the command's numbers, their controls and
// cuts change what is measured.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { in_sight, opening_text, root, state, withPage } from './browser.mjs';
import { withLab } from './lab_page.mjs';
import { cells, command, near } from './tables.mjs';

const previous_keys = 'L0H6>*:K'; // what the shipped model's induction heads read

const both_ran = ({ repeatsRun }) => repeatsRun.model && repeatsRun.companion;

export default {
  'the induction table has what came next, with and without the induction heads, as the command': () =>
    withLab(async (page) => {
      await in_sight(page, 'induction', ({ worked }) => worked.includes('heads'));
      const { positions } = await command('induction', '--text', opening_text);
      const expected = positions.filter(({ earlier }) => earlier !== null);
      assert(expected.length > 0, 'a token that stood before');
      const found = await cells(page, 'induction');
      assert.equal(found.length, expected.length);
      expected.forEach((place, i) => {
        const [position, , earlier, , probability, without, , weight] = found[i];
        assert.deepEqual([Number(position), Number(earlier)], [place.position, place.earlier]);
        near(Number(probability), place.probability, 'probability');
        near(Number(without), place.probability_without, 'without the heads');
        near(Number(weight), Math.max(...place.attention.map((each) => each.weight)), 'weight');
      });
    }),

  'cutting the keys from the previous-token head takes the second copy away, live': () =>
    withLab(async (page) => {
      await in_sight(page, 'induction', both_ran);
      const accuracy = async () => Number((await cells(page, 'induction-repeats', 'tfoot')).at(-1)[1]);
      const before = await accuracy();
      await page.evaluate((cut) => pathscope.explorer.set({ cuts: [cut] }), previous_keys);
      await in_sight(page, 'induction', both_ran);
      const cut = await command('induction', '--length', '32', '--sequences', '10', '--cut', previous_keys);
      near(await accuracy(), cut.accuracy_second, 'accuracy with the cut');
      assert(before > 0.9 && (await accuracy()) < before / 10, `${before}, ${await accuracy()}`);
    }),

  'on random tokens both models stand side by side, as the command has them': () =>
    withLab(async (page) => {
      await in_sight(page, 'induction', both_ran);
      await page.selectOption('[data-role=repeat-length]', '16');
      await in_sight(page, 'induction', both_ran);
      const random = ['induction', '--length', '16', '--sequences', '10', '--seed', '1'];
      const two = await command(...random);
      const one = await command(...random, '--model', join(root, 'models/one-layer'));
      const losses = await cells(page, 'induction-repeats');
      assert.equal(losses.length, 31);
      losses.forEach(([, loss, beside], i) => {
        near(Number(loss), two.loss_by_position[i], `loss at ${i}`);
        near(Number(beside), one.loss_by_position[i], `one layer's loss at ${i}`);
      });
      const foot = await cells(page, 'induction-repeats', 'tfoot');
      near(Number(foot.at(-1)[1]), two.accuracy_second, 'accuracy');
      near(Number(foot.at(-1)[2]), one.accuracy_second, "one layer's accuracy");
      const heads = await cells(page, 'induction-heads');
      two.heads.forEach((head, i) => near(Number(heads[i][1]), head.induction, head.head));
    }),

  'other random tokens are other ones': () =>
    withLab(async (page) => {
      await in_sight(page, 'induction', both_ran);
      await page.click('[data-role=repeat-others]');
      await page.selectOption('[data-role=repeat-blocks]', '1');
      await in_sight(page, 'induction', both_ran);
      const expected = await command('induction', '--length', '32', '--sequences', '1', '--seed', '2');
      const [[, first]] = await cells(page, 'induction-repeats');
      near(Number(first), expected.loss_by_position[0], 'the first loss');
    }),

  'the importance of terms is measured when it is asked for, as the command does, and can be stopped': () =>
    withPage({}, async (page) => {
      await in_sight(page, 'importance', ({ heldOut }) => heldOut > 0);
      assert.equal((await state(page)).importance, null);
      await page.click('[data-role=measure-text]');
      await in_sight(page, 'importance', ({ importance }) => importance.progress === 1);
      const expected = await command('importance', '--text', opening_text);
      const found = new Map((await cells(page, 'importance')).map(([name, nats]) => [name, Number(nats)]));
      const orders = [...found.values()].slice(0, 4);
      near(orders[0], expected.loss_uniform, 'uniform');
      expected.loss_by_order.forEach((loss, k) => near(orders[k + 1], loss, `order ${k}`));
      for (const { head, nats } of expected.heads) near(found.get(head), nats, head);
      for (const { path, nats } of expected.virtual) near(found.get(path.join(' → ')), nats, path);

      await page.click('[data-role=measure-held-out]');
      // Not until it is still: it measures on.
      await page.waitForFunction(() => pathscope.explorer.state().importance.progress > 0);
      await page.click('[data-role=measure-stop]');
      const stopped = (await state(page)).importance;
      assert(stopped.stopped && stopped.progress < 1);
      await page.waitForTimeout(500);
      assert.equal((await state(page)).importance.progress, stopped.progress);
    }),
};
