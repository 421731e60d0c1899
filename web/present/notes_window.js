// The speaker's notes: in a window of their own, told by BroadcastChannel; where none may be opened,
// below the lesson. A lesson has a number, so that two of them in one browser do not mix.
import { role } from '../element.js';
import { write_notes } from './speaker_notes.js';

export class NotesWindow {
  #told;
  #below = role('lesson-notes');
  #lesson = kept_lesson();
  #channel;
  #window = null;

  // told(): what the notes say now; on_led({go} or {page}: 1 or -1): the speaker went on from there.
  constructor({ told, on_led }) {
    this.#told = told;
    this.#channel = new BroadcastChannel(channel_of(this.#lesson.id));
    this.#channel.onmessage = ({ data }) => {
      if (data.ask) this.tell();
      else if ([1, -1].includes(data.go ?? data.page)) on_led(data);
    };
    setInterval(() => this.#below.hidden || this.#write(), 1000);
  }

  toggle() {
    if (this.#window && !this.#window.closed) return this.#window.focus();
    if (!this.#below.hidden) return void (this.#below.hidden = true);
    this.#window = window.open(`notes.html#${this.#lesson.id}`, `pathscope-notes-${this.#lesson.id}`, 'popup,width=640,height=620');
    this.#below.hidden = this.#window !== null;
    if (!this.#below.hidden) this.#write();
  }

  tell() {
    this.#channel.postMessage({ told: this.#whole });
    if (!this.#below.hidden) this.#write();
  }

  get #whole() {
    return { ...this.#told(), begun: this.#lesson.begun };
  }

  #write() {
    write_notes(this.#below, this.#whole);
  }
}

export function channel_of(id) {
  return `pathscope-lesson-${id}`;
}

// {id, begun}: the same after a reload.
function kept_lesson() {
  const known = history.state?.lesson;
  if (known) return known;
  const lesson = { id: Math.random().toString(36).slice(2, 10), begun: Date.now() };
  try {
    history.replaceState({ ...history.state, lesson }, '');
  } catch {
    // A sandboxed frame may refuse: a reload begins anew.
  }
  return lesson;
}
