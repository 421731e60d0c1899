// "embed": what to copy to put a figure as it stands into an article, as an element, a frame, a
// Markdown link or a picture.
import { copied } from '../clipboard.js';
import { element } from '../element.js';
import { fragment_of } from '../link.js';
import { save_file } from '../save.js';
import { say } from '../words.js';
import { alt_of, element_code, frame_code, markdown_code } from './embed_markup.js';
import { add_buttons, kinds_choice, open_figure_dialog, text_field } from './figure_dialog.js';
import { png_of } from './png.js';

const kinds = ['element', 'frame', 'markdown', 'picture'];

export class EmbedCode {
  #view;
  #parts;
  #figure; // the section that it is about
  #kind = kinds[0];

  // view(figure): {model, figure, change}, or null with a model that no link can name.
  constructor(view) {
    this.#view = view;
    const sections = document.querySelectorAll('[data-figure]:not([data-figure=live])');
    add_buttons(sections, { name: 'embed', words: 'embedButton', open: (section) => this.#open(section) });
  }

  #open(section) {
    this.#figure = section;
    const choice = kinds_choice({ name: 'embed-kind', kinds, chosen: this.#kind, words: 'embedAs', on_choice: (kind) => this.#choose(kind) });
    const alt = text_field({ name: 'embed-alt', words: 'embedAlt', rows: 3 });
    const write = () => this.#write();
    this.#parts = {
      controls: element('input', { type: 'checkbox', dataset: { role: 'embed-controls' }, onchange: write }),
      hint: element('p', { class: 'muted', dataset: { role: 'embed-hint' } }),
      code: element('textarea', { 'dataset': { role: 'embed-code' }, 'rows': 9, 'readonly': true, 'spellcheck': 'false', 'translate': 'no', 'aria-labelledby': 'embed-title' }),
      alt: alt.box,
      copy: element('button', { type: 'button', dataset: { role: 'embed-copy' }, onclick: () => this.#copy() }, say('embedCopy')),
    };
    const { controls, hint, code, copy } = this.#parts;
    const save = element('button', { type: 'button', dataset: { role: 'embed-save' }, hidden: !section.querySelector('canvas'), onclick: () => this.#save() }, say('embedSave'));
    const with_controls = element('label', { class: 'check', dataset: { of: 'element frame' } }, controls, element('span', {}, say('embedWithControls')));
    alt.box.value = alt_of(section);
    alt.box.addEventListener('input', write);
    code.addEventListener('focus', () => code.select());
    this.#parts.status = open_figure_dialog({
      name: 'embed',
      title: say('embedTitle', { figure: section.querySelector('h2').textContent }),
      parts: [choice, with_controls, alt.field, hint, code],
      buttons: [copy, save],
    });
    this.#write();
  }

  #choose(kind) {
    this.#kind = kind;
    this.#write();
  }

  // The code of the present choice; where there is none, why.
  async #write() {
    const { code, copy, hint, status, controls, alt } = this.#parts;
    const kind = this.#kind;
    controls.parentElement.hidden = kind !== 'element' && kind !== 'frame';
    status.textContent = '';
    const { written, why } = await this.#code(kind, { controls: controls.checked, alt: alt.value });
    if (kind !== this.#kind) return;
    hint.textContent = why ?? say(`embedHint_${kind}`);
    code.value = written ?? '';
    code.hidden = copy.hidden = !written;
  }

  async #code(kind, { controls, alt }) {
    const section = this.#figure;
    const view = this.#view(section.dataset.figure);
    if (kind === 'picture') return { written: alt };
    if (!view) return { why: say('embedGuest') };
    if (location.protocol === 'file:') return { why: say('embedFile') };
    const base = new URL('./', document.baseURI).href;
    const lang = document.documentElement.lang;
    if (kind === 'element') return { written: element_code(section, view, { base, lang, controls, alt }) };
    const fragment = await fragment_of(view);
    if (!fragment) return { why: say('embedLong') };
    if (kind === 'markdown') return { written: markdown_code(section, { link: location.href.split('#')[0] + fragment, alt }) };
    return { written: frame_code(section, { base, fragment, lang, controls, alt }) };
  }

  async #copy() {
    const { code, status } = this.#parts;
    const done = await copied(code.value);
    status.textContent = say(done ? 'embedCopied' : 'embedCopyBy');
    if (!done) code.focus();
  }

  // The picture as it stands, at the screen's own resolution, on the page's colour: a canvas has none.
  async #save() {
    const name = `${this.#figure.dataset.figure}.png`;
    const { status } = this.#parts;
    const canvas = this.#figure.querySelector('canvas');
    const { width, height } = canvas;
    const whole = Object.assign(document.createElement('canvas'), { width, height });
    const context = whole.getContext('2d');
    context.fillStyle = getComputedStyle(document.body).backgroundColor;
    context.fillRect(0, 0, width, height);
    context.drawImage(canvas, 0, 0);
    try {
      save_file(name, await png_of(whole), 'image/png');
      status.textContent = say('embedSaved', { name });
    } catch (error) {
      status.textContent = error.message;
    }
  }
}
