// A term's names: `name` as the command line and the explorer write it, `label` as people read it.
import { say } from '../words.js';

// {path, kind} -> 'direct', 'L0H4', 'L0H4-L1H7', 'bias', 'bias:L1H7'.
export function term_name({ path, kind }) {
  const heads = path.join('-');
  if (kind === 'bias') return heads ? `bias:${heads}` : 'bias';
  return heads || 'direct';
}

// {path, kind} -> 'direct', 'L0H4', 'L0H4 → L1H7', 'bias', 'bias → L1H7'.
export function term_label({ path, kind }) {
  const heads = path.join(' → ');
  if (kind === 'bias') return heads ? say('biasThrough', { path: heads }) : say('bias');
  return heads || say('direct');
}
