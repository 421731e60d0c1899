// A cut's names: the expression, as the command line and the explorer take it; the label, as people
// read it and the figures write it; and what people may write in its place.
import { say } from '../words.js';

const INPUTS = { Q: 'cutQueries', K: 'cutKeys', V: 'cutValues' };

// 'L0H3' -> 'head L0H3'; 'path:L0H3-L1H5' -> 'path L0H3 → L1H5'; 'L0H3>*:K' -> 'keys: L0H3 → all later heads'.
export function cut_label(cut) {
  if (cut.startsWith('path:')) {
    const path = cut.slice(5).replaceAll('-', ' → ');
    return say('cutPath', { path: path === 'direct' ? say('direct') : path });
  }
  const [earlier, reader] = cut.split('>');
  const from = heads_label(earlier, 'cutAllHeads');
  if (reader === undefined) return earlier.endsWith('*') ? from : say('cutHead', { head: from });
  const [later, input] = reader.split(':');
  const wire = `${from} → ${heads_label(later, 'cutLater')}`;
  return input ? say(INPUTS[input], { wire }) : wire;
}

function heads_label(heads, all) {
  if (heads === '*') return say(all);
  return heads.endsWith('*') ? say('cutLayer', { layer: heads.slice(1, -1) }) : heads;
}

// The expression for what was written: lower case, the names that terms have in the figures
// ('direct', 'L0H3 → L1H5') and labels of heads and paths are understood too. The rest stays as it is.
export function cut_expression(written) {
  const text = written.trim().replace(/\s*(→|->)\s*/g, '-');
  const [, kind, name] = /^(?:(path|head|路径|头)[:： ]\s*)?(.*)$/i.exec(text);
  const expression = (name === say('direct') ? 'direct' : name)
    .replace(/\bl(\d+)h(\d+)\b/gi, 'L$1H$2')
    .replace(/\bl(\d+)\*/gi, 'L$1*')
    .replace(/:([qkv])$/i, (input) => input.toUpperCase());
  const is_path = /^(path|路径)$/i.test(kind) || /^(direct|L\d+H\d+(-L\d+H\d+)+)$/i.test(expression);
  return is_path ? `path:${expression.replace(/^direct$/i, 'direct')}` : expression;
}
