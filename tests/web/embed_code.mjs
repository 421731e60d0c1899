// The page's "embed": what it gives to copy works in an article.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { shown, terms, withArticle } from './articles.mjs';
import { patience, settled, state, type, withPage } from './browser.mjs';
import { near } from './tables.mjs';

const clipboard = `Object.defineProperty(navigator, 'clipboard', {
  value: { writeText: async (text) => { window.copied = text; } },
});`;
const text = 'She said "a & b" <i>\n\tnow, "a & b';

// The code of each kind, for the figure.
async function codes(page, figure) {
  await page.click(`[data-figure=${figure}] [data-role=embed]`);
  const found = {};
  for (const kind of ['element', 'frame', 'markdown', 'picture']) {
    await page.click(`[data-role=embed-dialog] label:has([value=${kind}])`);
    await page.waitForTimeout(200);
    await page.evaluate(() => (window.copied = null));
    await page.click('[data-role=embed-copy]');
    await page.waitForFunction(() => window.copied !== null);
    found[kind] = await page.evaluate(() => window.copied);
  }
  return found;
}

export default {
  'the embed code of an element and of a frame shows the same view in an article': () =>
    withPage({ init: clipboard }, async (page) => {
      await type(page, text);
      for (const change of [{ position: 5 }, { against: 'mean' }, { cuts: ['L0H1>*:Q', 'L0H4'] }, { frozen: true }])
        await page.evaluate((one) => pathscope.explorer.set(one), change);
      await settled(page);
      const { tokens, target } = await state(page);
      const expected = await page.$$eval('[data-figure=paths] table[data-table=paths] tbody tr', (rows) =>
        Object.fromEntries(rows.map((row) => [row.dataset.term, Number(row.querySelector('data').value)])),
      );
      const { element, frame, markdown, picture } = await codes(page, 'paths');
      await withArticle(element, { allow: /404/ }, async (article) => {
        await shown(article);
        const seen = await article.$eval('path-scope', ({ explorer }) => explorer.state());
        assert.equal(seen.text, text);
        assert.deepEqual([seen.position, seen.against, seen.cuts, seen.frozen], [5, 'mean', ['L0H1>*:Q', 'L0H4'], true]);
        assert.deepEqual([seen.tokens.length, seen.target.id], [tokens.length, target.id]);
        const found = await terms(article);
        for (const [term, logit] of Object.entries(expected)) near(found[term], logit, term);
        assert.equal(await article.getAttribute('path-scope img', 'alt'), picture);
        assert.equal(await article.locator('path-scope > table tr').count(), 7);
      });
      await withArticle(frame, {}, async (article) => {
        const [, inner] = article.frames();
        await inner.waitForSelector('path-scope table[data-table=paths] tbody tr', { state: 'attached', timeout: patience });
        assert.equal(await inner.$eval('path-scope', ({ explorer }) => explorer.state().text), text);
        await article.waitForFunction(() => document.querySelector('iframe').offsetHeight > 600, null, { timeout: patience });
        assert.equal(await article.getAttribute('iframe', 'title'), picture);
      });
      const [, alt, file, link] = /^\[!\[(.*)\]\((paths\.png)\)\]\((http\S+)\)$/.exec(markdown);
      assert(alt.length > 20 && file === 'paths.png');
      await withPage({ address: link }, async (other) => {
        assert.equal((await state(other)).text, text);
      });
    }),

  'the reader’s box, the words for the picture and the picture itself are had on request': () =>
    withPage({ init: clipboard }, async (page) => {
      await page.click('[data-figure=attention] [data-role=embed]');
      await page.click('label:has([data-role=embed-controls])');
      await page.fill('[data-role=embed-alt]', 'Heads & "where" they look');
      const code = () => page.inputValue('[data-role=embed-code]');
      await page.waitForTimeout(200);
      assert.match(await code(), / controls>/);
      assert.match(await code(), /alt="Heads &amp; &quot;where&quot; they look"/);
      await page.click('label:has([value=frame])');
      await page.waitForTimeout(200);
      assert.match(await code(), /&amp;e=1&amp;z=/);
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-role=embed-save]')]);
      assert.equal(download.suggestedFilename(), 'attention.png');
      const { width, height, data } = PNG.sync.read(readFileSync(await download.path()));
      assert(width > 600 && height > 300);
      assert(data.every((value, i) => i % 4 !== 3 || value === 255), 'no hole in it');
      assert(new Set(new Uint32Array(data.buffer, data.byteOffset, width * height)).size > 50, 'it is a picture of something');
      await page.keyboard.press('Escape');
      assert(await page.isHidden('[data-role=embed-dialog]'));
    }),

  'what a link cannot hold is said, and the claims have their code too': () =>
    withPage({ init: clipboard }, async (page) => {
      let seed = 1;
      const letter = () => String.fromCodePoint(0x4e00 + ((seed = (seed * 48271) % 2147483647) % 20000));
      await type(page, Array.from({ length: 1500 }, letter).join(''));
      await page.click('[data-figure=claims] [data-role=embed]');
      await page.waitForFunction(() => document.querySelector('[data-role=embed-code]').value.includes('figure="claims"'));
      await page.click('label:has([value=frame])');
      await page.waitForFunction(() => /too long for a link/.test(document.querySelector('[data-role=embed-hint]').textContent));
      assert(await page.isHidden('[data-role=embed-copy]'));
    }),
};
