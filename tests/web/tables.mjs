// Reading the page's tables, and asking the native binary for the same numbers.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { root } from './browser.mjs';

// float32 in wasm and natively may differ in the last bits of sums of this size.
export const tolerance = 2e-4;

export function near(found, expected, what) {
  assert(Math.abs(found - expected) <= tolerance, `${what}: ${found}, expected ${expected}`);
}

const run = promisify(execFile);
const answers = new Map(); // what was asked as JSON: the answer, as text, to come

// The command's JSON for the shipped model, unless the words name another.
export async function command(...words) {
  const given = words.indexOf('--model');
  const model = resolve(root, given < 0 ? 'models/two-layer' : words.splice(given, 2)[1]);
  const asked = JSON.stringify([model, ...words]);
  if (!answers.has(asked)) answers.set(asked, ask(model, words));
  return JSON.parse(await answers.get(asked));
}

async function ask(model, words) {
  const binary = process.env.PATHSCOPE_BINARY ?? join(root, 'build/native/pathscope');
  const { stdout } = await run(binary, [...words, '--model', model, '--json'], { maxBuffer: Infinity });
  return stdout;
}

// {rows: [{term, kind, logit, ...}], foot: {Sum, Logit, Error, Worst}} of table[data-table=paths];
// numbers are those that are read on the page.
export function pathsTable(page) {
  return page.evaluate(() => {
    const table = document.querySelector('[data-figure=paths] table[data-table=paths]');
    const number = (cell) => (cell?.textContent ? Number(cell.textContent) : null);
    const columns = table.querySelector('thead tr').cells.length;
    return {
      columns,
      rows: [...table.querySelectorAll('tbody tr')].map((row) => ({
        term: row.dataset.term,
        label: row.cells[0].textContent,
        kind: row.cells[1].textContent,
        logit: number(row.cells[2]),
        before: columns === 6 ? number(row.cells[3]) : null,
        source: row.cells[columns - 2].textContent,
        part: number(row.cells[columns - 1]),
      })),
      foot: Object.fromEntries(
        [...table.querySelectorAll('tfoot tr')].map((row) => [
          row.dataset.row,
          number(row.cells[2]),
        ]),
      ),
    };
  });
}

export function nextTable(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('table[data-table=paths-next] tbody tr')].map((row) => ({
      id: Number(row.dataset.id),
      token: row.cells[0].textContent,
      probability: Number(row.cells[2].textContent),
      log_prob: Number(row.cells[3].textContent),
      cut: row.cells[4] ? Number(row.cells[4].textContent) : null,
    })),
  );
}

// The rows of a table (or of its foot) as lists of what their cells hold, numbers whole.
export function cells(page, table, part = 'tbody') {
  return page.$$eval(`table[data-table=${table}] ${part} tr`, (rows) =>
    rows.map((row) =>
      [...row.cells].map((cell) => cell.querySelector('data')?.value ?? cell.textContent),
    ),
  );
}

export function attentionTable(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('table[data-table=attention] tbody tr')].map((row) => ({
      position: Number(row.cells[0].textContent),
      token: row.cells[1].textContent,
      score: row.cells[2].textContent === '' ? null : Number(row.cells[2].textContent),
      weight: Number(row.cells[3].textContent),
    })),
  );
}

// Every row of the table is the command's term, and the sums at the foot are the command's.
export function assertSameTerms({ rows, foot }, expected) {
  assert.equal(rows.length, expected.terms.length, 'number of terms');
  const logits = new Map(
    expected.terms.map((term) => [term.path.join('-') || term.kind, term.logit]),
  );
  for (const { term, logit } of rows) near(logit, logits.get(term), term);
  const sum = rows.reduce((total, { logit }) => total + logit, 0);
  near(sum, expected.logit, 'the sum of the rows');
  near(foot.Sum, expected.sum, 'the sum at the foot');
  near(foot.Logit, expected.logit, 'the logit at the foot');
}
