// A figure on a canvas of the page, which is 2D and receives the picture that the stage draws. Nothing
// is drawn unless something has changed; the progress of long work only now and then. Out of sight a
// figure is only laid out, for its place in the page: once at the beginning, and once when its width
// has come to rest, or with each change where its long work is wanted there too; and drawn for paper,
// before the page is printed.
import { language } from '../words.js';
import { value_of } from './answer.js';
import { CanvasSize } from './canvas_size.js';
import { listen } from './input.js';
import { lost_sentence, most_frames } from './stage.js';
import { veil } from './veil.js';

const near = '20%'; // how far from the window's edge a figure counts as in sight
const rest = 150; // ms without a change of width
const between = 400; // ms of long work after which its progress is drawn anew
const paper = { width: 960, dpr: 2 }; // CSS pixels: panels beside one another, and text of some 8 points

export class Figure {
  frames = 0; // drawn so far
  #stage;
  #figure; // the module's
  #canvas;
  #context;
  #on_frame;
  #dark;
  #forget_hover;
  #enlarged;
  #works_unseen;
  #listening = new AbortController();
  #size;
  #sights;
  #in_sight = false;
  #stale = true;
  #once = false; // lay the next frame out even out of sight
  #resting = 0; // a timer
  #last_frame = 0;
  #works = false; // does long work wait?
  #uses = { wheel: 'page', takesKeys: false };

  // on_frame(figure) is called after every frame: input may have changed the explorer. dark(): whether
  // it is drawn for a dark page, where that is not for the stage to say. forget_hover(): nothing is
  // pointed at any more. enlarged(): how many times larger it is drawn than usual, for those who sit at
  // the back. works_unseen(): whether its long work goes on out of sight.
  constructor(stage, figure, canvas, {
    on_frame, dark = () => stage.dark, forget_hover = () => {}, enlarged = () => 1, works_unseen = () => false,
  }) {
    this.#stage = stage;
    this.#figure = figure;
    this.#canvas = canvas;
    this.#on_frame = on_frame;
    this.#dark = dark;
    this.#forget_hover = forget_hover;
    this.#enlarged = enlarged;
    this.#works_unseen = works_unseen;
    this.#context = canvas.getContext('2d');
    if (canvas.tabIndex < 0) canvas.tabIndex = 0;
    listen(canvas, figure, {
      signal: this.#listening.signal,
      uses: () => this.#uses,
      changed: () => this.request(),
    });
    this.#size = new CanvasSize(canvas, () => this.#resize());
    this.#sights = new IntersectionObserver((entries) => this.#see(entries[entries.length - 1]), { rootMargin: near });
    this.#sights.observe(canvas);
    stage.add(this);
  }

  request() {
    this.#stale = true;
    if (this.#is_wanted) this.#stage.request(this);
  }

  // The same out of sight, if there is anything new.
  request_once() {
    if (!this.#stale) return;
    this.#once = true;
    this.request();
  }

  draw(now) {
    if (!this.#is_wanted) return;
    const is_drawn = this.#in_sight || this.#stage.printing;
    this.#stale = !is_drawn;
    this.#once = false;
    const updated = this.#update(now);
    this.#canvas.style.cursor = updated.cursor;
    this.#uses = updated;
    this.#works = updated.works;
    if (is_drawn) this.#show(updated);
    else this.#make_room(updated);
    if (updated.works) this.#stage.request_work(this);
    this.#on_frame(this);
  }

  // A slice of long work while it is wanted: so many seconds, without drawing. Whether there is more.
  work(now, seconds) {
    if (!this.#in_sight && !this.#works_unseen()) return false;
    const more = value_of(this.#figure.work(seconds));
    if (!more || (this.#in_sight && now - this.#last_frame > between)) this.request();
    return more;
  }

  get #is_wanted() {
    return (this.#in_sight || this.#once || this.#works_unseen()) && this.#size.width > 0;
  }

  // The picture is no longer true: it says so.
  veil(sentence) {
    if (this.frames === 0) this.#blank();
    veil(this.#canvas, sentence, { dark: this.#dark() });
    this.#on_frame(this);
  }

  // Sharp, as no picture has been on it yet.
  #blank() {
    const { clientWidth, clientHeight } = this.#canvas, { width } = this.#size.device;
    Object.assign(this.#canvas, { width, height: Math.round((width * clientHeight) / clientWidth) });
  }

  free() {
    if (!this.#figure) return;
    clearTimeout(this.#resting);
    this.#listening.abort();
    this.#size.forget();
    this.#sights.disconnect();
    this.#stage.remove(this);
    this.#figure.delete();
    this.#figure = null;
  }

  // The figure as it would be in the page at `scale` device pixels per CSS pixel, whatever the
  // screen's: {canvas, scale}, the scale smaller where no canvas is so large. Nothing is pointed at in
  // it, and nothing is behind it.
  picture({ scale, dark }) {
    if (this.#stage.lost) throw new Error(lost_sentence);
    return this.#apart(() => {
      const canvas = document.createElement('canvas');
      for (let frame = 0; frame < most_frames; frame++) {
        const { width, height } = this.#lay_out(this.#size.width * scale, this.#size.width, { dark });
        Object.assign(canvas, { width, height });
        if (!this.#stage.picture(this.#figure, canvas.getContext('2d'), width, height)) break;
      }
      return { canvas, scale: canvas.width / this.#size.width };
    });
  }

  get draws_svg() {
    return typeof this.#figure.svg === 'function';
  }

  // The same as an <svg>, in CSS pixels.
  svg({ dark }) {
    const { width } = this.#size;
    return this.#apart(() => value_of(this.#figure.svg(this.#frame(width, width, { dark }))));
  }

  // Lays the figure out otherwise than the page shows it, which shows it anew afterwards.
  #apart(draw) {
    this.#forget_hover();
    this.#figure.pointer_leave();
    try {
      return draw();
    } finally {
      this.request();
    }
  }

  // Lays the figure out at the canvas's width, or the paper's; its height follows.
  #update(now) {
    const seconds = Math.min(0.1, (now - this.#last_frame) / 1000);
    this.#last_frame = now;
    if (this.#stage.printing) return this.#lay_out(paper.width * paper.dpr, paper.width, { dark: false }, seconds);
    return this.#lay_out(this.#size.device.width, this.#size.width / this.#enlarged(), {
      dark: this.#dark(),
      focused: this.#canvas.matches(':focus'),
      focus_ring: this.#canvas.matches(':focus-visible'),
    }, seconds);
  }

  // As large as a picture can be: {width, height, ...} in device pixels.
  #lay_out(device_width, css_width, looks, seconds = 0) {
    let width = Math.round(device_width);
    for (;;) {
      const updated = value_of(this.#figure.update(this.#frame(width, css_width, looks), seconds));
      const scale = this.#stage.scale_for(width, updated.height);
      if (scale === 1) return { ...updated, width };
      width = Math.floor(width * scale);
    }
  }

  // What the module is told of a frame.
  #frame(width, css_width, { dark, focused = false, focus_ring = false }) {
    return {
      width, dpr: width / css_width, dark, focused, focus_ring, touch: this.#stage.touch, language: language(),
    };
  }

  #show(updated) {
    if (this.#stage.printing) {
      this.#copy(updated.width, updated.height);
      // What was drawn while printing Chromium would draw again, at a coarser scale; not what was read.
      this.#context.putImageData(this.#context.getImageData(0, 0, 1, 1), 0, 0);
      return;
    }
    this.#make_room(updated);
    // Where the canvas's edges fall between device pixels, the browser's own rounding is taken.
    const { width, height } = updated, { device } = this.#size;
    this.#copy(width, Math.abs(device.height - height) <= 1 ? device.height : height);
  }

  #make_room({ width, height }) {
    const css_height = `${(height * this.#size.width) / width}px`;
    if (this.#canvas.style.height !== css_height) this.#canvas.style.height = css_height;
  }

  #copy(width, shown) {
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== shown) this.#canvas.height = shown;
    const wants_frame = this.#stage.picture(this.#figure, this.#context, width, shown);
    this.frames += 1;
    if (!wants_frame) return;
    this.#once = !this.#in_sight; // a glyph or a texture is still missing
    this.request();
  }

  #resize() {
    const { width, height } = this.#size.device;
    const changed = width !== this.#canvas.width || (height && height !== this.#canvas.height);
    if (!changed && !this.#stale) return;
    this.request();
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.request_once(), rest);
  }

  #see({ isIntersecting }) {
    this.#in_sight = isIntersecting;
    this.#stage.see(this, isIntersecting);
    if (this.#stale || this.#works) this.request();
  }
}
