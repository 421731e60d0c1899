// The numbers in the tables are those of the native command line, reading by reading.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { in_sight, opening_text, root, settled, state, type, until, withPage, worked_out } from './browser.mjs';
import { withLab } from './lab_page.mjs';
import {
  assertSameTerms,
  attentionTable,
  cells,
  command,
  near,
  nextTable,
  pathsTable,
} from './tables.mjs';

const text = opening_text;

export default {
  'the terms add up to the logit, and the table says how exactly': () =>
    withLab(async (page) => {
      const { foot } = await pathsTable(page);
      near(foot.Sum, foot.Logit, 'sum');
      assert(foot.Worst < 1e-3, `largest error ${foot.Worst}`);
    }),

  'each term names its strongest source token, as the command has it': () =>
    withLab(async (page) => {
      const { terms } = await command('paths', '--text', text, '--sources');
      const { rows } = await pathsTable(page);
      const { tokens } = await state(page);
      for (const { term, source, part } of rows.slice(0, 20)) {
        const { sources } = terms.find(({ path, kind }) => (path.join('-') || kind) === term);
        const best = sources.reduce((a, b) => (Math.abs(b.logit) > Math.abs(a.logit) ? b : a));
        near(part, best.logit, term);
        assert.equal(source, `${best.position} ${tokens[best.position].text}`);
      }
    }),

  'a chosen path is listed source by source': () =>
    withLab(async (page) => {
      await page.evaluate(() => pathscope.explorer.set({ term: 'L1H5' }));
      await settled(page);
      const { terms } = await command('paths', '--text', text, '--sources');
      const { sources } = terms.find(({ path }) => path.join('-') === 'L1H5');
      const rows = await page.evaluate(() =>
        [...document.querySelectorAll('table[data-table=paths-sources] tbody tr')].map((row) =>
          [...row.cells].map((cell) => cell.textContent),
        ),
      );
      assert.equal(rows.length, sources.length);
      rows.forEach(([position, , logit], i) => {
        assert.equal(Number(position), sources[i].position);
        near(Number(logit), sources[i].logit, `source ${position}`);
      });
    }),

  'the next tokens are those of `logits`': () =>
    withLab(async (page) => {
      const { positions } = await command('logits', '--text', text);
      const expected = positions.at(-1).top;
      const rows = await nextTable(page);
      assert.deepEqual(
        rows.map(({ id }) => id),
        expected.map(({ id }) => id),
      );
      rows.forEach(({ probability, log_prob }, i) => {
        near(log_prob, expected[i].log_prob, `log-probability ${i}`);
        near(probability, Math.exp(expected[i].log_prob), `probability ${i}`);
      });
    }),

  "the attention table is the chosen head's row": () =>
    withLab(async (page) => {
      await page.selectOption('[data-role=head]', 'L0H4');
      await until(page, (now) => now.head === 'L0H4');
      const { heads } = await command('attention', '--text', text, '--head', 'L0H4');
      const rows = await attentionTable(page);
      const destination = rows.length - 1;
      assert.equal(destination, (await state(page)).position);
      rows.forEach(({ position, score, weight }) => {
        near(weight, heads[0].pattern[destination][position], `weight ${position}`);
        near(score, heads[0].scores[destination][position], `score ${position}`);
      });
    }),

  'the heads figure works while it is in sight, and its tables have the numbers of the command': () =>
    withPage({}, async (page) => {
      assert.equal((await state(page)).worked.length, 0);
      await worked_out(page, 'heads');
      const { heads } = await command('heads');
      const rows = await cells(page, 'heads');
      assert.deepEqual(
        rows.map(([head]) => head),
        heads.map(({ head }) => head),
      );
      heads.forEach((head, i) => {
        const scores = [head.copying, head.previous_token, head.induction, head.duplicate_token];
        scores.forEach((score, j) => near(Number(rows[i][j + 1]), score, `${head.head}, ${j}`));
      });
      const chosen = heads.find(({ head }) => head === 'L1H5');
      await page.evaluate(() => pathscope.explorer.set({ head: 'L1H5' }));
      await settled(page);
      const largest = Math.max(...chosen.eigenvalues.ov.map(([re, im]) => Math.hypot(re, im)));
      const falling = (a, b) => b - a; // those of nearly the same size may change places
      const found = (await cells(page, 'heads-eigenvalues')).map(([, re]) => Number(re)).sort(falling);
      const expected = chosen.eigenvalues.ov.map(([re]) => re).sort(falling);
      assert.equal(found.length, expected.length);
      found.forEach((re, i) => near(re / largest, expected[i] / largest, `eigenvalue ${i}`));
    }),

  'the composition table has the pairs of the command, strongest first, above its baseline': () =>
    withLab(async (page) => {
      await worked_out(page, 'composition');
      const { pairs, baseline } = await command('composition');
      const rows = await page.$$eval('table[data-table=composition] tbody tr', (all) =>
        all.map((row) => [...row.cells].map((cell) => cell.textContent)),
      );
      assert.equal(rows.length, pairs.length);
      for (const [earlier, later, q, k, v] of rows) {
        const pair = pairs.find((other) => other.earlier === earlier && other.later === later);
        near(Number(q), pair.q - baseline.q.mean, `Q of ${earlier}, ${later}`);
        near(Number(k), pair.k - baseline.k.mean, `K of ${earlier}, ${later}`);
        near(Number(v), pair.v - baseline.v.mean, `V of ${earlier}, ${later}`);
      }
      const largest = rows.map(([, , ...scores]) => Math.max(...scores.map(Number)));
      assert.deepEqual(
        largest,
        [...largest].sort((a, b) => b - a),
      );
    }),

  'the training tables have the best heads of each report of the log, and of the model beside': () =>
    withLab(async (page) => {
      await in_sight(page, 'training', ({ trainingReports, companionReports }) => trainingReports && companionReports);
      for (const [table, model] of [['training', 'two-layer'], ['training-companion', 'one-layer']]) {
        const log = readFileSync(join(root, `models/${model}/log.jsonl`), 'utf8');
        const reports = log.trim().split('\n').map((line) => JSON.parse(line));
        const rows = await cells(page, table);
        assert.equal(rows.length, reports.length);
        rows.forEach((row, i) => {
          assert.equal(row[0].replaceAll(',', ''), String(reports[i].tokens));
          near(Number(row[2]), reports[i].in_context, `in-context score after ${row[0]} tokens`);
          for (const [score, column] of Object.entries({ previous_token: 5, induction: 7 })) {
            const { head } = reports[i].heads.find(({ head }) => head === row[column]);
            const best = Math.max(...reports[i].heads.map((other) => other[score]));
            assert.equal(reports[i].heads.find((other) => other.head === head)[score], best);
            near(Number(row[column + 1]), best, `${score} after ${row[0]} tokens`);
          }
        });
      }
    }),

  'another position is read with the buttons and the list': () =>
    withLab(async (page) => {
      await page.click('[data-role=previous]');
      const { tokens } = await state(page);
      await until(page, (now, value) => now.position === value, tokens.length - 2);
      assertSameTerms(
        await pathsTable(page),
        await command('paths', '--text', text, '--position', String(tokens.length - 2)),
      );
      await page.selectOption('[data-role=position]', '0');
      await until(page, (now) => now.position === 0);
      assertSameTerms(await pathsTable(page), await command('paths', '--text', text, '--position', '0'));
      assert(await page.isDisabled('[data-role=previous]'));
      await page.selectOption('[data-role=position]', '');
      await until(page, (now) => !now.positionChosen);
    }),

  'the logit above the mean and the difference from another token are read': () =>
    withLab(async (page) => {
      await page.check('[name=against][value=mean]', { force: true });
      await until(page, (now) => now.against === 'mean');
      assertSameTerms(
        await pathsTable(page),
        await command('paths', '--text', text, '--against', 'mean'),
      );
      await page.check('[name=against][value=token]', { force: true });
      await until(page, (now) => typeof now.against === 'number');
      const { against, top } = await state(page);
      assert.equal(against, top[1].id, 'the second likeliest, unless another is chosen');
      assertSameTerms(
        await pathsTable(page),
        await command('paths', '--text', text, '--against', String(against)),
      );
    }),

  'a next token is found in the vocabulary by typing it': () =>
    withLab(async (page) => {
      await page.fill('[data-role=target]', 'moon');
      await page.waitForSelector('[role=option] >> text=moon');
      await page.keyboard.press('Enter');
      await until(page, (now) => now.targetChosen);
      const { target } = await state(page);
      assert.equal(target.text.trim(), 'moon');
      assertSameTerms(
        await pathsTable(page),
        await command('paths', '--text', text, '--target', String(target.id)),
      );
      await page.click('[data-role=target]');
      await page.click('[role=option] >> nth=0');
      await until(page, (now) => !now.targetChosen);
    }),

  'a candidate that is clicked becomes the token that is read': () =>
    withLab(async (page) => {
      const { top } = await state(page);
      await page.click('[data-role=target]');
      await page.click(`[role=option] >> nth=3`);
      await until(page, (now) => now.targetChosen);
      assert.equal((await state(page)).target.id, top[2].id);
    }),

  'texts as long as the context are read': () =>
    withLab(async (page) => {
      const long = Array.from({ length: 256 }, (_, i) => ((i * 37) % 90) + 1);
      await page.evaluate((ids) => pathscope.explorer.set({ ids }), long);
      await settled(page);
      const { tokens } = await state(page);
      assert.equal(tokens.length, 256);
      assertSameTerms(await pathsTable(page), await command('paths', '--ids', long.join()));
      await type(page, text);
    }),
};
