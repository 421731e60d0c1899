// The page's words can be put into another language: none stands outside of the catalogue.
import assert from 'node:assert/strict';
import { type, withPage } from './browser.mjs';

export default {
  'every string of index.html has a name, by which another language replaces it': () =>
    withPage({ ready: false, replace: { '**/page.js': '' } }, async (page) => {
      const left = await page.evaluate(async () => {
        const { translate } = await import('./words.js');
        translate(document, new Proxy({}, { get: () => '§' }));
        const texts = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const { parentElement: parent, textContent } = walker.currentNode;
          // Names of things, what the page itself fills in, and what shows only if it has not begun.
          const kept = '[translate=no], strong, .not-started, [data-role=cut-count]';
          const filled = '[data-role=cut-term]';
          if (/\p{L}/u.test(textContent) && !parent.closest(`${kept}, ${filled}`))
            texts.push(textContent);
        }
        for (const node of document.querySelectorAll('[aria-label]')) {
          if (node.getAttribute('aria-label') !== '§') texts.push(node.getAttribute('aria-label'));
        }
        return texts;
      });
      assert.deepEqual(left, []);
    }),

  'what the page says while it runs comes from the catalogue': () =>
    withPage({}, async (page) => {
      await page.evaluate(async () => {
        const { translate } = await import('./words.js');
        translate(document, { empty: '请在上面输入文本。', count: '{tokens} / {n_ctx} 词元' });
      });
      await type(page, '');
      assert.equal(await page.textContent('[data-role=notices]'), '请在上面输入文本。');
      assert.equal(await page.textContent('[data-role=count]'), '0 / 256 词元');
    }),
};
