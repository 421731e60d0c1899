// The paper's claims as a table: each with what was measured, the threshold, and whether it holds.
import { element } from '../element.js';
import { layers_label, say, told } from '../words.js';

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

// claims: as the engine tells them. layers: of the model that is shown. root: where a claim's figure is to
// be found.
export function fill_claims(table, claims, { layers, root }) {
  const columns = ['columnClaim', 'columnMeasured', 'columnThreshold', 'columnHolds'];
  table.replaceChildren(
    element('caption', { class: 'visually-hidden' }, say('claimsCaption')),
    element(
      'thead',
      { role: 'rowgroup' },
      element('tr', { role: 'row' }, ...columns.map(column_head)),
    ),
    element('tbody', { role: 'rowgroup' }, ...claims.map((claim) => row_of(claim, { layers, root }))),
  );
  table.setAttribute('role', 'table'); // rows are blocks where the window is narrow
}

function row_of(claim, { layers, root }) {
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
        link_to_figure(id, root),
      ),
    ),
    element(
      'td',
      { 'role': 'cell', 'data-label': say('columnMeasured') },
      element('span', { class: 'value' }, value_of(claim.measured)),
      measurement && element('span', { class: 'aside' }, told(measurement), of_model(claim, layers)),
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
function of_model({ layers }, shown) {
  if (layers === null || layers === shown) return null;
  return say('claimsOfModel', { model: layers_label(layers) });
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
