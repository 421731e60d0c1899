// The pointer over a figure: where something is, is found as a visitor finds it, by moving there.
import { state } from './browser.mjs';

export async function figureBox(page, figure) {
  const canvas = page.locator(`[data-figure=${figure}] canvas`);
  await canvas.scrollIntoViewIfNeeded();
  return canvas.boundingBox();
}

// Moves the pointer over the figure, row by row, until `found` holds for the explorer's state; gives
// the place {x, y}, where the pointer then is.
export async function seek(
  page,
  figure,
  found,
  { step = 14, columns = [0.5, 0.45, 0.55, 0.2, 0.85] } = {},
) {
  await page.locator(`[data-figure=${figure}]`).scrollIntoViewIfNeeded();
  const canvas = page.locator(`[data-figure=${figure}] canvas`);
  const { height: window } = page.viewportSize();
  for (const column of columns) {
    let box = await canvas.boundingBox();
    for (let down = 4; down < box.height; down += step) {
      if (box.y + down > window - 10 || box.y + down < 0) {
        await page.evaluate((by) => scrollBy(0, by), box.y + down - window / 3);
        box = await canvas.boundingBox();
      }
      const place = { x: box.x + column * box.width, y: box.y + down };
      await page.mouse.move(place.x, place.y);
      await nextFrames(page);
      if (found(await state(page))) return place;
    }
  }
  throw new Error(`nothing like that was found by moving over the figure ${figure}`);
}

export function nextFrames(page, frames = 3) {
  return page.evaluate(
    (count) =>
      new Promise((done) => {
        const wait = (left) => (left === 0 ? done() : requestAnimationFrame(() => wait(left - 1)));
        wait(count);
      }),
    frames,
  );
}
