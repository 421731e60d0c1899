// The figures: the keys of their words, their tables, and how high they are with the example that the
// page opens with, as measured in places 1,000, 700 and 360 CSS pixels wide: what <path-scope> keeps
// free until they are drawn.
const canvas_figures = {
  'paths': {
    title: 'paths',
    label: 'pathsCanvas',
    keys: 'pathsKeys',
    tables: ['paths', 'paths-sources', 'paths-next'],
    of_text: true,
    heights: [980, 1015, 1685],
  },
  'attention': {
    title: 'attention',
    label: 'attentionCanvas',
    keys: 'attentionKeys',
    tables: ['attention'],
    of_text: true,
    heights: [775, 1245, 1170],
  },
  'bigrams': {
    title: 'bigrams',
    label: 'bigramsCanvas',
    keys: 'bigramsKeys',
    tables: ['bigrams', 'bigrams-pairs'],
    of_text: true,
    heights: [630, 675, 775],
  },
  'skip-trigrams': {
    title: 'skipTrigrams',
    label: 'skipTrigramsCanvas',
    keys: 'skipTrigramsKeys',
    tables: ['skip-trigrams', 'skip-trigrams-source', 'skip-trigrams-crossed'],
    heights: [750, 1305, 1615],
  },
  'expansion': {
    title: 'expansion',
    label: 'expansionCanvas',
    keys: 'expansionKeys',
    tables: ['expansion'],
    of_text: true,
    heights: [415, 415, 580],
  },
  'heads': {
    title: 'heads',
    label: 'headsCanvas',
    keys: 'headsKeys',
    tables: ['heads', 'heads-eigenvalues'],
    heights: [540, 1090, 1005],
  },
  'composition': {
    title: 'composition',
    label: 'compositionCanvas',
    tables: ['composition'],
    heights: [845, 1520, 1525],
  },
  'scores': {
    title: 'scores',
    label: 'scoresCanvas',
    keys: 'scoresKeys',
    tables: ['scores', 'scores-grid'],
    of_text: true,
    heights: [770, 1220, 1345],
  },
  'induction': {
    title: 'induction',
    label: 'inductionCanvas',
    keys: 'inductionKeys',
    tables: ['induction', 'induction-repeats', 'induction-heads'],
    of_text: true,
    heights: [1100, 1900, 2005],
  },
  'importance': {
    title: 'importance',
    label: 'importanceCanvas',
    tables: ['importance'],
    of_text: true,
    heights: [905, 1125, 1175],
  },
  'training': {
    title: 'training',
    label: 'trainingCanvas',
    keys: 'trainingKeys',
    tables: ['training', 'training-companion'],
    heights: [1250, 2440, 2470],
  },
};

const claims = { title: 'claims', tables: ['claims'], heights: [50, 50, 50] };

const FIGURES = { ...canvas_figures, claims };

// Those that draw; the claims are a table.
export const canvas_names = Object.keys(canvas_figures);

export const figure_names = [...Object.keys(FIGURES), 'lab'];

// A figure by its name: 'lab' is all of them, one below the other, of the same text.
export function figures_of(name) {
  const names = name === 'lab' ? Object.keys(FIGURES) : [name];
  return names.map((each) => ({ name: each, ...FIGURES[each] }));
}

// The height to keep free in a place of that width.
export function height_of(name, width) {
  const side = width >= 900 ? 0 : width >= 560 ? 1 : 2;
  return figures_of(name).reduce((sum, { heights }) => sum + heights[side], 0);
}
