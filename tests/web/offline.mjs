// The site without a network, once it was opened, and a new version of it.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { files_of } from '../../scripts/imports.js';
import { write_list } from '../../scripts/offline_list.js';
import { serve } from '../../web/server.js';
import { ready, root, site, withPage } from './browser.mjs';

const kept = (page) => page.evaluate(async () => {
  const found = [];
  for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
  return found;
});

const until_kept = async (page, name) => {
  while (!(await kept(page)).some((path) => path.endsWith(name))) await page.waitForTimeout(100);
};

// A site of its own under a path, which can change.
async function on_copy(test) {
  const folder = mkdtempSync(join(tmpdir(), 'pathscope-offline-'));
  cpSync(site, join(folder, 'under'), { recursive: true });
  const server = await serve(folder, 0);
  try {
    await test(join(folder, 'under'), `${server.address}under/`);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

export default {
  'every script that a page imports is among the files that work without a network': () => {
    const list = /const site = (.*);/.exec(readFileSync(join(site, 'sw.js'), 'utf8'))[1];
    const kept_files = Object.keys(JSON.parse(list).files);
    const pages = ['lab.js', 'story.js', 'present.js', 'notes.js', 'beside.js', 'embed.js'];
    assert.deepEqual(files_of(site, ...pages).filter((name) => !kept_files.includes(name)), []);
  },

  'once opened, the page works without a network, kept whole with every model, and gives way to a new version whole': () =>
    on_copy((copy, at) => withPage({ address: `${at}lab.html`, workers: 'allow' }, async (page) => {
      await until_kept(page, 'models/two-layer/model.safetensors');
      assert(!(await kept(page)).some((path) => path.includes('models/zh/')), 'nobody asked for the Chinese models');
      await page.context().setOffline(true);
      await page.reload();
      await ready(page);
      await page.context().setOffline(false);
      await page.click('[data-role=offline-keep]');
      await page.waitForFunction(() => /is kept in this browser/.test(document.querySelector('[data-role=offline]').textContent));
      await page.context().setOffline(true);
      await page.selectOption('[data-role=model-language]', 'zh');
      await page.waitForFunction(() => pathscope.model === 'zh/two-layer');
      await page.context().setOffline(false);

      const words = readdirSync(copy).map((name) => join(copy, name)).filter((path) => path.endsWith('.js')
        && path !== join(copy, 'worker.js') && readFileSync(path, 'utf8').includes('share:"share"'));
      assert.equal(words.length, 1, 'expected the English words in one file');
      writeFileSync(words[0], readFileSync(words[0], 'utf8').replace('share:"share"', 'share:"share it"'));
      const html = join(copy, 'lab.html');
      writeFileSync(html, readFileSync(html, 'utf8').replace('data-say="share" inert>share<', 'data-say="share" data-new inert>share it<'));
      cpSync(join(root, 'web/sw.js'), join(copy, 'sw.js'));
      write_list(copy);
      const shown = () => page.evaluate(() => [
        document.querySelector('[data-new]') !== null, document.querySelector('[data-role=share]').textContent]);
      await page.reload();
      assert.deepEqual(await shown(), [false, 'share'], 'the new version before it is whole');
      while (!(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).waiting !== null))) await page.waitForTimeout(100);
      await page.reload();
      await page.waitForSelector('[data-new]', { state: 'attached' });
      await ready(page);
      assert.deepEqual(await shown(), [true, 'share it']);
      const paths = await kept(page);
      assert.equal(new Set(paths).size, paths.length, 'files of the old version are still kept');
    })),

  'a lesson that was opened once, on a first visit, goes through all its steps without a network': () =>
    on_copy((copy, at) => withPage({ address: `${at}present.html`, workers: 'allow', ready: false, allow: /ERR_INTERNET_DISCONNECTED/ }, async (page) => {
      for (const name of ['two-layer', 'one-layer', 'zero-layer']) await until_kept(page, `models/${name}/model.safetensors`);
      for (const name of ['en-bigrams.json', 'en.txt']) await until_kept(page, `models/data/${name}`);
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      await page.context().setOffline(true);
      for (const step of [2, 4, 10]) {
        await page.evaluate((hash) => (location.hash = hash), `#step=${step}&shown=2`);
        await page.waitForFunction(
          (hash) => location.hash === hash && globalThis.pathscope.step.explorer && globalThis.pathscope.step.conclusion, `#step=${step}&shown=2`);
        assert.equal((await page.textContent('[role=alert]')).trim(), '');
      }
      await page.context().setOffline(false);
    })),
};
