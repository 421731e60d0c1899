// Figures on the page's canvases. One WebGL context, on a canvas that is never inserted, draws them
// all; a figure's own canvas is 2D and receives its picture. Nothing is drawn unless something has
// changed. Out of sight a figure is drawn only for its place in the page: once at the beginning, and
// once when its width has come to rest; and for paper, before the page is printed.
import { value_of } from './answer.js';
import { Glyphs } from './glyphs.js';
import { listen } from './input.js';
import { language, on_language, told } from './words.js';
import { wrapped } from './wrapped.js';

const largest_area = 16777216;  // pixels of a canvas that every browser can make
const near = '20%';             // how far from the window's edge a figure counts as in sight
const rest = 150;               // ms without a change of width
const out_of_sight = 2000;      // ms after which a frame that nobody sees gives its context up
const return_time = 300;        // ms in which a lost context mostly comes back
const most_frames = 8;          // of a picture, until no glyph is missing in it
const paper = { width: 960, dpr: 2 };  // CSS pixels: panels beside one another, and text of some 8 points
const lost_sentence = 'The graphics were lost. The tables below have the numbers; reload the page if the figures do not come back.';

// The WebGL context, and the figures that share it.
export class Stage {
  glyphs = new Glyphs();
  lost = false;
  notice = null;  // a sentence for the user where the context stays lost
  printing = false;
  #module;
  #gl;  // the module's number of the context
  #canvas = document.createElement('canvas');
  #figures = new Set();
  #waiting = new Set();
  #frame = 0;
  #losing = 0;  // a timer
  #seen = new Set();  // the figures in sight
  #leaving = 0;       // a timer
  #rest = null;       // WEBGL_lose_context, while a frame is out of sight
  #dark = matchMedia('(prefers-color-scheme: dark)');
  #touch = matchMedia('(hover: none)');

  // fonts: the bytes of the regular, semibold and monospaced font.
  constructor(module, fonts) {
    this.#module = module;
    this.#gl = module.GL.createContext(this.#canvas, {
      majorVersion: 2, minorVersion: 0, alpha: true, premultipliedAlpha: true,
      antialias: false, depth: false, stencil: false, preserveDrawingBuffer: false,
    });
    if (!this.#gl) {
      throw new Error('This browser has no WebGL 2 to draw with: the figures are left out. The tables hold the same numbers.');
    }
    module.GL.makeContextCurrent(this.#gl);
    this.screen = value_of(module.make_screen(this.glyphs, ...fonts));
    this.#canvas.addEventListener('webglcontextlost', (event) => this.#lose(event));
    this.#canvas.addEventListener('webglcontextrestored', () => this.#restore());
    this.#dark.addEventListener('change', () => this.request_all());
    on_language(() => this.request_all());
    addEventListener('beforeprint', () => this.#print());
    addEventListener('afterprint', () => this.#printed());
    this.#watch_ratio();
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
  }

  request(figure) {
    this.#waiting.add(figure);
    this.#frame ||= requestAnimationFrame((now) => this.#draw(now));
  }

  // A browser keeps some sixteen contexts, those of all frames of a page together: a frame out of
  // sight gives its own up. The pictures stay as they are.
  see(figure, seen) {
    if (seen) this.#seen.add(figure);
    else this.#seen.delete(figure);
    if (parent === window) return;
    clearTimeout(this.#leaving);
    if (this.#seen.size > 0) this.#return();
    else this.#leaving = setTimeout(() => this.#leave(), out_of_sight);
  }

  request_all() {
    for (const figure of this.#figures) figure.request();
  }

  // The scale at which a picture of this size can be drawn here: 1 unless it is huge.
  scale_for(width, height) {
    const [most_wide, most_high] = this.#context.getParameter(this.#context.MAX_VIEWPORT_DIMS) ?? [4096, 4096];
    return Math.min(1, most_wide / width, most_high / height, Math.sqrt(largest_area / (width * height)));
  }

  // Draws a module's figure and copies the picture to a 2D canvas of that size. Gives whether the
  // figure wants another frame.
  picture(figure, target, width, height) {
    if (this.#canvas.width < width) this.#canvas.width = width;
    if (this.#canvas.height < height) this.#canvas.height = height;
    this.#module.GL.makeContextCurrent(this.#gl);
    const wants_frame = value_of(figure.draw());
    target.globalCompositeOperation = 'copy';
    // WebGL's origin is the left lower corner.
    target.drawImage(this.#canvas, 0, this.#canvas.height - height, width, height, 0, 0, width, height);
    return wants_frame;
  }

  get #context() {
    return this.#module.GL.getContext(this.#gl).GLctx;
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
    for (const figure of figures) {
      try {
        figure.draw(now);
      } catch (error) {  // the other figures are drawn all the same
        reportError(error);
      }
    }
  }

  #lose(event) {
    event.preventDefault();  // or it would not be restored
    this.lost = true;
    this.#module.lose_screen(this.screen);
    clearTimeout(this.#losing);
    if (!this.#rest) this.#losing = setTimeout(() => this.#tell_lost(), return_time);
    else if (this.#seen.size > 0) setTimeout(() => this.#return());
  }

  #leave() {
    if (this.lost || this.#seen.size > 0) return;
    this.#rest = this.#context.getExtension('WEBGL_lose_context');
    this.#rest?.loseContext();
  }

  // Not before the loss was told, which may still be on its way: #lose() calls again.
  #return() {
    if (!this.lost || !this.#rest) return;
    this.#rest.restoreContext();
    this.#rest = null;
  }

  // The pictures no longer follow: they say so themselves, wherever in the page one is.
  #tell_lost() {
    this.notice = lost_sentence;
    for (const figure of this.#figures) figure.veil(this.notice);
  }

  #restore() {
    clearTimeout(this.#losing);
    this.lost = false;
    this.notice = null;
    this.#module.GL.makeContextCurrent(this.#gl);
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

export class Figure {
  frames = 0;  // drawn so far
  #stage;
  #figure;  // the module's
  #canvas;
  #context;
  #on_frame;
  #dark;
  #forget_hover;
  #enlarged;
  #listening = new AbortController();
  #resizes;
  #sights;
  #in_sight = false;
  #stale = true;
  #once = false;  // draw the next frame even out of sight
  #resting = 0;  // a timer
  #size = { width: 0, device: null };  // width in CSS pixels; device: as the browser tells it
  #last_frame = 0;
  #uses = { wheel: 'page', takesKeys: false };

  // on_frame(figure) is called after every frame: input may have changed the explorer. dark(): whether
  // it is drawn for a dark page, where that is not for the stage to say. forget_hover(): nothing is
  // pointed at any more. enlarged(): how many times larger it is drawn than usual, for those who sit at
  // the back.
  constructor(stage, figure, canvas, { on_frame, dark = () => stage.dark, forget_hover = () => {}, enlarged = () => 1 }) {
    this.#stage = stage;
    this.#figure = figure;
    this.#canvas = canvas;
    this.#on_frame = on_frame;
    this.#dark = dark;
    this.#forget_hover = forget_hover;
    this.#enlarged = enlarged;
    this.#context = canvas.getContext('2d');
    if (canvas.tabIndex < 0) canvas.tabIndex = 0;
    listen(canvas, figure, {
      signal: this.#listening.signal,
      uses: () => this.#uses,
      changed: () => this.request(),
    });
    this.#resizes = new ResizeObserver((entries) => this.#resize(entries[entries.length - 1]));
    try {
      this.#resizes.observe(canvas, { box: 'device-pixel-content-box' });
    } catch {
      this.#resizes.observe(canvas);  // Safari
    }
    this.#sights = new IntersectionObserver((entries) => this.#see(entries[entries.length - 1]), { rootMargin: near });
    this.#sights.observe(canvas);
    stage.add(this);
  }

  request() {
    this.#stale = true;
    if ((this.#in_sight || this.#once) && this.#size.width > 0) this.#stage.request(this);
  }

  // The same out of sight, if there is anything new.
  request_once() {
    if (!this.#stale) return;
    this.#once = true;
    this.request();
  }

  draw(now) {
    if (!(this.#in_sight || this.#once) || this.#size.width <= 0) return;
    this.#stale = this.#once = false;
    const updated = this.#update(now);
    this.#canvas.style.cursor = updated.cursor;
    const wants_frame = this.#show(updated);
    this.frames += 1;
    this.#uses = updated;
    if (updated.works) this.request();  // long work, a step a frame while it is in sight
    if (wants_frame) {
      this.#once = !this.#in_sight;  // a glyph or a texture is still missing
      this.request();
    }
    this.#on_frame(this);
  }

  // Pales the picture, which is no longer true, and writes a sentence where the window shows it.
  veil(sentence) {
    const { width, height, clientWidth } = this.#canvas;
    const context = this.#context;
    const scale = width / clientWidth;
    const [page, text] = this.#dark() ? ['#15181c', '#e7eaee'] : ['#fbfaf7', '#1f2328'];
    context.save();
    context.globalCompositeOperation = 'source-over';
    context.globalAlpha = 0.8;
    context.fillStyle = page;
    context.fillRect(0, 0, width, height);
    context.globalAlpha = 1;
    context.font = `${15 * scale}px "Pathscope Sans", sans-serif`;
    const lines = wrapped(context, told(sentence), width - 32 * scale);
    const top = Math.max(0, -this.#canvas.getBoundingClientRect().top);
    context.fillRect(0, top * scale, width, (22 * lines.length + 20) * scale);
    context.fillStyle = text;
    lines.forEach((line, i) => {
      context.fillText(line, 16 * scale, (top + 26 + 22 * i) * scale);
    });
    context.restore();
    this.#on_frame(this);
  }

  free() {
    if (!this.#figure) return;
    clearTimeout(this.#resting);
    this.#listening.abort();
    this.#resizes.disconnect();
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
    return this.#lay_out(this.#device_size.width, this.#size.width / this.#enlarged(), {
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

  #show({ width, height }) {
    if (this.#stage.printing) {
      const wants_frame = this.#copy(width, height);
      // What was drawn while printing Chromium would draw again, at a coarser scale; not what was read.
      this.#context.putImageData(this.#context.getImageData(0, 0, 1, 1), 0, 0);
      return wants_frame;
    }
    const css_height = `${(height * this.#size.width) / width}px`;
    if (this.#canvas.style.height !== css_height) this.#canvas.style.height = css_height;
    // Where the canvas's edges fall between device pixels, the browser's own rounding is taken.
    const device = this.#device_size;
    return this.#copy(width, Math.abs(device.height - height) <= 1 ? device.height : height);
  }

  #copy(width, shown) {
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== shown) this.#canvas.height = shown;
    return this.#stage.picture(this.#figure, this.#context, width, shown);
  }

  #resize({ contentBoxSize: [box], devicePixelContentBoxSize: [device] = [] }) {
    this.#size = { width: box.inlineSize, device };
    const { width, height } = this.#device_size;
    const changed = width !== this.#canvas.width || (height && height !== this.#canvas.height);
    if (!changed && !this.#stale) return;
    this.request();
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.request_once(), rest);
  }

  // The canvas's size in device pixels; height 0 where the browser does not say.
  get #device_size() {
    const { width, device } = this.#size;
    const by_ratio = Math.max(1, Math.round(width * devicePixelRatio));
    // Ratios that developer tools emulate are left out of the browser's own device pixels.
    if (!device || Math.abs(device.inlineSize - by_ratio) > 1) return { width: by_ratio, height: 0 };
    return { width: device.inlineSize, height: device.blockSize };
  }

  #see({ isIntersecting }) {
    this.#in_sight = isIntersecting;
    this.#stage.see(this, isIntersecting);
    if (this.#stale) this.request();
  }
}
