import { openBrowser, closeAll, withPage, state } from './browser.mjs';
const [,, name, width, dpr, scheme, text, js, full, x, y, click] = process.argv;
await openBrowser();
try {
await withPage({ width: +width, height: 900, dpr: +dpr, scheme }, async (page) => {
  if (text) { await page.fill('[data-role=text]', text); await page.waitForTimeout(700); }
  if (js) { await page.evaluate(js); await page.waitForTimeout(400); }
  const c = page.locator('[data-figure=paths] canvas');
  if (x) { const b = await c.boundingBox(); await page.mouse.move(b.x + +x, b.y + +y); await page.waitForTimeout(200);
    if (click) await page.mouse.click(b.x + +x, b.y + +y); await page.waitForTimeout(400); }
  await page.waitForTimeout(300);
  await page.screenshot({ path: `/tmp/v/${name}.png`, fullPage: full === '1' });
  console.log(JSON.stringify(await c.boundingBox()), await page.evaluate(() => pathscope.figures.paths.frames));
});
} catch (e) { console.log(String(e).slice(0, 900)); }
await closeAll();
