// Where a page says what failed. Until its scripts run it says what they need.
const place = '<!-- scripts/failure.js -->';
const failure = `<div class="failure" data-role="failure" role="alert">
  <p class="not-started">Nothing more appears? This page needs JavaScript, and has to come from a web server, not from a file: type <code>./run</code> in Pathscope's folder and open the address that it prints.</p>
</div>`;

// A page's HTML with it, where the page has a place for it.
export function with_failure(html) {
  return html.replace(place, () => failure);
}
