// What leaves the page: a figure as a picture, a drawing, CSV and JSON, the page on paper, the citation.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { csv_of } from '../../web/lab/csv.js';
import { address, opening_text, patience, root, settled, state, type, until, withPage } from './browser.mjs';
import { command, near } from './tables.mjs';

const margin = 16; // around an exported figure

async function open(page, figure) {
  await page.click(`[data-figure=${figure}] [data-role=export]`);
}

// What is saved as that kind, from the open dialog: {name, content}.
async function saved(page, kind) {
  await page.click(`[data-role=export-dialog] label:has([value=${kind}])`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-role=export-save]')]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

// Keeps a picture of the figure at that scale, or the canvas that is shown (scale 0), under a name in
// the page. Gives its size, and how many steps from dark to light there are between neighbours, those
// from even and those from odd columns: what is enlarged has none, or in every other column.
function picture(page, figure, scale, name) {
  return page.evaluate(([of, times, kept]) => {
    const canvas = times ? pathscope.figures[of].picture({ scale: times, dark: false }).canvas : document.querySelector(`[data-figure=${of}] canvas`);
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
    (globalThis.pictures ??= {})[kept] = data;
    const grey = (i) => 255 - ((255 - data[4 * i + 1]) * data[4 * i + 3]) / 255;
    const steps = [0, 0];
    for (let i = 0; i + 1 < data.length / 4; i++) if (Math.abs(grey(i) - grey(i + 1)) > 150) steps[(i % width) % 2] += 1;
    return { width, height, steps };
  }, [figure, scale, name]);
}

// The share of pixels in which two pictures of the same size differ.
function difference(page, a, b) {
  return page.evaluate(([one, other]) => {
    const [here, there] = [pictures[one], pictures[other]];
    if (here.length !== there.length) return 1;
    return here.filter((value, i) => Math.abs(value - there[i]) > 32).length / here.length;
  }, [a, b]);
}

function rows_of(csv) {
  const fields = [...csv.matchAll(/("((?:[^"]|"")*)"|[^",\r\n]*)(,|\r\n)/g)];
  const rows = [[]];
  for (const [, plain, quoted, end] of fields) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
}

// The same, but for float32's last bits.
function alike(found, expected, where) {
  if (typeof expected === 'number') return near(found, expected, where);
  if (typeof expected !== 'object' || expected === null) return assert.equal(found, expected, where);
  assert.deepEqual(Object.keys(found), Object.keys(expected), where);
  for (const key of Object.keys(expected)) alike(found[key], expected[key], `${where}.${key}`);
}

export default {
  'an export is a picture drawn at twice the pixels, without what is pointed at, its caption below': () =>
    withPage({}, async (page) => {
      await settled(page);
      await picture(page, 'paths', 0, 'shown');
      const once = await picture(page, 'paths', 1, 'once');
      assert.equal(await difference(page, 'once', 'shown'), 0, 'it is what is shown');
      const twice = await picture(page, 'paths', 2, 'twice');
      assert.equal(twice.width, 2 * once.width);
      assert(Math.abs(twice.height - 2 * once.height) < 80, 'but for a line that wraps otherwise');
      assert(Math.min(...twice.steps) > 1000, `drawn anew, and not enlarged: ${twice.steps}`);

      await page.mouse.move(600, (await page.locator('[data-figure=paths] canvas').boundingBox()).y + 190);
      await until(page, ({ hovered }) => hovered !== null);
      await picture(page, 'paths', 2, 'pointed');
      assert.equal(await difference(page, 'pointed', 'twice'), 0, 'nothing is pointed at');

      await open(page, 'paths');
      const caption = await page.inputValue('[data-role=export-caption]');
      for (const part of [opening_text, 'two layers', 'position 15', '“um”', 'L1H6 4.77']) assert(caption.includes(part), `${part} in ${caption}`);
      const { name, content } = await saved(page, 'png');
      assert.equal(name, 'pathscope-paths.png');
      const { width, height, data } = PNG.sync.read(content);
      assert.equal(width, twice.width + 4 * margin);
      assert(height > twice.height + 200);
      const inked = (from, to) => data.subarray(4 * width * from, 4 * width * to).some((value) => value < 100);
      assert(data.every((value, i) => i % 4 !== 3 || value === 255), 'no hole in it');
      assert.deepEqual([...data.subarray(0, 3)], [255, 255, 255], 'on white');
      assert(inked(2 * margin + twice.height, height), 'words below');
    }),

  'an export as a drawing holds the figure, the caption in lines and the link': () =>
    withPage({}, async (page) => {
      await open(page, 'paths');
      await page.fill('[data-role=export-caption]', 'The title\nA & B <i>, told at length: ' + 'word '.repeat(60));
      const { name, content } = await saved(page, 'svg');
      assert.equal(name, 'pathscope-paths.svg');
      const other = await page.context().newPage();
      await other.goto(`data:image/svg+xml;base64,${content.toString('base64')}`);
      const found = await other.evaluate(() => ({
        root: document.documentElement.localName,
        box: document.documentElement.getAttribute('viewBox').split(' ').map(Number),
        inner: document.querySelectorAll('svg svg text').length,
        lines: [...document.querySelectorAll('svg > g > text')].map((text) => text.textContent),
        right: Math.max(...[...document.querySelectorAll('text')].map((text) => text.getBBox().x + text.getBBox().width)),
      }));
      assert.equal(found.root, 'svg');
      assert(found.inner > 20, 'the figure’s own words are text');
      assert(found.lines.length > 3 && found.lines[0] === 'The title');
      assert(found.lines.join(' ').includes('A & B <i>, told at length: word word'));
      assert.match(found.lines.at(-1), /^http.*#v=1&m=two-layer&f=paths&.*z=0$/);
      assert(found.right <= found.box[2], 'nothing is cut off');
    }),

  'an export as CSV has the table’s numbers with every digit, and no formulas': () =>
    withPage({}, async (page) => {
      const cells = ['=1+1', '+1+1', '-', '@a', '\ta', '＝1', '-0.5', '+3', '1e-7', 'a "b", c', '汉字\n', ' x', null];
      const guarded = ["'=1+1", "'+1+1", "'-", "'@a", "'\ta", "'＝1", '-0.5', '+3', '1e-7', 'a "b", c', '汉字\n', ' x', ''];
      assert.deepEqual(rows_of(csv_of([cells]).slice(1)), [guarded]);

      await type(page, 'a =1+1, "a =1+1');
      const { tokens } = await state(page);
      assert(tokens.some(({ text }) => text.startsWith('=')), 'a token that begins a formula');
      await open(page, 'attention');
      const { name, content } = await saved(page, 'csv');
      assert.equal(name, 'pathscope-attention.csv');
      assert.deepEqual([...content.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
      const [head, ...rows] = rows_of(content.toString().slice(1));
      const { sources } = await page.evaluate(() => pathscope.explorer.table('attention'));
      assert.deepEqual(head, ['source', 'token', 'score', 'weight']);
      const quoted = (text) => (/^[=+@-]/.test(text) ? `'${text}` : text);
      assert.deepEqual(
        rows.map(([position, token, score, weight]) => [Number(position), token, Number(score), Number(weight)]),
        sources.map(({ position, token, score, weight }) => [position, quoted(token.text), score, weight]),
      );
      await page.keyboard.press('Escape');

      await open(page, 'paths');
      await page.click('[data-role=export-dialog] label:has([value=csv])');
      await page.selectOption('[data-role=export-table]', 'paths-next');
      const next = await saved(page, 'csv');
      assert.equal(next.name, 'pathscope-paths-next.csv');
      const { top } = await state(page);
      assert.deepEqual(rows_of(next.content.toString()).slice(1).map(([, id, , log_prob]) => [Number(id), Number(log_prob)]), top.map(({ id, log_prob }) => [id, log_prob]));
    }),

  'an export as JSON is what the commands answer, with the options they were asked with': () =>
    withPage({}, async (page) => {
      for (const change of [{ position: 9 }, { against: 'mean' }, { cuts: ['L0H6>*:K', 'L1H2'] }])
        await page.evaluate((one) => pathscope.explorer.set(one), change);
      await settled(page);
      const { target } = await state(page);
      const cut = ['--cut', 'L0H6>*:K', '--cut', 'L1H2'];
      const reading = ['--text', opening_text, '--position', '9', '--target', String(target.id), '--against', 'mean', '--sources'];
      await open(page, 'paths');
      const paths = JSON.parse((await saved(page, 'json')).content);
      const { version } = JSON.parse(readFileSync(join(root, 'package.json')));
      assert.deepEqual([paths.figure, paths.model, paths.text, paths.made], ['paths', 'two-layer', opening_text, `Pathscope ${version}`]);
      assert.match(paths.link, /lab\.html#v=1&m=two-layer&f=paths&.*&p=9&a=mean&.*z=0$/);
      const [with_cut, without] = paths.commands;
      assert.deepEqual(with_cut.options, { text: opening_text, position: 9, target: target.id, against: 'mean', sources: true, cut: ['L0H6>*:K', 'L1H2'], frozen: false });
      alike(with_cut.answer, await command('paths', ...reading, ...cut), 'with the cut');
      alike(without.answer, await command('paths', ...reading), 'without it');
      await page.keyboard.press('Escape');

      await open(page, 'attention');
      const { commands: [attention] } = JSON.parse((await saved(page, 'json')).content);
      alike(attention.answer, await command('attention', '--text', opening_text, ...cut), 'attention');
      await page.keyboard.press('Escape');

      let seed = 1;
      const letter = () => String.fromCodePoint(0x4e00 + ((seed = (seed * 48271) % 2147483647) % 20000));
      await type(page, Array.from({ length: 1500 }, letter).join(''));
      await open(page, 'paths');
      const long = JSON.parse((await saved(page, 'json')).content);
      assert.equal(long.link, null, 'too long for a link');
      assert.equal(long.commands[0].options.ids.length, 256, 'what was left out is not asked for');
      await page.keyboard.press('Escape');

      await open(page, 'claims');
      await page.click('[data-role=export-dialog] label:has([value=json])');
      await page.click('[data-role=export-save]');
      await page.waitForFunction(() => /nothing to save yet/.test(document.querySelector('[data-role=export-status]').textContent));
    }),

  'on paper, an export of the page too, stand text, model and figures in light colours, no controls': () =>
    withPage({ scheme: 'dark' }, async (page) => {
      const print = (event) => page.evaluate((name) => dispatchEvent(new Event(name)), event);
      const light = () =>
        page.$eval('[data-figure=paths] canvas', (canvas) => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          return { width: canvas.width, light: data.filter((value, i) => i % 4 === 0 && data[i + 3] === 255 && value > 200).length / (data.length / 4) };
        });
      const before = await light();
      await page.emulateMedia({ media: 'print' });
      await print('beforeprint');
      const printed = await light();
      assert(before.light < 0.1 && printed.light > 0.5, `drawn light: ${before.light}, ${printed.light}`);
      const seen = await page.evaluate(() => [...document.querySelectorAll('button, select, textarea, input, nav, footer details, .keys')].filter((node) => node.checkVisibility()).map((node) => node.outerHTML.slice(0, 80)));
      assert.deepEqual(seen, []);
      const told = await page.innerText('.handout');
      for (const part of [opening_text, 'two-layer', '“um”', address('lab.html')]) assert(told.includes(part), `${part} in ${told}`);
      assert(!(await page.isVisible('table[data-table=paths]')));
      assert.equal(await page.$eval('body', (body) => getComputedStyle(body).backgroundColor), 'rgb(255, 255, 255)');
      await print('afterprint');
      await page.emulateMedia({ media: 'screen' });
      await settled(page);
      assert.deepEqual(await light(), before, 'the screen as it was');
      assert(!(await page.isVisible('.handout')));
    }),

  'on paper, the story, an export of its own, has its questions, and its figures without a veil': () =>
    withPage({ address: address('index.html'), ready: false }, async (page) => {
      await page.waitForFunction(() => globalThis.pathscope?.chapters.length > 0);
      await page.locator('#one-head').scrollIntoViewIfNeeded();
      await page.waitForSelector('#one-head[data-stage=ready] table[data-table=attention] tbody tr', { state: 'attached', timeout: patience });
      await page.emulateMedia({ media: 'print' });
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      const looks = (selector) => page.$eval(selector, (node) => ({ seen: node.checkVisibility(), filter: getComputedStyle(node).filter }));
      assert.deepEqual(await looks('#one-head .place'), { seen: true, filter: 'none' });
      assert.deepEqual(await looks('#one-head canvas'), { seen: true, filter: 'none' });
      for (const [selector, expected] of [['#one-head .cover', false], ['.writing-bar', false], ['#one-head [data-question]:lang(en)', true], ['#one-head :lang(en) > details math', true], ['.prose .act', false]])
        assert.equal((await looks(selector)).seen, expected, selector);
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      assert.equal(await page.$$eval('.prose details[open]', (open) => open.length), 0);
    }),

  'paper and page are cited, for an export’s source, as BibTeX that can be copied': () =>
    withPage({ address: address('index.html'), ready: false, init: `Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text; } } });` }, async (page) => {
      await page.click('[data-role=cite] summary');
      await page.click('[data-role=cite-copy]');
      await page.waitForFunction(() => window.copied);
      const bibtex = await page.evaluate(() => window.copied);
      const { version } = JSON.parse(readFileSync(join(root, 'package.json')));
      assert.match(bibtex, /^@article\{elhage2021mathematical,[^@]*author = \{Elhage, Nelson and [^@]*Olah, Chris\}/);
      assert(bibtex.includes(`note = {Version ${version}},\n  url = {${address('index.html')}}`));
      const brackets = [...bibtex].reduce((depth, sign) => depth + (sign === '{') - (sign === '}'), 0);
      assert.equal(brackets, 0);
      assert.match(readFileSync(join(root, 'CITATION.cff'), 'utf8'), new RegExp(`^version: ${version.replaceAll('.', '\\.')}$`, 'm'));
      await page.selectOption('[data-role=language]', 'zh-CN');
      assert.equal(await page.innerText('[data-role=cite] summary'), '引用');
    }),
};
