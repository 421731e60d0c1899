// A view as a link or a file, and back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { address, ready, settled, state, type, until, withPage, worked_out } from './browser.mjs';

const clipboard = `Object.defineProperty(navigator, 'clipboard', {
  value: { writeText: async (text) => { window.copied = text; } },
});`;

const viewed = async (page) => {
  const { text, tokens, position, target, against, head, cuts, frozen } = await state(page);
  const ids = tokens.map(({ id }) => id);
  return { ids, text, position, target: target.id, against, head, cuts, frozen };
};

const share = async (page) => {
  await page.click('[data-role=share]');
  await page.waitForFunction(() => document.querySelector('[data-role=share-status]').textContent);
};

const alert = (page) => page.textContent('[role=alert]');

const says = async (page, sentence, name) => {
  const found = await alert(page);
  assert(sentence.test(found), `${name.slice(0, 60)}: ${found}`);
};

const packed = (page, text) =>
  page.evaluate(async (whole) => {
    const stream = new Blob([whole]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    return bytes
      .toBase64?.({ alphabet: 'base64url', omitPadding: true }) ??
      btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (c) => ({ '+': '-', '/': '_', '=': '' })[c]);
  }, text);

export default {
  'a link brings text, position, token, reading, head, cuts and figure back, on another page': () =>
    withPage({ init: clipboard }, async (page) => {
      await type(page, 'Ünïcode 你好 🤗 = "a&b"\n\tThe cat. Ünïcode 你好');
      const change = {
        position: 7, target: 300, against: 41, head: 'L1H2', frozen: true,
        cuts: ['L0H4>*:K', 'path:L0H1-L1H1'],
      };
      for (const [name, value] of Object.entries(change))
        await page.evaluate((one) => pathscope.explorer.set(one), { [name]: value });
      await settled(page);
      const before = await viewed(page);
      await worked_out(page, 'composition');
      await page.evaluate(() => document.querySelector('[data-figure=composition]').scrollIntoView());
      await page.evaluate(() => document.querySelector('[data-role=share]').click());
      await page.waitForFunction(() => window.copied);
      const link = await page.evaluate(() => window.copied);
      assert.equal(link, page.url());
      assert.equal(await page.inputValue('[data-role=share-link]'), link);
      assert.match(link, /#v=1&m=two-layer&f=composition&[\w=&-]+&z=1$/);
      await withPage({ address: link, ready: false }, async (other) => {
        await other.waitForFunction(() => globalThis.pathscope?.figures.composition?.frames > 0);
        await until(other, ({ cuts }) => cuts.length === 2);
        assert.deepEqual(await viewed(other), before);
        assert.equal(await other.inputValue('[data-role=text]'), before.text);
        const { y } = await other.locator('[data-figure=composition]').boundingBox();
        assert(Math.abs(y) < 500, `the figure is ${y} pixels from the top`);
      });
    }),

  'another model’s link, and ids that a text was set by, come back too': () =>
    withPage({ init: clipboard }, async (page) => {
      await page.selectOption('[data-role=model]', 'one-layer');
      await page.waitForFunction(() => pathscope.model === 'one-layer');
      await page.evaluate(() => pathscope.explorer.set({ ids: [7, 4000, 12, 7] }));
      await settled(page);
      await share(page);
      assert.match(await page.textContent('[data-role=share-status]'), /copied/);
      const before = await viewed(page);
      await withPage({ address: page.url() }, async (other) => {
        assert.equal(await other.evaluate(() => pathscope.model), 'one-layer');
        assert.deepEqual(await viewed(other), before);
      });
    }),

  'the link is a QR code too, on a dark page as on a light one': () =>
    withPage({ init: clipboard, scheme: 'dark' }, async (page) => {
      await share(page);
      await page.click('[data-role=share-code-field] summary');
      const { data, width, height } = PNG.sync.read(await page.locator('[data-role=share-code] svg').screenshot());
      assert.equal(jsqr(new Uint8ClampedArray(data), width, height)?.data, page.url());
      assert.match(await page.textContent('[data-role=share-code-status]'), /this machine’s own/);
    }),

  'a link that is followed in place changes the view, and the way back leads back': () =>
    withPage({ init: clipboard }, async (page) => {
      await type(page, 'the first text');
      await share(page);
      const first = page.url();
      await page.waitForTimeout(600); // the view is kept after a while
      const fragment = `#v=1&m=two-layer&t=${await packed(page, 'the second text')}&z=0`;
      await page.evaluate((hash) => (location.hash = hash), fragment);
      await until(page, ({ text }) => text === 'the second text');
      await page.waitForTimeout(600);
      await page.goBack();
      await until(page, ({ text }) => text === 'the first text');
      assert.equal(page.url(), first);
      assert.equal(await alert(page).then((text) => text.trim()), '');
    }),

  'a link within the page, and the way back from it, load nothing again': () =>
    withPage({}, async (page) => {
      await type(page, 'the text that stays');
      await page.evaluate(() => pathscope.explorer.set({ cuts: ['L0H1'] }));
      await page.waitForTimeout(600); // the view is kept after a while
      await page.evaluate(() => (window.before = pathscope));
      await page.evaluate(() => (location.hash = '#composition-title'));
      await settled(page);
      await page.goBack();
      await settled(page);
      assert(await page.evaluate(() => window.before === pathscope), 'the model was loaded again');
      const { text, cuts } = await state(page);
      assert.deepEqual([text, cuts], ['the text that stays', ['L0H1']]);
    }),

  'a view that is too long for a link becomes a file, which opens again': () =>
    withPage({ init: clipboard }, async (page) => {
      let seed = 1;
      const letter = () => String.fromCodePoint(0x4e00 + ((seed = (seed * 48271) % 2147483647) % 20000));
      await type(page, Array.from({ length: 1500 }, letter).join(''));
      await page.evaluate(() => pathscope.explorer.set({ cuts: ['L0H1'] }));
      await settled(page);
      const url = page.url();
      await share(page);
      assert.match(await page.textContent('[data-role=share-status]'), /too long for a link/);
      assert(await page.isHidden('[data-role=share-link]'));
      assert.equal(page.url(), url);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.click('[data-role=share-save]'),
      ]);
      assert.equal(download.suggestedFilename(), 'pathscope-view.json');
      const file = await download.path();
      const before = await viewed(page);
      assert.deepEqual(JSON.parse(readFileSync(file)).change.cuts, ['L0H1']);
      await type(page, 'something else');
      await page.evaluate(() => pathscope.explorer.set({ cuts: [] }));
      await share(page);
      await page.setInputFiles('[data-role=share-file]', file);
      await until(page, ({ cuts }) => cuts.length === 1);
      assert.deepEqual(await viewed(page), before);
      await page.setInputFiles('[data-role=share-file]', {
        name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('{"pathscope": 2}'),
      });
      await page.waitForFunction(() => document.querySelector('[role=alert]').textContent.trim());
      assert.match(await alert(page), /no view that this page saved/);
    }),

  'a broken link gives a sentence, and the page begins as without it': () =>
    withPage({}, async (page) => {
      const bomb = await packed(page, 'a'.repeat(5_000_000));
      const cases = [
        ['#v=2&m=two-layer', /version 2, and this page reads version 1/],
        ['#v=1&m=two-layer&t=%%%&z=0', /“t” is none of that kind/],
        ['#v=1&m=two-layer&t=AAAA&z=0', /“t” is none of that kind/],
        [`#v=1&m=two-layer&t=${bomb}&z=0`, /“t” is none of that kind/],
        ['#v=1&m=https://elsewhere.example/model&z=0', /“m” is none of that kind/],
        ['#v=1&m=two-layer&p=-1&z=0', /“p” is none of that kind/],
        [`#v=1&m=two-layer&t=${'A'.repeat(9000)}&z=0`, /has \d+ characters, and at most 8192/],
        [`#v=1&m=zh/no-layer&t=${await packed(page, 'kept text')}&z=0`, /“zh\/no-layer”, which is not here/],
        [
          `#v=1&m=two-layer&t=${await packed(page, 'one two')}&p=99&g=9999999&h=L7H9&c=${await packed(page, 'L9H9')}&z=0`,
          /Not all of the link fits this model: .*99.*9999999.*L9H9.*L7H9/s,
        ],
      ];
      for (const [fragment, sentence] of cases) {
        // One of each kind on a new page.
        if (!/none of that kind/.test(sentence.source) || /A{4}&/.test(fragment))
          await withPage({ address: address(fragment) }, async (other) => {
            await other.waitForFunction(
              () => document.querySelector('[role=alert]').textContent.trim() !== '',
            );
            await says(other, sentence, fragment);
            assert((await state(other)).tokens.length > 0);
          });
        if (fragment.length > 8192) continue;
        await page.evaluate((hash) => (location.hash = hash), fragment); // the same in place
        await page.waitForFunction(
          () => document.querySelector('[role=alert]').textContent.trim() !== '',
        );
        await says(page, sentence, `in place: ${fragment}`);
        await page.evaluate(() => (location.hash = ''));
        await ready(page);
      }
    }),
};
