// The paper's claims with what was measured for each: a table, made when the visitor asks for it. It
// takes seconds, and the other models of the set: it shows how far it is, and can be given up.
import { element, role } from './element.js';
import { layers_label, say, told } from './words.js';

// The figure that shows what a claim is about; those that the page does not have are not linked.
const figures = {
  'residual-sum': 'paths', 'heads-add': 'paths', 'two-operations': 'attention', 'bandwidth': 'heads',
  'zero-bigram': 'bigrams', 'one-layer-sum': 'paths', 'direct-bigram': 'bigrams',
  'skip-trigram': 'skip-trigrams', 'copying': 'heads', 'bugs': 'skip-trigrams', 'positional': 'heads',
  'two-layer-sum': 'paths', 'score-sum': 'scores', 'composition-sparse': 'composition',
  'induction-exists': 'heads', 'induction-needs-two': 'heads', 'induction-random': 'induction',
  'induction-copies': 'heads', 'induction-matches': 'composition', 'induction-cause': 'composition',
  'in-context': 'induction', 'terms': 'importance', 'layer-1-heads': 'importance',
  'composition-counts': 'importance', 'formation': 'training',
};

const signs = { '>=': '≥', '>': '>', '<=': '≤', '<': '<' };

export class Claims {
  #root;
  #section;
  #table;
  #start;
  #cancel;
  #working;
  #bar;
  #status;
  #layers = 0;
  #measuring = null; // an AbortController
  #claims = null; // as they were measured
  #said = () => ''; // what the status says

  // measure({signal, onProgress}): a promise of the claims.
  constructor(measure, root = document) {
    this.#root = root;
    this.#section = root.querySelector('[data-figure=claims]');
    this.#table = this.#section.querySelector('table[data-table=claims]');
    this.#start = role('measure-claims', root);
    this.#cancel = role('cancel-claims', root);
    this.#working = role('claims-working', root);
    this.#bar = role('claims-progress', root);
    this.#status = role('claims-status', root);
    this.#start.addEventListener('click', () => this.#measure(measure));
    this.#cancel.addEventListener('click', () => this.#measuring?.abort());
  }

  // For another model, nothing is measured yet.
  show(info) {
    this.forget();
    this.#layers = info.config.n_layers;
    this.#start.disabled = false;
  }

  forget() {
    this.#measuring?.abort();
    this.#measuring = null;
    this.#table.replaceChildren();
    this.#claims = null;
    this.#tell(() => '');
    this.#show_working(false);
    this.#start.disabled = true;
  }

  // As the engine told them, once they are.
  get measured() {
    return this.#claims;
  }

  async #measure(measure) {
    const controller = (this.#measuring = new AbortController());
    this.#bar.value = 0;
    this.#tell(() => say('claimsWorking'));
    this.#show_working(true);
    this.#cancel.focus();
    let said;
    try {
      const { signal } = controller;
      const onProgress = (progress) => {
        if (!signal.aborted) this.#bar.value = progress;
      };
      const { claims } = await measure({ signal, onProgress });
      if (this.#measuring !== controller) return;
      this.#claims = claims;
      this.#fill();
      this.#section.dispatchEvent(new Event('measured', { bubbles: true }));
      said = () => sum_of(claims);
    } catch (error) {
      if (this.#measuring !== controller) return;
      said = () => (controller.signal.aborted ? say('claimsCancelled') : told(error.message));
    }
    this.#measuring = null;
    const has_focus = this.#root.activeElement === this.#cancel;
    this.#show_working(false);
    if (has_focus) this.#start.focus();
    this.#tell(said);
  }

  #show_working(working) {
    this.#working.hidden = !working;
    this.#start.hidden = working;
  }

  // In the current language.
  rewrite() {
    this.#tell(this.#said);
    if (this.#claims) this.#fill();
  }

  #tell(sentence) {
    this.#said = sentence;
    this.#status.textContent = sentence();
  }

  #fill() {
    const columns = ['columnClaim', 'columnMeasured', 'columnThreshold', 'columnHolds'];
    this.#table.replaceChildren(
      element('caption', { class: 'visually-hidden' }, say('claimsCaption')),
      element(
        'thead',
        { role: 'rowgroup' },
        element('tr', { role: 'row' }, ...columns.map(column_head)),
      ),
      element('tbody', { role: 'rowgroup' }, ...this.#claims.map((claim) => this.#row(claim))),
    );
    this.#table.setAttribute('role', 'table'); // rows are blocks where the window is narrow
  }

  #row(claim) {
    const { id, section, reason, measurement, also = [] } = claim;
    return element(
      'tr',
      { 'role': 'row', 'data-claim': id, 'data-holds': String(claim.holds) },
      element(
        'th',
        { scope: 'row', role: 'rowheader' },
        element('span', { class: 'claim' }, told(claim.claim)),
        element(
          'span',
          { class: 'aside' },
          `${told(section)} · `,
          element('span', { translate: 'no' }, id),
          link_to_figure(id, this.#root),
        ),
      ),
      element(
        'td',
        { 'role': 'cell', 'data-label': say('columnMeasured') },
        element('span', { class: 'value' }, value_of(claim.measured)),
        measurement && element('span', { class: 'aside' }, told(measurement), this.#of_model(claim)),
        also.length > 0 ? further(also) : null,
      ),
      element(
        'td',
        { 'role': 'cell', 'class': 'bound', 'data-label': say('columnThreshold') },
        bound_of(claim),
      ),
      element('td', { role: 'cell' }, verdict_of(claim.holds), reason_of(reason)),
    );
  }

  // Which model of the set was measured, where it was another than this.
  #of_model({ layers }) {
    if (layers === null || layers === this.#layers) return null;
    return say('claimsOfModel', { model: layers_label(layers) });
  }
}

function column_head(name) {
  return element('th', { scope: 'col', role: 'columnheader' }, say(name));
}

// Never by colour alone: a sign and a word.
function verdict_of(holds) {
  const [mark, word] =
    holds === null
      ? ['?', say('claimOpen')]
      : holds
        ? ['✓', say('claimHolds')]
        : ['✗', say('claimFails')];
  return element('span', { class: 'verdict' }, element('span', { 'aria-hidden': true }, mark), word);
}

function reason_of(reason) {
  return reason && element('span', { class: 'aside' }, told(reason));
}

// The further numbers, behind a line that opens them.
function further(numbers) {
  return element(
    'details',
    {},
    element('summary', {}, say('claimsFurther', { count: numbers.length })),
    element(
      'ul',
      {},
      ...numbers.map((number) =>
        element(
          'li',
          {},
          element('span', { class: 'value' }, value_of(number.measured)),
          number.threshold === null ? '' : ` (${bound_of(number)})`,
          ` ${told(number.measurement)}`,
        ),
      ),
    ),
  );
}

// To the heading of the figure, or in the story of the chapter that has it.
function link_to_figure(id, root) {
  const title = figures[id] && (figure_heading(figures[id], root) ?? chapter_heading(figures[id], root));
  if (!title) return null;
  const link = element('a', { href: `#${title.id || title.closest('[id]').id}` }, title.textContent);
  link.addEventListener('click', (event) => {
    event.preventDefault(); // the address keeps what it says
    title.scrollIntoView();
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  });
  return element('span', {}, ' · ', link);
}

function figure_heading(figure, root) {
  return root.querySelector(`#${figure}-title`);
}

function chapter_heading(figure, root) {
  const place = root.getRootNode().querySelector(`[data-figures~="${figure}"]`);
  const headings = place?.closest('[data-chapter]').querySelectorAll('h2') ?? [];
  return [...headings].find((heading) => heading.checkVisibility());
}

function bound_of({ comparison, threshold }) {
  return threshold === null ? '' : `${signs[comparison]} ${text_of(threshold)}`;
}

// <data>: as people read it, and whole.
function value_of(value) {
  return value === null ? '–' : element('data', { value: String(value) }, text_of(value));
}

// Rounding errors, shares, nats and tokens alike.
function text_of(value) {
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-3) return value.toExponential(1).replace('.0e', 'e');
  if (size >= 1e5) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(4)));
}

function sum_of(claims) {
  const count = (holds) => claims.filter((claim) => claim.holds === holds).length;
  return say('claimsSum', { hold: count(true), fail: count(false), open: count(null) });
}
