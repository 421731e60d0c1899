// The style sheet of <path-scope>: tables.css and path-scope.css, which scripts/site.js writes into
// css.js beside this, so that an article fetches no more than scripts.
import { css } from './css.js';

let sheet = null;

// A constructed style sheet, which no content policy of the article's forbids; one for all elements.
export function style_sheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  return sheet;
}
