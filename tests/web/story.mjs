// The story: chapters beside figures of their own, a guess before each, and numbers that are the
// command's.
import assert from 'node:assert/strict';
import { Steps } from '../../web/story/steps.js';
import { address, patience, withPage } from './browser.mjs';
import { short_text_file, with_short_texts } from './short_texts.mjs';
import { command } from './tables.mjs';

const text = 'Miss Plumtickle was late. Nobody waited for Miss Pl';

const on_story = (options, test) =>
  withPage({ address: address(''), ready: false, ...options }, async (page) => {
    await page.waitForFunction(() => globalThis.pathscope?.chapters.length > 0);
    await test(page);
  });

async function go_to(page, chapter) {
  await page.evaluate((id) => document.getElementById(id).scrollIntoView(), chapter);
  await page.waitForSelector(`#${chapter}[data-stage=ready]`);
}

const shown = (language) => `[data-prose="${language}"]`;

// The words of a chapter's value, once they are known.
async function value(page, chapter, name, language = 'en') {
  const output = `#${chapter} ${shown(language)} output[data-value="${name}"]`;
  await page.waitForFunction((found) => !['', '…'].includes(document.querySelector(found).textContent), output);
  return page.locator(output).first().textContent();
}

async function answer(page, chapter, choice, language = 'en') {
  await page.check(`#${chapter} ${shown(language)} fieldset input[value="${choice}"]`);
}

async function type(page, words) {
  await page.fill('[data-role=text]', words);
}

// What is marked as right and as wrong.
const marks = (page, chapter, language = 'en') =>
  page.$$eval(`#${chapter} ${shown(language)} fieldset label`, (labels) => ({
    right: labels.filter((label) => label.classList.contains('right')).map((label) => label.querySelector('input').value),
    wrong: labels.filter((label) => label.classList.contains('wrong')).map((label) => label.querySelector('input').value),
  }));

const percent = (probability) => (probability >= 0.0995 ? (100 * probability).toFixed(0) : (100 * probability).toFixed(1));

export default {
  'a guess comes first: until then a chapter’s figure stands behind a veil': () =>
    on_story({}, async (page) => {
      await go_to(page, 'zero-layers');
      const covered = () => page.$eval('#zero-layers .stage', (stage) => stage.classList.contains('covered'));
      assert.equal(await covered(), true);
      assert.equal(await page.$eval('#zero-layers .place', (place) => place.inert), true);
      assert.equal(await page.isVisible(`#zero-layers ${shown('en')} [data-answer]`), false);
      await answer(page, 'zero-layers', 'yes');
      assert.equal(await covered(), false);
      assert.equal(await page.$eval('#zero-layers .place', (place) => place.inert), false);
      assert.equal(await page.isVisible(`#zero-layers ${shown('en')} [data-answer]`), true);
      assert.deepEqual(await marks(page, 'zero-layers'), { right: ['no'], wrong: ['yes'] });
      await page.click('[data-role=show-all]');
      assert.equal(await page.locator('.stage.covered').count(), 0);
    }),

  'without layers the guess hangs on the last token alone, as the command says': () =>
    on_story({}, async (page) => {
      await go_to(page, 'zero-layers');
      await answer(page, 'zero-layers', 'no');
      const { positions } = await command('logits', '--model', 'models/zero-layer', '--text', text, '--top', '1');
      const [{ text: top, log_prob }] = positions.at(-1).top;
      assert.equal(await value(page, 'zero-layers', 'top'), top);
      assert.equal(await value(page, 'zero-layers', 'top-probability'), `${percent(Math.exp(log_prob))} %`);
      await type(page, 'Quite another beginning Pl');
      await page.waitForFunction(() => document.querySelectorAll('#tokens .token-row button').length < 12);
      assert.equal(await value(page, 'zero-layers', 'top'), top);
      const { correlation } = await command('bigrams', '--model', 'models/zero-layer', '--token', ' Pl');
      assert.equal(await value(page, 'zero-layers', 'correlation'), correlation.toFixed(3));
      const rare = page.locator(`#zero-layers ${shown('en')} [data-if=rare]`);
      assert.match(await rare.textContent(), /Pl is too rare to have been counted/);
      await type(page, 'Quite another beginning was');
      await rare.waitFor({ state: 'hidden' });
    }),

  'the paths are as many as the command has, and sum to its logit': () =>
    on_story({}, async (page) => {
      await go_to(page, 'path-expansion');
      const { terms, logit, target } = await command('paths', '--model', 'models/two-layer', '--text', text);
      await answer(page, 'path-expansion', '81');
      assert.equal(await value(page, 'path-expansion', 'paths'), String(terms.length));
      assert.equal(await value(page, 'path-expansion', 'logit'), `+${logit.toFixed(2)}`);
      assert.equal(await value(page, 'path-expansion', 'target'), target.text);
      assert.match(await value(page, 'path-expansion', 'error'), /^\d · 10⁻[⁵⁶⁷⁸]$/);
      assert.deepEqual(await marks(page, 'path-expansion'), { right: ['81'], wrong: [] });
    }),

  'the induction head that reads most of the previous-token head is the one that is told of, and its wire can be cut, here alone': () =>
    on_story({}, async (page) => {
      await go_to(page, 'induction');
      await page.click('[data-role=show-all]');
      const { positions, induction_heads: all } = await command('induction', '--model', 'models/two-layer', '--text', text);
      const here = positions.at(-1);
      assert.equal(await value(page, 'induction', 'with'), `${percent(here.probability)} %`);
      assert.equal(await value(page, 'induction', 'without'), `${percent(here.probability_without)} %`);
      const { pairs } = await command('composition', '--model', 'models/two-layer');
      const { later: looker } = pairs.filter(({ earlier, later }) => earlier === 'L0H6' && all.includes(later))
        .reduce((most, each) => (each.k > most.k ? each : most));
      assert(here.attention.find(({ head }) => head === looker).weight > 0.5);
      await page.waitForFunction(
        (head) => document.querySelector('#induction [data-head=induction]').textContent === head, looker);
      assert.equal(await value(page, 'induction', 'most-token'), 'um');
      await page.click(`#induction ${shown('en')} [data-act=cut-keys]`);
      const { positions: cut_positions } = await command('induction', '--model', 'models/two-layer', '--text', text, '--cut', 'L0H6>*:K');
      const cut = cut_positions.at(-1);
      const expected = `${percent(cut.probability)} %`;
      await page.waitForFunction(
        (words) => document.querySelector('#induction [data-prose=en] output[data-value=with]').textContent === words, expected);
      assert.equal(await page.isVisible(`#induction ${shown('en')} [data-if=cut]`), true);
      await go_to(page, 'composition');
      await page.waitForFunction(
        (head) => document.querySelector('#composition [data-head=induction]').textContent === head, looker);
      await go_to(page, 'tokens');
      assert.equal(await value(page, 'tokens', 'top'), 'um');
    }),

  'a head’s name in the prose lights it in the figure': () =>
    on_story({}, async (page) => {
      await go_to(page, 'composition');
      await page.click('[data-role=show-all]');
      const chip = page.locator(`#composition ${shown('en')} p:not([data-answer]) > [data-head=induction]`);
      const lit = (is_lit) =>
        page.waitForFunction(
          (wanted) => document.querySelector('#composition p:not([data-answer]) > [data-head=induction]').classList.contains('lit') === wanted,
          is_lit);
      await chip.and(page.getByText(/^L1H\d$/)).hover();
      await lit(true);
      await page.hover(`#composition ${shown('en')} h2`);
      await lit(false);
    }),

  'virtual heads and claims are measured when a guess was made': () =>
    on_story({ before: with_short_texts }, async (page) => {
      const text_file = short_text_file('en');
      await go_to(page, 'virtual-heads');
      await answer(page, 'virtual-heads', 'most');
      const found = Number.parseFloat(await value(page, 'virtual-heads', 'virtual-share'));
      const { loss, loss_uniform, loss_by_order: orders } = await command(
        'importance', '--model', 'models/two-layer', '--text-file', text_file);
      // The page tells of the windows that it has read so far.
      const whole = (100 * (orders[1] - orders[2])) / (loss_uniform - loss);
      assert.ok(Math.abs(found - whole) < 5, `${found} %, over the whole text ${whole} %`);
      assert.equal(await value(page, 'virtual-heads', 'loss-uniform'), loss_uniform.toFixed(2));
      assert.deepEqual(await marks(page, 'virtual-heads'), { right: ['little'], wrong: ['most'] });
      await go_to(page, 'claims');
      await answer(page, 'claims', 'all');
      await page.waitForSelector('#claims tr[data-claim]', { timeout: 2 * patience });
      const { claims } = await command('claims', '--model', 'models/two-layer', '--text-file', text_file);
      assert.equal(await value(page, 'claims', 'hold'), String(claims.filter(({ holds }) => holds === true).length));
    }),

  'on a phone, where a figure stands below its chapter, what the prose tells of it is known before': () =>
    on_story({ width: 390, height: 844 }, async (page) => {
      const below = (chapter) => page.$eval(`#${chapter} canvas`, (canvas) => canvas.getBoundingClientRect().top > innerHeight);
      for (const [chapter, choice, names] of [
        ['one-layer', 'crossed', ['copying-heads', 'crossed-false']], ['composition', 'k', ['pair-k', 'strongest-k']]]) {
        await go_to(page, chapter);
        await answer(page, chapter, choice);
        for (const name of names) await value(page, chapter, name);
        assert.equal(await below(chapter), true, `${chapter}: the figure is in sight`);
      }
      // The chapter says that much is copying: so does the list beside it, from its head's strongest on.
      const head = await page.textContent(`#one-layer ${shown('en')} [data-head=shown]`);
      const { entries } = await command('skip-trigrams', '--model', 'models/one-layer', '--head', head);
      assert.deepEqual([...new Set(entries.map(({ kind }) => kind))], ['copying']);
      assert(await value(page, 'one-layer', 'crossed-true').then((words) => words.startsWith(entries[0].source.text)));
    }),

  'the story is told in Chinese on Chinese models, and the language can be switched in place': () =>
    on_story({ locale: 'zh-CN' }, async (page) => {
      assert.match(await page.textContent(`#induction ${shown('zh-CN')} h2`), /归纳头/);
      assert.equal(await page.isVisible(`#tokens ${shown('en')} h2`), false);
      await go_to(page, 'path-expansion');
      await answer(page, 'path-expansion', '17', 'zh-CN');
      const box = await page.inputValue('[data-role=text]');
      const { logit } = await command('paths', '--model', 'models/zh/two-layer', '--text', box);
      assert.equal(await value(page, 'path-expansion', 'logit', 'zh-CN'), `+${logit.toFixed(2)}`);
      await page.selectOption('[data-role=language]', 'en');
      await page.waitForSelector('#path-expansion[data-stage=ready]');
      assert.equal(await page.isVisible(`#path-expansion ${shown('en')} [data-answer]`), true);
      assert.equal(await page.inputValue('[data-role=text]'), box);
      assert.equal(await page.isVisible(`#tokens ${shown('zh-CN')} h2`), false);
    }),

  'typing is one step until it rests; a new step leaves nothing to redo': () => {
    let now = 0;
    const stood = (text, position = null) => ({ text, language: 'en', chosen: { tokens: { position } } });
    const steps = new Steps(stood(''), () => now);
    for (const text of ['a', 'ab', 'abc']) steps.note(stood(text));
    now += 2000;
    steps.note(stood('abcd'));
    steps.note(stood('abcd', 1));
    steps.note(stood('abcd', 1));
    assert.deepEqual([steps.undo(), steps.undo(), steps.undo(), steps.undo()], [stood('abcd'), stood('abc'), stood(''), null]);
    assert.deepEqual([steps.redo(), steps.canRedo], [stood('abc'), true]);
    steps.note(stood('abx'));
    assert.deepEqual([steps.canUndo, steps.canRedo], [true, false]);
  },

  'text, models, cuts and the chosen token are undone and redone, step by step': () =>
    on_story({}, async (page) => {
      const cut = `#induction ${shown('en')} [data-act=cut-keys]`;
      const token = (i) => page.locator('#tokens .token-row button').nth(i);
      const is_cut = (pressed) => page.waitForSelector(`${cut}[aria-pressed=${pressed}]`);
      const is_chosen = (i) => page.waitForFunction(
        (at) => document.querySelectorAll('#tokens .token-row button')[at]?.getAttribute('aria-pressed') === 'true', i);
      const box = () => page.inputValue('[data-role=text]');
      await go_to(page, 'induction');
      await page.click('[data-role=show-all]');
      await page.click(`${cut}:enabled`);
      await is_cut(true);
      await go_to(page, 'tokens');
      await token(2).click();
      await is_chosen(2);
      await page.click('[data-role=undo]');
      await is_chosen(await page.locator('#tokens .token-row button').count() - 1);
      await page.focus('.contents summary');
      await page.keyboard.press('Control+z');
      await is_cut(false);
      assert.equal(await page.isDisabled('[data-role=undo]'), true);
      await page.keyboard.press('Control+Shift+z');
      await is_cut(true);
      await page.keyboard.press('Control+y');
      await is_chosen(2);
      await page.selectOption('[data-role=model-language]', 'zh');
      await page.waitForFunction(() => /\p{Script=Han}/u.test(document.querySelector('[data-role=text]').value));
      await page.focus('.contents summary');
      await page.keyboard.press('Control+z');
      assert.equal(await page.inputValue('[data-role=model-language]'), 'en');
      assert.equal(await box(), text);
      await is_chosen(2);
      await go_to(page, 'induction');
      await is_cut(true);
      // In the box the keys are the browser's.
      await page.focus('[data-role=text]');
      await page.keyboard.press('End');
      await page.keyboard.insertText('umt');
      await page.waitForTimeout(300);
      await page.keyboard.press('Control+z');
      assert.equal(await box(), text);
      await is_cut(true);
      await page.keyboard.press('Control+y');
      assert.equal(await box(), `${text}umt`);
      await page.waitForTimeout(1100); // typing has come to rest
      await page.keyboard.type('!');
      await page.waitForTimeout(300);
      await page.click('[data-role=undo]');
      assert.equal(await box(), `${text}umt`);
      await page.click('[data-role=redo]');
      assert.equal(await box(), `${text}umt!`);
    }),

  'a link to a view goes on to the instrument': () =>
    withPage({ address: address('#v=1&m=one-layer&f=attention'), ready: false }, async (page) => {
      await page.waitForURL(/lab\.html#v=1/);
      await page.waitForFunction(() => globalThis.pathscope?.info?.config.n_layers === 1);
    }),

  'nothing of the story is wider than a phone': () =>
    on_story({ width: 360 }, async (page) => {
      await page.click('.contents summary');
      await page.click('.contents a[href="#claims"]');
      await page.click('.contents summary');
      await go_to(page, 'zero-layers');
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${wide} pixels too wide`);
    }),
};
