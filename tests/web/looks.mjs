// What the page looks like: no sideways scrolling at any width, dark where the system is, and
// pictures compared with those of tests/web/references (made with `run.mjs --update`).
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { root, settled, state, type, until, withPage } from './browser.mjs';
import { withLab } from './lab_page.mjs';
import { nextFrames } from './pointer.mjs';

const update = process.argv.includes('--update');

// The fonts of Latin text are the page's own and the GPU is a program, so pictures repeat exactly on
// one machine. Another build of Chromium may smooth edges otherwise and draw its own select boxes a
// little otherwise: 0.2 of pixelmatch's colour distance, and 1 pixel in 200 beyond it, are let
// pass. Another text, target or cut changes 0.7 % and more.
const colour_distance = 0.2;
const share_let_pass = 0.005;

async function compare(page, name) {
  await page.mouse.move(2, 2);
  await settled(page);
  await page.evaluate(() => document.fonts.ready);
  const found = PNG.sync.read(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
  const reference = join(root, 'tests/web/references', `${name}.png`);
  if (update) {
    mkdirSync(join(root, 'tests/web/references'), { recursive: true });
    writeFileSync(reference, PNG.sync.write(found, { colorType: 2, deflateLevel: 9 }));
    return;
  }
  assert(existsSync(reference), `${reference} is missing: node tests/web/run.mjs --update`);
  const expected = PNG.sync.read(readFileSync(reference));
  assert.deepEqual([found.width, found.height], [expected.width, expected.height]);
  const shown = new PNG({ width: found.width, height: found.height });
  const different = pixelmatch(expected.data, found.data, shown.data, found.width, found.height, {
    threshold: colour_distance,
  });
  const share = different / (found.width * found.height);
  if (share > share_let_pass) {
    const folder = join(root, '.state/test');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}.png`), PNG.sync.write(found));
    writeFileSync(join(folder, `${name}-difference.png`), PNG.sync.write(shown));
    assert.fail(`${(100 * share).toFixed(2)} % of ${name} differ; see ${folder}`);
  }
}

export default {
  ...Object.fromEntries(
    [
      [390, 1200],
      [1280, 1000],
      [1920, 1000],
    ].map(([width, height]) => [
      `at ${width} pixels the page looks as it did`,
      () => withPage({ width, height }, (page) => compare(page, `page-${width}`)),
    ]),
  ),

  'in a window of 1280 by 800 the sum and how exactly it closes are in sight': () =>
    withLab(async (page) => {
      await settled(page);
      const { data, width } = PNG.sync.read(await page.screenshot());
      const rows = (red, green, blue) => {
        const counts = new Map();
        for (let i = 0; i < data.length; i += 4) {
          if (data[i] !== red || data[i + 1] !== green || data[i + 2] !== blue) continue;
          const row = Math.floor(i / 4 / width);
          counts.set(row, (counts.get(row) ?? 0) + 1);
        }
        return [...counts.values()].filter((count) => count > 200).length;
      };
      assert(rows(0x40, 0x44, 0x4a) >= 12, 'the bar of the logit');
      assert(rows(0xe4, 0xf3, 0xea) >= 20, 'the badge');
    }),

  'from 360 to 2560 pixels nothing scrolls sideways, with all open': () =>
    withPage({}, async (page) => {
      await page.click('[data-role=cut-count]');
      for (const button of await page.locator('[data-role=show-tables]').all())
        await button.click();
      await type(page, 'averyveryverylongwordthatnobodyhaseverwrittenbefore');
      await page.evaluate(() =>
        pathscope.explorer.set({ cuts: ['L0H4>*:K', 'path:L0H3-L1H5', 'L1H0>logits'] }),
      );
      await page.check('[name=against][value=token]', { force: true });
      await until(page, (now) => typeof now.against === 'number');
      for (const width of [360, 390, 480, 561, 800, 1024, 1280, 1920, 2560]) {
        await page.setViewportSize({ width, height: 800 });
        await nextFrames(page, 3);
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert(wide <= 0, `${wide} pixels too wide at ${width}`);
      }
    }),

  'opening the cuts, or comparing with another token, moves no control': () =>
    withLab(async (page) => {
      const places = () =>
        page.evaluate(() =>
          ['cut-tool', 'undo', 'redo', 'cut-count', 'position', 'target'].map((name) => {
            const { x, y } = document.querySelector(`[data-role=${name}]`).getBoundingClientRect();
            return [name, x, y];
          }),
        );
      const before = await places();
      await page.check('[name=against][value=token]', { force: true });
      await until(page, (now) => typeof now.against === 'number');
      assert.deepEqual(await places(), before);
      await page.click('[data-role=cut-count]');
      assert(await page.isVisible('[data-role=cut]'));
      assert.deepEqual(await places(), before);
    }),

  "the figure's height depends on its width alone, and comes back with it": () =>
    withPage({ width: 1200 }, async (page) => {
      const height = () =>
        page.evaluate(() => document.querySelector('[data-figure=paths] canvas').clientHeight);
      await settled(page);
      const before = await height();
      await page.setViewportSize({ width: 360, height: 800 });
      await settled(page);
      assert.notEqual(await height(), before);
      await page.setViewportSize({ width: 1200, height: 650 });
      await settled(page);
      assert.equal(await height(), before);
    }),

  'where the system is dark, page and figures are, and they follow when it changes': () =>
    withPage({ scheme: 'dark' }, async (page) => {
      const brightness = async () => {
        await settled(page);
        const { data } = PNG.sync.read(await page.screenshot());
        let sum = 0;
        for (let i = 0; i < data.length; i += 4) sum += data[i] + data[i + 1] + data[i + 2];
        return sum / (data.length / 4) / 3;
      };
      await page.locator('[data-figure=paths]').scrollIntoViewIfNeeded();
      assert((await brightness()) < 80);
      await page.emulateMedia({ colorScheme: 'light' });
      assert((await brightness()) > 200);
      assert((await state(page)).tokens.length > 0);
    }),
};
