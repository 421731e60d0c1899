// The language of an element's words: its own or its article's `lang`.
export function language_at(element) {
  for (let node = element; node; node = node.getRootNode().host) {
    const found = node.closest('[lang]:not([lang=""])');
    if (found) return found.lang;
    if (!(node.getRootNode() instanceof ShadowRoot)) break;
  }
  return 'en';
}
