// A canvas as a PNG, a Blob; an Error where the browser does not let the page have them.
import { say } from '../words.js';

export function png_of(canvas) {
  return new Promise((resolve, reject) => {
    canvas.toBlob((picture) => (picture ? resolve(picture) : reject(new Error(say('embedNotSaved')))), 'image/png');
  });
}
