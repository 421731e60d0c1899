// What a key asks of a lesson; a clicker sends PageDown and PageUp, which go on too but scroll through a
// tall figure first. Null for keys that are not the lesson's, or that a control or a figure in touch has
// a use for.
const anywhere = {
  PageDown: { page: 1 },
  PageUp: { page: -1 },
  Escape: { run: 'leave' },
};
const elsewhere = {
  ' ': { go: 1 },
  'ArrowRight': { go: 1 },
  'ArrowLeft': { go: -1 },
  'ArrowDown': { scroll: 1 },
  'ArrowUp': { scroll: -1 },
  '+': { enlarge: 1.15 },
  '=': { enlarge: 1.15 },
  '-': { enlarge: 1 / 1.15 },
  't': { run: 'tables' },
  'i': { run: 'touch' },
  'n': { run: 'notes' },
  'f': { run: 'full' },
};

// place: the figure's; steps: of the lesson.
export function command_of({ key, target, ctrlKey, altKey, metaKey, isComposing }, { place, steps }) {
  if (ctrlKey || altKey || metaKey || isComposing) return null;
  if (key in anywhere) return anywhere[key];
  if (place.contains(target) || target.closest?.('select, input, textarea')) return null;
  if (key === ' ' && target.closest?.('button, a')) return null;
  if (key === 'Home') return { step: 0 };
  if (key === 'End') return { step: steps - 1 };
  return elsewhere[key.length === 1 ? key.toLowerCase() : key] ?? null;
}
