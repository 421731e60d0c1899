// The instrument's figures as panels: folded, moved and left out as the visitor likes, and so again the
// next time. What is hidden is neither laid out nor drawn.
import { element, role } from '../element.js';
import { on_language, say } from '../words.js';

const kept_as = 'pathscope-panels';

export class Panels {
  #sections = [...document.querySelectorAll('main > [data-figure]')];
  #first = this.#sections.map(({ dataset }) => dataset.figure); // the order of the page
  #panels = new Map(this.#sections.map((section) => [section.dataset.figure, new Panel(section, this)]));
  #after = this.#sections.at(-1).nextElementSibling;
  #list = role('panel-list');

  constructor() {
    role('panels-reset').addEventListener('click', () => this.#arrange({ order: this.#first, hidden: [], folded: [] }, true));
    this.#arrange(kept() ?? { order: this.#first, hidden: [], folded: [] });
    on_language(() => this.#write());
    document.addEventListener('click', ({ target }) => this.#follow(target.closest('a[href^="#"]')), true);
  }

  // A figure that a link or a claim names is shown, wherever it was.
  show(name) {
    const panel = this.#panels.get(name);
    if (!panel || (!panel.hidden && !panel.folded)) return;
    panel.hidden = panel.folded = false;
    this.changed();
  }

  // A link within the page, as each claim has one, leads to a figure that is in sight.
  #follow(link) {
    const section = link && document.getElementById(link.hash.slice(1))?.closest('[data-figure]');
    if (section) this.show(section.dataset.figure);
  }

  // by: -1 up, 1 down, past those that are hidden.
  move(panel, by) {
    const shown = this.#ordered.filter(({ hidden }) => !hidden);
    const other = shown[shown.indexOf(panel) + by];
    if (!other) return;
    if (by < 0) other.section.before(panel.section);
    else other.section.after(panel.section);
    this.changed();
    panel.section.scrollIntoView({ block: 'nearest' });
  }

  changed() {
    const names = (panels) => panels.map(({ name }) => name);
    const panels = this.#ordered;
    keep({ order: names(panels), hidden: names(panels.filter(({ hidden }) => hidden)), folded: names(panels.filter(({ folded }) => folded)) });
    this.#write();
  }

  get #ordered() {
    return [...document.querySelectorAll('main > [data-figure]')].map(({ dataset }) => this.#panels.get(dataset.figure));
  }

  // A figure that an older arrangement does not know comes last.
  #arrange({ order, hidden, folded }, changed = false) {
    const known = order.filter((name) => this.#panels.has(name));
    for (const name of new Set([...known, ...this.#first])) {
      const panel = this.#panels.get(name);
      this.#after.before(panel.section);
      panel.hidden = hidden.includes(name);
      panel.folded = folded.includes(name);
    }
    if (changed) this.changed();
    else this.#write();
  }

  #write() {
    const shown = this.#ordered.filter(({ hidden }) => !hidden);
    for (const panel of this.#panels.values()) panel.write({ first: panel === shown[0], last: panel === shown.at(-1) });
    const before = this.#list.contains(document.activeElement) ? document.activeElement.value : null;
    this.#list.replaceChildren(...this.#ordered.map((panel) => this.#choice(panel)));
    if (before) this.#list.querySelector(`[value="${CSS.escape(before)}"]`)?.focus();
  }

  #choice(panel) {
    const box = element('input', { type: 'checkbox', value: panel.name, checked: !panel.hidden, onchange: () => {
      panel.hidden = !box.checked;
      this.changed();
    } });
    return element('label', { class: 'check' }, box, element('span', {}, panel.title));
  }
}

class Panel {
  section;
  #buttons;

  constructor(section, panels) {
    this.section = section;
    const button = (sign, run) => element('button', { type: 'button', class: 'quiet', onclick: run }, sign);
    this.#buttons = {
      fold: button('', () => {
        this.folded = !this.folded;
        panels.changed();
      }),
      up: button('↑', () => this.#move(panels, 'up', -1)),
      down: button('↓', () => this.#move(panels, 'down', 1)),
    };
    section.prepend(element('div', { class: 'panel-bar', dataset: { role: 'panel-bar' } }, ...Object.values(this.#buttons)));
  }

  get name() {
    return this.section.dataset.figure;
  }

  get title() {
    return this.section.querySelector('h2').textContent;
  }

  get hidden() {
    return this.section.hidden;
  }

  set hidden(hidden) {
    this.section.hidden = hidden;
  }

  get folded() {
    return this.section.classList.contains('folded');
  }

  set folded(folded) {
    this.section.classList.toggle('folded', folded);
  }

  write({ first, last }) {
    const { fold, up, down } = this.#buttons;
    const figure = this.title;
    const label = (node, key) => {
      node.setAttribute('aria-label', say(key, { figure }));
      node.title = say(key, { figure });
    };
    fold.setAttribute('aria-expanded', String(!this.folded));
    label(fold, this.folded ? 'panelUnfold' : 'panelFold');
    label(up, 'panelUp');
    label(down, 'panelDown');
    up.disabled = first;
    down.disabled = last;
  }

  // The button keeps the focus, or where it has no use any more, the other one has it.
  #move(panels, name, by) {
    panels.move(this, by);
    const button = this.#buttons[name];
    (button.disabled ? this.#buttons[name === 'up' ? 'down' : 'up'] : button).focus();
  }
}

// {order, hidden, folded}, names of figures each; null where nothing is kept or may be.
function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(kept_as));
    return ['order', 'hidden', 'folded'].every((key) => Array.isArray(found?.[key])) ? found : null;
  } catch {
    return null;
  }
}

function keep(arrangement) {
  try {
    localStorage.setItem(kept_as, JSON.stringify(arrangement));
  } catch {
    // It holds for this visit.
  }
}
