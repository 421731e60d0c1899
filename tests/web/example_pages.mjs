// The pages in examples/, served from an origin of their own, with figures from the test's site.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { articles, shown } from './articles.mjs';
import { address, patience, root, state, withPage } from './browser.mjs';
import { command } from './tables.mjs';

const written = 'http://127.0.0.1:8000/'; // in the examples
const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript' };
const folder = join(root, 'examples');
const read = (name) => readFileSync(join(folder, name), 'utf8').replaceAll(written, address());

async function withExample(name, options, test) {
  const files = readdirSync(folder).filter((file) => types[extname(file)]);
  const pages = Object.fromEntries(files.map((file) => [file, { body: read(file), type: types[extname(file)] }]));
  const host = await articles(pages);
  try {
    await withPage({ ...options, address: host.address + name, ready: false }, test);
  } finally {
    await host.close();
  }
}

const no_overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

// Some heads copy, others do not.
async function assert_some_copy(model) {
  const of_model = ['--model', join(root, 'models', model)];
  const copying = [];
  for (const head of (await command('info', ...of_model)).heads) {
    const { entries } = await command('skip-trigrams', ...of_model, '--head', head);
    copying.push(entries.filter(({ kind }) => kind === 'copying').length / entries.length);
  }
  assert(Math.max(...copying) >= 0.9 && Math.min(...copying) <= 0.1, copying.join());
}

async function article(name, { last, name_of_target, copies }) {
  await assert_some_copy(copies);
  for (const [width, scheme] of [[1024, 'light'], [390, 'dark']]) {
    await withExample(name, { width, scheme }, async (page) => {
      assert.equal(await page.locator('path-scope').count(), 4);
      for (let i = 1; i <= 4; i++) await shown(page, `figure:nth-of-type(${i}) path-scope`);
      assert(await no_overflow(page), `${width} px`);
      // What the article says of its last two figures.
      const [whole, cut] = await page.$$eval('path-scope', (all) => all.slice(2).map(({ explorer }) => explorer.state()));
      assert.equal(whole.top[0].text, name_of_target);
      assert(Math.exp(whole.top[0].log_prob) > 0.9);
      assert.equal(cut.target.text, name_of_target);
      const now = await page.$eval(last, async ({ scope, explorer }) => {
        const { text, target, cuts } = explorer.state();
        const { positions } = await scope.logits(text, { cut: cuts, top: 4096 });
        return positions.at(-1).top.find(({ id }) => id === target.id).log_prob;
      });
      assert(Math.exp(now) < 0.01, `${Math.exp(now)} with the cut`);
    });
  }
}

export default {
  'the English article: four live figures, and what it says of them holds': () =>
    article('article-en.html', { last: 'figure:nth-of-type(4) path-scope', name_of_target: 'um', copies: 'one-layer' }),

  'the Chinese article too': () =>
    article('article-zh.html', { last: 'figure:nth-of-type(4) path-scope', name_of_target: '糕', copies: 'zh/one-layer' }),

  'the slides start hidden, scaled, and their figures explore together': () =>
    withExample('slides.html', { width: 900, height: 600 }, async (page) => {
      await page.keyboard.press('ArrowRight');
      await shown(page, '[figure=paths]');
      await page.$eval('[figure=paths]', ({ explorer }) => explorer.set({ position: 4 }));
      await page.click('#on');
      await shown(page, '[figure=attention]');
      assert.equal(await page.$eval('[figure=attention]', ({ explorer }) => explorer.state().position), 4);
      const box = await page.locator('[figure=attention]').boundingBox();
      assert(box.y + box.height <= 600, 'it stays on its slide');
      await page.keyboard.press('ArrowLeft');
      assert(await page.isVisible('[figure=paths]'));
    }),

  'the notebook’s output runs in the frame that notebooks give it': async () => {
    const { cells } = JSON.parse(read('notebook.ipynb'));
    const [output] = cells.flatMap(({ outputs = [] }) => outputs);
    const html = output.data['text/html'].join('');
    const cell = `<!doctype html><iframe id="output" sandbox="allow-scripts" style="width:900px;height:950px;border:0"></iframe>
      <script>document.getElementById('output').srcdoc = ${JSON.stringify(html).replaceAll('</', '<\\/')}</script>`;
    const host = await articles({ 'notebook.html': cell });
    try {
      await withPage({ address: `${host.address}notebook.html`, ready: false, allow: /404/ }, async (page) => {
        // By its place: playwright misses now and then where such a frame went, and calls it ''.
        const output = await page.waitForSelector('#output').then((node) => node.contentFrame());
        const inner = await output.waitForSelector('iframe').then((node) => node.contentFrame());
        await inner.waitForFunction(() => location.pathname.endsWith('/embed.html'));
        await inner.waitForSelector('path-scope table[data-table=attention] tbody tr', { state: 'attached', timeout: patience });
        assert.equal(await inner.$eval('path-scope', ({ explorer }) => explorer.state().text), 'one two three one two');
      });
    } finally {
      await host.close();
    }
  },

  'the links and the frame of the Markdown post lead to what it says': async () => {
    const post = read('post.md');
    const links = [...post.matchAll(/\]\((http[^)]+)\)/g)].map(([, link]) => link);
    assert.equal(links.length, 2);
    const probability = async (link) => {
      let found;
      await withPage({ address: link }, async (page) => {
        await page.waitForFunction((cuts) => pathscope.explorer.state().cuts.length === cuts, link.includes('&c=') ? 1 : 0);
        const { top } = await state(page);
        found = Math.exp(top[0].cut_log_prob ?? top[0].log_prob);
      });
      return found;
    };
    assert((await probability(links[0])) > 0.9);
    assert((await probability(links[1])) < 0.5);
    const frame = /<iframe[\s\S]*<\/script>/.exec(post)[0];
    const host = await articles({ 'post.html': `<!doctype html><link rel="icon" href="data:,">${frame}` });
    try {
      await withPage({ address: `${host.address}post.html`, ready: false }, async (page) => {
        await page.waitForFunction(() => {
          const { style } = document.querySelector('iframe');
          return style.height !== '800px' && parseInt(style.height) > 500;
        }, null, { timeout: patience });
      });
    } finally {
      await host.close();
    }
  },
};
