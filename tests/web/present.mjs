// A lesson before a class.
import assert from 'node:assert/strict';
import en from '../../web/lessons/en.js';
import zh from '../../web/lessons/zh-CN.js';
import { address, withPage } from './browser.mjs';
import { command } from './tables.mjs';

const conclusion = '[data-role=lesson-conclusion]';

const opened = (page, at) => page.waitForFunction(
  (hash) => location.hash === hash && globalThis.pathscope?.step.explorer !== null, at, { polling: 100 }); // a window behind another has no frames

// Once every number in it is known.
async function concluded(page) {
  await page.waitForFunction((found) => !document.querySelector(`${found} output:not([data-known])`), conclusion);
  return page.textContent(conclusion);
}

const says = (notes, words) => notes.waitForFunction(
  (expected) => document.querySelector('.say')?.textContent === expected, words, { polling: 100 });

const names = ({ says }) => says.match(/\{[\w-]+\}/g).sort();

export default {
  'a lesson is led by a clicker: the question, the figure, what it shows; the pointer does nothing by accident': () =>
    withPage({ address: address('present.html#step=4'), ready: false }, async (page) => {
      await page.waitForFunction(() => document.querySelector('[data-figure=paths] canvas')?.height > 300);
      assert.equal(await page.isVisible('[data-role=lesson-title]'), true);
      assert.equal(await page.isVisible('canvas'), false);
      await page.keyboard.press('PageDown');
      assert.equal(await page.isVisible('canvas'), true);
      assert.equal(await page.isVisible(conclusion), false);
      await page.keyboard.press(' ');
      const { target, terms } = await command('paths', '--model', 'models/one-layer', '--text', en[3].text);
      const [first] = terms;
      assert.equal(await concluded(page), `The guess is ${target.text}, and the longest bar is ${first.path[0]} (+${first.logit.toFixed(2)}).`);
      const position = () => page.evaluate(() => pathscope.step.explorer.state().position);
      const before = await position();
      const box = await page.locator('canvas').boundingBox();
      await page.mouse.click(box.x + 40, box.y + 25); // on the first token
      await page.waitForTimeout(200);
      assert.equal(await position(), before);
      await page.keyboard.press('i');
      await page.mouse.click(box.x + 40, box.y + 25);
      await page.waitForFunction(() => pathscope.step.explorer.state().position === 0);
      await page.keyboard.press('Escape');
      assert.equal(await page.getAttribute('[data-role=lesson-touch]', 'aria-pressed'), 'false');
      const drawn = box.height;
      await page.keyboard.press('+');
      await page.waitForFunction((height) => document.querySelector('canvas').getBoundingClientRect().height > height, drawn);
      await page.keyboard.press('PageDown');
      await opened(page, '#step=5&shown=0');
      await page.keyboard.press('PageUp');
      await opened(page, '#step=4&shown=2');
      await page.reload();
      await opened(page, '#step=4&shown=2');
      assert.equal(await page.textContent('[data-role=lesson-title]'), en[3].title);
      await page.keyboard.press('End');
      await opened(page, `#step=${en.length}&shown=0`);
      await page.keyboard.press('Home');
      await opened(page, '#step=1&shown=0');
    }),

  'the numbers of a lesson’s figure are a table for screen readers, told politely, and shown on request': () =>
    withPage({ address: address('present.html#step=4'), ready: false }, async (page) => {
      await page.waitForSelector('table[data-table=paths] tfoot', { state: 'attached' });
      const said = () => page.textContent('[data-role=lesson-said]');
      const client = await page.context().newCDPSession(page);
      const tables = async () => {
        const { nodes } = await client.send('Accessibility.getFullAXTree');
        return nodes.filter(({ ignored, role }) => !ignored && role.value === 'table').map(({ name }) => name.value);
      };
      assert.equal(await said(), '');
      assert.deepEqual(await tables(), [], 'the figure is not shown yet');
      await page.keyboard.press('PageDown');
      assert.match(await said(), /the same numbers stand in the table below/);
      const [first] = await tables();
      assert.match(first, /logit of “·nor”/);
      await page.keyboard.press(' ');
      await page.waitForFunction(() => document.querySelector('[data-role=lesson-said]').textContent.startsWith('The guess is'));
      assert.equal(await said(), await concluded(page));
      const width = () => page.$eval('table[data-table=paths]', (table) => table.closest('.scroll').clientWidth);
      assert.ok((await width()) < 10, 'not to be seen');
      await page.keyboard.press('t');
      assert.ok((await width()) > 300);
      assert.equal(await page.getAttribute('[data-role=lesson-tables]', 'aria-pressed'), 'true');
      await page.keyboard.press('t');
      assert.ok((await width()) < 10);
    }),

  'a figure that is taller than the window says so, and scrolls by the keys': () =>
    withPage({ address: address('present.html#step=4&shown=1'), ready: false }, async (page) => {
      await page.waitForSelector('[data-role=lesson-stage][data-more]');
      assert.equal(await page.isVisible('.more'), true);
      const top = () => page.$eval('[data-role=lesson-stage]', (stage) => stage.scrollTop);
      await page.keyboard.press('ArrowDown');
      await page.waitForFunction(() => document.querySelector('[data-role=lesson-stage]').scrollTop > 50);
      while (await page.isVisible('.more')) {
        const before = await top();
        await page.keyboard.press('ArrowDown');
        await page.waitForFunction((from) => document.querySelector('[data-role=lesson-stage]').scrollTop > from || !document.querySelector('[data-role=lesson-stage][data-more]'), before);
      }
      const { canvas, stage } = await page.evaluate(() => ({
        canvas: document.querySelector('canvas').getBoundingClientRect().bottom, stage: document.querySelector('[data-role=lesson-stage]').getBoundingClientRect().bottom }));
      assert.ok(canvas <= stage + 4, `the figure ends ${canvas - stage} pixels below the window's edge`);
      await page.keyboard.press('ArrowUp');
      await page.waitForSelector('[data-role=lesson-stage][data-more]');
      // A clicker has two buttons: they lead through all of it, and then on and back.
      const through = async (key, at) => {
        for (let presses = 1; ; presses++) {
          const before = await top();
          await page.keyboard.press(key);
          await page.waitForFunction(([from, hash]) => document.querySelector('[data-role=lesson-stage]').scrollTop !== from || location.hash === hash, [before, at]);
          if (page.url().endsWith(at)) return presses;
        }
      };
      await page.keyboard.press('Home');
      await page.evaluate(() => (location.hash = '#step=4&shown=0'));
      await opened(page, '#step=4&shown=0');
      await page.waitForSelector('[data-role=lesson-stage][data-more]', { state: 'attached' });
      await page.keyboard.press('PageDown');
      assert.equal(await top(), 0, 'the question is answered before anything scrolls');
      assert.ok((await through('PageDown', '#step=4&shown=2')) > 1);
      assert.equal(await page.isVisible('.more'), false, 'all of it was in sight');
      await page.keyboard.press('PageUp');
      assert.ok((await through('PageUp', '#step=4&shown=0')) > 1);
      assert.equal(await top(), 0);
    }),

  'the speaker’s notes stand in a second window, which follows and leads, or below': () =>
    withPage({ address: address('present.html'), ready: false }, async (page) => {
      await opened(page, '#step=1&shown=0');
      const [notes] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('n')]);
      await says(notes, en[0].notes);
      assert.match(await notes.textContent('[data-role=notes-next]'), new RegExp(en[1].title.slice(0, 20)));
      assert.match(await notes.textContent('[data-role=notes-time]'), /\d+:\d\d/);
      for (let i = 0; i < 3; i++) await notes.keyboard.press('PageDown');
      await opened(page, '#step=2&shown=0');
      await says(notes, en[1].notes);
      await page.reload();
      await opened(page, '#step=2&shown=0');
      await page.evaluate(() => (window.open = () => null));
      await page.keyboard.press('n');
      await says(page, en[1].notes);
    }),

  'every step of the lesson says numbers of the engine’s, in both languages': async () => {
    assert.equal(en.length, zh.length);
    en.forEach((step, i) => {
      assert.equal(zh[i].model, `zh/${step.model}`);
      assert.deepEqual([zh[i].figure, zh[i].reading, names(zh[i])], [step.figure, step.reading, names(step)], step.title);
      assert.doesNotMatch(step.says + zh[i].says, /\d/, 'a number is typed in');
    });
    for (const locale of ['en-US', 'zh-CN'])
      await withPage({ address: address('present.html#step=1&shown=2'), ready: false, locale }, async (page) => {
        for (let step = 1; step <= en.length; step++) {
          await page.evaluate((hash) => (location.hash = hash), `#step=${step}&shown=2`);
          await opened(page, `#step=${step}&shown=2`);
          await concluded(page);
          assert.equal((await page.textContent('[role=alert]')).trim(), '');
        }
      });
  },
};
