// What the <head> of every page of the site begins with, before all that the page loads: the content
// policy, which the server of ./run sends too.
export const policy = [
  "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'",
  "img-src 'self' data: blob:", "font-src 'self'", "connect-src 'self'", "worker-src 'self' blob:",
  "manifest-src 'self'", "base-uri 'none'", "form-action 'none'",
  "require-trusted-types-for 'script'", 'trusted-types pathscope',
].join('; ');

const place = '<head>\n<!-- scripts/head.js -->\n';
const head = `<head>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
`;

// A page's HTML with it; without its place it is no page.
export function with_head(html, name) {
  if (html.split(place).length !== 2) throw new Error(`${name}: expected <!-- scripts/head.js --> once, first in its <head>`);
  return html.replace(place, () => head);
}
