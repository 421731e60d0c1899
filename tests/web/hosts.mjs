// Where the page comes from and what the browser lacks: slow hosts, missing files, no WebGL2, no
// WebAssembly, no JavaScript, canvas read-back that is disturbed.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { address, ready, settled, site, state, type, withPage } from './browser.mjs';
import { picture } from './canvas.mjs';
import { host } from './slow_host.mjs';
import { assertSameTerms, command, pathsTable } from './tables.mjs';

async function onHost(options, page_options, test) {
  const server = await host(site, options);
  try {
    await withPage({ address: `${server.address}lab.html`, ...page_options }, test);
  } finally {
    await server.close();
  }
}

// Samples the bar 20 times a second until the figures stand: {share: null where none is claimed}.
const sampling = `globalThis.samples = []; setInterval(() => {
  const box = document.querySelector('[data-role=loading]'), bar = document.querySelector('[data-role=progress]');
  if (box && !box.hidden) samples.push({ share: bar.hasAttribute('value') ? bar.value / bar.max : null, text: document.querySelector('[data-role=progress-text]').textContent });
}, 50);`;

async function assertProgress(page) {
  const samples = await page.evaluate(() => globalThis.samples);
  assert(samples.length > 5, `progress was seen ${samples.length} times`);
  const shares = samples.map(({ share }) => share).filter((share) => share !== null);
  shares.forEach((share, i) => {
    assert(share <= 1, `${share} of the whole`);
    assert(i === 0 || share >= shares[i - 1], `${shares[i - 1]}, then ${share}`);
  });
  for (const { text } of samples) {
    const [, loaded, total] = /([\d.]+) of ([\d.]+)/.exec(text) ?? [];
    assert(loaded === undefined || Number(loaded) <= Number(total), text);
  }
  if (shares.length > 0) assert(shares.at(-1) > 0.9, `it ended at ${shares.at(-1)}`);
  assert(await page.isHidden('[data-role=loading]'));
}

// The page says what is wrong, in a sentence, and shows nothing that does not work.
async function assertFails(page, pattern) {
  await page.waitForSelector('[role=alert] p', { timeout: 30000 });
  const sentence = await page.textContent('[role=alert] p');
  assert.match(sentence, pattern);
  assert.doesNotMatch(sentence, /undefined|\[object|Error:/);
  return sentence;
}

// What privacy modes do to getImageData: all white, or the last bit of every byte at random.
const disturbed = (mode) => `{
  const read = CanvasRenderingContext2D.prototype.getImageData;
  CanvasRenderingContext2D.prototype.getImageData = function (...place) {
    const image = read.apply(this, place);
    for (let i = 0; i < image.data.length; i++) image.data[i] = ${mode === 'white' ? '255' : 'image.data[i] ^ (Math.random() < 0.5 ? 1 : 0)'};
    return image;
  };
  const offscreen = globalThis.OffscreenCanvasRenderingContext2D;
  if (offscreen) offscreen.prototype.getImageData = CanvasRenderingContext2D.prototype.getImageData;
}`;

export default {
  'from a slow host that compresses, progress never goes back or beyond the whole': () =>
    onHost({ gzip: true, kilobytes: 1500 }, { init: sampling }, assertProgress),

  'from a slow host that sends no length too': () =>
    onHost({ chunked: true, kilobytes: 3000 }, { init: sampling }, assertProgress),

  'under a sub-path the page works as at the root': () =>
    withPage({ address: address('lab.html?from=elsewhere') }, async (page) => {
      assert((await state(page)).tokens.length > 0);
    }),

  'a script that is missing is told': async () => {
    for (const [missing, told] of [
      [/engine\.js/, /program.*try again/],
      [/pathscope\.js/, /pathscope\.js.*try again/],
    ]) {
      await onHost({ missing }, { ready: false, allow: /./ }, async (page) => {
        await assertFails(page, told);
        await page.waitForTimeout(500);
        assert(await page.isHidden('[data-role=loading]'), 'no progress beside the failure');
        assert(await page.isHidden('[data-figure=paths]'));
      });
    }
  },

  'a model that is missing is told, with a way to try again': () =>
    onHost({ missing: /safetensors/ }, { ready: false, allow: /404/ }, async (page) => {
      await assertFails(page, /model/i);
      assert.equal(await page.textContent('[role=alert] button'), 'try again');
    }),

  'a page in the place of the model is told': () =>
    onHost({ missing: /safetensors/, fallback: true }, { ready: false }, (page) =>
      assertFails(page, /page|HTML/i),
    ),

  'a connection that breaks off is told': () =>
    onHost(
      { kilobytes: 8000, cut: /safetensors/ },
      { ready: false, allow: /ERR_|Failed to load/ },
      (page) => assertFails(page, /try again/),
    ),

  'a module that is missing is told': () =>
    onHost({ missing: /pathscope\.wasm/ }, { ready: false, allow: /./ }, (page) =>
      assertFails(page, /try again/),
    ),

  'without WebGL2 the tables still have every number': () =>
    withPage(
      {
        ready: false,
        allow: /WebGL/i,
        init: `for (const type of [HTMLCanvasElement, globalThis.OffscreenCanvas]) {
        const get = type.prototype.getContext;
        type.prototype.getContext = function (kind, ...rest) { return /webgl/.test(kind) ? null : get.call(this, kind, ...rest); };
      }`,
      },
      async (page) => {
        await assertFails(page, /WebGL/);
        await page.waitForSelector('table[data-table=paths] tbody tr', { state: 'visible' });
        await page.fill('[data-role=text]', 'numbers without a figure');
        await page.waitForFunction(
          () => pathscope.explorer.state().text === 'numbers without a figure',
        );
        await page.waitForTimeout(500);
        assertSameTerms(
          await pathsTable(page),
          await command('paths', '--text', 'numbers without a figure'),
        );
      },
    ),

  'without WebAssembly the page says what is needed': () =>
    withPage({ ready: false, init: 'delete globalThis.WebAssembly;' }, (page) =>
      assertFails(page, /WebAssembly/),
    ),

  'without JavaScript the page says what is needed': () =>
    withPage({ ready: false, script: false }, async (page) => {
      await page.waitForTimeout(4500);
      assert(await page.isVisible('.not-started'));
    }),

  'opened as a file the page says how to serve it': () =>
    withPage(
      { ready: false, address: `file://${join(site, 'lab.html')}`, allow: /./ },
      async (page) => {
        await page.waitForTimeout(4500);
        assert(await page.isVisible('.not-started'));
        assert.match(await page.textContent('.not-started'), /\.\/run/);
      },
    ),

  'read-back that comes out white gives code points and a sentence, not boxes': () =>
    withPage({ init: disturbed('white') }, async (page) => {
      await type(page, '你好 мир 🤗');
      await page.waitForFunction(
        () => /brows|canvas/i.test(document.querySelector('[data-role=notices]').textContent),
        null,
        { timeout: 5000 },
      );
      assertSameTerms(await pathsTable(page), await command('paths', '--text', '你好 мир 🤗'));
    }),

  'read-back with noise in the last bits changes nothing that can be seen': async () => {
    const pictures = [];
    for (const init of [undefined, disturbed('bits')]) {
      await withPage({ init }, async (page) => {
        await type(page, '你好 мир 🤗');
        await settled(page);
        assert(await page.isHidden('[data-role=notices]'));
        pictures.push(await picture(page, 'paths'));
      });
    }
    const [plain, noisy] = pictures;
    assert.deepEqual([plain.width, plain.height], [noisy.width, noisy.height]);
    let largest = 0;
    for (let i = 0; i < plain.data.length; i++)
      largest = Math.max(largest, Math.abs(plain.data[i] - noisy.data[i]));
    assert(largest <= 8, `a colour differs by ${largest} of 255`);
  },

  'another model takes the place of the first, the text stays': () =>
    withPage({}, async (page) => {
      await type(page, 'the text stays');
      const choice = page.locator('[data-role=model]');
      await page.evaluate(() => {
        pathscope.explorer.before = true;
      });
      await choice.dispatchEvent('change');
      await page.waitForFunction(() => globalThis.pathscope && !pathscope.explorer.before);
      await ready(page);
      assert.equal((await state(page)).text, 'the text stays');
      assertSameTerms(await pathsTable(page), await command('paths', '--text', 'the text stays'));
    }),
};
