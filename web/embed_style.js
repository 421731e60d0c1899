// The looks of <path-scope>, in its shadow root. What an article may set are the parts and the --ps-*
// properties that the README lists.
const text = `
:host {
  display: block;
  position: relative;
  font: 400 15px/1.5 var(--ps-font, system-ui, sans-serif);
  letter-spacing: normal;
  text-align: start;
  text-indent: 0;
  text-transform: none;
  overflow-wrap: break-word;
}
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
.frame {
  --page: var(--ps-background, #fbfaf7);
  --card: var(--ps-card, #ffffff);
  --text: var(--ps-text, #1f2328);
  --muted: var(--ps-muted, #646b77);
  --border: var(--ps-border, #d4d7dc);
  --edge: var(--ps-edge, #848b95);
  --focus: var(--ps-accent, #1d5fae);
  --lower: #c4572e;
  --lower-text: #b44c25;
  --line: #e3e6ea;
  --highlight: #ebf2fb;
  --radius: var(--ps-radius, 6px);
  color-scheme: light;
  position: relative;
  max-height: 100%;
  overflow: auto;
  padding: var(--ps-padding, 8px);
  background: var(--page);
  color: var(--text);
  border-radius: var(--radius);
}
.frame[data-theme="dark"] {
  --page: var(--ps-background, #15181c);
  --card: var(--ps-card, #1d2126);
  --text: var(--ps-text, #e7eaee);
  --muted: var(--ps-muted, #a3acb8);
  --border: var(--ps-border, #3a414a);
  --edge: var(--ps-edge, #7d8692);
  --focus: var(--ps-accent, #8bbdf2);
  --lower: #e88a5e;
  --lower-text: #e88a5e;
  --line: #30363e;
  --highlight: #26323f;
  color-scheme: dark;
}
.room { position: relative; min-height: var(--ps-height, var(--reserved)); }
/* The figure takes the fallback's place with its first picture. */
.frame:not([data-stage="ready"]) .live { position: absolute; inset: 0 0 auto; visibility: hidden; max-height: 0; }
.frame[data-stage="failed"] .room { min-height: 0; }
.frame[data-stage="ready"] slot { display: none; }
.frame[data-stage="bare"] canvas, .frame[data-stage="bare"] .keys { display: none; }
.frame[data-stage="bare"] .live { position: static; visibility: visible; max-height: none; }
::slotted(:is(img, picture, svg)) { max-width: 100%; height: auto; }
.loading {
  position: absolute;
  left: 0; right: 0; top: 0;
  padding: 0.3rem 0.6rem;
  background: var(--page);
  color: var(--muted);
  font-size: 0.88rem;
  border-radius: var(--radius);
}
progress { display: block; width: 100%; height: 6px; accent-color: var(--focus); }
.message {
  margin: 0 0 0.5rem;
  padding: 0.5rem 0.8rem;
  background: var(--card);
  border: 1px solid var(--lower);
  border-left-width: 4px;
  border-radius: var(--radius);
}
.message.notice { border-color: var(--focus); }
p { margin: 0; }
h2 { font-size: 1.1rem; line-height: 1.3; margin: 0; font-weight: 600; }
a { color: var(--focus); }
code, .bytes { font-family: ui-monospace, monospace; font-size: 0.9em; }
.muted, .name, .lead { color: var(--muted); font-size: 0.88rem; }
.visually-hidden, .scroll {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.figure { position: relative; }
.figure + .figure { margin-top: 1.6rem; }
.figure canvas { display: block; width: calc(100% + 8px); margin: 0.3rem -4px 0; }
@media not (forced-colors: active) {
  .figure canvas:focus-visible { outline: none; } /* the figure draws the ring itself */
}
.keys { display: none; }
canvas:focus-visible + .keys {
  display: block;
  position: sticky;
  z-index: 5;
  bottom: 6px;
  width: fit-content;
  margin: 0 auto;
  padding: 0.25rem 0.8rem;
  background: var(--card);
  border: 1px solid var(--focus);
  border-radius: var(--radius);
  font-size: 0.88rem;
}
.controls, .inline, .measuring { display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 0.6rem; }
.controls { margin-bottom: 0.4rem; }
button, select, textarea { font: inherit; color: inherit; }
button, select {
  min-height: 32px;
  padding: 0.15rem 0.6rem;
  background: var(--card);
  border: 1px solid var(--edge);
  border-radius: var(--radius);
}
button { cursor: pointer; }
button:hover:not(:disabled) { border-color: var(--focus); color: var(--focus); }
button:disabled { opacity: 0.6; cursor: default; }
button[aria-pressed="true"] { background: var(--highlight); border-color: var(--focus); color: var(--focus); }
.quiet { border-color: transparent; background: none; color: var(--muted); padding-inline: 0.2rem; font-size: 0.88rem; text-decoration: underline; text-underline-offset: 3px; }
textarea {
  flex: 1 1 16rem;
  min-width: 0;
  min-height: 2.4rem;
  max-height: 12rem;
  padding: 0.3rem 0.6rem;
  font-size: 16px; /* phones zoom into less */
  resize: vertical;
  field-sizing: content;
  background: var(--card);
  border: 1px solid var(--edge);
  border-radius: var(--radius);
}
.tables.shown .scroll {
  position: static;
  width: auto;
  height: auto;
  max-height: 26rem;
  overflow: auto;
  container-type: inline-size;
  clip-path: none;
  white-space: normal;
  border: 1px solid var(--border);
  border-radius: var(--radius);
  background: var(--card);
  padding: 0 0.9rem;
}
table { border-collapse: collapse; margin: 0.9rem 0; font-variant-numeric: tabular-nums; }
caption { position: sticky; left: 0; width: min(100%, 100cqi); text-align: start; font-weight: 600; padding-bottom: 0.4rem; overflow-wrap: anywhere; }
th, td { text-align: start; font-weight: 400; padding: 0.15rem 1.2rem 0.15rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
thead th { color: var(--muted); }
tfoot :is(th, td) { border-bottom: 0; }
.number { text-align: end; }
tr.lit > * { background: var(--highlight); }
.token { unicode-bidi: isolate; white-space: pre; }
.unseen { font-size: 0; }
.unseen::before { content: attr(data-shown); font-size: 15px; color: var(--muted); }
.bytes { border: 1px dashed var(--edge); border-radius: 4px; padding: 0 0.3em; }
[data-table="claims"] { width: 100%; }
[data-table="claims"] :is(th, td) { white-space: normal; vertical-align: top; padding-block: 0.5rem; overflow-wrap: anywhere; }
[data-table="claims"] :is(.aside, details) { display: block; color: var(--muted); font-size: 0.88rem; }
[data-table="claims"] .verdict { font-weight: 600; white-space: nowrap; }
[data-table="claims"] [data-holds="false"] .verdict { color: var(--lower-text); }
.frame { container-type: inline-size; }
@container (max-width: 700px) {
  [data-table="claims"] thead { display: none; }
  [data-table="claims"] :is(tbody, tr, th, td) { display: block; border: 0; padding: 0.15rem 0; }
  [data-table="claims"] tr { border-bottom: 1px solid var(--line); padding-block: 0.6rem; }
  [data-table="claims"] td[data-label]:not(:empty)::before { content: attr(data-label) " "; color: var(--muted); }
}
@media print {
  .figure canvas { height: auto !important; }
  .controls, .tables button { display: none; }
}
`;

let sheet = null;

// A constructed style sheet, which no content policy of the article's forbids; one for all elements.
export function style_sheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
  }
  return sheet;
}
