// "export": a figure as a picture or a drawing with a caption and a link, its tables as CSV, or all
// that it shows as JSON. Pictures are in light colours on white, whatever the page's, for paper and
// slides.
import { element } from '../element.js';
import { fragment_of } from '../link.js';
import { save_file } from '../save.js';
import { version } from '../version.js';
import { say, told } from '../words.js';
import { caption_of } from './caption.js';
import { captioned_picture, captioned_svg } from './captioned.js';
import { csv_of, rows_of } from './csv.js';
import { filled_tables } from './embed_markup.js';
import { add_buttons, kinds_choice, open_figure_dialog, text_field } from './figure_dialog.js';
import { json_of } from './figure_json.js';
import { png_of } from './png.js';

const scale = 2; // of pictures
const claim_columns = ['id', 'section', 'claim', 'measurement', 'measured', 'comparison', 'threshold', 'holds', 'reason'];

export class FigureExport {
  #subject;
  #parts;
  #figure; // the section that it is about
  #kind = 'png';

  // subject(figure): {model, scope, explorer, figures, view, claims, live}, as they are now; view is null
  // where no link can name it; nothing at all while no model is open.
  constructor(subject) {
    this.#subject = subject;
    add_buttons(document.querySelectorAll('[data-figure]'), {
      name: 'export',
      words: 'exportButton',
      open: (section) => this.#open(section),
    });
  }

  get #name() {
    return this.#figure.dataset.figure;
  }

  get #drawn() {
    return this.#subject(this.#name).figures?.[this.#name];
  }

  get #tables() {
    return filled_tables(this.#figure);
  }

  #open(section) {
    this.#figure = section;
    const kinds = [...(this.#drawn ? ['png'] : []), ...(this.#drawn?.draws_svg ? ['svg'] : []), 'csv', 'json'];
    if (!kinds.includes(this.#kind)) [this.#kind] = kinds;
    const choice = kinds_choice({ name: 'export-kind', kinds, chosen: this.#kind, words: 'exportAs', on_choice: (kind) => this.#choose(kind) });
    const caption = text_field({ name: 'export-caption', words: 'exportCaption', rows: 7 });
    const table = element('select', { id: 'export-table', dataset: { role: 'export-table' } },
      ...this.#tables.map((each) => element('option', { value: each.dataset.table }, each.caption.textContent)));
    const tables = element('div', { class: 'field' }, element('label', { class: 'name', for: 'export-table' }, say('exportTable')), table);
    const hint = element('p', { class: 'muted', dataset: { role: 'export-hint' } });
    const save = element('button', { type: 'button', dataset: { role: 'export-save' }, onclick: () => this.#save() }, say('exportSave'));
    caption.box.value = this.#caption();
    const status = open_figure_dialog({
      name: 'export',
      title: say('exportTitle', { figure: section.querySelector('h2').textContent }),
      parts: [choice, caption.field, tables, hint],
      buttons: [save],
    });
    this.#parts = { caption, tables, table, hint, status };
    this.#choose(this.#kind);
  }

  #choose(kind) {
    this.#kind = kind;
    const { caption, tables, hint, status } = this.#parts;
    caption.field.hidden = kind !== 'png' && kind !== 'svg';
    tables.hidden = kind !== 'csv' || this.#tables.length < 2;
    hint.textContent = say(`exportHint_${kind}`);
    status.textContent = '';
  }

  #caption() {
    const { explorer } = this.#subject(this.#name);
    const own = this.#name === 'live'; // of no model and text of the page
    const model = document.querySelector('[data-role=model]').selectedOptions[0]?.textContent;
    return caption_of(this.#figure, { model, state: own ? null : explorer?.state() });
  }

  // Null where none leads to what is shown: trained here, opened from a file, or too long.
  async #link() {
    const { view } = this.#subject(this.#name);
    if (!view || this.#name === 'live' || location.protocol === 'file:') return null;
    const fragment = await fragment_of(view);
    return fragment && new URL(fragment, location.href).href;
  }

  async #save() {
    const { status, table } = this.#parts;
    const name = this.#kind === 'csv' && table.value ? table.value : this.#name;
    const file = `pathscope-${name}.${this.#kind}`;
    try {
      const made = await this.#made(this.#kind);
      if (made) save_file(file, made.content, made.type);
      status.textContent = made ? say('exportSaved', { name: file }) : say('exportNothing');
    } catch (error) {
      status.textContent = told(error.message);
    }
  }

  // {content, type}; null where there is nothing yet.
  async #made(kind) {
    const link = await this.#link();
    const caption = this.#parts.caption.box.value;
    if (kind === 'png') {
      const whole = captioned_picture(this.#drawn.picture({ scale, dark: false }), { caption, link });
      return { content: await png_of(whole), type: 'image/png' };
    }
    if (kind === 'svg') return { content: captioned_svg(this.#drawn.svg({ dark: false }), { caption, link }), type: 'image/svg+xml' };
    if (kind === 'csv') return this.#csv();
    const value = await json_of(this.#name, this.#subject(this.#name), { link, made: `Pathscope ${version}` });
    return value && { content: `${JSON.stringify(value)}\n`, type: 'application/json' };
  }

  #csv() {
    const type = 'text/csv;charset=utf-8';
    const { claims } = this.#subject(this.#name);
    if (this.#name === 'claims') return claims && { content: csv_of(rows_of_claims(claims)), type };
    const table = this.#tables.find(({ dataset }) => dataset.table === this.#parts.table.value);
    return table ? { content: csv_of(rows_of(table)), type } : null;
  }
}

// A claim's further numbers are rows of the same id below it.
function rows_of_claims(claims) {
  const all = claims.flatMap(({ also = [], ...claim }) => [claim, ...also.map((number) => ({ id: claim.id, ...number }))]);
  return [claim_columns, ...all.map((row) => claim_columns.map((column) => row[column]))];
}
