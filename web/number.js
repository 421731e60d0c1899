// Numbers as text. In tables signs are ASCII, so that what is copied can be read by programs;
// elsewhere a minus is a minus, as in the figures.

// A logit, signed: '+6.90', '−0.30'.
export function signed(value, digits = 2) {
  if (value === null) return '';
  const text = value.toFixed(digits);
  return value < 0 ? `−${text.slice(1)}` : `+${text}`;
}

// A probability from its logarithm, in per cent: '81', '0.4', '<0.1'.
export function percent(log_prob) {
  const share = 100 * Math.exp(log_prob);
  if (share >= 9.95) return share.toFixed(0);
  return share < 0.05 ? '<0.1' : share.toFixed(1);
}

// For tables: float32 has about seven digits, and all of them are shown. What is smaller than the
// decimals has two digits, as the figure's badge has them.
export function exact(value) {
  if (value === null || value === undefined) return '';
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-4) return value.toExponential(1);
  return value.toFixed(6);
}

// Bytes as megabytes: '5.4'.
export function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}
