// Whether an element is drawn light or dark: as its attribute theme says ('light', 'dark', or 'auto':
// the visitor's system); without one as the article's own color-scheme, for a figure on a white page
// stays light whatever the system prefers.
const system = globalThis.matchMedia?.('(prefers-color-scheme: dark)');
const watched = new Set();
let watching = false;

export function is_dark(element) {
  const theme = element.getAttribute('theme');
  if (theme === 'dark' || theme === 'light') return theme === 'dark';
  const schemes = getComputedStyle(element).colorScheme.split(' ');
  if (theme === 'auto' || (schemes.includes('dark') && schemes.includes('light'))) return system.matches;
  return schemes.includes('dark');
}

// Calls when the article may have changed its mind: articles switch by a class or an attribute of
// their root. Gives what forgets it.
export function watch_theme(changed) {
  watched.add(changed);
  if (!watching) begin();
  return () => watched.delete(changed);
}

function begin() {
  watching = true;
  const tell = () => {
    for (const changed of watched) changed();
  };
  system.addEventListener('change', tell);
  const observer = new MutationObserver(tell);
  for (const node of [document.documentElement, document.body]) {
    observer.observe(node, { attributes: true, attributeFilter: ['class', 'style', 'data-theme', 'data-color-scheme'] });
  }
}
