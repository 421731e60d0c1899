// The instrument's figures in its HTML: <!-- figure: NAME --> becomes what web/figure_parts.js
// describes, with English words; the page has others at hand.
import { figure_names, figures_of } from '../web/figures.js';
import { figure_parts } from '../web/figure_parts.js';
import { words_in } from '../web/words.js';

const say = words_in('en');

export function with_figures(html) {
  return html.replace(/<!-- figure: ([\w-]+) -->/g, (_, name) => {
    if (!figure_names.includes(name)) throw new Error(`lab.html: there is no figure '${name}'`);
    const [figure] = figures_of(name);
    return written(figure_parts(figure, { headed: name !== 'paths', instrument: true }));
  });
}

function written([tag, attributes, ...parts], indent = '  ') {
  const { 'data-say': words, 'data-say-label': label } = attributes;
  const all = { ...attributes, ...(label && { 'aria-label': say(label) }) };
  const said = Object.entries(all)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(value)}"`));
  const inside = parts.map((part) => `\n${indent}  ${written(part, `${indent}  `)}`);
  const end = parts.length > 0 ? `\n${indent}` : '';
  return `<${tag}${said.join('')}>${words ? escaped(say(words)) : ''}${inside.join('')}${end}</${tag}>`;
}

function escaped(text) {
  return String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
