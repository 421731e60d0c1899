// embed.html in frames of an article on another origin, and embed-host.js, which sizes them.
import assert from 'node:assert/strict';
import { articles, withArticle } from './articles.mjs';
import { address, patience, withPage } from './browser.mjs';
import { command, near } from './tables.mjs';

const frame = (fragment, attributes = 'sandbox="allow-scripts"') =>
  `<iframe ${attributes} src="${address(`embed.html${fragment}`)}" style="width:100%;height:300px;border:0"></iframe>`;
const host_script = () => `<script src="${address('embed-host.js')}"></script>`;
// What frames tell, and what a plain host does with it.
const listening = (resizing) => `<script>window.told = []; window.heights = [];
addEventListener('message', ({ source, data }) => {
  told.push(data);
  const frame = [...document.querySelectorAll('iframe')].find((each) => each.contentWindow === source);
  if (frame && data.height) { heights.push(data.height); if (${resizing}) frame.style.height = data.height + 'px'; }
});</script>`;

async function until(page, condition, argument) {
  await page.waitForFunction(condition, argument, { timeout: patience });
}
const ready = (page, count = 1) => until(page, (n) => told.filter(({ ready }) => ready).length >= n, count);
const inner = (page, i = 0) => page.frames().filter((each) => each !== page.mainFrame())[i];

// No height has come for a while.
async function at_rest(page) {
  for (let before = -1; ; ) {
    const now = await page.evaluate(() => heights.length);
    if (now === before) return now;
    before = now;
    await page.waitForTimeout(1500);
  }
}

export default {
  'a sandboxed frame of null origin draws the figure of its fragment': () =>
    withArticle(listening(true) + frame('#v=1&m=two-layer&f=induction&z=0'), {}, async (page) => {
      await ready(page);
      assert.equal(await inner(page).evaluate(() => self.origin), 'null');
      assert.equal(await inner(page).$eval('path-scope', (element) => element.figure), 'induction');
      await inner(page).waitForSelector('path-scope table[data-table=induction] tbody tr', { state: 'attached' });
    }),

  'a frame without scripts shows a picture and numbers, those of the command': () =>
    withArticle(frame('#v=1&m=two-layer&f=induction', 'sandbox=""'), { allow: /sandboxed|Blocked script/ }, async (page) => {
      const alone = inner(page);
      await alone.waitForSelector('.fallback img', { state: 'visible' });
      const rows = await alone.$$eval('.fallback tr', (all) => all.map((row) => [row.cells[0].textContent, Number(row.cells[1].textContent)]));
      const { terms, logit } = await command('paths', '--text', 'Miss Plumtickle was late. Nobody waited for Miss Pl');
      assert.equal(rows[0][0], terms[0].path.join(' → ') || terms[0].kind);
      near(rows[0][1], terms[0].logit, 'the first term');
      near(rows.at(-1)[1], logit, 'the logit');
      near(rows.slice(0, -1).reduce((sum, [, value]) => sum + value, 0), logit, 'the sum');
    }),

  'a host that does as it is told sees heights that settle, and come back with the width': () =>
    withArticle(listening(true) + frame('#v=1&m=two-layer&f=paths&z=0'), { width: 1200 }, async (page) => {
      await ready(page);
      const before = await at_rest(page);
      assert(before <= 4, `${before} heights at the beginning`);
      const wide = await page.evaluate(() => heights.at(-1));
      await page.setViewportSize({ width: 360, height: 800 });
      await until(page, (height) => heights.at(-1) !== height, wide);
      await at_rest(page);
      await page.setViewportSize({ width: 1200, height: 800 });
      await until(page, (height) => Math.abs(heights.at(-1) - height) <= 1, wide);
      await at_rest(page);
      const all = await page.evaluate(() => heights);
      assert(all.length < 20 && all.at(-1) < 3000, all.join());
      assert(Math.abs(all.at(-1) - wide) <= 1, all.join());
      const hidden = await inner(page).evaluate(() => document.documentElement.scrollHeight - innerHeight);
      assert(hidden <= 1, `${hidden} px are cut off`);
    }),

  'the host script sets the height, and takes no other page’s word for it': () =>
    withArticle(
      `${listening(false)}${frame('#v=1&m=two-layer&f=heads&z=0')}<iframe id="stranger" sandbox="allow-scripts" srcdoc="<script>parent.postMessage({pathscope:1,height:1234},'*')</script>" style="height:150px"></iframe>${host_script()}`,
      { allow: /Trusted|Content Security/ },
      async (page) => {
        await ready(page);
        await until(page, () => Math.abs(document.querySelector('iframe').offsetHeight - heights.at(-1)) <= 1 && heights.at(-1) > 400);
        await until(page, () => told.some(({ height }) => height === 1234));
        assert.equal(await page.$eval('#stranger', (node) => node.style.height), '150px');
        await at_rest(page);
        const before = await page.$eval('iframe', (node) => node.style.height);
        for (const data of [{ pathscope: 1, height: 1e9 }, { pathscope: 1, height: '900px' }, { pathscope: 1, height: NaN }, { height: 900 }, null, 'x'])
          await page.evaluate((message) => postMessage(message, '*'), data);
        await page.waitForTimeout(300);
        assert.equal(await page.$eval('iframe', (node) => node.style.height), before);
      },
    ),

  'the host script leaves a frame that never comes to rest as it is': async () => {
    const growing = `<script>let h = 100; setInterval(() => parent.postMessage({ pathscope: 1, height: h += 10 }, '*'), 20);</script>`;
    const host = await articles({ 'frame.html': growing });
    try {
      const body = `<iframe data-path-scope sandbox="allow-scripts" src="${host.address}frame.html" style="height:100px"></iframe>${host_script()}`;
      await withArticle(body, {}, async (page) => {
        await page.waitForTimeout(3000);
        const height = await page.$eval('iframe', (node) => node.offsetHeight);
        assert(height > 150 && height < 600, `${height} px`);
      });
    } finally {
      await host.close();
    }
  },

  'a frame shows what its parent asks for as a link, and nothing else': () =>
    withArticle(listening(true) + frame('#v=1&m=two-layer&f=paths&z=0'), {}, async (page) => {
      await ready(page);
      const send = (data) => page.evaluate((message) => document.querySelector('iframe').contentWindow.postMessage(message, '*'), data);
      for (const data of ['alert(1)', { pathscope: 1, show: 17 }, { pathscope: 2, show: '#v=1&f=heads&z=0' }, { pathscope: 1, run: 'alert(1)' }, null])
        await send(data);
      await page.waitForTimeout(300);
      assert.equal(await inner(page).$eval('path-scope', (element) => element.figure), 'paths');
      await send({ pathscope: 1, show: '#v=1&m=one-layer&f=attention&h=L0H3&e=1&z=0' });
      await ready(page, 2);
      const shown = await inner(page).$eval('path-scope', ({ figure, model, controls, explorer }) => [figure, model, controls, explorer.state().head]);
      assert.deepEqual(shown, ['attention', 'one-layer', true, 'L0H3']);
      await send({ pathscope: 1, show: '#v=1&m=javascript:alert(1)&z=0' });
      await until(page, () => told.some(({ error }) => /“m” is none of that kind/.test(error ?? '')));
      assert(!(await page.evaluate(() => JSON.stringify(told).includes('Plumtickle'))), 'the text stays in the frame');
    }),

  'a broken link gives a sentence in the frame, and tells the parent': async () => {
    for (const [fragment, sentence] of [
      ['#v=2&m=two-layer', /version 2/],
      ['#v=1&m=two-layer&t=%%%&z=0', /“t” is none of that kind/],
      ['#v=1&m=two-layer&f=hats&z=0', /no figure “hats”/],
      ['#v=1&m=no-such&f=paths&z=0', /no model 'no-such'/],
    ]) {
      await withArticle(listening(true) + frame(fragment), { allow: /404/ }, async (page) => {
        await until(page, () => told.some(({ error }) => error));
        const [{ error }] = await page.evaluate(() => told.filter((each) => each.error));
        assert.match(error, sentence);
        await inner(page).waitForSelector('[role=alert]:not(:empty)', { state: 'visible' });
      });
    }
  },

  'a frame out of sight gives its WebGL context up, and has it again in sight': () => {
    const body = `${listening(false)}${frame('#v=1&m=two-layer&f=attention&z=0')}<div style="height:9000px"></div>`;
    const init = `window.lost = 0;
      const get = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        if (kind === 'webgl2') { this.addEventListener('webglcontextlost', () => lost++); this.addEventListener('webglcontextrestored', () => lost--); }
        return get.call(this, kind, ...rest);
      };`;
    return withArticle(body, { init, allow: /CONTEXT_LOST|WebGL/ }, async (page) => {
      await ready(page);
      const waits = (lost) => inner(page).waitForFunction((n) => window.lost === n, lost, { timeout: patience, polling: 100 });
      for (let times = 0; times < 2; times++) {
        await page.evaluate(() => scrollTo(0, 9000));
        await waits(1);
        await page.evaluate(() => scrollTo(0, 0));
        await waits(0);
      }
      const before = await inner(page).$eval('path-scope', ({ explorer }) => explorer.state().position);
      await inner(page).$eval('path-scope', ({ explorer }) => explorer.set({ position: 3 }));
      assert.notEqual(before, 3);
      await page.waitForTimeout(1000);
      const colours = await inner(page).$eval('path-scope', (element) => {
        const canvas = element.shadowRoot.querySelector('canvas');
        return new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size;
      });
      assert(colours > 50, `${colours} colours`);
    });
  },

  'opened by itself, embed.html is a page with the figure': () =>
    withPage({ address: address('embed.html'), ready: false }, (page) =>
      page.waitForSelector('path-scope table[data-table=paths] tbody tr', { state: 'attached' }),
    ),
};
