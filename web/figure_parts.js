// A figure of the page: [data-figure=NAME] with its heading, what is chosen for it, its canvas and its
// tables. It is described, as [tag, attributes, ...parts] with the keys of its words in data-say and its
// kin: element.js makes nodes of that, scripts/figures.js the instrument's HTML.

// headed: its heading is seen. instrument: as it stands there, with all that belongs to it.
export function figure_parts(figure, { headed, instrument = false }) {
  const { name, title } = figure;
  const id = `${name}-title`;
  const heading = ['h2', { id, 'class': !headed && 'visually-hidden', 'part': 'title', 'data-say': title }];
  const choice = choice_of(name, instrument);
  const top = choice && instrument ? [['div', { class: 'row' }, heading, choice]] : [heading, choice];
  const shown = name === 'claims' ? claims(id, instrument) : drawn(figure, id);
  const parts = [...top, ...shown].filter((part) => part);
  // An element's is no landmark: a page may have the same figure twice.
  const [tag, kind] = instrument ? ['section', false] : ['div', 'figure'];
  return [tag, { 'class': 'figure', 'data-figure': name, 'role': kind, 'aria-labelledby': id, 'part': 'figure' }, ...parts];
}

function drawn({ name, label, keys, tables }, id) {
  const keys_id = `${name}-keys`;
  return [
    ['canvas', { 'part': 'canvas', 'role': 'img', 'data-say-label': label, 'aria-describedby': keys && keys_id }],
    keys && ['p', { 'class': 'keys', 'id': keys_id, 'part': 'keys', 'data-say': keys }],
    ['div', { class: 'tables', part: 'tables' },
      button('show-tables', { 'class': 'quiet', 'aria-pressed': 'false', 'data-say': 'showTables' }),
      ['div', { 'class': 'scroll', 'translate': 'no', 'role': 'group', 'aria-labelledby': id }, ...tables.map(table)],
    ],
  ];
}

// The figure's own controls; not every figure has some.
function choice_of(name, instrument) {
  if (name === 'attention' && instrument) return inline(...select('head', { words: 'head' }, { translate: 'no' }));
  if (name === 'induction') {
    return inline(
      ...select('repeat-length', { words: 'repeatLength', muted: !instrument }),
      ...select('repeat-blocks', { words: 'repeatBlocks', muted: !instrument }),
      button('repeat-others', { 'data-say': 'repeatOthers' }),
    );
  }
  if (name === 'importance') {
    return inline(
      button('measure-text', { hidden: true }),
      button('measure-held-out', { hidden: true }),
      button('measure-stop', { 'data-say': 'measureStop', 'disabled': true }),
    );
  }
  return null;
}

function claims(id, instrument) {
  return [
    instrument && ['p', { 'class': 'lead', 'data-say': 'claimsLead' }],
    ['div', { class: 'measuring' },
      button('measure-claims', { 'data-say': 'measureClaims', 'disabled': true }),
      ['div', { 'class': 'inline', 'data-role': 'claims-working', 'hidden': true },
        ['progress', { 'data-role': 'claims-progress', 'max': 1, 'value': 0, 'aria-labelledby': id }],
        button('cancel-claims', { 'data-say': 'cancelClaims' }),
      ],
      ['p', { 'class': 'muted', 'data-role': 'claims-status', 'role': 'status' }],
    ],
    table('claims'),
  ];
}

function table(name) {
  return ['table', { 'data-table': name, 'part': 'table' }];
}

function inline(...parts) {
  return ['div', { class: 'inline', part: 'controls' }, ...parts];
}

function select(role, { words, muted = false }, attributes = {}) {
  return [
    ['label', { 'for': role, 'class': muted && 'name', 'data-say': words }],
    ['select', { 'id': role, 'data-role': role, ...attributes }],
  ];
}

function button(role, attributes) {
  return ['button', { 'type': 'button', 'part': 'button', 'data-role': role, ...attributes }];
}
