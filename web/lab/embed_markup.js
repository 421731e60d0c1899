// The markup that puts a figure into an article: strings, made of a view (link.js) and of the figure's
// section in the page, whose first table gives the words of the fallback.
import { list_of, say } from '../words.js';

const fallback_rows = 6;
const by_size = ['paths', 'bigrams']; // tables whose first rows are the largest, by their first number

export function element_code(section, { model, figure, change }, { base, lang, controls, alt }) {
  const { text, ids, position, target, against, head, cuts, frozen } = change;
  const attributes = {
    figure,
    model,
    text: ids ? null : text,
    ids: ids?.join(' '),
    position,
    target,
    against,
    head,
    cuts: cuts?.length ? cuts.join(' ') : null,
    lang: lang === 'en' ? null : lang,
  };
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => ` ${name}="${attribute(value)}"`);
  const flags = `${frozen ? ' frozen' : ''}${controls ? ' controls' : ''}`;
  return `<script type="module" src="${attribute(base)}v1/path-scope.js"></script>
<path-scope${written.join('')}${flags}>
${fallback_of(section, alt)}
</path-scope>`;
}

export function frame_code(section, { base, fragment, lang, controls, alt }) {
  // Before z, which ends every link.
  const more = `${controls ? '&e=1' : ''}${lang === 'en' ? '' : `&l=${lang}`}`;
  const shown = fragment.replace(/&z=/, `${more}&z=`);
  const height = height_of(section) || 400;
  return `<iframe sandbox="allow-scripts" src="${attribute(`${base}embed.html${shown}`)}" title="${attribute(alt)}" loading="lazy" style="width:100%;height:${height}px;border:0"></iframe>
<script src="${attribute(base)}embed-host.js"></script>`;
}

export function markdown_code(section, { link, alt }) {
  const plain = alt.replace(/([\\`*_{}[\]<>])/g, '\\$1').replace(/\s+/g, ' ');
  return `[![${plain}](${section.dataset.figure}.png)](${link})`;
}

// In words: what the first table says it is, and its first rows where those are the largest.
export function alt_of(section) {
  const table = first_table(section);
  if (!table) return section.querySelector('h2').textContent;
  const caption = table.caption.textContent;
  if (!by_size.includes(table.dataset.table)) return caption;
  const rows = [...table.tBodies[0].rows];
  const told = rows.slice(0, 3).map((row) => {
    const number = row.querySelector('td.number data').value;
    return `${row.cells[0].textContent.trim()} ${Number(number).toPrecision(3)}`;
  });
  return say('altRows', { caption, rows: list_of(told) + (rows.length > told.length ? ' …' : '') });
}

function first_table(section) {
  return filled_tables(section)[0];
}

// A figure's tables, those that have rows.
export function filled_tables(section) {
  return [...section.querySelectorAll('table[data-table]')].filter((table) => table.tBodies[0]?.rows.length);
}

function height_of(section) {
  const canvas = section.querySelector('canvas');
  const tables = section.querySelector('.tables [data-role=show-tables]');
  return canvas ? Math.ceil(canvas.offsetHeight + (tables?.offsetHeight ?? 0)) : 0;
}

// A picture beside the article, with its size, so that its place is kept; and the table's first rows.
function fallback_of(section, alt) {
  const canvas = section.querySelector('canvas');
  const picture = canvas
    ? `  <img src="${section.dataset.figure}.png" alt="${attribute(alt)}" width="${canvas.offsetWidth}" height="${canvas.offsetHeight}">`
    : '';
  const table = first_table(section);
  const row = ({ cells }) => `    <tr>${[...cells].map((cell) => `<td>${content(cell.textContent)}</td>`).join('')}</tr>`;
  const rows = table ? [...table.tHead.rows, ...[...table.tBodies[0].rows].slice(0, fallback_rows)].map(row) : [];
  const shown = table ? `  <table>\n    <caption>${content(table.caption.textContent)}</caption>\n${rows.join('\n')}\n  </table>` : '';
  return [picture, shown].filter((part) => part !== '').join('\n');
}

function content(text) {
  return String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attribute(value) {
  return content(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\r', '&#13;').replaceAll('\t', '&#9;');
}
