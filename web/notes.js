// The speaker's window: follows the lesson that opened it, and leads it on by the same keys.
import { role } from './element.js';
import { command_of } from './present/keys.js';
import { channel_of } from './present/notes_window.js';
import { write_notes } from './present/speaker_notes.js';
import { set_language, write_words } from './words.js';

const place = role('lesson-notes');
const channel = new BroadcastChannel(channel_of(location.hash.slice(1)));
let told = null;

role('lesson-next').addEventListener('click', () => channel.postMessage({ go: 1 }));
role('lesson-back').addEventListener('click', () => channel.postMessage({ go: -1 }));
addEventListener('keydown', (event) => {
  const command = command_of(event, { place, steps: 0 });
  if (!command?.go && !command?.page) return;
  event.preventDefault();
  channel.postMessage(command);
});
channel.onmessage = ({ data }) => {
  if (!data.told) return;
  told = data.told;
  set_language(told.lang);
  document.documentElement.lang = told.lang;
  write_words(document);
  role('notes-waiting').hidden = true;
  write_notes(place, told);
};
setInterval(() => told && write_notes(place, told), 1000);
channel.postMessage({ ask: true });
