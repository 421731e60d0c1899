// Articles on an origin of their own, with Pathscope's figures in them: a host of pages that are given
// as strings, and what their elements show.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { address, patience, withPage } from './browser.mjs';

export const script = (attributes = 'type="module"') => `<script ${attributes} src="${address('v1/path-scope.js')}"></script>`;

// pages: {path: html, or {body, type, headers}}. Gives {address, close}.
export async function articles(pages) {
  const server = createServer((request, response) => {
    const page = pages[request.url.split('?')[0].slice(1)];
    if (page === undefined) return response.writeHead(404).end();
    const { body, type = 'text/html; charset=utf-8', headers = {} } = typeof page === 'string' ? { body: page } : page;
    response.writeHead(200, { 'Content-Type': type, ...headers }).end(body);
  });
  await new Promise((started) => server.listen(0, '127.0.0.1', started));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    }),
  };
}

// An article of that body, in a page. options: as withPage's, and headers.
export async function withArticle(body, options, test) {
  const { headers, ...others } = options;
  const head = '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">';
  const host = await articles({ 'article.html': { body: head + body, headers } });
  try {
    await withPage({ ...others, address: `${host.address}article.html`, ready: false }, test);
  } finally {
    await host.close();
  }
}

// Keeps the element in sight until `condition`(the element) holds, in the page.
export async function until_element(page, condition, selector = 'path-scope') {
  const deadline = Date.now() + patience;
  for (;;) {
    const found = await page.$eval(selector, (element, source) => {
      element.scrollIntoView({ block: 'nearest' });
      return (0, eval)(`(${source})`)(element);
    }, String(condition));
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`never came true: ${condition}`);
    await page.waitForTimeout(50);
  }
}

export const stage = (element) => element.shadowRoot?.querySelector('.frame').dataset.stage;

// Until the element's figure and tables stand.
export const shown = (page, selector = 'path-scope') =>
  until_element(
    page,
    (element) =>
      element.shadowRoot?.querySelector('.frame').dataset.stage === 'ready' &&
      [...element.shadowRoot.querySelectorAll('[data-table]')].some((table) => table.rows.length > 0),
    selector,
  );

// What the element says is wrong.
export async function complaint(page, part = 'error', selector = 'path-scope') {
  await until_element(
    page,
    part === 'error'
      ? (element) => element.shadowRoot?.querySelector('[part=error]').hidden === false
      : (element) => element.shadowRoot?.querySelector('[part=notice]').hidden === false,
    selector,
  );
  const sentence = await page.$eval(selector, (element, name) => element.shadowRoot.querySelector(`[part=${name}]`).textContent, part);
  assert.doesNotMatch(sentence, /undefined|\[object|Error:/);
  return sentence;
}

// {term: logit} of its paths table.
export function terms(page, selector = 'path-scope') {
  return page.$eval(selector, (element) =>
    Object.fromEntries(
      [...element.shadowRoot.querySelectorAll('table[data-table=paths] tbody tr')].map((row) => [
        row.dataset.term,
        Number(row.querySelector('td.number data').value),
      ]),
    ),
  );
}
