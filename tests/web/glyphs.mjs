// Characters that our fonts lack, as the browser draws them for the figures; and canvases that are
// hidden, scaled or made anew.
import assert from 'node:assert/strict';
import { nextFrames } from './pointer.mjs';
import { settled, with_own_modules, withPage } from './browser.mjs';
import { withLab } from './lab_page.mjs';

// Runs in the page with what glyphs.js draws at 32 pixels: pieces -> [{...picture, edge, ink}].
const draw = (page, pieces) => with_own_modules(page).then(() => page.evaluate(async (list) => {
  const { Glyphs } = await import('./own/engine/glyphs.js');
  const glyphs = new Glyphs();
  return list.map((piece) => {
    const picture = glyphs.draw(piece, 32, 0);
    if (!picture) return null;
    const { width, height, pixels, ...rest } = picture;
    let edge = 0, ink = 0;
    for (let i = 0; i < width * height; i += 1) {
      const x = i % width, y = Math.floor(i / width);
      const seen = pixels[4 * i + 3] > 0;
      ink += seen;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) edge += seen;
    }
    return { ...rest, width, height, edge, ink };
  });
}, pieces));

const split = (page, text) => with_own_modules(page).then(() => page.evaluate(async (whole) => {
  const { Glyphs } = await import('./own/engine/glyphs.js');
  return new Glyphs().split(whole);
}, text));

export default {
  'what belongs together is drawn together: marks, flags, families, joined letters': () => withLab(async (page) => {
    assert.deepEqual(await split(page, 'e\u0301x\u0323🇩🇪🇨🇳👩‍👩‍👧1️⃣你好'), ['é', 'x\u0323', '🇩🇪', '🇨🇳', '👩‍👩‍👧', '1️⃣', '你', '好']);
    assert.deepEqual(await split(page, 'مرحبا بالعالم, abc'), ['مرحبا', ' ', 'بالعالم', ',', ' ', 'a', 'b', 'c']);
    assert.deepEqual(await split(page, ''), []);
    const [one, two, flag, letter] = await draw(page, ['👩', '👩‍👩‍👧', '🇩🇪', '🇩']);
    assert.equal(one.advance, two.advance, 'a family is one character wide');
    assert(Math.abs(flag.advance - one.advance) < 1 && letter, 'a flag is one character wide');
  }),

  'only emoji come in colours of their own': () => withLab(async (page) => {
    const pictures = await draw(page, ['🤗', '🇩🇪', '你', 'Ж', 'e\u0323\u0301', '→']);
    assert.deepEqual(pictures.map(({ coloured }) => coloured), [true, true, false, false, false, false]);
  }),

  'a picture holds all of its character, with an empty edge': () => withLab(async (page) => {
    for (const { edge, ink, width, height } of await draw(page, ['🤗', '你', 'Щ', 'x\u0323\u0302'])) {
      assert.equal(edge, 0);
      assert(ink > 30 && width < 64 && height < 64, `${ink} pixels of ${width} x ${height}`);
    }
  }),

  'what no font has is left to its number, and what cannot be seen takes no room': () => withLab(async (page) => {
    const [unassigned, unassigned_emoji, joiner] = await draw(page, ['\u0378', '\u{10fffe}', '\u200d']);
    assert.deepEqual([unassigned, unassigned_emoji], [null, null]);
    assert.deepEqual([joiner.width, joiner.advance], [0, 0]);
  }),

  'a figure begins in a hidden parent once that is shown, and is pointed at in a scaled one': () => withPage({}, async (page) => {
    await page.evaluate(() => {
      const parent = document.createElement('div');
      const canvas = document.createElement('canvas');
      Object.assign(parent.style, { width: '800px', display: 'none', transform: 'scale(0.5)', transformOrigin: '0 0' });
      Object.assign(canvas.style, { display: 'block', width: '100%' });
      parent.append(canvas);
      document.body.prepend(parent);
      globalThis.hidden = { parent, canvas, figure: pathscope.explorer.figure('attention', canvas) };
    });
    await nextFrames(page, 5);
    assert.equal(await page.evaluate(() => hidden.figure.frames), 0);
    await page.evaluate(() => { hidden.parent.style.display = 'block'; });
    await page.waitForFunction(() => hidden.figure.frames > 0);
    await settled(page);
    const box = await page.evaluate(() => {
      const { x, y, width } = hidden.canvas.getBoundingClientRect();
      return { x, y, width, drawn: hidden.canvas.width };
    });
    assert.deepEqual([box.width, box.drawn], [400, 800]);
    // Some place in the figure's left upper part is the first head's picture.
    const chosen = async () => page.evaluate(() => pathscope.explorer.state().head);
    await page.evaluate(() => pathscope.explorer.set({ head: 'L1H7' }));
    for (let y = 40; y < 300 && (await chosen()) === 'L1H7'; y += 12) {
      await page.mouse.click(box.x + 30, box.y + y);
      await nextFrames(page, 3);
    }
    assert.match(await chosen(), /^L0H[04]$/);
  }),

  'a figure that is freed draws no more, and its canvas can have another': () => withPage({}, async (page) => {
    const [freed, drawn] = await page.evaluate(async () => {
      const { explorer, figures } = pathscope;
      const canvas = document.querySelector('[data-figure=paths] canvas');
      const before = figures.paths.frames;
      figures.paths.free();
      figures.paths.free();
      explorer.set({ text: 'one two three' });
      const other = explorer.figure('paths', canvas);
      while (other.frames === 0) await new Promise(requestAnimationFrame);
      return [figures.paths.frames - before, other.frames];
    });
    assert.equal(freed, 0);
    assert(drawn > 0);
  }),
};
