// Text typed into the box: figure and tables follow, whatever it is.
import assert from 'node:assert/strict';
import { cut_example, opening_text, ready, settled, state, type, until, withPage } from './browser.mjs';
import { withLab } from './lab_page.mjs';
import { assertSameTerms, command, nextTable, pathsTable } from './tables.mjs';

const markup =
  'a<b<c & "d" <img src=x onerror=document.title=1> </table></script><script>document.title=2</script> {{x}} ${y}';

// Every token that the page shows, as typed.
const shownTokens = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('table[data-table=attention] tbody tr')]
      .map((row) => row.cells[1].textContent)
      .join(''),
  );

export default {
  'the page opens with a text that continues a name it has read once': () =>
    withPage({}, async (page) => {
      const { text, top } = await state(page);
      assert.equal(text, opening_text);
      assert.equal(text, await page.inputValue('[data-role=text]'));
      assert(Math.exp(top[0].log_prob) > 0.9);
      assertSameTerms(await pathsTable(page), await command('paths', '--text', text));
    }),

  'a text that is typed key by key is followed by figure and tables': () =>
    withLab(async (page) => {
      const text = 'We rowed to Mabli and back to Mab';
      await page.fill('[data-role=text]', '');
      const frames = await page.evaluate(() => pathscope.figures.paths.frames);
      await page.type('[data-role=text]', text, { delay: 5 });
      await until(page, (now, value) => now.text === value, text);
      assert(
        (await page.evaluate(() => pathscope.figures.paths.frames)) > frames,
        'the figure was drawn again',
      );
      assertSameTerms(await pathsTable(page), await command('paths', '--text', text));
    }),

  'ids that are set show the text that they stand for, stay over a reload, and give way to typing': () =>
    withPage({}, async (page) => {
      // "the" in three tokens, one a letter: nobody gets that by typing.
      const ids = await page.evaluate(async () => {
        const letters = await Promise.all([...'the'].map((letter) => pathscope.scope.tokens(letter)));
        const ids = letters.map(({ tokens }) => tokens[0].id);
        pathscope.explorer.set({ ids });
        return ids;
      });
      const shown = async () => {
        await settled(page);
        assert.equal(await page.inputValue('[data-role=text]'), 'the');
        assert.deepEqual(
          (await state(page)).tokens.map(({ id }) => id),
          ids,
        );
        assert.match(await page.textContent('[data-role=notices]'), /set as ids/);
      };
      await shown();
      await page.waitForFunction(() => history.state?.view?.change.ids?.length === 3);
      await page.reload();
      await ready(page);
      await shown();
      await page.focus('[data-role=text]');
      await page.keyboard.press('End');
      await page.keyboard.type(' cat');
      await until(page, (now) => now.text === 'the cat');
      assert.equal(await page.inputValue('[data-role=text]'), 'the cat');
      assert((await state(page)).tokens.length < 3 + ids.length);
      assert(await page.isHidden('[data-role=notices]'));
    }),

  'a pasted text is followed too': () =>
    withLab(async (page) => {
      await page.focus('[data-role=text]');
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText('two words');
      await until(page, (now) => now.text === 'two words');
      assertSameTerms(await pathsTable(page), await command('paths', '--text', 'two words'));
    }),

  'an empty text empties the tables and says what to do': () =>
    withLab(async (page) => {
      await type(page, '');
      assert.equal(await page.locator('table[data-table=paths] tr').count(), 0);
      assert.match(await page.textContent('[data-role=notices]'), /Type a text/);
      assert(await page.isDisabled('[data-role=previous]'));
      await type(page, 'again');
      assert((await page.locator('table[data-table=paths] tbody tr').count()) > 0);
      assert(await page.isHidden('[data-role=notices]'));
    }),

  'more tokens than the model reads are left out with a notice': () =>
    withLab(async (page) => {
      await type(page, 'one two '.repeat(200));
      const { tokens, dropped } = await state(page);
      assert.equal(tokens.length, 256);
      assert(dropped > 0);
      assert.match(await page.textContent('[data-role=notices]'), /256/);
      assert.equal(
        await page.inputValue('[data-role=text]'),
        'one two '.repeat(200),
        'the box keeps the whole text',
      );
    }),

  'a text of a megabyte is read at its beginning, in a moment': () =>
    withLab(async (page) => {
      // The least of some: others have the machine too.
      const took = await page.evaluate(() => {
        const times = [4, 3, 2, 1, 0].map((more) => {
          const text = 'six '.repeat(more) + 'one two three four five '.repeat(50000);
          const start = performance.now();
          pathscope.explorer.set({ text });
          return performance.now() - start;
        });
        return Math.min(...times);
      });
      assert(took < 1500, `${took} ms`);
      await settled(page);
      const { tokens, droppedUnread } = await state(page);
      assert.equal(tokens.length, 256);
      assert(droppedUnread);
      assert.match(await page.textContent('[data-role=notices]'), /256 .* more than [0-9]+ tokens/);
    }),

  'an input method composes undisturbed, and its word is taken once': () =>
    withPage({}, async (page) => {
      await page.evaluate(() => {
        globalThis.writes = [];
        const { set, get } = Object.getOwnPropertyDescriptor(
          HTMLTextAreaElement.prototype,
          'value',
        );
        Object.defineProperty(document.querySelector('[data-role=text]'), 'value', {
          get() {
            return get.call(this);
          },
          set(value) {
            globalThis.writes.push(value);
            set.call(this, value);
          },
        });
      });
      await page.focus('[data-role=text]');
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Delete');
      await until(page, (now) => now.text === '');
      const texts = [];
      const cdp = await page.context().newCDPSession(page);
      for (const text of ['n', 'ni', "ni'h"]) {
        await cdp.send('Input.imeSetComposition', {
          text,
          selectionStart: text.length,
          selectionEnd: text.length,
        });
        await settled(page);
        texts.push((await state(page)).text);
      }
      for (const kind of ['rawKeyDown', 'keyUp']) {
        await cdp.send('Input.dispatchKeyEvent', {
          type: kind,
          key: 'Process',
          code: 'Enter',
          windowsVirtualKeyCode: 229,
        });
      }
      assert.deepEqual(texts, ['', '', ''], 'letters of the composition are no text');
      await cdp.send('Input.insertText', { text: '你好' });
      await until(page, (now) => now.text === '你好');
      assert.equal(await page.inputValue('[data-role=text]'), '你好');
      assert.deepEqual(
        await page.evaluate(() => globalThis.writes),
        [],
        'the page did not write into the box',
      );
      assertSameTerms(await pathsTable(page), await command('paths', '--text', '你好'));
    }),

  'markup in tokens is shown as typed and makes no element': () =>
    withLab(async (page) => {
      const title = await page.title();
      const elements = () =>
        page.evaluate(() => document.querySelectorAll('main img, main script, main x').length);
      await type(page, markup);
      assert.equal(await shownTokens(page), markup);
      for (const { token } of await nextTable(page)) assert.equal(typeof token, 'string');
      assert.equal(await elements(), 0);
      assert.equal(await page.title(), title);
    }),

  'blanks, control characters and bytes have visible signs': () =>
    withLab(async (page) => {
      await type(page, 'a  b\n\tc\u200b\u00a0é 鹤');
      await page.click('[data-figure=attention] [data-role=show-tables]');
      const shown = await page.evaluate(() =>
        [...document.querySelectorAll('table[data-table=attention] .unseen')].map(
          (node) => node.dataset.shown,
        ),
      );
      assert(shown.includes('·') && shown.includes('⏎') && shown.includes('⇥'), shown.join(' '));
      const bytes = await page.evaluate(() =>
        [...document.querySelectorAll('table[data-table=attention] .bytes')]
          .map((node) => node.textContent)
          .join(' '),
      );
      assert.match(bytes, /E9 B9 A4$/);
    }),

  "tables and tokens are kept from the browser's translator": () =>
    withLab(async (page) => {
      const left = await page.evaluate(() =>
        [...document.querySelectorAll('table, .token, [data-role=text], [data-role=position]')]
          .filter((node) => node.translate && node.dataset.table !== 'claims') // that is prose
          .map((node) => node.outerHTML.slice(0, 80)),
      );
      assert.deepEqual(left, []);
    }),

  'the example with a cut silences the induction heads': () =>
    withLab(async (page) => {
      await page.click(`[data-role=examples] >> text="${cut_example.name.en}"`);
      await until(page, (now) => now.cuts.length === 1);
      const { top } = await state(page);
      assert(
        Math.exp(top[0].log_prob) > 0.9 && Math.exp(top[0].cut_log_prob) < 0.1,
        JSON.stringify(top[0]),
      );
    }),

  'an example takes the place of the text, the position and the cuts': () =>
    withLab(async (page) => {
      await page.evaluate(() => pathscope.explorer.set({ position: 1, cuts: ['L0H4'] }));
      await page.click('[data-role=examples] button >> nth=0');
      await until(page, (now) => !now.positionChosen && now.cuts.length === 0);
      assert(!(await state(page)).canUndo, 'what was cut in another text is no step back');
      const { text } = await state(page);
      assert.equal(text, await page.inputValue('[data-role=text]'));
      assertSameTerms(await pathsTable(page), await command('paths', '--text', text));
    }),

  'a reload keeps text, position, reading and cuts': () =>
    withPage({}, async (page) => {
      await type(page, 'kept over a reload');
      await page.evaluate(() =>
        pathscope.explorer.set({ position: 2, against: 'mean', cuts: ['L0H4>*:K'] }),
      );
      await settled(page);
      await page.waitForTimeout(600);
      await page.reload();
      await page.waitForFunction(() => globalThis.pathscope?.figures.paths?.frames > 0);
      const { text, position, against, cuts } = await state(page);
      assert.deepEqual(
        { text, position, against, cuts },
        { text: 'kept over a reload', position: 2, against: 'mean', cuts: ['L0H4>*:K'] },
      );
      assert.equal(await page.inputValue('[data-role=text]'), text);
    }),
};
