// "embed": what to copy to put a figure as it stands into an article, as an element, a frame, a
// Markdown link or a picture.
import { element } from './element.js';
import { alt_of, element_code, frame_code, markdown_code } from './embed_markup.js';
import { fragment_of } from './link.js';
import { save_file } from './save.js';
import { say } from './words.js';

const kinds = ['element', 'frame', 'markdown', 'picture'];

export class EmbedCode {
  #view;
  #dialog = null; // made when it is first asked for
  #parts;
  #figure; // the section that it is about
  #kind = kinds[0];

  // view(figure): {model, figure, change}, or null with a model that no link can name.
  constructor(view) {
    this.#view = view;
    for (const section of document.querySelectorAll('[data-figure]:not([data-figure=live])')) {
      const button = element('button', { type: 'button', class: 'quiet', dataset: { role: 'embed' }, onclick: () => this.#open(section) }, say('embedButton'));
      const beside = section.querySelector('[data-role=show-tables], [data-role=claims-status]');
      beside.after(button);
    }
  }

  #open(section) {
    this.#figure = section;
    if (!this.#dialog) this.#make();
    this.#parts.title.textContent = say('embedTitle', { figure: section.querySelector('h2').textContent });
    this.#parts.alt.value = alt_of(section);
    this.#parts.save.hidden = !section.querySelector('canvas');
    this.#dialog.showModal();
    this.#write();
  }

  #make() {
    const radio = (kind) =>
      element(
        'label',
        {},
        element('input', { type: 'radio', name: 'embed-kind', value: kind, checked: kind === this.#kind }),
        element('span', {}, say(`embedAs_${kind}`)),
      );
    const close = () => this.#dialog.close();
    this.#parts = {
      title: element('h2', { id: 'embed-title' }),
      kinds: element('fieldset', { class: 'joined' }, element('legend', { class: 'visually-hidden' }, say('embedAs')), ...kinds.map(radio)),
      controls: element('input', { type: 'checkbox', dataset: { role: 'embed-controls' } }),
      hint: element('p', { class: 'muted', dataset: { role: 'embed-hint' } }),
      code: element('textarea', { 'dataset': { role: 'embed-code' }, 'rows': 9, 'readonly': true, 'spellcheck': 'false', 'translate': 'no', 'aria-labelledby': 'embed-title' }),
      alt: element('textarea', { id: 'embed-alt', dataset: { role: 'embed-alt' }, rows: 3 }),
      copy: element('button', { type: 'button', dataset: { role: 'embed-copy' }, onclick: () => this.#copy() }, say('embedCopy')),
      save: element('button', { type: 'button', dataset: { role: 'embed-save' }, onclick: () => this.#save() }, say('embedSave')),
      status: element('p', { class: 'muted', dataset: { role: 'embed-status' }, role: 'status' }),
    };
    const { title, kinds: choice, controls, hint, code, alt, copy, save, status } = this.#parts;
    this.#dialog = element(
      'dialog',
      { 'class': 'embed-code', 'aria-labelledby': 'embed-title', 'dataset': { role: 'embed-dialog' } },
      element('div', { class: 'row' }, title, element('button', { type: 'button', onclick: close }, say('dismiss'))),
      choice,
      element('label', { class: 'check', dataset: { of: 'element frame' } }, controls, element('span', {}, say('embedWithControls'))),
      element('div', { class: 'field' }, element('label', { class: 'name', for: 'embed-alt' }, say('embedAlt')), alt),
      hint,
      code,
      element('div', { class: 'row buttons' }, copy, save),
      status,
    );
    choice.addEventListener('change', ({ target }) => {
      this.#kind = target.value;
      this.#write();
    });
    controls.addEventListener('change', () => this.#write());
    alt.addEventListener('input', () => this.#write());
    code.addEventListener('focus', () => code.select());
    document.body.append(this.#dialog);
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
    try {
      await navigator.clipboard.writeText(code.value);
      status.textContent = say('embedCopied');
    } catch {
      status.textContent = say('embedCopyBy');
      code.focus();
    }
  }

  // The picture as it stands, at the screen's own resolution, on the page's colour: a canvas has none.
  #save() {
    const { figure } = this.#figure.dataset;
    const canvas = this.#figure.querySelector('canvas');
    const { width, height } = canvas;
    const whole = Object.assign(document.createElement('canvas'), { width, height });
    const context = whole.getContext('2d');
    context.fillStyle = getComputedStyle(document.body).backgroundColor;
    context.fillRect(0, 0, width, height);
    context.drawImage(canvas, 0, 0);
    whole.toBlob(async (picture) => {
      if (picture) save_file(`${figure}.png`, await picture.arrayBuffer(), 'image/png');
      this.#parts.status.textContent = say(picture ? 'embedSaved' : 'embedNotSaved', { name: `${figure}.png` });
    });
  }
}
