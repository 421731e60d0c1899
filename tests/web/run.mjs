// The page in a real browser: Debian's Chromium, driven by playwright-core.
//   node tests/web/run.mjs [--update] [WORD]...
// Needs build/site and build/native/pathscope. Each test is named by a sentence; words choose those
// whose sentence has one of them. --update makes the reference pictures anew.
import { openBrowser } from './browser.mjs';
import accessibility from './accessibility.mjs';
import beside from './beside.mjs';
import canvas from './canvas.mjs';
import circuits from './circuits.mjs';
import claims from './claims.mjs';
import cuts from './cuts.mjs';
import embed_code from './embed_code.mjs';
import embedding from './embedding.mjs';
import example_pages from './example_pages.mjs';
import examples from './examples.mjs';
import exports_ from './export.mjs';
import framing from './framing.mjs';
import glyphs from './glyphs.mjs';
import hosts from './hosts.mjs';
import induction from './induction.mjs';
import keyboard from './keyboard.mjs';
import language from './language.mjs';
import live from './live.mjs';
import looks from './looks.mjs';
import nginx from './nginx.mjs';
import numbers from './numbers.mjs';
import offline from './offline.mjs';
import one_file from './one_file.mjs';
import own_models from './own_models.mjs';
import packaging from './packaging.mjs';
import panels from './panels.mjs';
import present from './present.mjs';
import share from './share.mjs';
import story from './story.mjs';
import text from './text.mjs';
import { run } from '../runner.js';

const words = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const tests = Object.entries({
  ...text,
  ...nginx,
  ...numbers,
  ...circuits,
  ...canvas,
  ...framing,
  ...glyphs,
  ...cuts,
  ...embed_code,
  ...embedding,
  ...example_pages,
  ...examples,
  ...exports_,
  ...claims,
  ...induction,
  ...keyboard,
  ...accessibility,
  ...hosts,
  ...language,
  ...live,
  ...looks,
  ...one_file,
  ...own_models,
  ...packaging,
  ...share,
  ...story,
  ...present,
  ...offline,
  ...beside,
  ...panels,
}).filter(([name]) => words.length === 0 || words.some((word) => name.includes(word)));

await openBrowser();
// Half of a test is waiting; each has a page of its own. A busy machine is given time, a page that
// hangs is not.
const failed = await run(Object.fromEntries(tests), { atOnce: 2, limit: 420000, total: 2700000 });
process.exit(failed ? 1 : 0); // the browser goes with us
