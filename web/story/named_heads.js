// Which of a model's heads are called what: {induction, previous_token}, as read_heads() has them, or
// null; read once a model, in slices.
const known = new Map(); // promises by model

export function named_heads(model, explorer, signal) {
  if (!known.has(model)) {
    const reading = explorer.read_heads(signal);
    reading.catch(() => known.delete(model)); // given up: the next one reads
    known.set(model, reading);
  }
  return known.get(model);
}
