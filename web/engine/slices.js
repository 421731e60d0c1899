// Long work in short pieces, between which the page lives on and may give it up.
const SLICE = 12; // ms

// Steps until step() gives null in place of its progress; every few milliseconds others have a turn.
export async function in_slices(step, { signal, onProgress }) {
  for (let progress = 0; progress !== null; ) {
    signal?.throwIfAborted();
    for (const end = performance.now() + SLICE; progress !== null && performance.now() < end; ) progress = step();
    onProgress?.(progress ?? 1);
    await new Promise((resume) => setTimeout(resume));
  }
}

// The promise's value, or a rejection as soon as the signal says so; what was begun goes on.
export function unless_aborted(promise, signal) {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}
