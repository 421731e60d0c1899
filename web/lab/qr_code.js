// A link as a QR code in the Share panel, drawn as SVG, dark on white with the quiet zone that the
// standard asks for, on any theme.
import { role } from '../element.js';
import qrcode from '../qrcode.js'; // qrcode-generator: scripts/site.js puts it there
import { say } from '../words.js';

const quiet = 4; // modules around it
const dense = 97; // modules a side, version 20: beyond, a projector's picture is hard to scan
const least = 4; // CSS pixels a module
const svg_namespace = 'http://www.w3.org/2000/svg';

export class QrCode {
  #link = '';

  show(link) {
    this.#link = link;
    const place = role('share-code');
    const code = code_of(link);
    place.replaceChildren(...(code ? [drawn(code)] : []));
    const sentences = [
      !code && 'shareCodeNone',
      code?.getModuleCount() > dense && 'shareCodeDense',
      /^(localhost|127\..*|\[::1\])$/.test(new URL(link).hostname) && 'shareCodeLocal',
    ].filter(Boolean);
    role('share-code-status').textContent = sentences.map((key) => say(key, { modules: code?.getModuleCount() })).join(say('sentenceGap'));
  }

  rewrite() {
    if (this.#link) this.show(this.#link);
  }
}

// Null where it does not fit.
function code_of(link) {
  try {
    const code = qrcode(0, 'L');
    code.addData(link, 'Byte');
    code.make();
    return code;
  } catch {
    return null;
  }
}

function drawn(code) {
  const modules = code.getModuleCount();
  const side = modules + 2 * quiet;
  const node = (tag, attributes) => {
    const made = document.createElementNS(svg_namespace, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const squares = [];
  for (let row = 0; row < modules; row++)
    for (let column = 0; column < modules; column++)
      if (code.isDark(row, column)) squares.push(`M${column + quiet} ${row + quiet}h1v1h-1z`);
  const size = side * Math.max(least, Math.ceil(280 / side)); // whole pixels a module
  const svg = node('svg', {
    'viewBox': `0 0 ${side} ${side}`, 'width': size, 'height': size, 'role': 'img', 'aria-label': say('shareCodeAlt'), 'shape-rendering': 'crispEdges',
  });
  svg.append(node('rect', { width: side, height: side, fill: '#ffffff' }), node('path', { d: squares.join(''), fill: '#000000' }));
  return svg;
}
