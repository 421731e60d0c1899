// What a model of a large vocabulary asks of the page: a random one of 50,278 tokens, d_model 768,
// 12 heads, two layers, on 256 tokens, opened as a visitor's own. For every figure: seconds until it
// rests, the longest time that the page answered nothing, and the module's memory. What waits to be
// asked, the importance of terms over the text and the claims, is asked for.
//   node tests/web/large.mjs [FIGURE]...
// Needs build/site and the native pathscope-bench (scripts/build native pathscope-bench).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser, root, withPage } from './browser.mjs';

const longest_wait = 900; // seconds for one figure
const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'pathscope-large-'));
const file = join(folder, 'large.safetensors');

// Runs in the page before its scripts: the module's memory, and the gaps between timers.
function measure() {
  globalThis.measured = { memory: null, longest: 0 };
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const made = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const result = await made.apply(WebAssembly, given);
      const { exports } = result.instance ?? result;
      measured.memory ??= Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
      return result;
    };
  }
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    measured.longest = Math.max(measured.longest, now - last);
    last = now;
  }, 5);
}

const take = (page) =>
  page.evaluate(() => {
    const { memory, longest } = measured;
    measured.longest = 0;
    return { megabytes: memory ? memory.buffer.byteLength / 1e6 : NaN, longest };
  });

// Seconds until no figure was drawn and no timer was late for a second and a half.
async function rest(page) {
  const begun = Date.now();
  let before = '';
  for (let still = 0; still < 3 && Date.now() - begun < 1000 * longest_wait; ) {
    await page.waitForTimeout(500);
    const now = await page.evaluate(() =>
      Object.values(pathscope.figures).map((figure) => figure.frames).join(),
    );
    still = now === before ? still + 1 : 0;
    before = now;
  }
  return Math.max(0, (Date.now() - begun) / 1000 - 2);
}

// Presses the button, and waits until all claims stand there.
async function measure_claims(page) {
  const begun = Date.now();
  await page.click('[data-role=measure-claims]');
  await page.waitForSelector('table[data-table=claims] tbody tr', { timeout: 1000 * longest_wait });
  return (Date.now() - begun) / 1000;
}

function tell(name, seconds, { longest, megabytes }) {
  console.log(
    `${name.padEnd(16)} ${seconds.toFixed(1).padStart(8)} s ${longest.toFixed(0).padStart(8)} ms ${megabytes.toFixed(0).padStart(8)} MB`,
  );
}

try {
  execFileSync(join(root, 'build/native/pathscope-bench'), ['--model', file]);
  console.log(`${(statSync(file).size / 1e6).toFixed(0)} MB of weights\n`);
  console.log(`${'figure'.padEnd(16)}    until rest longest hold   memory`);
  await openBrowser();
  // So low that one figure works at a time.
  await withPage({ init: measure, height: 240 }, async (page) => {
    let begun = Date.now();
    await page.click('[data-role=open-model]');
    await page.setInputFiles('[data-role=open-model-files]', file);
    await page.waitForFunction(() => globalThis.pathscope?.model === 'guest');
    await rest(page);
    tell('opened', (Date.now() - begun) / 1000 - 2, await take(page));

    const ids = Array.from({ length: 128 }, (_, i) => (7919 * (i + 1)) % 50278);
    begun = Date.now();
    await page.fill('[data-role=text]', [...ids, ...ids].join(' '));
    await page.waitForFunction(() => pathscope.explorer.state().tokens.length === 256);
    await rest(page);
    tell('256 tokens', (Date.now() - begun) / 1000 - 2, await take(page));

    const figures = await page.$$eval('[data-figure]', (all) => all.map(({ dataset }) => dataset.figure));
    for (const figure of figures.filter((name) => name !== 'live' && (wanted.length === 0 || wanted.includes(name)))) {
      await page.evaluate((name) => document.querySelector(`[data-figure="${name}"]`).scrollIntoView(), figure);
      if (figure === 'importance') await page.evaluate(() => pathscope.explorer.set({ importance: 'text' }));
      tell(figure, await (figure === 'claims' ? measure_claims(page) : rest(page)), await take(page));
    }
    await page.screenshot({ path: join(tmpdir(), 'pathscope-large.png') });
  });
} finally {
  rmSync(folder, { recursive: true });
}
process.exit();
