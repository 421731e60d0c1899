// Files and folders that are dropped anywhere on the page; while they are dragged over it, a hint says
// what may be dropped.
import { element } from '../element.js';
import { say } from '../words.js';
import { most_files } from './guest_files.js';

// on_drop(entries): [{path: 'folder/name', file}]; on_failed(error): they could not be read.
export function take_drops({ on_drop, on_failed }) {
  const hint = element('div', { 'class': 'drop-hint', 'data-role': 'drop-hint', 'hidden': true }, element('p'));
  document.body.append(hint);
  const show = (shown) => {
    hint.firstChild.textContent = say('dropHint');
    hint.hidden = !shown;
    document.body.classList.toggle('dragging', shown);
  };
  addEventListener('dragover', (event) => {
    if (!has_files(event)) return;
    event.preventDefault(); // or the browser would leave the page for the file
    event.dataTransfer.dropEffect = 'copy';
    if (hint.hidden) show(true);
  });
  addEventListener('dragleave', ({ relatedTarget }) => relatedTarget ?? show(false));
  addEventListener('drop', (event) => {
    show(false);
    if (!has_files(event)) return;
    event.preventDefault();
    entries_of(event.dataTransfer.items).then(on_drop, on_failed);
  });
}

function has_files({ dataTransfer }) {
  return dataTransfer?.types.includes('Files') ?? false;
}

// The items are gone once the event is over: what they stand for is taken at once.
async function entries_of(items) {
  const dropped = Array.from(items)
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry?.(), file: item.getAsFile() }));
  const found = [];
  for (const { entry, file } of dropped) {
    if (entry?.isDirectory) await walk(entry, entry.name, found);
    else if (file) found.push({ path: file.name, file });
  }
  return found;
}

async function walk(directory, path, found) {
  const reader = directory.createReader();
  for (;;) {
    const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)); // some at a time
    if (entries.length === 0) return;
    for (const entry of entries) {
      if (found.length > most_files) return; // too many, which is said to whoever dropped them
      const inside = `${path}/${entry.name}`;
      if (entry.isFile) found.push({ path: inside, file: await new Promise((resolve, reject) => entry.file(resolve, reject)) });
      else if (!entry.name.startsWith('.')) await walk(entry, inside, found);
    }
  }
}
