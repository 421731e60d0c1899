// <path-scope> in articles on another origin.
import assert from 'node:assert/strict';
import { axe } from './axe.mjs';
import { complaint, script, shown, stage, terms, until_element, withArticle } from './articles.mjs';
import { address } from './browser.mjs';
import { with_short_texts } from './short_texts.mjs';
import { command, near } from './tables.mjs';

const text = 'the cat sat on the mat. the cat';
const fallback = '<img alt="the terms as bars" width="600" height="300" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"><table id="few"><tr><th>direct<td>1.5</table>';

// Events of the element that the script is in front of, as they come.
const listening = `<script>window.heard = [];
for (const name of ['ready', 'change', 'error'])
  addEventListener(name, (e) => heard.push([name, e.message ?? e.detail ?? null]), true);
</script>`;

const no_webgl = `for (const type of [HTMLCanvasElement, globalThis.OffscreenCanvas]) {
  const get = type.prototype.getContext;
  type.prototype.getContext = function (kind, ...rest) { return /webgl/.test(kind) ? null : get.call(this, kind, ...rest); };
}`;

async function same_terms(page, expected, selector) {
  const found = await terms(page, selector);
  assert.equal(Object.keys(found).length, expected.terms.length);
  for (const { path, kind, logit } of expected.terms) near(found[path.join('-') || kind], logit, path.join('-'));
}

export default {
  'an element in an article elsewhere draws, and its table has the command’s numbers': async () => {
    for (const attributes of ['type="module"', '']) {
      const body = `${script(attributes)}${listening}<path-scope figure="paths" text="${text}"></path-scope>`;
      await withArticle(body, {}, async (page) => {
        await shown(page);
        await same_terms(page, await command('paths', '--text', text));
        const drawn = await page.$eval('path-scope', (element) => {
          const canvas = element.shadowRoot.querySelector('canvas');
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          return new Set(new Uint32Array(data.buffer)).size;
        });
        assert(drawn > 50, `${drawn} colours`);
        assert.deepEqual(await page.evaluate(() => heard.map(([name]) => name).slice(0, 1)), ['ready']);
        const parameters = await page.$eval('path-scope', async ({ scope }) => (await scope.info()).parameters);
        assert.equal(parameters, (await command('info')).parameters);
      });
    }
  },

  'elements of one article share the module, the model and the WebGL context': () => {
    const init = `window.contexts = 0;
      const get = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (kind, ...rest) { if (kind === 'webgl2') contexts++; return get.call(this, kind, ...rest); };`;
    const figures = ['paths', 'attention', 'bigrams', 'scores', 'expansion'];
    const body = script() + figures.map((figure) => `<path-scope figure="${figure}" text="${text}"></path-scope>`).join('');
    const fetched = [];
    const before = (page) => page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    return withArticle(body, { init, before }, async (page) => {
      for (const figure of figures) await shown(page, `[figure=${figure}]`);
      assert.equal(await page.evaluate(() => contexts), 1);
      const often = (name) => fetched.filter((path) => path.endsWith(name)).length;
      assert.deepEqual([often('/pathscope.wasm'), often('/two-layer/model.safetensors')], [1, 1]);
    });
  },

  'an element far below fetches no module, and one that has left and comes back works': () =>
    withArticle(`${script()}<div style="height:9000px"></div><path-scope text="${text}"></path-scope>`, {}, async (page) => {
      const fetched = [];
      page.on('request', (request) => fetched.push(request.url()));
      await page.waitForFunction(() => customElements.get('path-scope'));
      await page.waitForTimeout(1000);
      assert(!fetched.some((url) => /wasm|safetensors/.test(url)), 'the module was fetched out of sight');
      await shown(page);
      await page.evaluate(async () => {
        window.kept = document.querySelector('path-scope');
        kept.remove();
        await new Promise((done) => setTimeout(done, 200));
      });
      assert.equal(await page.evaluate(() => kept.scope), null);
      await page.evaluate(() => document.body.append(kept));
      await shown(page);
      await same_terms(page, await command('paths', '--text', text));
    }),

  'the article does not jump when the figure comes': async () => {
    for (const [width, given] of [[1024, ''], [390, ''], [1024, 'height="990"']]) {
      const example = '<path-scope figure="paths" ATTRIBUTES></path-scope><p id="after">after</p>';
      await withArticle(script() + example.replace('ATTRIBUTES', given), { width }, async (page) => {
        await page.waitForFunction(() => customElements.get('path-scope'));
        const top = () => page.$eval('#after', (node) => node.getBoundingClientRect().top + scrollY);
        const before = await top();
        await shown(page);
        const moved = Math.abs((await top()) - before);
        assert(moved <= 30, `at ${width} px what follows moved by ${moved} px`);
      });
    }
  },

  'under a strict policy the element works without a violation': () =>
    withArticle(
      `${script()}<path-scope figure="paths" text="${text}"></path-scope>`,
      {
        headers: {
          'Content-Security-Policy': `default-src 'none'; script-src ${address().slice(0, -1)} 'wasm-unsafe-eval'; connect-src ${address().slice(0, -1)}; img-src 'self' data:; style-src 'self'; require-trusted-types-for 'script'`,
        },
      },
      async (page) => {
        // No eval there, for the test either.
        await page.waitForSelector('path-scope [part=frame][data-stage=ready]', { state: 'attached' });
        await page.waitForSelector('path-scope table[data-table=paths] tbody tr', { state: 'attached' });
        await same_terms(page, await command('paths', '--text', text));
      },
    ),

  'a policy without wasm-unsafe-eval leaves the fallback and says what to add': () =>
    withArticle(
      `${script()}<path-scope text="${text}">${fallback}</path-scope>`,
      {
        allow: /wasm/i,
        headers: {
          'Content-Security-Policy': `default-src 'none'; script-src ${address().slice(0, -1)}; connect-src ${address().slice(0, -1)}; img-src 'self' data:; style-src 'self'`,
        },
      },
      async (page) => {
        await page.waitForSelector('path-scope [part=error]', { state: 'visible' });
        assert.match(await page.textContent('path-scope [part=error]'), /'wasm-unsafe-eval'/);
        assert(await page.isVisible('#few'));
        assert(await page.isVisible('path-scope img'));
      },
    ),

  'without WebGL the fallback stays, with the reason and every number': () =>
    withArticle(
      `${script()}${listening}<path-scope text="${text}">${fallback}</path-scope>`,
      { init: no_webgl, allow: /WebGL/i },
      async (page) => {
        assert.match(await complaint(page), /WebGL 2/);
        await page.waitForSelector('path-scope table[data-table=paths] tbody tr', { state: 'visible' });
        assert(await page.isVisible('#few'));
        assert(await page.isHidden('path-scope canvas'));
        await same_terms(page, await command('paths', '--text', text));
        assert.match((await page.evaluate(() => heard.find(([name]) => name === 'error')))[1], /WebGL/);
      },
    ),

  'without JavaScript the fallback is what there is': () =>
    withArticle(`${script()}<path-scope>${fallback}</path-scope>`, { script: false }, async (page) => {
      assert(await page.isVisible('#few'));
      assert(await page.isVisible('path-scope img'));
    }),

  'what an element is asked for wrongly gives a sentence and an event': async () => {
    const cases = [
      ['figure="hats"', 'error', /no figure “hats”.*expected one of paths, attention/],
      ['model="three-layer"', 'error', /no model 'three-layer' here, only/],
      ['position="last"', 'notice', /position="last": expected a whole number/],
      ['position="99"', 'notice', /99/],
      ['target="two words"', 'notice', /target="two words": expected one token/],
      ['head="7"', 'notice', /head="7": expected a head such as/],
      ['cuts="L0H1 L9H9"', 'notice', /L9H9/],
      ['ids="1,two"', 'notice', /ids="1,two": expected token ids/],
    ];
    for (const [attributes, part, sentence] of cases) {
      const body = `${script()}${listening}<path-scope text="${text}" ${attributes}>${fallback}</path-scope>`;
      await withArticle(body, { allow: /404/ }, async (page) => {
        assert.match(await complaint(page, part), sentence);
        const [, message] = await page.evaluate(() => heard.find(([name]) => name === 'error'));
        assert.match(message, sentence);
        if (part === 'notice') await shown(page);
        else assert(await page.isVisible('#few'), 'the fallback stays');
      });
    }
  },

  'an element that failed and is too low for what it says is scrolled with the keyboard': () =>
    withArticle(`${script()}<path-scope figure="hats" style="height: 50px">${fallback}</path-scope>`, {}, async (page) => {
      await complaint(page);
      assert.deepEqual(await axe(page, ['scrollable-region-focusable']), []);
      await page.keyboard.press('Tab');
      await page.keyboard.press('End');
      await page.waitForFunction(() => document.querySelector('path-scope').shadowRoot.querySelector('.frame').scrollTop > 0);
    }),

  'attributes reflect, and a change of one is followed': () =>
    withArticle(
      `${script()}${listening}<path-scope figure="paths" text="${text}" position="3" target=" the" against="mean" head="L1H2" cuts="L0H6>*:K L0H1" frozen></path-scope>`,
      {},
      async (page) => {
        await shown(page);
        const state = await page.$eval('path-scope', ({ explorer }) => explorer.state());
        const { position, target, against, head, cuts, frozen } = state;
        assert.deepEqual(
          [position, target.text, against, head, cuts, frozen],
          [3, ' the', 'mean', 'L1H2', ['L0H6>*:K', 'L0H1'], true],
        );
        await page.$eval('path-scope', (element) => {
          element.text = 'one two three one two';
          element.removeAttribute('position');
          element.removeAttribute('against');
          element.removeAttribute('target');
          element.frozen = false;
          element.cuts = null;
        });
        await until_element(page, (element) => {
          const { text, against, frozen, cuts, positionChosen, targetChosen } = element.explorer.state();
          return text === 'one two three one two' && against === null && !frozen && !positionChosen && !targetChosen && cuts.length === 0;
        });
        await page.waitForTimeout(300);
        await same_terms(page, await command('paths', '--text', 'one two three one two'));
        assert.equal(await page.getAttribute('path-scope', 'text'), 'one two three one two');
        await page.$eval('path-scope', (element) => (element.figure = 'attention'));
        await until_element(page, (element) => element.shadowRoot.querySelector('table[data-table=attention] tbody tr') !== null);
        assert.equal(await page.getAttribute('path-scope', 'figure'), 'attention');
        await page.$eval('path-scope', (element) => (element.model = 'one-layer'));
        await until_element(page, (element) => element.scope && element.view.model === 'one-layer' && element.explorer?.state().head === 'L0H0');
        await shown(page);
        const change = await page.evaluate(() => heard.findLast(([name]) => name === 'change'));
        assert.equal(change[1].change.text, 'one two three one two');
      },
    ),

  'a reader changes the text and cuts a head, and takes it back': () =>
    withArticle(`${script()}<path-scope controls text="${text}"></path-scope>`, {}, async (page) => {
      await shown(page);
      await page.fill('path-scope [data-role=text]', 'seven gold river seven gold');
      await until_element(page, ({ explorer }) => explorer.state().text === 'seven gold river seven gold');
      await page.waitForTimeout(300);
      await same_terms(page, await command('paths', '--text', 'seven gold river seven gold'));
      await page.click('path-scope [data-role=cut-tool]');
      await until_element(page, ({ explorer }) => explorer.state().cutTool);
      await page.$eval('path-scope', ({ explorer }) => explorer.set({ cuts: ['L0H6'] }));
      await page.click('path-scope [data-role=undo]');
      await until_element(page, ({ explorer }) => explorer.state().cuts.length === 0);
      await page.click('path-scope [data-role=reset]');
      await until_element(page, ({ explorer }) => explorer.state().text.startsWith('the cat'));
      assert.equal(await page.inputValue('path-scope [data-role=text]'), text);
    }),

  'elements of a group explore together, others by themselves': () =>
    withArticle(
      `${script()}<path-scope id="a" group="g" text="${text}"></path-scope><path-scope id="b" group="g" figure="attention"></path-scope><path-scope id="c" figure="attention" text="other"></path-scope>`,
      {},
      async (page) => {
        for (const id of ['#a', '#b', '#c']) await shown(page, id);
        await page.$eval('#b', ({ explorer }) => explorer.set({ position: 2 }));
        const positions = await page.$$eval('path-scope', (elements) => elements.map(({ explorer }) => explorer.state().position));
        assert.deepEqual(positions.slice(0, 2), [2, 2]);
        assert.equal(await page.$eval('#b', ({ explorer }) => explorer.state().text), text);
        assert.equal(await page.$eval('#c', ({ explorer }) => explorer.state().text), 'other');
        await page.$eval('#a', (element) => element.remove());
        await page.waitForTimeout(300);
        assert.equal(await page.$eval('#b', ({ explorer }) => explorer.state().text), text);
      },
    ),

  'a script that is loaded twice, or in two versions, does no harm and says so': () => {
    const body = `${script('')}${script('')}<script type="module" src="${address('path-scope.js?v=2')}"></script><path-scope text="${text}"></path-scope>`;
    return withArticle(body, {}, async (page) => {
      const said = [];
      page.on('console', (message) => said.push(message.text()));
      await page.reload();
      await shown(page);
      assert(said.some((line) => /stays aside: .* was loaded first/.test(line)), said.join('\n'));
    });
  },

  'figures start right in a hidden parent and in a scaled one': () =>
    withArticle(
      `${script()}<div id="hidden" hidden><path-scope id="a" text="${text}"></path-scope></div><div style="transform:scale(0.5);transform-origin:0 0;width:1200px"><path-scope id="b" text="${text}"></path-scope></div>`,
      {},
      async (page) => {
        await shown(page, '#b');
        assert.equal(await page.$eval('#a', stage), 'waiting');
        await page.$eval('#hidden', (node) => (node.hidden = false));
        await shown(page, '#a');
        const [a, b] = await page.$$eval('path-scope', (elements) =>
          elements.map((element) => element.shadowRoot.querySelector('canvas').getBoundingClientRect().toJSON()),
        );
        assert(a.height > 300 && b.height > 150);
        // A click in the scaled one hits what is under it.
        const chosen = () => page.$eval('#b', ({ explorer }) => explorer.state().position);
        const before = await chosen();
        await page.locator('#b canvas').click({ position: { x: 9, y: 13 } });
        await until_element(page, ({ explorer }) => explorer.state().position === 0, '#b');
        assert.notEqual(before, 0);
      },
    ),

  'a figure is light on a page that does not say that it can be dark, and as told otherwise': () =>
    withArticle(
      `<style>.both{color-scheme:light dark}</style>${script()}<path-scope id="a" text="${text}"></path-scope><path-scope id="b" theme="dark" text="${text}"></path-scope><div class="both"><path-scope id="c" text="${text}"></path-scope></div>`,
      { scheme: 'dark' },
      async (page) => {
        const found = [];
        for (const id of ['#a', '#b', '#c']) {
          await shown(page, id);
          found.push(
            await page.$eval(id, (element) => getComputedStyle(element.shadowRoot.querySelector('.frame')).backgroundColor),
          );
        }
        assert.deepEqual(found, ['rgb(251, 250, 247)', 'rgb(21, 24, 28)', 'rgb(21, 24, 28)']);
      },
    ),

  'parts and --ps- properties style it from outside': () =>
    withArticle(
      `<style>path-scope{--ps-background:rgb(1, 2, 3);--ps-padding:20px}path-scope::part(tables){display:none}</style>${script()}<path-scope text="${text}"></path-scope>`,
      {},
      async (page) => {
        await shown(page);
        const { backgroundColor, padding } = await page.$eval('path-scope', (element) => {
          const { backgroundColor, padding } = getComputedStyle(element.shadowRoot.querySelector('.frame'));
          return { backgroundColor, padding };
        });
        assert.deepEqual([backgroundColor, padding], ['rgb(1, 2, 3)', '20px']);
        assert(await page.isHidden('path-scope [data-role=show-tables]'));
      },
    ),

  'every figure stands, with its numbers': async () => {
    const figures = ['bigrams', 'skip-trigrams', 'heads', 'composition', 'scores', 'induction', 'importance', 'training'];
    const claims = '<path-scope figure="claims" model="zero-layer"></path-scope>';
    const article = figures.map((figure) => `<path-scope figure="${figure}"></path-scope>`).join('') + claims;
    await withArticle(script() + article, { before: with_short_texts }, async (page) => {
      for (const figure of figures) {
        const element = `path-scope[figure=${figure}]`;
        await shown(page, element);
        await until_element(page, (element) => {
          const tables = [...element.shadowRoot.querySelectorAll('[data-table]')];
          return element.shadowRoot.querySelector('canvas').height > 200 && tables.some((table) => table.tBodies[0]?.rows.length > 3);
        }, element);
      }
      const element = 'path-scope[figure=claims]';
      await until_element(page, ({ shadowRoot }) => !!shadowRoot?.querySelector('[data-role=measure-claims]'), element);
      await page.click(`${element} [data-role=measure-claims]`);
      await until_element(
        page, ({ shadowRoot }) => shadowRoot.querySelectorAll('[data-table=claims] tbody tr').length > 20, element);
      const claim = (name) => page.$eval(`${element} tr[data-claim=${name}]`, ({ dataset, textContent }) => [dataset.holds, textContent]);
      assert.equal((await claim('residual-sum'))[0], 'true');
      const [holds, told] = await claim('induction-exists');
      assert.equal(holds, 'null');
      assert.match(told, /two layers or more/);
      // What is about one layer is measured on the set's, and says so.
      assert.match((await claim('copying'))[1], /on the set’s model: one layer/);
    });
  },

  'the lab is all figures of one text': () =>
    withArticle(`${script()}<path-scope figure="lab" text="${text}"></path-scope>`, {}, async (page) => {
      await shown(page);
      assert.equal(await page.locator('path-scope [data-figure]').count(), 12);
      await page.fill('path-scope [data-role=text]', 'one two one');
      await until_element(page, ({ explorer }) => explorer.state().text === 'one two one');
      await page.waitForTimeout(300);
      await same_terms(page, await command('paths', '--text', 'one two one'));
    }),
};
