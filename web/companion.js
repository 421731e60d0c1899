// The model that figures show beside the one that is open: of the same set, with a layer more or
// less. It is fetched when the first such figure comes into sight, for it is as large as the model.

// 'two-layer' -> 'one-layer', 'zh/one-layer' -> 'zh/two-layer'; null where `names` has none.
export function companion_of(name, names) {
  const [, folder, layers] = /^(.*\/)?([^/]+)$/.exec(name);
  const other = folder ? `${folder}${beside(layers)}` : beside(layers);
  return names.includes(other) ? other : null;
}

function beside(layers) {
  return layers === 'two-layer' ? 'one-layer' : 'two-layer';
}

// Calls once the element has come into sight, also where it is already.
export function when_in_sight(element, run) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    run();
  });
  observer.observe(element);
  return () => observer.disconnect();
}
