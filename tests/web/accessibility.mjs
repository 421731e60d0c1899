// The story, the lesson with its notes, and two figures side by side, for those who do not see or use
// them as they are drawn: axe-core's rules, words of another language marked as such, a window of 320
// pixels (1,280 at 400 %), forced colours.
import assert from 'node:assert/strict';
import { breaks_no_rule } from './axe.mjs';
import { address, withPage } from './browser.mjs';
import { with_short_texts } from './short_texts.mjs';

const languages = ['en', 'zh-CN'];

const story = (options, test) =>
  withPage({ address: address(''), ready: false, ...options }, async (page) => {
    await page.waitForFunction(() => globalThis.pathscope?.chapters.length > 0);
    await test(page);
  });

// Every chapter drawn, its first guess made, its formulas unfolded. What is measured then goes on. A
// guess holds in both languages.
async function draw_all(page, language) {
  for (const chapter of await page.$$eval('[data-layers]', (sections) => sections.map(({ id }) => id))) {
    await page.evaluate((id) => document.getElementById(id).scrollIntoView(), chapter);
    await page.waitForSelector(`#${chapter}[data-stage=ready]`);
    const guesses = page.locator(`#${chapter} [data-prose="${language}"] input[type=radio]`);
    if ((await page.locator(`#${chapter} [data-prose="${language}"] [data-answer]:not([hidden])`).count()) === 0) await guesses.first().check();
  }
  await page.$$eval('.prose details', (all) => all.forEach((each) => (each.open = true)));
}

const lesson = (step, options, test) =>
  withPage({ address: address(`present.html#step=${step}&shown=2`), ready: false, ...options }, async (page) => {
    await page.waitForFunction(() => globalThis.pathscope?.step.explorer && document.querySelector('[data-figure]'));
    await page.waitForFunction(() => !document.querySelector('[data-role=lesson-conclusion] output:not([data-known])'));
    await test(page);
  });

// The lesson's notes, below it.
async function open_notes(page) {
  await page.evaluate(() => (window.open = () => null));
  await page.keyboard.press('n');
  await page.waitForSelector('[data-role=lesson-notes] .say');
}

const notes_window = (options, test) =>
  lesson(1, options, async (page) => {
    const [notes] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('n')]);
    await notes.waitForSelector('.say', { state: 'attached' });
    await notes.setViewportSize({ width: options.width ?? 640, height: options.height ?? 620 });
    await test(notes);
  });

const beside = (options, test) =>
  withPage({ address: address('beside.html'), ready: false, ...options }, async (page) => {
    for (const side of ['left', 'right'])
      await page.waitForSelector(`[data-side=${side}] table[data-table=paths] tfoot`, { state: 'attached' });
    await test(page);
  });

// What reaches out of the window sideways, but for what scrolls in a frame of its own.
const too_wide = (page) =>
  page.evaluate(() => {
    const roots = [document, ...[...document.querySelectorAll('path-scope')].map((each) => each.shadowRoot)];
    const scrolls = (node) => {
      for (let each = node.parentElement; each; each = each.parentElement)
        if (each.matches('.scroll, pre, math')) return true;
      return false;
    };
    const wide = roots
      .flatMap((root) => [...root.querySelectorAll('h1, h2, p, label, button, select, textarea, summary, canvas, li, legend, output, math, a')])
      .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest('.visually-hidden, .skip') && !scrolls(node))
      .filter((node) => {
        const { left, right, width } = node.getBoundingClientRect();
        return width > 1 && (left < -4 || right > innerWidth + 4);
      })
      .map((node) => node.outerHTML.slice(0, 80));
    const page_wide = document.documentElement.scrollWidth - innerWidth;
    return page_wide > 0 ? [`the page: ${page_wide} pixels`, ...wide] : wide;
  });

// Text with Chinese characters that an English page does not call Chinese; the text of a box is the
// reader's, and an option that names language and layers is of both.
const unmarked_chinese = (page) =>
  page.evaluate(() => {
    const roots = [document.body, ...[...document.querySelectorAll('path-scope')].map((each) => each.shadowRoot)];
    const found = [];
    for (const root of roots) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const { parentElement: parent } = node;
        if (!/\p{Script=Han}/u.test(node.data) || parent.matches('textarea, script, style, [data-side] option')) continue;
        if (!parent.closest('[lang]')?.lang.startsWith('zh')) found.push(`${parent.outerHTML.slice(0, 80)}`);
      }
    }
    return found;
  });

export default {
  'no rule of axe-core is broken in the story with every chapter drawn and answered, in both languages, light and dark': () =>
    story({ before: with_short_texts }, async (page) => {
      await page.click('.contents summary');
      for (const language of languages) {
        await page.selectOption('[data-role=language]', language);
        await draw_all(page, language);
        await breaks_no_rule(page, `the story, ${language}`);
      }
    }),

  'no rule of axe-core is broken in the lesson and its notes, in both languages, light and dark': async () => {
    for (const [step, locale] of [[1, 'en'], [10, 'en'], [4, 'zh-CN']])
      await lesson(step, { locale }, async (page) => {
        await open_notes(page);
        await page.keyboard.press('t');
        await breaks_no_rule(page, `step ${step}, ${locale}`);
      });
    for (const locale of languages) await notes_window({ locale }, (notes) => breaks_no_rule(notes, `notes, ${locale}`));
  },

  'no rule of axe-core is broken side by side, in both languages, light and dark': async () => {
    for (const locale of languages) await beside({ locale }, (page) => breaks_no_rule(page, `side by side, ${locale}`));
  },

  'Chinese words are marked as Chinese on an English page, and English ones on a Chinese page': async () => {
    await story({}, async (page) => {
      await page.selectOption('[data-role=model-language]', 'zh');
      await page.click('[data-role=show-all]');
      await page.waitForSelector('#tokens .token-row .token:lang(zh)');
      assert.equal(await page.getAttribute('[data-role=text]', 'lang'), 'zh');
      await page.evaluate(() => document.getElementById('zero-layers').scrollIntoView());
      await page.waitForSelector('#zero-layers caption span:lang(zh)', { state: 'attached' });
      assert.deepEqual(await unmarked_chinese(page), []);
    });
    await story({ locale: 'zh-CN' }, async (page) => {
      await page.selectOption('[data-role=model-language]', 'en');
      await page.waitForSelector('#tokens .token-row .token:lang(en)');
      const unmarked = await page.$$eval('.source', (sources) =>
        sources.filter((each) => /[A-Za-z]{3}/.test(each.textContent) && !each.querySelector(':lang(en)') && !each.closest(':lang(en)')).length);
      assert.equal(unmarked, 0);
    });
    await beside({}, async (page) => {
      await page.selectOption('#model-left', 'zh/two-layer');
      await page.fill('[data-side=left] [data-role=text]', '小老虎蜂蜜糕不见了！');
      await page.waitForSelector('[data-side=left] table[data-table=paths] .token:lang(zh)', { state: 'attached' });
      assert.equal(await page.getAttribute('[data-side=left] [data-role=text]', 'lang'), 'zh');
      assert.deepEqual(await unmarked_chinese(page), []);
    });
  },

  'in a window of 320 pixels nothing of the story, the lesson, its notes and side by side is cut off': async () => {
    for (const locale of languages) {
      const options = { locale, width: 320, height: 256 };
      await story(options, async (page) => {
        await page.click('[data-role=show-all]');
        await page.$$eval('.prose details', (all) => all.forEach((each) => (each.open = true)));
        await page.evaluate(() => document.getElementById('path-expansion').scrollIntoView());
        await page.waitForSelector('#path-expansion[data-stage=ready]');
        assert.deepEqual(await too_wide(page), [], `the story, ${locale}`);
      });
      for (const step of [1, 4])
        await lesson(step, options, async (page) => {
          await open_notes(page);
          assert.deepEqual(await too_wide(page), [], `step ${step}, ${locale}`);
          const hidden = await page.$$eval('h1, canvas, .next-tokens, .conclusion, .notes, footer button', (parts) =>
            parts.filter((part) => part.getBoundingClientRect().height < 20).map((part) => part.outerHTML.slice(0, 80)));
          assert.deepEqual(hidden, []);
        });
      await notes_window(options, async (notes) => assert.deepEqual(await too_wide(notes), [], `notes, ${locale}`));
      await beside(options, async (page) => assert.deepEqual(await too_wide(page), [], `side by side, ${locale}`));
    }
  },

  'in forced colours the bars of the next tokens are seen': () =>
    lesson(1, {}, async (page) => {
      await page.emulateMedia({ forcedColors: 'active' });
      const [bar, ground] = await page.$eval('.next-tokens .bar', (node) =>
        [node, document.body].map((each) => getComputedStyle(each).backgroundColor));
      assert.notEqual(bar, ground);
    }),
};
