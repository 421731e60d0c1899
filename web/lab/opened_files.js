// What the visitor's files are: a guest, or a view that was saved from here.
import { view_of_file } from '../link.js';
import { say } from '../words.js';
import { guest_of_files } from './guest.js';
import { model_among, some_names } from './guest_files.js';

const most_view = 10_000_000; // bytes

// entries: [{path: 'folder/name', file}]. Gives {guest} or {view}; an Error where they are neither.
export async function opened_files(entries) {
  if (entries.length === 0) throw new Error(say('filesNone'));
  const found = model_among(entries);
  if (found) return { guest: guest_of_files(found) };
  const [{ path, file }] = entries;
  try {
    if (entries.length === 1 && /\.json$/i.test(path) && file.size <= most_view) return { view: view_of_file(await file.text()) };
  } catch {
    // Some other JSON, of which there is nothing more to say.
  }
  throw new Error(say('filesOther', { found: some_names(entries.map((entry) => entry.path)) }));
}
