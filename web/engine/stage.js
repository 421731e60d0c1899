// The figures of a page and what they share: the WebGL context, the module's screen, and the frames in
// which those are drawn that ask for it.
import { on_language } from '../words.js';
import { value_of } from './answer.js';
import { GlContext } from './gl_context.js';
import { Glyphs } from './glyphs.js';

export const lost_sentence = 'The graphics were lost. The tables below have the numbers; reload the page if the figures do not come back.';
export const most_frames = 8; // of a picture, until no glyph is missing in it
const longest_work = 0.1; // seconds of a frame
const longest_draw = 100; // ms, after which figures wait for the next frame
const out_of_sight = 2000; // ms after which a frame that nobody sees gives its context up

export class Stage {
  glyphs = new Glyphs();
  notice = null; // a sentence for the user where the context stays lost
  printing = false;
  #context;
  #figures = new Set();
  #waiting = new Set(); // those that ask for a frame
  #working = new Set(); // those whose long work waits, in turn
  #frame = 0;
  #last_frame = 0;
  #seen = new Set(); // those in sight
  #leaving = 0; // a timer
  #dark = matchMedia('(prefers-color-scheme: dark)');
  #touch = matchMedia('(hover: none)');

  // fonts: the bytes of the regular, semibold and monospaced font.
  constructor(module, fonts) {
    this.#context = new GlContext(module, {
      lost: () => module.lose_screen(this.screen),
      missed: () => this.#tell_lost(),
      restored: () => this.#restored(),
    });
    this.screen = value_of(module.make_screen(this.glyphs, ...fonts));
    this.#dark.addEventListener('change', () => this.request_all());
    on_language(() => this.request_all());
    addEventListener('beforeprint', () => this.#print());
    addEventListener('afterprint', () => this.#printed());
    this.#watch_ratio();
  }

  get lost() {
    return this.#context.lost;
  }

  get dark() {
    return this.#dark.matches;
  }

  get touch() {
    return this.#touch.matches;
  }

  add(figure) {
    this.#figures.add(figure);
  }

  remove(figure) {
    this.#figures.delete(figure);
    this.#seen.delete(figure);
    this.#waiting.delete(figure);
    this.#working.delete(figure);
  }

  request(figure) {
    this.#waiting.add(figure);
    this.#request_frame();
  }

  request_work(figure) {
    this.#working.add(figure);
    this.#request_frame();
  }

  #request_frame() {
    this.#frame ||= requestAnimationFrame((now) => this.#draw(now));
  }

  request_all() {
    for (const figure of this.#figures) figure.request();
  }

  // A browser keeps some sixteen contexts, those of all frames of a page together: a frame out of
  // sight gives its own up. The pictures stay as they are.
  see(figure, seen) {
    if (seen) this.#seen.add(figure);
    else this.#seen.delete(figure);
    if (parent === window) return;
    clearTimeout(this.#leaving);
    if (this.#seen.size > 0) this.#context.want();
    else this.#leaving = setTimeout(() => this.#seen.size > 0 || this.#context.give_up(), out_of_sight);
  }

  // The scale at which a picture of this size can be drawn here: 1 unless it is huge.
  scale_for(width, height) {
    return this.#context.scale_for(width, height);
  }

  // Draws a module's figure on a 2D canvas of that size. Gives whether the figure wants another frame.
  picture(figure, target, width, height) {
    return this.#context.picture(() => value_of(figure.draw()), target, width, height);
  }

  // All of them, wherever they are, for paper: the page is copied as it stands.
  #print() {
    this.printing = true;
    this.request_all();
    for (const figure of this.#figures) figure.request_once();
    for (let frame = 0; frame < most_frames && this.#waiting.size > 0; frame++) {
      cancelAnimationFrame(this.#frame);
      this.#draw(performance.now());
    }
  }

  #printed() {
    this.printing = false;
    this.request_all();
  }

  #draw(now) {
    this.#frame = 0;
    const figures = [...this.#waiting];
    this.#waiting.clear();
    if (this.lost) return;
    const begun = performance.now();
    for (const [i, figure] of figures.entries()) {
      if (!this.printing && performance.now() - begun > longest_draw) {
        this.#postpone(figures.slice(i));
        break;
      }
      try {
        figure.draw(now);
      } catch (error) { // the other figures are drawn all the same
        reportError(error);
      }
    }
    this.#work(now);
  }

  // They come first in the next frame.
  #postpone(figures) {
    this.#waiting = new Set([...figures, ...this.#waiting]);
    this.#request_frame();
  }

  // One figure's long work in a frame, however many have some: together they would hold the page. As
  // long as a frame takes: where drawing is slow, it is not work that waits.
  #work(now) {
    const seconds = Math.min(longest_work, (now - this.#last_frame) / 1000);
    this.#last_frame = now;
    const [figure] = this.#working;
    if (!figure) return;
    this.#working.delete(figure);
    try {
      if (figure.work(now, seconds)) this.#working.add(figure);
    } catch (error) {
      reportError(error);
    }
    if (this.#working.size > 0) this.#request_frame();
  }

  // The pictures no longer follow: they say so themselves, wherever in the page one is.
  #tell_lost() {
    this.notice = lost_sentence;
    for (const figure of this.#figures) figure.veil(this.notice);
  }

  #restored() {
    this.notice = null;
    this.request_all();
  }

  // Another screen or another zoom can change the ratio alone.
  #watch_ratio() {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
      this.request_all();
      this.#watch_ratio();
    }, { once: true });
  }
}
