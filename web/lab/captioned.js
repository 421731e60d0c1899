// A figure with a caption and a link below it, on white: as a canvas, or as an <svg>. Sizes are CSS
// pixels.
import { wrapped } from '../wrapped.js';

const margin = 16;
const ring = 4; // that the figure leaves around itself
const sans = 'Inter, "Pathscope Sans", system-ui, sans-serif';
const styles = {
  title: { size: 15, weight: 600, line: 22, colour: '#1f2328' },
  text: { size: 13, weight: 400, line: 19, colour: '#1f2328' },
  link: { size: 11, weight: 400, line: 17, colour: '#646b77' },
};
const page = '#ffffff';
const slack = 0.9; // of the width: another reader's fonts may be wider

const measuring = document.createElement('canvas').getContext('2d');

function font({ weight, size }, family = '"Pathscope Sans", system-ui, sans-serif') {
  return `${weight} ${size}px ${family}`;
}

// The whole's size, and its lines: {width, height, lines: [{text, y, style}]}, y the line's foot. The
// caption's first line is its title where there are others.
function laid_out(figure, { caption, link }) {
  const [first, ...others] = caption.trim().split('\n');
  const parts = [
    [others.length ? styles.title : styles.text, first],
    [styles.text, others.join('\n')],
    [styles.link, link ?? ''],
  ];
  let y = margin + figure.height + margin / 2;
  const lines = parts.filter(([, text]) => text !== '').flatMap(([style, text]) => {
    measuring.font = font(style);
    return wrapped(measuring, text, figure.width * slack).map((line) => ({ text: line, y: (y += style.line), style }));
  });
  return { width: figure.width + 2 * margin, height: Math.ceil(y + margin), lines };
}

// picture: {canvas, scale}.
export function captioned_picture({ canvas, scale }, words) {
  const { width, height, lines } = laid_out({ width: canvas.width / scale, height: canvas.height / scale }, words);
  const whole = document.createElement('canvas');
  Object.assign(whole, { width: Math.round(width * scale), height: Math.round(height * scale) });
  const context = whole.getContext('2d');
  context.fillStyle = page;
  context.fillRect(0, 0, whole.width, whole.height);
  context.drawImage(canvas, Math.round(margin * scale), Math.round(margin * scale));
  context.scale(scale, scale);
  for (const { text, y, style } of lines) {
    context.font = font(style);
    context.fillStyle = style.colour;
    context.fillText(text, margin + ring, y);
  }
  return whole;
}

// svg: the text of an <svg> whose root has width and height.
export function captioned_svg(svg, words) {
  const root = /<svg\b[^>]*>/.exec(svg)[0];
  const [inner_width, inner_height] = ['width', 'height'].map((name) => Number(new RegExp(`\\s${name}="([\\d.]+)(px)?"`).exec(root)[1]));
  const { width, height, lines } = laid_out({ width: inner_width, height: inner_height }, words);
  const placed = svg.slice(svg.indexOf(root)).replace('<svg', `<svg x="${margin}" y="${margin}"`);
  const written = lines.map(({ text, y, style: { size, weight, colour } }) =>
    `<text x="${margin + ring}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${colour}" xml:space="preserve">${escaped(text)}</text>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>${escaped(words.caption.trim())}</title>
<rect width="${width}" height="${height}" fill="${page}"/>
${placed.trim()}
<g font-family="${escaped(sans)}">
${written.join('\n')}
</g>
</svg>
`;
}

// Control characters are no XML.
function escaped(text) {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
