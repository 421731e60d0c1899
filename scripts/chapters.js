// The story's chapters as HTML, in every language: web/chapters/LANGUAGE/NAME.html, formulas set as
// MathML, in the order and with the figures that are told here. A chapter that is missing in a
// language, or asks for other values than in the first, stops the build.
import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const katex = createRequire(import.meta.url)(katex_path());

const languages = ['en', 'zh-CN'];

// layers: of the model that the chapter reads. open: its figure gives nothing away. heads: the one shown
// first, by the models' language, where another has more to show than the first.
const chapters = [
  { name: 'tokens', layers: 2, figures: ['next-tokens'], open: true },
  { name: 'zero-layers', layers: 0, figures: ['bigrams'] },
  { name: 'one-head', layers: 1, figures: ['attention'] },
  { name: 'one-layer', layers: 1, figures: ['skip-trigrams'], heads: { en: 'L0H1', zh: 'L0H3' } }, // names after “said”
  { name: 'path-expansion', layers: 2, figures: ['expansion', 'paths'] },
  { name: 'composition', layers: 2, figures: ['composition', 'scores'] },
  { name: 'induction', layers: 2, figures: ['induction'] },
  { name: 'virtual-heads', layers: 2, figures: ['importance'] },
  { name: 'training', layers: 2, figures: ['training'], live: true },
  { name: 'claims', layers: 2, figures: ['claims'], open: true },
  { name: 'after', layers: null, figures: [] },
];

function katex_path() {
  const debian = '/usr/share/nodejs/katex'; // where Debian keeps node's modules
  return existsSync(debian) ? debian : 'katex';
}

function formula(tex, display) {
  const html = katex.renderToString(tex, { output: 'mathml', displayMode: display, throwOnError: true, strict: 'ignore' });
  const math = html.replace(/^<span class="katex[^"]*">|<\/span>$/g, '').replace(/<annotation[^]*?<\/annotation>/g, '');
  // A wide formula scrolls, by keys too.
  return math.replace(/<semantics>([^]*?)<\/semantics>/g, '$1').replace('<math ', display ? '<math tabindex="0" ' : '<math ');
}

function with_formulas(html) {
  return html
    .replace(/\\\[([^]*?)\\\]/g, (_, tex) => formula(tex.trim(), true))
    .replace(/\\\(([^]*?)\\\)/g, (_, tex) => formula(tex.trim(), false));
}

// A line may break after a hyphen before a Chinese character; not in these names.
function with_whole_names(html) {
  return html.replace(/[QKV]-组合/g, '<span class="whole">$&</span>');
}

// What a chapter asks the page for, in its order.
function asked(html) {
  return [...html.matchAll(/data-(value|head|if|act|question|options|answer)(?:="([^"]*)")?|<input[^>]* value="([^"]*)"/g)]
    .map(([, kind, name, value]) => (kind ? `${kind} ${name ?? ''}` : `choice ${value}`))
    .sort();
}

function prose(root, name) {
  const [first, ...others] = languages.map((language) => {
    const file = join(root, 'web/chapters', language, `${name}.html`);
    if (!existsSync(file)) throw new Error(`chapter '${name}' is missing in ${language}: ${file}`);
    return { language, html: readFileSync(file, 'utf8') };
  });
  for (const { language, html } of others) {
    const [here, there] = [asked(first.html), asked(html)];
    if (here.join() === there.join()) continue;
    const odd = (a, b) => a.filter((each) => !b.includes(each)).join(', ') || 'nothing';
    throw new Error(`chapter '${name}' in ${language} asks for other things: lacks ${odd(here, there)}; has besides ${odd(there, here)}`);
  }
  return [first, ...others];
}

function stage({ figures, open, live }, live_section) {
  if (figures.length === 0) return '';
  const place = `<div class="place" data-figures="${figures.join(' ')}"></div>`;
  return `<div class="stage"${open ? ' data-open' : ''}><div class="cover" hidden></div>${place}${live ? live_section : ''}</div>`;
}

// The figure that trains is the instrument's own.
function live_figure(root) {
  const lab = readFileSync(join(root, 'web/lab.html'), 'utf8');
  const [section] = /<section class="figure" data-figure="live"[^]*?<\/section>/.exec(lab) ?? [];
  if (!section) throw new Error('web/lab.html has no figure that trains');
  return section;
}

function section_of(chapter, texts, live) {
  const { name, layers, heads = {} } = chapter;
  const of_model = layers === null ? '' : ` data-layers="${layers}"`;
  const shown = Object.entries(heads).map(([language, head]) => ` data-head-${language}="${head}"`).join('');
  const articles = texts.map(({ language, html }) =>
    `<div class="prose" lang="${language}" data-prose="${language}">\n${with_formulas(with_whole_names(html))}</div>`);
  return `<section class="chapter" id="${name}" data-chapter="${name}"${of_model}${shown}>\n${articles.join('\n')}\n${stage(chapter, live)}\n</section>`;
}

function link_to(name, texts) {
  const titles = texts.map(({ language, html }) =>
    `<span lang="${language}" data-prose="${language}">${/<h2>(.*?)<\/h2>/.exec(html)[1]}</span>`);
  return `<li><a href="#${name}">${titles.join('')}</a></li>`;
}

// The story's page: web/pages/index.html with its chapters and their list.
export function story(root) {
  const live = live_figure(root);
  const told = chapters.map((chapter) => ({ chapter, texts: prose(root, chapter.name) }));
  const parts = {
    chapters: told.map(({ chapter, texts }) => section_of(chapter, texts, live)).join('\n\n'),
    contents: told.map(({ chapter, texts }) => link_to(chapter.name, texts)).join('\n'),
  };
  const page = readFileSync(join(root, 'web/pages/index.html'), 'utf8');
  return page.replace(/<!-- (chapters|contents) -->/g, (_, part) => parts[part]);
}
