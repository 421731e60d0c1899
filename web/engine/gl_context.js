// The one WebGL context of a page, on a canvas that is never inserted: figures are drawn there and their
// pictures copied. A browser may take it away, and mostly gives it back.
const largest_area = 16777216; // pixels of a canvas that every browser can make
const return_time = 300; // ms in which a lost context mostly comes back

export class GlContext {
  lost = false;
  #module;
  #gl; // the module's number of the context
  #canvas = document.createElement('canvas');
  #losing = 0; // a timer
  #wanted = true;
  #rest = null; // WEBGL_lose_context, while it is given up

  // on: {lost(), missed(): it stays lost, restored()}
  constructor(module, on) {
    this.#module = module;
    this.#gl = module.GL.createContext(this.#canvas, {
      majorVersion: 2, minorVersion: 0, alpha: true, premultipliedAlpha: true,
      antialias: false, depth: false, stencil: false, preserveDrawingBuffer: false,
    });
    if (!this.#gl) {
      throw new Error('This browser has no WebGL 2 to draw with: the figures are left out. The tables hold the same numbers.');
    }
    this.#make_current();
    this.#canvas.addEventListener('webglcontextlost', (event) => this.#lose(event, on));
    this.#canvas.addEventListener('webglcontextrestored', () => this.#restore(on));
  }

  // The scale at which a picture of this size can be drawn here: 1 unless it is huge.
  scale_for(width, height) {
    const [most_wide, most_high] = this.#context.getParameter(this.#context.MAX_VIEWPORT_DIMS) ?? [4096, 4096];
    return Math.min(1, most_wide / width, most_high / height, Math.sqrt(largest_area / (width * height)));
  }

  // Runs draw() and copies the picture to a 2D canvas of that size. Gives what draw() gave.
  picture(draw, target, width, height) {
    if (this.#canvas.width < width) this.#canvas.width = width;
    if (this.#canvas.height < height) this.#canvas.height = height;
    this.#make_current();
    const given = draw();
    target.globalCompositeOperation = 'copy';
    // WebGL's origin is the left lower corner.
    target.drawImage(this.#canvas, 0, this.#canvas.height - height, width, height, 0, 0, width, height);
    return given;
  }

  // Gives it up, for others to have one, until it is wanted.
  give_up() {
    this.#wanted = false;
    if (this.lost) return;
    this.#rest = this.#context.getExtension('WEBGL_lose_context');
    this.#rest?.loseContext();
  }

  // Not before the loss was told, which may still be on its way: #lose() calls again.
  want() {
    this.#wanted = true;
    if (!this.lost || !this.#rest) return;
    this.#rest.restoreContext();
    this.#rest = null;
  }

  get #context() {
    return this.#module.GL.getContext(this.#gl).GLctx;
  }

  #make_current() {
    this.#module.GL.makeContextCurrent(this.#gl);
  }

  #lose(event, on) {
    event.preventDefault(); // or it would not be restored
    this.lost = true;
    on.lost();
    clearTimeout(this.#losing);
    if (!this.#rest) this.#losing = setTimeout(on.missed, return_time);
    else if (this.#wanted) setTimeout(() => this.want());
  }

  #restore(on) {
    clearTimeout(this.#losing);
    this.lost = false;
    this.#make_current();
    on.restored();
  }
}
