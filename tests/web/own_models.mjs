// A visitor's own model in the instrument: how it comes in, what is told of it, and what is refused.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { from_transformer_lens } from '../../web/lab/open_model.js';
import { told } from '../../web/words.js';
import { root, state, type, until, withPage } from './browser.mjs';
import { command, near } from './tables.mjs';

const one_layer = join(root, 'models/one-layer');
const names = ['config.json', 'model.safetensors', 'tokenizer.json'];
const one_layer_files = names.map((name) => join(one_layer, name));
const weights = readFileSync(join(one_layer, 'model.safetensors'));

async function with_folder(test) {
  const folder = mkdtempSync(join(tmpdir(), 'pathscope-own-'));
  try {
    await test(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// The weights with the config and the tokenizer in their __metadata__.
function alone(config) {
  const length = Number(weights.readBigUInt64LE());
  const header = JSON.parse(weights.subarray(8, 8 + length));
  const tokenizer = readFileSync(join(one_layer, 'tokenizer.json'), 'utf8');
  header.__metadata__ = { config: JSON.stringify(config), tokenizer };
  const written = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(written.length));
  return Buffer.concat([size, written, weights.subarray(8 + length)]);
}

const as_files = (files) =>
  Object.entries(files).map(([name, buffer]) => ({ name, buffer: Buffer.from(buffer), mimeType: '' }));

async function choose(page, files, kind = 'files') {
  await page.click('[data-role=open-model]');
  await page.setInputFiles(`[data-role=open-model-${kind}]`, files);
}

const shown = (page) =>
  page.$eval('[data-role=model]', (choice) => [choice.value, choice.selectedOptions[0].textContent]);

const opened = async (page, label) => {
  await page.waitForFunction(
    (name) => globalThis.pathscope?.model === 'guest' && document.querySelector('[data-fact=name] dd')?.textContent === name,
    label,
  );
  assert.deepEqual(await shown(page), ['guest', label]);
};

// {name: value} of the summary.
const facts = (page) =>
  page.$$eval('[data-fact]', (all) =>
    Object.fromEntries(all.map((fact) => [fact.dataset.fact, fact.querySelector('data').value])),
  );

async function check_summary(page, model) {
  const { config, parameters, tokenizer, ignored } = await command('info', '--model', model);
  const found = await facts(page);
  const expected = {
    ...config,
    normalization_type: config.normalization_type ?? 'none',
    parameters,
    memory: 4 * parameters,
    tokenizer,
    ...(ignored.length && { ignored: ignored.join(', ') }),
  };
  delete expected.eps; // told with a LayerNorm only
  for (const [name, value] of Object.entries(expected)) assert.equal(found[name], String(value), name);
  const { name, aside, ...rest } = found;
  assert.deepEqual(Object.keys(rest).sort(), Object.keys(expected).sort());
  return { name, aside };
}

const alert = async (page, sentence) => {
  await page.waitForFunction(() => document.querySelector('[role=alert]').textContent.trim());
  const said = await page.textContent('[role=alert] p');
  assert.match(said, sentence);
  await page.click('[role=alert] button');
  return said;
};

// What a mouse does that drags these files over the page and lets go.
async function drop(page, files) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const kind of ['dragEnter', 'dragOver']) await session.send('Input.dispatchDragEvent', { type: kind, x: 300, y: 300, data });
  await page.waitForSelector('[data-role=drop-hint]:not([hidden])');
  await session.send('Input.dispatchDragEvent', { type: 'drop', x: 300, y: 300, data });
  await page.waitForSelector('[data-role=drop-hint]', { state: 'hidden' });
}

export default {
  'one’s own model opens from files, a folder or a drop, is told as the engine reads it, and the text stays': () =>
    with_folder((folder) =>
      withPage({}, async (page) => {
        await type(page, 'my own words stay');
        await choose(page, one_layer_files);
        await opened(page, 'model.safetensors');
        assert.equal((await state(page)).text, 'my own words stay');
        assert.deepEqual(await check_summary(page, one_layer), { name: 'model.safetensors', aside: undefined });
        const { logit } = await command('paths', '--model', one_layer, '--text', 'my own words stay');
        near((await page.evaluate(() => pathscope.scope.paths('my own words stay'))).logit, logit, 'the logit');

        const own = join(folder, '自己的模型');
        mkdirSync(join(own, '.git'), { recursive: true });
        for (const file of one_layer_files) copyFileSync(file, join(own, basename(file)));
        for (const name of ['._model.safetensors', 'README.md', '.git/config']) writeFileSync(join(own, name), 'x');
        await choose(page, own, 'folder');
        await opened(page, '自己的模型');
        assert.match((await check_summary(page, own)).aside, /“\._model\.safetensors”/);

        // The model choice leads away and back.
        await page.selectOption('[data-role=model]', 'two-layer');
        await page.waitForFunction(() => pathscope.model === 'two-layer');
        assert.equal(await page.locator('[data-fact=n_layers] dd').textContent(), '2');
        await page.selectOption('[data-role=model]', 'guest');
        await opened(page, '自己的模型');

        // One file that has all in it, dropped; then the folder, dropped.
        const config = JSON.parse(readFileSync(join(one_layer, 'config.json')));
        const file = join(folder, '单个文件.safetensors');
        writeFileSync(file, alone({ ...config, seed: 7, device: 'cpu' }));
        await drop(page, [file]);
        await opened(page, '单个文件.safetensors');
        await check_summary(page, file);
        assert.equal((await facts(page)).ignored, 'device, seed');
        await drop(page, [own]);
        await opened(page, '自己的模型');
        assert.equal((await state(page)).text, 'my own words stay');

        // Without its tokenizer the model reads ids alone.
        await choose(page, one_layer_files.slice(0, 2));
        await opened(page, 'model.safetensors');
        assert.equal((await facts(page)).tokenizer, 'ids');
        await alert(page, /expected a token id .*found "my"/);
        assert.equal(await page.inputValue('[data-role=text]'), 'my own words stay');
      }),
    ),

  'one’s own model is refused with the reason and the file’s name, and the model before it stays': () =>
    withPage({}, async (page) => {
      await type(page, 'these words stay');
      await page.evaluate(() => (window.before = pathscope));
      const config = readFileSync(join(one_layer, 'config.json'));
      const engine_refuses = [
        [{ 'model.safetensors': weights.subarray(0, 2_000_000), 'config.json': config }, /^“model\.safetensors” was not opened: .*the file is cut short\.$/],
        [{ 'model.safetensors': '<!doctype html><p>404', 'config.json': config }, /is a web page \(HTML or XML\)/],
        [{ 'weights.pt': Buffer.from('\x80\x02}q\x00.', 'latin1') }, /^“weights\.pt” was not opened: weights\.pt is a Python pickle; convert it/],
        [{ 'weights.bin': 'PK\x03\x04....' }, /weights\.bin is a ZIP archive, as torch\.save writes/],
        [{ 'model.safetensors': weights }, /config\.json is missing or empty\.$/],
        [{ '._model.safetensors': Buffer.from([0, 5, 22, 7, 0, 0, 0, 0]) }, /`\._` file that macOS writes/],
        [{ 'model.safetensors': weights, 'config.json': JSON.stringify({ ...JSON.parse(config), d_model: 8 }) }, /embed\.W_E.* has shape \[4096, 256\], expected \[4096, 8\]/],
      ];
      for (const [files, sentence] of engine_refuses) {
        await choose(page, as_files(files));
        const reason = (await alert(page, sentence)).replace(/^.*? was not opened: /, '').replace(/\.$/, '');
        assert.match(told(reason, 'zh-CN'), /[\u4e00-\u9fff]/, `no Chinese for: ${reason}`);
      }
      const page_refuses = [
        [{ 'model-00001-of-00002.safetensors': 'x', 'model-00002-of-00002.safetensors': 'x' }, /in several parts: .*00001-of.*, .*00002-of/],
        [{ 'a.safetensors': 'x', 'b.safetensors': 'x' }, /could be the model: “a\.safetensors”, “b\.safetensors”/],
        [{ 'my-model.zip': 'PK' }, /“my-model\.zip” is an archive: unpack it/],
        [{ 'config.json': config }, /no weights among these files: .*“config\.json”/],
        [{ '照片.png': 'x' }, /“照片\.png”: neither a model nor a view/],
        [{ 'notes.json': '{"pathscope": 2}' }, /“notes\.json”: neither/],
      ];
      for (const [files, sentence] of page_refuses) {
        await choose(page, as_files(files));
        await alert(page, sentence);
      }
      // A file that takes its time, given up.
      await page.evaluate(() => {
        window.read = Blob.prototype.arrayBuffer;
        Blob.prototype.arrayBuffer = () => new Promise(() => {});
      });
      await choose(page, one_layer_files);
      await page.click('[data-role=cancel-loading]');
      await page.waitForSelector('[data-role=loading]', { state: 'hidden' });
      await page.evaluate(() => (Blob.prototype.arrayBuffer = window.read));
      assert(await page.evaluate(() => window.before === pathscope), 'the model was replaced');
      assert.deepEqual(await shown(page), ['two-layer', 'two layers']);
      assert.equal(await page.locator('[data-role=model] option[value=guest]').count(), 0);
      await type(page, 'these words stay, and more are read');
    }),

  'one’s own model is named in a link by its hash, asked for there, and then the view follows': () =>
    withPage({}, async (page) => {
      await choose(page, one_layer_files);
      await opened(page, 'model.safetensors');
      await type(page, 'the cat sat on the cat');
      await page.evaluate(() => pathscope.explorer.set({ cuts: ['L0H3'], position: 2 }));
      await page.click('[data-role=share]');
      await page.waitForFunction(() => /only the hash of its weights/.test(document.querySelector('[data-role=share-status]').textContent));
      const link = page.url();
      assert.match(link, /#v=1&m=sha256-[0-9a-f]{64}&/);
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-role=share-save]')]);
      const saved = await download.path();
      await page.click('[data-figure=paths] [data-role=embed]');
      assert.match(await page.textContent('[data-role=embed-hint]'), /No article can name a model that was opened/);
      await withPage({ address: link }, async (other) => {
        await other.waitForFunction(() => /Open that model and the view follows/.test(document.querySelector('[role=alert]').textContent));
        assert.deepEqual([(await state(other)).text, await shown(other)], ['the cat sat on the cat', ['two-layer', 'two layers']]);
        await choose(other, names.map((name) => join(root, 'models/zero-layer', name)));
        await other.waitForFunction(() => /other weights than the one/.test(document.querySelector('[role=alert]').textContent));
        await other.click('[role=alert] button'); // opens the dialog
        await other.setInputFiles('[data-role=open-model-files]', one_layer_files);
        await until(other, ({ cuts, position }) => cuts.length === 1 && position === 2);
        assert.equal((await state(other)).text, 'the cat sat on the cat');
        // The same as a file, with the model here.
        await type(other, 'something else');
        await other.evaluate(() => pathscope.explorer.set({ cuts: [] }));
        const view = { name: '视图.json', mimeType: 'application/json', buffer: readFileSync(saved) };
        await choose(other, [view]);
        await until(other, ({ cuts, text }) => cuts.length === 1 && text === 'the cat sat on the cat');
        assert.deepEqual(await shown(other), ['guest', 'model.safetensors']);
      });
      await page.reload();
      await alert(page, /Open that model and the view follows/);
    }),

  'one’s own model is described in the README as in the dialog': () => {
    assert(readFileSync(join(root, 'README.md'), 'utf8').includes(`\`\`\`python\n${from_transformer_lens}\n\`\`\``));
  },
};
