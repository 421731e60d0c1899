// Pictures of every chapter of the story and of the instrument, for people to look at: in both
// languages, at three widths, light and dark.
//   node tests/web/screenshots.mjs FOLDER [WORD]...
// Needs build/site. Words choose those whose name, as chapter-en-390-dark, has each of them.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { address, openBrowser, ready, settled, withPage } from './browser.mjs';

const [folder, ...words] = process.argv.slice(2);
if (!folder) {
  console.error('screenshots.mjs: expected a folder');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const languages = ['en', 'zh-CN'];
const widths = { 390: 844, 1024: 768, 1920: 1080 };
const schemes = ['light', 'dark'];
const slow = ['virtual-heads', 'claims']; // their answers take minutes here
let made = 0;

await openBrowser();
for (const language of languages)
  for (const [width, height] of Object.entries(widths))
    for (const scheme of schemes) {
      const view = `${language}-${width}-${scheme}`;
      const options = { width: Number(width), height, scheme, locale: language, ready: false };
      await withPage({ ...options, address: address('') }, (page) => story(page, view));
      await withPage({ ...options, address: address('lab.html') }, (page) => lab(page, view));
    }
console.log(`${made} pictures in ${folder}`);
process.exit();

async function story(page, view) {
  await page.waitForFunction(() => globalThis.pathscope?.chapters.length > 0);
  for (const chapter of await page.$$eval('[data-chapter]', (sections) => sections.map(({ id }) => id))) {
    const name = `${chapter}-${view}`;
    if (!wanted(name)) continue;
    await page.evaluate((id) => document.getElementById(id).scrollIntoView(), chapter);
    const section = page.locator(`#${chapter}`);
    if ((await section.getAttribute('data-layers')) !== null) {
      await page.waitForSelector(`#${chapter}[data-stage=ready]`);
      const choice = section.locator('input[type=radio]:visible');
      if (!slow.includes(chapter) && (await choice.count()) > 0) await choice.first().check();
      else await page.evaluate((id) => pathscope.chapters.find(({ name }) => name === id)?.show(), chapter);
    }
    await draw(page, section);
    await keep(section, name);
  }
}

// What is out of sight is not drawn, and in a low window much of a chapter is.
async function draw(page, section) {
  for (const canvas of await section.locator('canvas').all()) {
    await canvas.scrollIntoViewIfNeeded();
    await page.waitForTimeout(1500); // what is drawn step by step
  }
}

async function lab(page, view) {
  const figures = await page.$$eval('[data-figure]', (sections) => sections.map(({ dataset }) => dataset.figure));
  if (!figures.some((figure) => wanted(`lab-${figure}-${view}`))) return;
  await ready(page);
  for (const figure of figures) {
    const name = `lab-${figure}-${view}`;
    if (!wanted(name)) continue;
    const section = page.locator(`[data-figure="${figure}"]`);
    await section.scrollIntoViewIfNeeded();
    await settled(page);
    await page.waitForTimeout(500);
    await keep(section, name);
  }
  if (wanted(`lab-top-${view}`)) {
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: join(folder, `lab-top-${view}.png`) });
    made += 1;
  }
}

function wanted(name) {
  return words.every((word) => name.includes(word));
}

async function keep(locator, name) {
  await locator.screenshot({ path: join(folder, `${name}.png`) });
  made += 1;
}
