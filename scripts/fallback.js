// What embed.html shows where no script may run: the picture of the README and the largest terms of
// the example that the page opens with, worked out by the site's own engine while it is put together.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const SHOWN = 6; // terms

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
  return `<div class="fallback">
<p>This figure needs JavaScript. Its picture, and its largest numbers:</p>
<img src="assets/readme/paths.png" alt="A text, its logit as a waterfall of paths, the path of one of them through the model">
<table>
<caption>The logit of “${escaped(target.text)}” after “${escaped(text)}” as a sum of paths</caption>
${rows.map(cells).join('\n')}
</table>
</div>`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
