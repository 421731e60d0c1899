// The page as one HTML file, from a disk.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ready, root, site, type, withPage } from './browser.mjs';
import { assertSameTerms, command, pathsTable } from './tables.mjs';

export default {
  'the one-file page works from a disk, with its models, counts and worker': async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pathscope-one-file-'));
    const file = join(folder, 'a lecture.html');
    try {
      execFileSync(process.execPath, [join(root, 'scripts/one_file.js'), file, site]);
      assert.doesNotMatch(readFileSync(file, 'utf8').slice(0, 20000), /<link rel="stylesheet"|src="[^d]/, 'it fetches');
      await withPage({ address: `file://${encodeURI(file)}` }, async (page) => {
        const asked = [];
        page.on('request', (request) => asked.push(request.url()));
        await type(page, 'the cat sat on the mat. the cat');
        assertSameTerms(await pathsTable(page), await command('paths', '--text', 'the cat sat on the mat. the cat'));
        const answers = await page.evaluate(async () => {
          const { scope } = pathscope;
          const config = { model: { n_layers: 1, d_model: 16, n_heads: 1, d_head: 16, n_ctx: 16, d_vocab: 8, normalization_type: null, positional_embedding_type: 'shortformer' }, task: 'repeat', batch: 2, steps: 2, learning_rate: 0.01, schedule: 'constant', seed: 1 };
          const run = await scope.train(config);
          run.free();
          return { counts: (await scope.bigram_counts()).length, log: (await scope.training_log()).length, text: (await scope.held_out_text()).length, inWorker: run.inWorker };
        });
        assert(answers.counts > 1000 && answers.log > 1000 && answers.text > 1000);
        assert(answers.inWorker, 'the worker starts');
        await page.selectOption('[data-role=model]', 'one-layer');
        await page.waitForFunction(() => globalThis.pathscope?.model === 'one-layer');
        await ready(page);
        const families = await page.evaluate(() => document.fonts.load('400 15px "Pathscope Sans"').then((faces) => faces.length));
        assert.equal(families, 1, 'its own font');
        await page.click('[data-figure=paths] [data-role=embed]');
        await page.waitForFunction(() => /opened from a file/.test(document.querySelector('[data-role=embed-hint]').textContent));
        assert.deepEqual(asked.filter((url) => !/^(blob|data|file):/.test(url)), []);
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
