// For a page with frames of embed.html: gives each the height that its figure has. One script tag:
//   <script src="https://HOST/embed-host.js"></script>
// A message counts only if it comes from the window of a frame here that shows embed.html of this
// script's host (or has the attribute data-path-scope), and only as a number.
(() => {
  const lowest = 40; // CSS pixels
  const highest = 20000;
  const most = 30; // changes of a frame's height while its width stays, in
  const span = 10000; // ms: a frame that never comes to rest is left as it is
  const home = document.currentScript ? new URL('embed.html', document.currentScript.src).href : null;
  const changes = new WeakMap(); // {width, times} by frame

  function is_ours(frame) {
    if (frame.hasAttribute('data-path-scope')) return true;
    const address = frame.src.split(/[?#]/)[0];
    return home ? address === home : address.endsWith('/embed.html');
  }

  function frame_of(source) {
    const frames = [...document.querySelectorAll('iframe')];
    return frames.find((frame) => frame.contentWindow === source && is_ours(frame));
  }

  // A sandboxed frame's origin is "null".
  function may_come_from(frame, origin) {
    return origin === 'null' || origin === new URL(frame.src, document.baseURI).origin;
  }

  function rests(frame) {
    const width = frame.clientWidth;
    const known = changes.get(frame);
    const times = known?.width === width ? known.times : [];
    const now = performance.now();
    const recent = times.filter((time) => now - time < span);
    changes.set(frame, { width, times: [...recent, now] });
    return recent.length < most;
  }

  addEventListener('message', ({ source, origin, data }) => {
    if (data === null || typeof data !== 'object' || data.pathscope !== 1) return;
    const { height } = data;
    if (!Number.isInteger(height) || height < lowest || height > highest) return;
    const frame = frame_of(source);
    if (!frame || !may_come_from(frame, origin)) return;
    const wanted = `${height + frame.offsetHeight - frame.clientHeight}px`; // with its border
    if (frame.style.height === wanted || !rests(frame)) return;
    frame.style.height = wanted;
  });

  // Frames that were there first have told theirs already.
  function ask() {
    for (const frame of document.querySelectorAll('iframe')) {
      if (is_ours(frame)) frame.contentWindow?.postMessage({ pathscope: 1, ask: 'height' }, '*');
    }
  }
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', ask);
  else ask();
})();
