// What embed.html shows where no script may run: the largest terms of the example that the page opens
// with, as a picture and as numbers, worked out by the site's own engine while it is put together.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const SHOWN = 6; // terms

// Gives the markup, and writes the picture beside it.
export async function fallback(site) {
  const { load } = await import(pathToFileURL(join(site, 'engine.js')));
  const [{ model, text }] = JSON.parse(readFileSync(join(site, 'assets/examples.json'))).en;
  const read = (name) => readFileSync(join(site, 'models', model, name));
  const scope = await load({
    model: { config: read('config.json'), weights: read('model.safetensors'), tokenizer: read('tokenizer.json') },
    wasmBinary: readFileSync(join(site, 'pathscope.wasm')),
  });
  const { target, logit, terms } = await scope.paths(text);
  scope.free();
  const rest = terms.slice(SHOWN).reduce((sum, term) => sum + term.logit, 0);
  const rows = [
    ...terms.slice(0, SHOWN).map((term) => [term.path.join(' → ') || term.kind, term.logit]),
    [`${terms.length - SHOWN} more`, rest],
    ['the model’s logit', logit],
  ];
  const cells = ([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${value.toFixed(4)}</td></tr>`;
  writeFileSync(join(site, 'assets/fallback.svg'), waterfall(rows));
  const words = `The logit of “${target.text}” after “${text}” as a sum of paths`;
  return `<div class="fallback">
<p>This figure needs JavaScript. Its picture, and its largest numbers:</p>
<img src="assets/fallback.svg" width="640" height="${height_of(rows)}" alt="${escaped(words)}: bars, each beginning where the last one ends; the numbers stand below">
<table>
<caption>${escaped(words)}</caption>
${rows.map(cells).join('\n')}
</table>
</div>`;
}

const ROW = 26; // pixels

function height_of(rows) {
  return rows.length * ROW + 16;
}

// Each bar begins where the one before it ends; the last is the whole.
function waterfall(rows) {
  const whole = rows.at(-1)[1];
  let end = 0;
  const spans = rows.map(([, value], i) => {
    const begin = i === rows.length - 1 ? 0 : end;
    end = begin + value;
    return [begin, end];
  });
  const lowest = Math.min(0, ...spans.flat());
  const scale = 380 / (Math.max(...spans.flat()) - lowest);
  const x = (value) => (170 + (value - lowest) * scale).toFixed(1);
  const bars = rows.map(([name, value], i) => {
    const [from, to] = [Math.min(...spans[i]), Math.max(...spans[i])];
    const y = 8 + i * ROW;
    const colour = value === whole && i === rows.length - 1 ? '#43464c' : value < 0 ? '#c4572e' : '#2a6cb8';
    return `<text x="160" y="${y + 17}" text-anchor="end">${escaped(name)}</text>
<rect x="${x(from)}" y="${y + 4}" width="${((to - from) * scale).toFixed(1)}" height="${ROW - 8}" fill="${colour}"/>
<text x="${Number(x(to)) + 6}" y="${y + 17}">${value.toFixed(2)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 ${height_of(rows)}" font-family="system-ui, sans-serif" font-size="14" fill="#1f2328">
<rect width="100%" height="100%" fill="#fbfaf7"/>
${bars.join('\n')}
</svg>
`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
