// The instrument's figures as panels.
import assert from 'node:assert/strict';
import { ready, withPage } from './browser.mjs';

const order = (page) => page.$$eval('main > [data-figure]:not([hidden])', (sections) => sections.map(({ dataset }) => dataset.figure));
const button = (figure, name) => `[data-figure=${figure}] .panel-bar [aria-label^="${name}"]`;

export default {
  'figures are moved, folded and left out, the next visit finds them so, and they go back to where they were': () =>
    withPage({}, async (page) => {
      const first = await order(page);
      await page.focus(button('attention', 'move “Where the heads look” up'));
      await page.keyboard.press('Enter');
      assert.deepEqual((await order(page)).slice(0, 2), ['attention', 'paths']);
      assert.match(await page.evaluate(() => document.activeElement.ariaLabel), /down/);
      await page.click(button('bigrams', 'fold'));
      assert.equal(await page.isVisible('[data-figure=bigrams] canvas'), false);
      assert.equal(await page.isVisible('[data-figure=bigrams] h2'), true);
      await page.click('.panel-list summary');
      await page.uncheck('[data-role=panel-list] input[value=heads]');
      const arranged = await order(page);
      assert(!arranged.includes('heads'));
      await page.reload();
      await ready(page);
      assert.deepEqual(await order(page), arranged);
      assert.equal(await page.isVisible('[data-figure=bigrams] canvas'), false);
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await page.waitForTimeout(300);
      assert.equal(await page.evaluate(() => pathscope.figures.heads.frames), 0, 'a hidden figure was drawn');
      await page.click('.panel-list summary');
      await page.click('[data-role=panels-reset]');
      assert.deepEqual(await order(page), first);
      assert.equal(await page.isVisible('[data-figure=bigrams] canvas'), true);
    }),
};
