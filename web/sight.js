// Calls once the first of these figures has come into sight, also where it is already. Gives what
// forgets it.
export function when_in_sight(figures, run) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    run();
  });
  for (const name of figures) observer.observe(document.querySelector(`[data-figure=${name}]`));
  return () => observer.disconnect();
}
