// The page in English and in Chinese: which it begins in, and that a switch writes everything anew and
// loses nothing. scripts/check-words.js holds the catalogues to one another.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { told } from '../../web/words.js';
import { root, settled, state, type, until, to_top, withPage, worked_out } from './browser.mjs';
import { short_text_file } from './short_texts.mjs';
import { command } from './tables.mjs';

const choice = '[data-role=language]';
const title = 'logit 是路径之和';
const models = ['two-layer', 'one-layer', 'zero-layer', 'zh/two-layer', 'zh/one-layer', 'zh/zero-layer'];

// Words that are the same in Chinese: names, symbols, keys and units.
const kept = new Set(
  `logit nat log softmax Pathscope Transformer LayerNorm float Worker WebGL Enter Delete Escape Context
   Learning and Induction Heads context shortformer standard`.split(/\s+/),
);

// The English words that a visitor can read or hear, but for tokens, names and code.
export async function english_left(page, within = 'body') {
  const found = await page.evaluate((selector) => {
    const texts = [];
    const place = document.querySelector(selector);
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement: parent, textContent } = walker.currentNode;
      if (parent.closest('code, .token, textarea, option[lang], script')) continue;
      // Tables are kept from translators for their tokens; their words are ours.
      const name = parent.closest('[translate=no]');
      if (name && !name.matches('.scroll, select:not([data-role=model-language]), .examples, li')) continue;
      texts.push(textContent);
    }
    for (const node of place.querySelectorAll('[aria-label]')) texts.push(node.ariaLabel);
    return [...texts, document.title, document.querySelector('meta[name=description]').content];
  }, within);
  return found.flatMap((text) => {
    // What stands in quotation marks is a token.
    const words = text.replace(/“[^”]*”/g, '').match(/\b[A-Za-z][a-z]{2,}\b/g) ?? [];
    return words.some((word) => !kept.has(word)) ? [text] : [];
  });
}

export async function choose_language(page, tag) {
  await page.selectOption(choice, tag);
  await settled(page);
}

export default {
  'a Chinese browser begins with the Chinese page, model and example': () =>
    withPage({ locale: 'zh-TW' }, async (page) => {
      assert.equal(await page.textContent('h1'), title);
      assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
      assert.equal(await page.inputValue(choice), 'zh-CN');
      assert.equal(await page.inputValue('[data-role=model]'), 'zh/two-layer');
      assert.equal(await page.inputValue('[data-role=text]'), '小老虎蜂蜜糕不见了！大家都去找蜂蜜');
      await page.waitForSelector('[data-role=look-for]:not([hidden])');
      assert.match(await page.textContent('[data-role=look-for]'), /第 1 层的头/);
      assert.deepEqual(await english_left(page), []);
    }),

  'any other browser begins in English, and a link keeps its own model in Chinese': () =>
    withPage({ locale: 'de-DE' }, async (page) => {
      assert.equal(await page.textContent('h1'), 'A logit is a sum of paths');
      assert.equal(await page.inputValue('[data-role=model]'), 'two-layer');
      await page.click('[data-role=share]');
      await page.waitForFunction(() => location.hash !== '');
      await choose_language(page, 'zh-CN');
      await page.evaluate(() => history.replaceState(null, ''));
      await page.reload();
      await page.waitForFunction(() => globalThis.pathscope);
      assert.equal(await page.textContent('h1'), title, 'the choice was remembered');
      assert.equal(await page.inputValue('[data-role=model]'), 'two-layer');
    }),

  'a switch writes the page and its canvases anew, in place, and loses nothing': () =>
    withPage({}, async (page) => {
      await type(page, 'one two three one two');
      await page.evaluate(() => pathscope.explorer.set({ cuts: ['L0H6>*:K'], position: 2, target: 17 }));
      await page.click('[data-role=cut-count]');
      await until(page, (now) => now.cuts.length === 1);
      const picture = () =>
        page.evaluate(() => document.querySelector('[data-figure=paths] canvas').toDataURL());
      const before = await state(page);
      const model = await page.evaluate(() => (globalThis.before = pathscope.scope) && true);
      const english = await picture();
      await page.click('[data-role=share]');
      await choose_language(page, 'zh-CN');
      assert.equal(await page.title(), 'Pathscope：logit 是路径之和');
      assert.equal(await page.textContent('h1'), title);
      assert.equal(await page.textContent('[data-role=cut-count]'), '切断（1）');
      assert.match(await page.textContent('[data-role=cut-list]'), /键：L0H6 → 之后所有头/);
      assert.match(await page.textContent('[data-role=count]'), /个词元，最多 256 个/);
      assert.match(await page.textContent('[data-role=share-status]'), /链接/);
      assert.match(await page.textContent('table[data-table=paths] caption'), /之后.*logit.*的各项/);
      await page.waitForFunction(
        (old) => document.querySelector('[data-figure=paths] canvas').toDataURL() !== old,
        english,
      );
      const after = await state(page);
      for (const name of ['text', 'position', 'target', 'cuts', 'head', 'frozen', 'pinned'])
        assert.deepEqual(after[name], before[name], name);
      assert(model && (await page.evaluate(() => globalThis.before === pathscope.scope)), 'same model');
      assert(await page.isVisible('[data-role=cut-panel]'));
      assert.equal(await page.inputValue('[data-role=text]'), 'one two three one two');
      await choose_language(page, 'en');
      assert.equal(await page.textContent('h1'), 'A logit is a sum of paths');
      assert.equal(await page.textContent('[data-role=cut-count]'), 'cuts (1)');
      await page.waitForFunction(
        (old) => document.querySelector('[data-figure=paths] canvas').toDataURL() === old,
        english,
      );
    }),

  'a switch in the midst of a live run changes words alone, and leaves no English with all open': () =>
    withPage({ locale: 'zh-CN' }, async (page) => {
      await choose_language(page, 'en');
      // Not one after the other as a visitor would: each moves the next.
      await page.$$eval('[data-role=show-tables]', (buttons) => buttons.forEach((button) => button.click()));
      await page.click('[data-role=cut-count]');
      await page.click('[data-role=share]');
      await page.evaluate(() => pathscope.explorer.set({ cuts: ['L0H3>*:K'] }));
      for (const figure of ['skip-trigrams', 'heads', 'composition', 'bigrams']) await worked_out(page, figure);
      await to_top(page, 'live');
      await page.click('[data-role=live-step]');
      await page.waitForSelector('table[data-table=live] tbody tr');
      const numbers = () =>
        page.evaluate(() =>
          [...document.querySelectorAll('[data-figure=live] data')].map((node) => node.value),
        );
      const before = await numbers();
      await choose_language(page, 'zh-CN');
      assert.deepEqual(await numbers(), before);
      assert.equal(await page.textContent('[data-role=live-go]'), '继续');
      assert.match(await page.textContent('table[data-table=live] tbody'), /两层/);
      assert.deepEqual(await english_left(page), []);
    }),

  'what is refused is told in Chinese': () =>
    withPage({ locale: 'zh-CN' }, async (page) => {
      await page.click('[data-role=cut-count]');
      await page.fill('[data-role=cut]', 'L7H9');
      await page.press('[data-role=cut]', 'Enter');
      assert.match(await page.textContent('[role=alert]'), /切断“L7H9”：没有“L7H9”这个头/);
      await choose_language(page, 'en');
      assert.match(await page.textContent('[role=alert]'), /^cut 'L7H9': head 'L7H9', but this model/);
      await choose_language(page, 'zh-CN');
      await page.fill('[data-role=cut]', '头 L0H3');
      await page.press('[data-role=cut]', 'Enter');
      await until(page, (now) => now.cuts.join() === 'L0H3');
      await type(page, '');
      assert.match(await page.textContent('[data-role=notices]'), /在上面输入文本/);
    }),

  'every sentence of the claims on our models has its Chinese': async () => {
    const left = new Set();
    for (const model of models) {
      const text = short_text_file(model.startsWith('zh/') ? 'zh' : 'en');
      const { claims } = await command('claims', '--model', join(root, 'models', model), '--text-file', text);
      for (const claim of claims) {
        const { also = [], reason, section, measurement } = claim;
        for (const sentence of [claim.claim, section, reason, measurement, ...also.map((each) => each.measurement)]) {
          if (sentence && !/\p{sc=Han}/u.test(told(sentence, 'zh-CN'))) left.add(sentence);
        }
      }
    }
    assert.deepEqual([...left], []);
  },
};
