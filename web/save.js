// Gives the visitor a file.
import { element } from './element.js';

// content: a string, bytes or a Blob.
export function save_file(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  element('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
