// Pales a picture that is no longer true, and writes a sentence where the window shows it.
import { told } from '../words.js';
import { wrapped } from '../wrapped.js';

export function veil(canvas, sentence, { dark }) {
  const { width, height, clientWidth } = canvas;
  const context = canvas.getContext('2d');
  const scale = width / clientWidth;
  const [page, text] = dark ? ['#15181c', '#e7eaee'] : ['#fbfaf7', '#1f2328'];
  context.save();
  context.globalCompositeOperation = 'source-over';
  context.globalAlpha = 0.8;
  context.fillStyle = page;
  context.fillRect(0, 0, width, height);
  context.globalAlpha = 1;
  context.font = `${15 * scale}px "Pathscope Sans", sans-serif`;
  const lines = wrapped(context, told(sentence), width - 32 * scale);
  const top = Math.max(0, -canvas.getBoundingClientRect().top);
  context.fillRect(0, top * scale, width, (22 * lines.length + 20) * scale);
  context.fillStyle = text;
  lines.forEach((line, i) => {
    context.fillText(line, 16 * scale, (top + 26 + 22 * i) * scale);
  });
  context.restore();
}
