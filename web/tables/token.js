// A token {id, text, bytes?} as DOM and as a label. What cannot be seen (blanks, control characters)
// gets a visible sign; bytes that are no whole character are shown as bytes, in hex.
import { element } from '../element.js';
import { language } from '../words.js';

const SIGNS = new Map([
  [' ', '·'],
  ['\n', '⏎'],
  ['\r', '␍'],
  ['\t', '⇥'],
  ['\u00a0', '⍽'],
  ['\u3000', '□'],
]);
// Joiners and variation selectors inside an emoji are part of it: left alone.
const UNSEEN = /[\p{Z}\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u;
const JOINER = '\u200d';

// Vocabularies are English or Chinese: the script tells whose word a token is.
function language_of(text) {
  if (/\p{Script=Han}/u.test(text)) return 'zh';
  return /\p{Script=Latin}/u.test(text) ? 'en' : undefined;
}

function sign(character) {
  if (SIGNS.has(character)) return SIGNS.get(character);
  if (!UNSEEN.test(character) || character === JOINER) return null;
  return 'U+' + character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0');
}

function hex(bytes) {
  return bytes.toUpperCase().replace(/..(?=.)/g, '$& ');
}

// A label for places that hold text only: '·Qu', '‹E4 BD›'.
export function token_label(token) {
  if (token.bytes) return `‹${hex(token.bytes)}›`;
  return Array.from(token.text, (character) => sign(character) ?? character).join('');
}

// A sentence that quotes tokens, as nodes: Chinese words in an English one are marked as such.
export function sentence_nodes(text) {
  if (language() === 'zh-CN') return [text];
  return text.split(/(\p{Script=Han}+)/u).map((part, i) => (i % 2 ? element('span', { lang: 'zh' }, part) : part));
}

// A span whose textContent is the token as typed; the signs are drawn by the style sheet. Bytes are
// in a shape of their own.
export function token_node(token) {
  if (token.bytes) {
    return element('span', { class: 'token bytes', translate: 'no' }, hex(token.bytes));
  }
  const node = element('span', { class: 'token', translate: 'no', dir: 'auto', lang: language_of(token.text) });
  let run = '';
  for (const character of token.text) {
    const shown = sign(character);
    if (shown === null) {
      run += character;
      continue;
    }
    node.append(run, element('span', { class: 'unseen', dataset: { shown } }, character));
    run = '';
  }
  node.append(run);
  return node;
}
