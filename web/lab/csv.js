// Tables as CSV (RFC 4180), in UTF-8 with the mark by which spreadsheets know it.
const mark = '\ufeff';
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
// What a spreadsheet takes for a formula, in full width too; text that begins so gets a ' before it.
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

// rows: lists of strings, numbers and null.
export function csv_of(rows) {
  return mark + rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

// A table of the page, its head and foot too: numbers as they were computed, not as they are read.
export function rows_of(table) {
  const value = (cell) => cell.querySelector('data')?.value ?? cell.textContent;
  return [...table.rows].map(({ cells }) => [...cells].map(value));
}

function field(value) {
  const text = String(value ?? '');
  const safe = formula.test(text) && !number.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
