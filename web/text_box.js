// The text box. While an input method composes, its letters are not the text yet: they are not passed
// on, and the box is not written to, which would end the composition.
import { role } from './element.js';

export class TextBox {
  #box;
  #composing = false;
  #before = ''; // the text as it was when the composition began
  #waiting = false;
  #passed;
  #shown; // the explorer's text as it was last

  // on_text(text): called at most once a frame.
  constructor(on_text, root = document) {
    this.#box = role('text', root);
    this.#box.addEventListener('compositionstart', () => {
      this.#composing = true;
      this.#before = this.#box.value;
    });
    this.#box.addEventListener('compositionend', () => {
      this.#composing = false;
      this.#pass(on_text);
    });
    this.#box.addEventListener('input', (event) => {
      if (!this.#composing && !event.isComposing) this.#pass(on_text);
    });
    this.#grow();
  }

  get text() {
    return this.#composing ? this.#before : this.#box.value;
  }

  // From elsewhere than the keyboard: an example, or the view kept over a reload.
  write(text) {
    if (this.#composing || this.#box.value === text) return;
    this.#box.value = text;
    this.#passed = text;
    this.#grow();
  }

  // The explorer's text has changed, perhaps by something else than this box. What is being typed is
  // on its way to the explorer, and stays.
  show(text) {
    if (text === this.#shown) return;
    this.#shown = text;
    if (!this.#waiting && text !== this.#passed) this.write(text);
  }

  #pass(on_text) {
    this.#grow();
    if (this.#waiting) return;
    this.#waiting = true;
    const now = () => {
      this.#waiting = false;
      if (this.#composing || this.text === this.#passed) return;
      this.#passed = this.text;
      on_text(this.text);
    };
    // A hidden page gets no frames.
    document.hidden ? setTimeout(now) : requestAnimationFrame(now);
  }

  // The box is as high as its text, where the style sheet alone can't make it so.
  #grow() {
    if (CSS.supports('field-sizing', 'content')) return;
    this.#box.style.height = 'auto';
    this.#box.style.height = `${this.#box.scrollHeight + 2}px`;
  }
}
