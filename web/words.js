// The page's words, in English or Chinese, and which of the two are shown. A catalogue in locales/ is
// {key: sentence}: {name} is filled in, `backticks` set code. scripts/check-words.js holds the
// catalogues and the HTML to the same keys.
import en from './locales/en.js';
import zh_CN from './locales/zh-CN.js';
import zh_CN_told from './locales/zh-CN_told.js';
import { Phrases } from './phrases.js';

const catalogues = { 'en': en, 'zh-CN': zh_CN };
const phrases = { 'zh-CN': new Phrases(zh_CN_told) };

export const languages = { 'en': 'English', 'zh-CN': '中文' };

let current = 'en';
const listeners = new Set();

export function language() {
  return current;
}

// Everything shown is written anew: those who show something are told by on_language.
export function set_language(tag) {
  if (!catalogues[tag]) throw new Error(`no words in ${tag}, only in ${Object.keys(catalogues).join(', ')}`);
  if (tag === current) return;
  current = tag;
  for (const listener of [...listeners]) listener(tag);
}

// Gives what forgets the listener.
export function on_language(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// The language of ours that fits these tags best, as a browser lists them: ['zh-TW', 'en'] -> 'zh-CN'.
export function nearest_language(tags) {
  const ours = { en: 'en', zh: 'zh-CN' };
  for (const tag of tags) {
    const found = ours[tag.toLowerCase().split('-')[0]];
    if (found) return found;
  }
  return 'en';
}

// say('count', {tokens: 3, n_ctx: 256}) -> the sentence in the current language.
export function say(key, values) {
  return words_in(current)(key, values);
}

// A `say` of one language, whatever the page shows.
export function words_in(tag) {
  return (key, values = {}) => {
    const sentence = catalogues[tag]?.[key];
    if (sentence === undefined) throw new Error(`no string named ${key} in ${tag}`);
    return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };
}

// What the engine says, which is English: in that language where its words are known, else as it is.
export function told(sentence, tag = current) {
  return phrases[tag]?.of(sentence) ?? sentence;
}

// 'two layers'
export function layers_label(n_layers) {
  const names = ['modelZeroLayer', 'modelOneLayer', 'modelTwoLayer'];
  return say(names[n_layers] ?? 'modelLayers', { layers: n_layers });
}

// A reason that ends as a sentence does.
export function closed(reason) {
  return /[.!?。！？]$/.test(reason) ? reason : reason + say('fullStop');
}

// Between two sentences or clauses: Chinese marks bring their own room.
export function list_of(parts) {
  return parts.join(say('listComma'));
}

// Puts the current language's words where the HTML has data-say (text), data-say-label (aria-label)
// and data-say-content (a meta element's).
export function write_words(root) {
  for (const element of root.querySelectorAll('[data-say]')) {
    element.replaceChildren(...with_code(say(element.dataset.say)));
  }
  for (const element of root.querySelectorAll('[data-say-label]')) {
    element.setAttribute('aria-label', say(element.dataset.sayLabel));
  }
  for (const element of root.querySelectorAll('[data-say-content]')) {
    element.setAttribute('content', say(element.dataset.sayContent));
  }
}

// 'cut `L0H4`' -> nodes, every second piece a <code>.
export function with_code(sentence) {
  return sentence.split('`').map((piece, i) => {
    if (i % 2 === 0) return document.createTextNode(piece);
    const code = document.createElement('code');
    code.translate = false;
    code.textContent = piece;
    return code;
  });
}
