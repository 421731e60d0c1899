// <path-scope>: one figure in anybody's article, by this one script tag, as a module or not. Loading
// it twice, or in two versions, does no harm: the first wins.
(() => {
  const version = '0.1.0';
  const mark = Symbol.for('path-scope');
  const first = globalThis[mark];
  if (typeof customElements === 'undefined') return; // no page: engine.js alone works there
  if (first || customElements.get('path-scope')) {
    console.info(`path-scope ${version} stays aside: ${first ?? 'another version'} was loaded first.`);
    return;
  }
  globalThis[mark] = version;
  // From another origin a script that is no module has no address of its own to import from.
  const { src } = document.currentScript ?? {};
  const program = /\/path-scope\.js([?#]|$)/.test(src ?? '')
    ? import(/* @vite-ignore */ new URL('embed/path_scope_element.js', src).href)
    : import('./embed/path_scope_element.js');
  program.then(
    ({ PathScope }) => customElements.define('path-scope', PathScope),
    (error) => {
      delete globalThis[mark]; // another script tag may do better
      console.error('path-scope: its program could not be fetched; what stands inside <path-scope> stays.', error);
    },
  );
})();
