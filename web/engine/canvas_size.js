// How large a canvas of the page is: its width in CSS pixels, and both sides in device pixels.
export class CanvasSize {
  width = 0; // in CSS pixels
  #device; // as the browser tells it
  #observer;

  // on_change(): it may be another, or is known for the first time.
  constructor(canvas, on_change) {
    this.#observer = new ResizeObserver((entries) => {
      const { contentBoxSize: [box], devicePixelContentBoxSize: [device] = [] } = entries[entries.length - 1];
      this.width = box.inlineSize;
      this.#device = device;
      on_change();
    });
    try {
      this.#observer.observe(canvas, { box: 'device-pixel-content-box' });
    } catch {
      this.#observer.observe(canvas); // Safari
    }
  }

  // {width, height} in device pixels; height 0 where the browser does not say.
  get device() {
    const by_ratio = Math.max(1, Math.round(this.width * devicePixelRatio));
    // Ratios that developer tools emulate are left out of the browser's own device pixels.
    if (!this.#device || Math.abs(this.#device.inlineSize - by_ratio) > 1) return { width: by_ratio, height: 0 };
    return { width: this.#device.inlineSize, height: this.#device.blockSize };
  }

  forget() {
    this.#observer.disconnect();
  }
}
