// An instrument that is open already, in a window of 1280 by 800: for tests that ask only for what every
// visitor finds. What a test changed is put back as a visitor would; a page that is then found otherwise
// than at first is closed. What figures have worked out they keep.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { address, open_page, ready, settled } from './browser.mjs';

const free = []; // {page, close, errors, found}

// What no test may leave changed: the view, every control, the window, and the page itself.
function found_on(page) {
  return page.evaluate(() => {
    const { revision, worked, heldOut, repeatsRun, tokensCounted, trainingReports, companionReports, ...view } =
      pathscope.explorer.state();
    const selector = 'button, input, select, textarea, details, dialog, [hidden], [aria-expanded]';
    const controls = [...document.querySelectorAll(selector)] // that one waits for its text
      .filter((node) => node.dataset.role !== 'measure-held-out');
    return {
      view,
      controls: controls.map((node) => [
        node.dataset.role ?? node.name ?? node.id, node.checkVisibility({ visibilityProperty: true }) && node.value, node.checked,
        node.open, node.hidden, node.disabled, node.ariaExpanded, node.ariaPressed,
      ]),
      page: [document.title, document.documentElement.lang, document.body.children.length],
      window: [innerWidth, innerHeight, scrollY, location.href],
      focused: document.activeElement.tagName,
    };
  });
}

async function put_back(page) {
  await page.evaluate(() => {
    for (const button of document.querySelectorAll('button[aria-expanded]'))
      if ((button.ariaExpanded === 'true') !== unfolded_at_first.has(button)) button.click();
    document.querySelector('[data-role=examples] button').click();
    pathscope.explorer.set({
      term: null, source: null, sourceToken: null, against: null, cutTool: false, repeats: repeats_at_first,
    });
    document.activeElement.blur();
    scrollTo(0, 0);
  });
  await page.mouse.move(640, 500); // over a figure and out of it: nothing is pointed at
  await page.mouse.move(2, 2);
  await settled(page);
}

async function open_lab() {
  const { page, errors, close } = await open_page({});
  await page.goto(address('lab.html'));
  await ready(page);
  await page.evaluate(() => { // gone when the page is loaded anew
    globalThis.repeats_at_first = pathscope.explorer.state().repeats;
    globalThis.unfolded_at_first = new Set(document.querySelectorAll('button[aria-expanded=true]'));
  });
  await put_back(page);
  return { page, errors, close, found: await found_on(page) };
}

async function is_as_found({ page, errors, found }) {
  if (page.isClosed() || errors.length > 0) return false;
  if (!(await page.evaluate(() => 'unfolded_at_first' in globalThis))) return false;
  await put_back(page);
  return isDeepStrictEqual(await found_on(page), found);
}

export async function withLab(test) {
  const lab = free.pop() ?? (await open_lab());
  let passed = false;
  try {
    await test(lab.page);
    assert.deepEqual(lab.errors, [], 'errors on the console');
    passed = true;
  } finally {
    if (passed && (await is_as_found(lab))) free.push(lab);
    else await lab.close(passed);
  }
}
