// What the module answers, and what it is asked, as JavaScript values.

// The value of an answer (src/api/answer.h); throws its error.
export function value_of(answer) {
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.value;
}

// JSON for the module: a lone surrogate, which is no text, becomes U+FFFD.
export function to_json(value) {
  return JSON.stringify(value, (key, part) => (typeof part === 'string' ? well_formed(part) : part));
}

export function well_formed(text) {
  if (text.toWellFormed) return text.toWellFormed();
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}
