// Where the files lie that are fetched: beside this one. The npm package and the one-file page have a
// table of them in this file's place (scripts/package.js, scripts/one_file.js).
const here = new URL('./', import.meta.url);

// 'models/two-layer/config.json' -> its URL
export function address_of(name) {
  return new URL(name, here);
}
