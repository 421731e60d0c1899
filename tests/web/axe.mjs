// axe-core's rules, on the page as it stands.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './browser.mjs';

const program = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

// What breaks a rule, in lines; rules: of those alone. Rows of tables are alike: the first three stand
// for all.
export async function axe(page, rules) {
  await page.evaluate(program);
  const violations = await page.evaluate(async (runOnly) => {
    const rows = 'tbody tr:nth-child(n + 4)';
    const found = await axe.run(
      { exclude: [[rows], { fromShadowDom: ['path-scope', rows] }] },
      { resultTypes: ['violations'], preload: false, ...(runOnly && { runOnly }) });
    return found.violations; // what passed is megabytes
  }, rules);
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
}

// Dark differs by its colours alone.
export async function breaks_no_rule(page, where) {
  await page.emulateMedia({ colorScheme: 'light' });
  assert.deepEqual(await axe(page), [], where);
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await axe(page, ['color-contrast']), [], `${where}, dark`);
}
