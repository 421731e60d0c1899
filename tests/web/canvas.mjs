// The figures: hover and click, drawing on demand only, and the WebGL context lost and found.
import assert from 'node:assert/strict';
import { settled, state, type, until, withPage } from './browser.mjs';
import { withLab } from './lab_page.mjs';
import { figureBox, nextFrames, seek } from './pointer.mjs';
import { PNG } from 'pngjs';
import pixelmatch from 'pixelmatch';

const frames = (page) =>
  page.evaluate(() =>
    Object.fromEntries(
      Object.entries(pathscope.figures).map(([name, figure]) => [name, figure.frames]),
    ),
  );

export async function picture(page, figure) {
  return PNG.sync.read(await page.locator(`[data-figure=${figure}] canvas`).screenshot());
}

// The page keeps its WebGL context to itself: caught as it is made.
const keepContext = `{
  const get = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    const context = get.call(this, kind, ...rest);
    if (kind === 'webgl2' && context) globalThis.context = context;
    return context;
  };
}`;

// Fingers, as the browser has them from a screen: fingers('touchMove', {x, y}, {x, y}).
async function touching(page) {
  const cdp = await page.context().newCDPSession(page);
  return (type, ...touchPoints) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints });
}

function different(a, b) {
  assert.deepEqual([a.width, a.height], [b.width, b.height], 'size of the pictures');
  return pixelmatch(a.data, b.data, null, a.width, a.height, { threshold: 0.1 });
}

// A share of the picture's pixels that are not the most frequent colour.
function ink({ data, width, height }) {
  const counts = new Map();
  for (let i = 0; i < data.length; i += 4) {
    const color = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  return 1 - Math.max(...counts.values()) / (width * height);
}

export default {
  'the figures are drawn, not blank': () =>
    withLab(async (page) => {
      await until(page, ({ trainingReports }) => trainingReports > 0);
      const figures = await page.evaluate(() => Object.keys(pathscope.figures));
      for (const figure of figures.filter((name) => name !== 'importance')) { // waits to be asked
        await figureBox(page, figure);
        await settled(page);
        assert(ink(await picture(page, figure)) > 0.02, figure);
      }
    }),

  'pointing at a term lights it, leaving lets it go': () =>
    withLab(async (page) => {
      await seek(page, 'paths', ({ hovered }) => hovered !== null);
      const { hovered } = await state(page);
      await settled(page);
      assert.equal(await page.getAttribute('table[data-table=paths] tr.lit', 'data-term'), hovered);
      await page.mouse.move(2, 2);
      await until(page, (now) => now.hovered === null);
    }),

  'a click on a term keeps it, another lets it go': () =>
    withLab(async (page) => {
      const place = await seek(page, 'paths', ({ hovered }) => hovered !== null);
      const { hovered } = await state(page);
      await page.mouse.click(place.x, place.y);
      await until(page, (now, term) => now.pinned === term, hovered);
      await page.mouse.move(2, 2);
      await until(page, (now) => now.hovered === null);
      assert.equal((await state(page)).pinned, hovered);
      assert.equal(await page.inputValue('[data-role=term]'), hovered);
      await page.mouse.move(place.x, place.y);
      await page.mouse.click(place.x, place.y);
      await until(page, (now) => now.pinned === null);
    }),

  'a tap keeps a term, and a finger that moves scrolls the page': () =>
    withPage({ touch: true, width: 800 }, async (page) => {
      const place = await seek(page, 'paths', ({ hovered }) => hovered !== null);
      const { hovered } = await state(page);
      await page.mouse.move(2, 2);
      await page.touchscreen.tap(place.x, place.y);
      await until(page, (now, term) => now.pinned === term, hovered);
      const before = await page.evaluate(() => scrollY);
      const down = before > 150 ? 1 : -1;
      const fingers = await touching(page);
      // The first without waiting for answers: on a busy machine they would make a long press of it.
      const at = (moved) => ({ x: place.x, y: 400 + down * moved });
      await Promise.all([fingers('touchStart', at(0)), fingers('touchMove', at(15)), fingers('touchMove', at(30))]);
      for (let moved = 40; moved <= 200; moved += 10) await fingers('touchMove', at(moved));
      await fingers('touchEnd');
      await settled(page);
      assert.notEqual(await page.evaluate(() => scrollY), before);
      assert.equal((await state(page)).pinned, hovered, 'scrolling chooses nothing');
    }),

  'a long press points without a click, and stays to be read until another touch': () =>
    withPage({ touch: true, width: 800 }, async (page) => {
      const place = await seek(page, 'paths', ({ hovered }) => hovered !== null);
      const { hovered } = await state(page);
      await page.mouse.move(2, 2);
      await until(page, (now) => now.hovered === null);
      const fingers = await touching(page);
      await fingers('touchStart', place);
      await until(page, (now, term) => now.hovered === term, hovered);
      await fingers('touchMove', { x: place.x, y: place.y + 1 });
      const before = await page.evaluate(() => scrollY);
      await page.waitForTimeout(600);
      await fingers('touchMove', { x: place.x, y: place.y + 60 });
      await fingers('touchMove', place);
      await fingers('touchEnd');
      await settled(page);
      assert.equal(await page.evaluate(() => scrollY), before, 'a finger that points does not scroll');
      assert.equal((await state(page)).hovered, hovered);
      assert.equal((await state(page)).pinned, null);
      await page.touchscreen.tap(3, 3);
      await until(page, (now) => now.hovered === null);
    }),

  'two fingers enlarge a long pattern, not the page': () =>
    withPage({ touch: true, width: 800 }, async (page) => {
      await type(page, 'the cat sat on the mat and then the dog came '.repeat(12));
      const in_pattern = ({ cell }) => cell !== null && cell.source !== null;
      const place = await seek(page, 'attention', in_pattern, { columns: [0.75, 0.6, 0.85, 0.5] });
      await page.mouse.move(2, 2);
      await settled(page);
      const canvas = page.locator('[data-figure=attention] canvas');
      const { height } = await canvas.boundingBox();
      const chosen = async () => {
        const { head, pinned, cuts } = await state(page);
        return { head, pinned, cuts };
      };
      const chosen_before = await chosen();
      const fingers = await touching(page);
      const around = (apart) => [{ x: place.x - apart, y: place.y }, { x: place.x + apart, y: place.y }];
      // Positions between two places that a finger points at, 60 pixels apart.
      const columns = async () => {
        const sources = [];
        for (const x of [place.x - 60, place.x]) {
          await page.mouse.move(x, place.y);
          await settled(page);
          sources.push((await state(page)).cell.source);
        }
        await page.mouse.move(2, 2);
        await settled(page);
        return sources[1] - sources[0];
      };
      const whole = await columns();
      const pinch = async (distances) => {
        await fingers('touchStart', ...around(distances[0]));
        for (const apart of distances) {
          await fingers('touchMove', ...around(apart));
          await nextFrames(page);
        }
        await fingers('touchEnd');
        await settled(page);
      };
      await pinch([20, 40, 60]);
      assert.equal(await page.evaluate(() => visualViewport.scale), 1);
      const enlarged = await columns();
      assert.ok(2 * enlarged < whole, `enlarged: ${enlarged} positions in place of ${whole}`);
      await pinch([60, 40, 15]);
      assert.equal(await columns(), whole, 'the whole again');
      assert.deepEqual(await chosen(), chosen_before, 'nothing was clicked');
      assert.equal((await canvas.boundingBox()).height, height);
    }),

  'pointing into a pattern chooses its row, and the table follows': () =>
    withLab(async (page) => {
      await seek(
        page,
        'attention',
        ({ cell }) => cell && cell.destination >= 0 && cell.destination < 20,
        { columns: [0.75, 0.6, 0.85, 0.5] },
      );
      const { cell } = await state(page);
      await settled(page);
      assert.equal(
        await page.locator('table[data-table=attention] tbody tr').count(),
        cell.destination + 1,
      );
    }),

  'an idle page draws no frame': () =>
    withLab(async (page) => {
      await page.mouse.move(2, 2);
      await settled(page);
      const before = await frames(page);
      const asked = await page.evaluate(async () => {
        let asked = 0;
        const original = globalThis.requestAnimationFrame;
        globalThis.requestAnimationFrame = (f) => {
          asked++;
          return original(f);
        };
        await new Promise((done) => setTimeout(done, 2000));
        globalThis.requestAnimationFrame = original;
        return asked;
      });
      assert.deepEqual(await frames(page), before);
      assert.equal(asked, 0, 'animation frames asked for');
    }),

  'a figure out of sight is not drawn': () =>
    withPage({ height: 500 }, async (page) => {
      await page.evaluate(() => scrollTo(0, 0));
      await settled(page);
      const { attention } = await frames(page);
      await type(page, 'something else');
      assert.equal((await frames(page)).attention, attention);
    }),

  'a figure out of sight keeps its place at any width, and is drawn in sight and before the page is printed': () =>
    withPage({ height: 500 }, async (page) => {
      await page.evaluate(() => scrollTo(0, 0));
      const look = () =>
        page.evaluate(() => {
          const canvas = document.querySelector('[data-figure=attention] canvas');
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          return {
            height: canvas.clientHeight,
            shown: canvas.getBoundingClientRect().top < innerHeight,
            inked: data.filter((_, i) => i % 4 === 3 && data[i] > 0).length / (data.length / 4),
            ratio: canvas.width / canvas.height / (canvas.clientWidth / canvas.clientHeight),
          };
        });
      await settled(page);
      const wide = await look();
      assert(!wide.shown && wide.height > 200);
      assert.equal(wide.inked, 0, 'drawn out of sight');
      await page.setViewportSize({ width: 400, height: 500 });
      await page.waitForFunction(
        (before) => document.querySelector('[data-figure=attention] canvas').clientHeight !== before,
        wide.height,
      );
      await settled(page);
      const narrow = await look();
      assert(!narrow.shown);
      await page.locator('[data-figure=attention]').scrollIntoViewIfNeeded();
      await settled(page);
      const seen = await look();
      assert.equal(seen.height, narrow.height, 'its height was right');
      assert(seen.inked > 0.5, 'drawn');
      assert(Math.abs(seen.ratio - 1) < 0.02, `not stretched: ${seen.ratio}`);
      await page.evaluate(() => scrollTo(0, 0));
      await type(page, 'printed');
      const { attention, heads } = await frames(page);
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      const printed = await frames(page);
      assert.equal(printed.attention, attention + 1);
      assert(printed.heads > heads, 'one that was never seen is not printed');
    }),

  'a lost WebGL context comes back with the same picture': () =>
    withPage({ init: keepContext }, async (page) => {
      await settled(page);
      const before = await picture(page, 'paths');
      await page.evaluate(async () => {
        const lost = globalThis.context.getExtension('WEBGL_lose_context');
        lost.loseContext();
        await new Promise((done) => setTimeout(done, 300));
        lost.restoreContext();
        await new Promise((done) => setTimeout(done, 300));
      });
      await settled(page);
      assert.equal(different(before, await picture(page, 'paths')), 0);
      await type(page, 'and it goes on');
      assert(
        different(
          await picture(page, 'paths').then((now) => crop(now, before)),
          crop(before, before),
        ) > 0,
        'a new text is drawn',
      );
    }),

  'where a lost context stays lost the figures say so, until it is back': () =>
    withPage({ init: keepContext }, async (page) => {
      await settled(page);
      const before = await picture(page, 'paths');
      await page.evaluate(() => {
        globalThis.lost = globalThis.context.getExtension('WEBGL_lose_context');
        globalThis.lost.loseContext();
      });
      await page.waitForSelector('[data-role=notices] >> text=The graphics were lost');
      const pale = await picture(page, 'paths');
      assert(ink(crop(pale, before)) > 0, 'the sentence can be read');
      assert(different(crop(pale, before), crop(before, pale)) > 0.02 * pale.width * pale.height);
      await page.evaluate(() => globalThis.lost.restoreContext());
      await page.waitForSelector('[data-role=notices]', { state: 'hidden' });
      await settled(page);
      assert.equal(different(before, await picture(page, 'paths')), 0);
    }),

  'Chinese, Cyrillic and emoji are drawn, by the browser and not as their numbers': async () => {
    const tokens = async (page) => {
      await type(page, '你好 мир 🤗');
      await settled(page);
      const whole = await picture(page, 'paths');
      const row = new PNG({ width: whole.width, height: 60 });
      PNG.bitblt(whole, row, 0, 0, row.width, row.height, 0, 0);
      return row;
    };
    let drawn, numbers;
    await withLab(async (page) => (drawn = await tokens(page)));
    // The same where the browser lets nobody read what it draws.
    const init = () => {
      CanvasRenderingContext2D.prototype.getImageData = (x, y, width, height) => new ImageData(width, height);
    };
    await withPage({ init }, async (page) => (numbers = await tokens(page)));
    assert(different(drawn, numbers) > 50);
    assert(colourful(drawn) > 0, 'the emoji has its colours');
    assert.equal(colourful(numbers), 0);
  },

  'the canvas is as sharp as the screen': () =>
    withPage({ dpr: 2 }, async (page) => {
      for (const figure of ['paths', 'attention']) {
        await figureBox(page, figure);
        await settled(page);
        const [real, shown] = await page.evaluate((name) => {
          const canvas = document.querySelector(`[data-figure=${name}] canvas`);
          return [canvas.width, canvas.getBoundingClientRect().width];
        }, figure);
        assert(Math.abs(real - 2 * shown) <= 1, `${figure}: ${real} for ${shown}`);
      }
    }),

  'the figures follow the width of the window': () =>
    withPage({}, async (page) => {
      for (const width of [700, 400, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await nextFrames(page, 5);
        await settled(page);
        const { w, shown } = await page.evaluate(() => {
          const canvas = document.querySelector('[data-figure=paths] canvas');
          return { w: canvas.width, shown: canvas.getBoundingClientRect().width };
        });
        assert(Math.abs(w - shown) <= 1, `${w} for ${shown}`);
      }
    }),
};

// The part of a that b covers too: pictures of other texts may be of another height.
function crop(a, b) {
  const width = Math.min(a.width, b.width),
    height = Math.min(a.height, b.height);
  const part = new PNG({ width, height });
  PNG.bitblt(a, part, 0, 0, width, height, 0, 0);
  return part;
}

// Pixels in the yellow of a face.
function colourful({ data }) {
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] > 220 && data[i + 1] > 160 && data[i + 1] < 225 && data[i + 2] < 110) count++;
  }
  return count;
}
