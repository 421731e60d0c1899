// The tables of what tokens and heads say by their weights, and of scores: the numbers of the native
// command line.
import assert from 'node:assert/strict';
import { in_sight, opening_text, settled, state, worked_out } from './browser.mjs';
import { withLab } from './lab_page.mjs';
import { cells, command, near } from './tables.mjs';

const text = opening_text;

// A token as a table shows it: bytes that are no whole character in hex.
const shown = ({ text, bytes }) => bytes?.toUpperCase().replace(/..(?=.)/g, '$& ') ?? text;

// Counts are fetched once the figure comes into sight.
function fetched_counts(page) {
  return in_sight(page, 'bigrams', ({ tokensCounted }) => tokensCounted > 0);
}

export default {
  'the bigrams table is what W_U W_E says after the token, beside the counts of the corpus': () =>
    withLab(async (page) => {
      await page.evaluate(() => pathscope.explorer.set({ text: 'the cat', position: 0 }));
      await fetched_counts(page);
      await page.evaluate(() => pathscope.explorer.set({ text: ' the' }));
      await worked_out(page, 'bigrams');
      const asked = ['--token', ' the', '--pairs', '--top', '20'];
      const { token, next, pairs, correlation } = await command('bigrams', ...asked);
      assert.equal((await state(page)).tokens[0].id, token.id);
      const rows = await cells(page, 'bigrams');
      assert.deepEqual(
        rows.map(([, id]) => Number(id)),
        next.map(({ id }) => id),
      );
      rows.forEach(([, , logit, log_prob, counted], i) => {
        near(Number(logit), next[i].logit, `logit ${i}`);
        near(Number(log_prob), next[i].log_prob, `log-probability ${i}`);
        if (next[i].counted === null) assert.equal(counted, '');
        else near(Number(counted), next[i].counted, `counted ${i}`);
      });
      const counted = await cells(page, 'bigrams-pairs');
      assert.equal(counted.length, pairs.length);
      counted.forEach(([, id, by_count, log_prob], i) => {
        assert.equal(Number(id), pairs[i].id);
        near(Number(by_count), pairs[i].counted, `pair ${i}, counted`);
        near(Number(log_prob), pairs[i].log_prob, `pair ${i}`);
      });
      const caption = await page.textContent('table[data-table=bigrams] caption');
      near(Number(/by (-?[0-9.]+)$/.exec(caption)[1]), correlation, 'correlation');
    }),

  'the skip-trigrams tables are the strongest of the head, and one source by itself': () =>
    withLab(async (page) => {
      await page.evaluate(() => pathscope.explorer.set({ head: 'L0H3' }));
      await worked_out(page, 'skip-trigrams');
      const { entries } = await command('skip-trigrams', '--head', 'L0H3', '--top', '12');
      const rows = await cells(page, 'skip-trigrams');
      assert.equal(rows.length, entries.length);
      rows.forEach(([source, destination, output, qk, ov, strength, kind], i) => {
        assert.deepEqual(
          [source, destination, output],
          [entries[i].source, entries[i].destination, entries[i].output].map(shown),
        );
        near(Number(qk), entries[i].qk, `qk ${i}`);
        near(Number(ov), entries[i].ov, `ov ${i}`);
        near(Number(strength) / 10, entries[i].strength / 10, `strength ${i}`);
        assert.equal(kind !== '', entries[i].kind !== undefined);
      });
      const of_source = async (...source) => {
        const expected = await command('skip-trigrams', '--head', 'L0H3', ...source);
        const found = await cells(page, 'skip-trigrams-source');
        found.forEach(([looks, qk, raises, ov, lowers, low], i) => {
          assert.equal(looks, shown(expected.destinations[i]));
          assert.equal(raises, shown(expected.outputs[i]));
          assert.equal(lowers, shown(expected.lowest_outputs[i]));
          near(Number(qk), expected.destinations[i].qk, `qk ${i}`);
          near(Number(ov), expected.outputs[i].ov, `ov ${i}`);
          near(Number(low), expected.lowest_outputs[i].ov, `lowest ov ${i}`);
        });
        assert.equal(found.length, 10);
      };
      await of_source('--source', String(entries[0].source.id));
      const { tokens } = await state(page);
      await page.evaluate((id) => pathscope.explorer.set({ sourceToken: id }), tokens[1].id);
      await settled(page);
      await of_source('--source-token', tokens[1].text);
    }),

  'crossed pairs are two that were counted and two that were not': () =>
    withLab(async (page) => {
      await page.evaluate(() => pathscope.explorer.set({ head: 'L0H3' }));
      await fetched_counts(page);
      await worked_out(page, 'skip-trigrams');
      let seen = 0;
      for (const source of [' the', ' was', ' his', ' of', ' and']) {
        const { token } = await command('bigrams', '--token', source);
        await page.evaluate((id) => pathscope.explorer.set({ sourceToken: id }), token.id);
        await settled(page);
        const rows = await cells(page, 'skip-trigrams-crossed');
        if (rows.length === 0) continue;
        seen += 1;
        assert.equal(rows.length, 4);
        for (const [i, [destination, output, , counted]] of rows.entries()) {
          assert.equal(counted === '', i >= 2);
          const { pairs } = await command('bigrams', '--token', destination, '--pairs');
          const pair = pairs.find((other) => other.text === output);
          assert.equal(pair === undefined, i >= 2);
          if (pair) near(Number(counted), pair.counted, `${destination} then ${output}`);
        }
      }
      assert(seen > 0);
    }),

  'the scores tables are the terms of the shown score, and their sums by who wrote them': () =>
    withLab(async (page) => {
      const ask = async (change, destination, source) => {
        await page.evaluate((set) => pathscope.explorer.set(set), change);
        await settled(page);
        const cuts = change.cuts?.flatMap((cut) => ['--cut', cut]) ?? [];
        const place = ['--destination', String(destination), '--source', String(source)];
        const asked = ['--text', text, '--head', 'L1H6', ...place, ...cuts];
        const { score, terms } = await command('scores', ...asked);
        const rows = await cells(page, 'scores');
        assert.equal(rows.length, terms.length);
        const names = (path) =>
          path === 'position' ? 'position' : path.join(' → ') || 'token';
        const expected = new Map(
          terms.map((term) => [`${names(term.query_path)}, ${names(term.key_path)}`, term.score]),
        );
        for (const [query, key, , value] of rows) {
          near(Number(value), expected.get(`${query}, ${key}`), `${query}, ${key}`);
        }
        const grid = await cells(page, 'scores-grid');
        for (const [query, ...sums] of grid) {
          const sum = Number(sums.pop());
          near(sum, sums.reduce((total, each) => total + Number(each), 0), query);
        }
        near(grid.reduce((total, row) => total + Number(row.at(-1)), 0), score, 'the whole grid');
      };
      // Of the last Pl the head looks most at the um that came after the first.
      await ask({ head: 'L1H6' }, 15, 3);
      await ask({ source: 2 }, 15, 2);
      await ask({ source: null, cuts: ['L0H6>L1H6:K'], position: 8, source: 3 }, 8, 3);
    }),
};
