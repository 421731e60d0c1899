// What is cut: by clicking in a figure, by choosing a path, or written out; each cut can be mended,
// each change undone.
import { element, role } from '../element.js';
import { signed } from '../number.js';
import { cut_expression, cut_label } from '../tables/cut_name.js';
import { term_label, term_name } from '../tables/term.js';
import { UndoControls } from '../undo_controls.js';
import { language, say } from '../words.js';

const LISTED = 200; // terms in the list; the chosen one is always among them

export class Cuts {
  #tool = role('cut-tool');
  #undo_controls;
  #term = role('term');
  #cut_term = role('cut-term');
  #form = role('cut-form');
  #written = role('cut');
  #frozen = role('frozen');
  #list = role('cut-list');
  #count = role('cut-count');
  #panel = role('cut-panel');
  #loss = role('cut-loss');
  #state;
  #shown = '';

  // set(change): what explorer.set takes; it returns whether the change was taken.
  constructor(set) {
    this.#count.addEventListener('click', () => {
      this.#panel.hidden = !this.#panel.hidden;
      this.#count.setAttribute('aria-expanded', String(!this.#panel.hidden));
    });
    this.#tool.addEventListener('click', () => set({ cutTool: !this.#state.cutTool }));
    this.#undo_controls = new UndoControls({ undo: () => set({ undo: true }), redo: () => set({ redo: true }) });
    this.#frozen.addEventListener('change', () => set({ frozen: this.#frozen.checked }));
    this.#term.addEventListener('change', () => set({ term: this.#term.value || null }));
    this.#cut_term.addEventListener('click', () =>
      set({ cuts: this.#toggled(`path:${this.#term.value}`) }),
    );
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      const cut = cut_expression(this.#written.value);
      if (cut === '') return;
      if (this.#state.cuts.includes(cut) || set({ cuts: [...this.#state.cuts, cut] }))
        this.#written.value = '';
    });
    this.#list.addEventListener('click', (event) => {
      const cut = event.target.closest('button')?.dataset.cut;
      if (cut === undefined) return;
      set({ cuts: this.#toggled(cut) });
      // The button that had the focus is gone.
      (this.#list.querySelector('button') ?? this.#tool).focus();
    });
  }

  show(state) {
    this.#state = state;
    this.#tool.setAttribute('aria-pressed', String(state.cutTool));
    this.#undo_controls.show(state);
    this.#frozen.checked = state.frozen;
    this.#loss.hidden = !state.cutLoss;
    if (state.cutLoss) {
      const { whole, cut } = state.cutLoss;
      this.#loss.textContent = say('cutLoss', { whole: whole.toFixed(2), cut: cut.toFixed(2) });
    }
    this.#show_term();
    const shown = JSON.stringify([language(), state.cuts]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#count.textContent = say(state.cuts.length === 0 ? 'cutCountNone' : 'cutCount', {
      count: state.cuts.length,
    });
    if (state.cuts.length === 0) {
      this.#list.replaceChildren(element('li', { class: 'muted' }, say('noCuts')));
      return;
    }
    this.#list.replaceChildren(
      ...state.cuts.map((cut) =>
        element(
          'li',
          { translate: 'no', title: cut },
          cut_label(cut),
          element(
            'button',
            {
              'type': 'button',
              'aria-label': say('mend', { cut: cut_label(cut) }),
              'dataset': { cut },
            },
            '×',
          ),
        ),
      ),
    );
  }

  // The terms to choose from, by falling size.
  set_terms(terms) {
    const names = terms.map(term_name);
    const pinned = names.indexOf(this.#state.pinned);
    const listed = terms.filter((_, i) => i < LISTED || i === pinned);
    this.#term.replaceChildren(
      element('option', { value: '' }, say('termNone')),
      ...listed.map((term) =>
        element(
          'option',
          { value: term_name(term) },
          say('termAt', { term: term_label(term), logit: signed(term.logit) }),
        ),
      ),
    );
    this.#show_term();
  }

  #show_term() {
    const name = this.#state.pinned ?? '';
    this.#term.value = name;
    // Biases stay: a cut takes away what a head or a path of tokens writes.
    this.#cut_term.disabled = name === '' || name.startsWith('bias');
    this.#cut_term.textContent = say(
      this.#state.cuts.includes(`path:${name}`) ? 'cutTermAgain' : 'cutTerm',
    );
  }

  #toggled(cut) {
    const { cuts } = this.#state;
    return cuts.includes(cut) ? cuts.filter((other) => other !== cut) : [...cuts, cut];
  }
}
