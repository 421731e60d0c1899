// One browser for all tests, the site's own server, and a page opened for each test, on which any
// error on the console (a violation of the content policy among them) fails the test.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from '../../web/server.js';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const site = process.env.PATHSCOPE_SITE ?? join(root, 'build/site');
export const examples = JSON.parse(readFileSync(join(root, 'assets/examples.json')));
export const opening_text = examples.en[0].text;
export const cut_example = examples.en.find(({ cuts }) => cuts?.length > 0); // of the same text
const executables = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];
const flags = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader', // WebGL2 without a GPU
  '--disable-gpu-compositing', // nor the page's own layers by that: a third of the time
  '--process-per-site', // what one page compiled is there for the next
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
];

export const patience = 300000; // ms: a busy machine is no failure

let browser, server;

export async function openBrowser() {
  assert(
    existsSync(join(site, 'index.html')),
    'build/site is missing: node scripts/site.js build/site',
  );
  server = await serve(site, 0, 'max-age=600'); // as many hosts do
  browser = await chromium.launch({ executablePath: executables.find(existsSync), args: flags });
}

export function address(path = '') {
  return new URL(path, server.address).href;
}

// A service worker would keep the site anew for each test. (Playwright's own way to block it throws in
// sandboxed frames.)
function without_workers() {
  try {
    navigator.serviceWorker.register = () => new Promise(() => {});
  } catch {
    // A sandboxed frame has none.
  }
}

// A context serves one test at a time and is emptied after each, but for the browser's cache, the
// process and the module's compiled code, which a page of one script holds: they spare the next a
// third of its time. {what it was made with, as JSON: those that are free}.
const free = new Map();

async function give_back(key, context, page) {
  const [, ...others] = context.pages(); // without the holder
  for (const other of others) if (other !== page) await other.close();
  const cdp = await context.newCDPSession(page);
  const { origin } = new URL(server.address);
  await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await page.close();
  free.set(key, [...(free.get(key) ?? []), context]);
}

async function new_context(options, workers) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patience);
  const holder = await context.newPage();
  await holder.goto(address('addresses.js'));
  if (options.javaScriptEnabled)
    await holder.evaluate(async () => {
      globalThis.held = await WebAssembly.compile(await (await fetch('pathscope.wasm')).arrayBuffer());
    });
  if (!workers) await context.addInitScript(without_workers);
  return context;
}

// Opens the page and hands it to `test` when the figures have been drawn.
//   options: width, height, dpr, scheme, locale, touch, script: false, address, init (a script that
//   runs first), before (what to do with the empty page), allow (a RegExp of console errors that
//   belong to the test), ready: false where the page is not expected to start, workers: 'allow' (the
//   service worker).
export async function withPage(options, test) {
  const { page, errors, close } = await open_page(options);
  let passed = false;
  try {
    await page.goto(options.address ?? address('lab.html'));
    if (options.ready !== false) await ready(page);
    await test(page);
    assert.deepEqual(
      errors.filter((error) => !options.allow?.test(error)),
      [],
      'errors on the console',
    );
    passed = true;
  } finally {
    await close(passed);
  }
}

// An empty page with the options of withPage(): {page, errors: those on its console, close(passed)}.
export async function open_page(options) {
  const looks = {
    deviceScaleFactor: options.dpr ?? 1,
    locale: options.locale?.replace(/^en$/, 'en-US') ?? 'en-US', // the same to the page, so one context
    hasTouch: options.touch ?? false,
    javaScriptEnabled: options.script ?? true,
  };
  const workers = options.workers === 'allow';
  const key = JSON.stringify({ looks, workers });
  const context = free.get(key)?.pop() ?? (await new_context(looks, workers));
  const page = await context.newPage();
  await page.setViewportSize({ width: options.width ?? 1280, height: options.height ?? 800 });
  await page.emulateMedia({ colorScheme: options.scheme ?? 'light' });
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  if (options.init) await page.addInitScript(options.init);
  await options.before?.(page);
  const close = (passed) =>
    passed && !page.isClosed() ? give_back(key, context, page) : context.close();
  return { page, errors, close };
}

// Lets a page import web/'s own modules, under own/: the site has them bundled.
export function with_own_modules(page) {
  return page.route('**/own/**', (route) => {
    const name = new URL(route.request().url()).pathname.replace(/.*\/own\//, '');
    return route.fulfill({ path: join(root, 'web', name), contentType: 'text/javascript' });
  });
}

// The tables stand, and what is in sight is drawn.
export function ready(page) {
  return page.waitForFunction(
    () => {
      const figures = Object.entries(globalThis.pathscope?.figures ?? {});
      const stands = ([name, { frames }]) => {
        const { top, bottom } = document.querySelector(`[data-figure="${name}"] canvas`).getBoundingClientRect();
        return frames > 0 || top >= innerHeight || bottom <= 0;
      };
      return figures.length > 0 && figures.every(stands) && document.querySelector('table[data-table=paths] tbody tr');
    },
    null,
    { timeout: patience },
  );
}

export function state(page) {
  return page.evaluate(() => pathscope.explorer.state());
}

// Resolves once `condition`(the explorer's state, argument) holds and the tables have followed.
export async function until(page, condition, argument) {
  const deadline = Date.now() + patience;
  while (!condition(await state(page), argument)) {
    if (Date.now() > deadline) throw new Error(`never came true: ${condition}`);
    await page.waitForTimeout(30);
  }
  await settled(page);
}

// Waits until nothing has changed over some frames and the 80 ms after which the tables follow. By
// frames, so that a busy machine is waited for.
export async function settled(page) {
  let before = '',
    same = 0;
  for (let tries = 0; tries < 100 && same < 2; tries++) {
    const now = await page.evaluate(async () => {
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
      await new Promise((done) => setTimeout(done, 90));
      const { figures, explorer } = pathscope;
      const tables = [...document.querySelectorAll('table')].map(
        (table) => table.textContent.length,
      );
      const canvases = [...document.querySelectorAll('canvas')].map(
        (canvas) => canvas.getBoundingClientRect().height,
      );
      return [
        explorer.state().revision,
        figures.paths?.frames,
        figures.attention?.frames,
        tables,
        canvases,
        scrollY,
      ].join(' ');
    });
    same = now === before ? same + 1 : 0;
    before = now;
  }
}

// The figure at the window's top: one that stands lower is pushed out of it when the figure above it
// grows, as the training's does with the log of the model beside.
export function to_top(page, figure) {
  return page.evaluate((name) => document.querySelector(`[data-figure="${name}"]`).scrollIntoView(), figure);
}

// Keeps the figure in sight until `condition`(the explorer's state) holds: those above it grow while
// they are drawn.
export async function in_sight(page, figure, condition) {
  const canvas = page.locator(`[data-figure=${figure}] canvas`);
  while (!condition(await state(page))) {
    await canvas.scrollIntoViewIfNeeded();
    await page.waitForTimeout(100);
  }
  await settled(page);
}

// Until its long work is done.
export function worked_out(page, figure) {
  return in_sight(page, figure, ({ worked }) => worked.includes(figure));
}

export async function type(page, text) {
  await page.fill('[data-role=text]', text);
  await until(page, (state, value) => state.text === value, text);
}
