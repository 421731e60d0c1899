// What the window shows.

// Calls whenever the element has come into sight or left it, with whether it is there. A busy page
// hears of several changes at once: the last is how it stands.
export function follow_sight(node, on_change, options = {}) {
  new IntersectionObserver((entries) => on_change(entries[entries.length - 1].isIntersecting), options).observe(node);
}

// Calls once the element has come into sight, also where it is there already. Gives what forgets it.
export function when_in_sight(node, run, options = {}) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    run();
  }, options);
  observer.observe(node);
  return () => observer.disconnect();
}

// The one of which most stands in the window's height.
export function most_in_sight(elements) {
  const shown = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return Math.min(bottom, innerHeight) - Math.max(top, 0);
  };
  return [...elements].reduce((best, each) => (shown(each) > shown(best) ? each : best));
}
