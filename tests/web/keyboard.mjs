// The page without a mouse, with a screen reader, and the page's keys and wheel around the canvas.
import assert from 'node:assert/strict';
import { axe, breaks_no_rule } from './axe.mjs';
import { opening_text, patience, settled, state, type, until, withPage } from './browser.mjs';
import { withLab } from './lab_page.mjs';

const focused = (page) =>
  page.evaluate(() => {
    const node = document.activeElement;
    return node === document.body ? 'body' : (node.dataset.role ?? node.id ?? node.tagName);
  });

async function tabThrough(page, key) {
  const seen = [];
  for (let i = 0; i < 300; i++) {
    await page.keyboard.press(key);
    const name = await page.evaluate(() => {
      const node = document.activeElement;
      if (node === document.body) return 'body';
      return node.dataset.role || node.id || `${node.tagName} ${node.textContent.slice(0, 20)}`;
    });
    seen.push(name);
    if (name === 'body') break;
  }
  return seen;
}

// By Tab alone, from the last control before the figure: past the buttons of its panel.
async function tab_to_paths(page) {
  await page.focus('[data-role=cut-count]');
  const arrived = () => page.evaluate(() => document.activeElement.matches('[data-figure=paths] canvas'));
  for (let pressed = 0; pressed < 6 && !(await arrived()); pressed++) await page.keyboard.press('Tab');
}

export default {
  'Tab goes through all controls, past the canvases and out, and backwards too': () =>
    withPage({}, async (page) => {
      await page.evaluate(() => document.activeElement.blur());
      const forwards = await tabThrough(page, 'Tab');
      assert.equal(forwards.at(-1), 'body', forwards.join(', '));
      for (const role of [
        'text',
        'position',
        'target',
        'cut-tool',
        'show-tables',
        'head',
        'model',
      ]) {
        assert(forwards.includes(role), `${role} is not among ${forwards.join(', ')}`);
      }
      assert.equal((await tabThrough(page, 'Shift+Tab')).at(-1), 'body');
    }),

  'keys in the text box stay there with the pointer over the canvas': () =>
    withLab(async (page) => {
      const box = await page.locator('[data-figure=paths] canvas').boundingBox();
      await page.fill('[data-role=text]', '');
      await page.focus('[data-role=text]');
      await page.mouse.move(box.x + box.width / 2, box.y + 60);
      await page.keyboard.type('abc');
      await page.keyboard.press('Backspace');
      await page.keyboard.press('Control+A');
      await page.keyboard.type('xyz');
      assert.equal(await page.inputValue('[data-role=text]'), 'xyz');
      await until(page, (now) => now.text === 'xyz');
    }),

  'the wheel over a canvas scrolls the page, Ctrl forgotten in another window included': () =>
    withPage({ height: 600 }, async (page) => {
      const box = await page.locator('[data-figure=paths] canvas').boundingBox();
      const wheel = async () => {
        await page.evaluate(() => scrollTo(0, 0));
        await page.mouse.move(box.x + 200, box.y + 40);
        await page.mouse.wheel(0, 120);
        await page.waitForFunction(() => scrollY > 0, null, { timeout: 3000 });
      };
      await wheel();
      await page.evaluate(() => scrollTo(0, 0));
      await page.mouse.click(box.x + 5, box.y + 5);
      await page.keyboard.down('Control');
      await page.evaluate(() => dispatchEvent(new Event('blur')));
      await page.keyboard.up('Control');
      await page.evaluate(() => {
        document.activeElement.blur();
        dispatchEvent(new Event('focus'));
      });
      await wheel();
    }),

  'Ctrl and the wheel, or the wheel with the focus, enlarge a long pattern; the page stays': () =>
    withPage({ height: 900 }, async (page) => {
      await type(page, 'the cat sat on the mat and then the dog came '.repeat(15));
      await settled(page);
      const canvas = page.locator('[data-figure=attention] canvas');
      const { y } = await canvas.boundingBox();
      await page.evaluate((top) => scrollBy(0, top), y);
      await settled(page);
      const box = await canvas.boundingBox();
      const place = { x: box.x + 0.6 * box.width, y: 700 };
      // Rows of the pattern from there to 60 pixels further down.
      const rows = async () => {
        await page.mouse.move(place.x, place.y + 60);
        await until(page, (now) => now.cell !== null);
        const { destination } = (await state(page)).cell;
        await page.mouse.move(place.x, place.y);
        await settled(page);
        return destination - (await state(page)).cell.destination;
      };
      const around = () => page.evaluate(() => [scrollY, devicePixelRatio]);
      const whole = await rows();
      const before = await around();
      await page.keyboard.down('Control');
      for (let i = 0; i < 6; i++) await page.mouse.wheel(0, -100);
      await page.keyboard.up('Control');
      await settled(page);
      assert(3 * (await rows()) < whole, 'enlarged');
      assert.deepEqual(await around(), before, 'the page neither scrolls nor zooms');

      await page.focus('[data-figure=attention] canvas');
      await page.keyboard.press('0');
      await settled(page);
      assert.equal(await rows(), whole, '0 shows the whole');
      await page.mouse.wheel(0, -300);
      await settled(page);
      assert((await rows()) < whole, 'the wheel enlarges with the focus');
      await page.mouse.dblclick(place.x, place.y);
      await settled(page);
      assert.equal(await rows(), whole, 'a double click shows the whole');
      await page.mouse.wheel(0, 150);
      await page.waitForFunction((top) => scrollY > top, before[0], { timeout: 3000 });
    }),

  'the figure shows that it has the keys where keys are used, not after a click': () =>
    withLab(async (page) => {
      const ring = () =>
        page.evaluate(() => {
          const canvas = document.querySelector('[data-figure=paths] canvas');
          return canvas.getContext('2d').getImageData(canvas.width / 2, 1, 1, 1).data[3] > 0;
        });
      const canvas = page.locator('[data-figure=paths] canvas');
      const has_keys = () => canvas.evaluate((node) => node === document.activeElement);
      await canvas.click({ position: { x: 600, y: 12 } });
      await settled(page);
      assert(await has_keys());
      assert.equal(await ring(), false);
      await tab_to_paths(page);
      await settled(page);
      assert(await has_keys());
      assert.equal(await ring(), true);
    }),

  'on the canvas the arrow keys go through the terms, and x cuts and mends': () =>
    withLab(async (page) => {
      await page.focus('[data-figure=paths] canvas');
      await page.keyboard.press('ArrowDown');
      await until(page, (now) => now.hovered !== null);
      const { hovered } = await state(page);
      for (const key of ['x', 'X', 'Delete', 'Backspace']) {
        const { cuts } = await state(page);
        await page.keyboard.press(key);
        await until(page, (now, before) => now.cuts.length !== before, cuts.length);
        assert.deepEqual(
          (await state(page)).cuts,
          cuts.length === 0 ? [`path:${hovered}`] : [],
          key,
        );
      }
    }),

  'Ctrl+Z and Ctrl+Y undo cuts on the figure and the page, typing in the text box': () =>
    withPage({}, async (page) => {
      const text = await page.inputValue('[data-role=text]');
      await page.focus('[data-role=text]');
      await page.keyboard.press('End');
      await page.keyboard.type('w');
      await page.evaluate(() => pathscope.explorer.set({ cuts: ['L0H4'] }));
      const press = async (keys, count) => {
        await page.keyboard.press(keys);
        await until(page, (now, n) => now.cuts.length === n, count);
        assert.equal(await page.inputValue('[data-role=text]'), `${text}w`, keys);
      };
      await page.focus('[data-figure=paths] canvas');
      await press('Control+z', 0);
      await press('Control+Shift+z', 1);
      await page.evaluate(() => document.activeElement.blur());
      await press('Control+z', 0);
      await press('Control+y', 1);
      await page.focus('[data-role=text]');
      await page.keyboard.press('Control+z');
      await until(page, (now, before) => now.text === before, text);
      assert.deepEqual((await state(page)).cuts, ['L0H4']);
    }),

  'a path is chosen and cut by keys alone': () =>
    withLab(async (page) => {
      await page.focus('[data-role=cut-count]');
      await page.keyboard.press('Enter');
      await page.focus('[data-role=term]');
      await page.keyboard.press('ArrowDown');
      await until(page, (now) => now.pinned !== null);
      await page.keyboard.press('Tab');
      assert.equal(await focused(page), 'cut-term');
      await page.keyboard.press('Enter');
      await until(page, (now) => now.cuts.length === 1);
    }),

  'a next token is chosen by keys alone, and Escape changes nothing': () =>
    withLab(async (page) => {
      const { target } = await state(page);
      await page.focus('[data-role=target]');
      await page.waitForSelector('[role=option]');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Escape');
      await settled(page);
      assert.deepEqual((await state(page)).target, target);
      await page.keyboard.press('ArrowDown');
      await page.waitForSelector('[role=option]');
      for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await until(page, (now) => now.targetChosen);
      assert.equal((await state(page)).target.id, (await state(page)).top[1].id);
    }),

  'a next token that there is not leaves the one that is read': () =>
    withLab(async (page) => {
      const before = await page.inputValue('[data-role=target]');
      await page.focus('[data-role=target]');
      await page.waitForSelector('[role=option]');
      await page.keyboard.type('zzzq');
      await page.waitForSelector('[role=listbox] .note');
      await page.keyboard.press('Enter');
      await settled(page);
      assert.equal(await page.inputValue('[data-role=target]'), before);
    }),

  'a change is announced once it is quiet': () =>
    withLab(async (page) => {
      await page.fill('[data-role=text]', 'one two three');
      await page.waitForFunction(
        () => /Next token/.test(document.querySelector('[data-role=announcement]').textContent),
        null,
        { timeout: patience },
      );
    }),

  'what the keys choose in a figure is announced, and the keys are named while it has them': () =>
    withLab(async (page) => {
      const heard = (words) =>
        page.waitForFunction(
          (source) =>
            new RegExp(source).test(document.querySelector('[data-role=announcement]').textContent),
          words,
          { timeout: patience },
        );
      assert(await page.isHidden('#paths-keys'));
      await tab_to_paths(page);
      assert(await page.isVisible('#paths-keys'));
      await page.keyboard.press('ArrowDown');
      await until(page, (now) => now.hovered !== null);
      const { hovered } = await state(page);
      await heard(`^${hovered.replaceAll('-', ' → ')}, .*[+−][0-9.]+, mostly from “.+”`);
      // What was left and is come back to is told again.
      await page.keyboard.press('Escape');
      await until(page, (now) => now.hovered === null);
      await type(page, 'one two three');
      await heard('Next token');
      await type(page, opening_text);
      await tab_to_paths(page);
      await page.keyboard.press('ArrowDown');
      await until(page, (now, name) => now.hovered === name, hovered);
      await heard(`^${hovered.replaceAll('-', ' → ')}, `);
      await page.focus('[data-figure=attention] canvas');
      const before = (await state(page)).head;
      await page.keyboard.press('ArrowDown');
      await until(page, (now, head) => now.head !== head, before);
      await heard(`^${(await state(page)).head} at “.+”: most to “.+”, [01][.][0-9]+`);
    }),

  'no rule of axe-core is broken, in light and dark, with tables and lists open': () =>
    withPage({}, async (page) => {
      assert.deepEqual(await axe(page), [], 'as it opens');
      await page.click('[data-role=cut-count]');
      for (const button of await page.locator('[data-role=show-tables]').all())
        await button.click();
      await page.evaluate(() => pathscope.explorer.set({ cuts: ['L0H4'], against: 'mean' }));
      await settled(page);
      await page.focus('[data-role=target]');
      await page.waitForSelector('[role=option]');
      await breaks_no_rule(page, 'all open');
    }),

  'everything that can be clicked is at least 24 pixels high and wide': () =>
    withPage({ width: 360 }, async (page) => {
      await page.click('[data-role=cut-count]');
      await page.evaluate(() => pathscope.explorer.set({ cuts: ['L0H4'] }));
      await settled(page);
      const small = await page.evaluate(() =>
        [
          ...document.querySelectorAll(
            'button, select, textarea, input[type=text], summary, .joined > label, label:has(input[type=checkbox])',
          ),
        ]
          .filter((node) => node.checkVisibility())
          .map((node) => [node.outerHTML.slice(0, 60), node.getBoundingClientRect()])
          .filter(([, { width, height }]) => width < 24 || height < 24)
          .map(([html, { width, height }]) => `${html} ${width}x${height}`),
      );
      assert.deepEqual(small, []);
    }),
};
