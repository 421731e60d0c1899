// Glyphs that our fonts lack, drawn by the browser's own: the module calls split() and draw() (see
// src/platform/browser_fonts.h). Knows nothing of the module.
// A canvas outside of the page knows no language, and would have Chinese in Japanese forms where the
// system's own font has neither: Chinese fonts are named before the browser looks for any.
const chinese = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC"';
const faces = [
  `400 EMpx system-ui, ${chinese}, sans-serif`,
  `600 EMpx system-ui, ${chinese}, sans-serif`,
  `400 EMpx ui-monospace, monospace, ${chinese}`,
];

// Scripts whose letters join, reorder or run from right to left: a run of them is drawn as one piece.
const joined_run = /^[\u0590-\u0dff\u0f00-\u109f\u1780-\u18af\ufb1d-\ufdff\ufe70-\ufefe\u200c\u200d]+$/;
const longest_run = 48;  // UTF-16 units
const nobody = '\u{10fffd}';  // a private character that no font has
const faint = 4;         // of 255: what noise in read-back can make of an empty pixel

export class Glyphs {
  // A sentence for the user where glyphs cannot be read back; else null.
  notice = null;
  #context;
  #missing = new Map();  // "em face" -> what is drawn where there is no font
  #segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : null;

  constructor() {
    this.#context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (!this.#context || !this.#reads_true()) {
      this.notice = 'This browser keeps pages from reading their own canvas, a protection against tracking. '
        + 'Characters outside of the Latin alphabet are therefore shown in the figures by their numbers; '
        + 'allow canvas data for this page to see them.';
    }
  }

  // The graphemes of a text, in NFC, with runs of joined scripts in one piece.
  split(text) {
    const graphemes = this.#segmenter
      ? Array.from(this.#segmenter.segment(text.normalize('NFC')), ({ segment }) => segment)
      : Array.from(text.normalize('NFC'));
    const pieces = [];
    for (const grapheme of graphemes) {
      const last = pieces[pieces.length - 1];
      const joins = last !== undefined && joined_run.test(grapheme) && joined_run.test(last);
      if (joins && last.length < longest_run) pieces[pieces.length - 1] += grapheme;
      else pieces.push(grapheme);
    }
    return pieces;
  }

  // A piece at `em` pixels; null where the browser has no font for it, or won't say what it drew.
  draw(piece, em, face) {
    if (this.notice) return null;
    const text = /^\p{Mark}/u.test(piece) ? `\u25cc${piece}` : piece;  // a mark alone gets a place to stand on
    const context = this.#context;
    this.#set_font(em, face);
    const measured = context.measureText(text);
    // One empty pixel all round, and one for what a font draws beyond its own bounds.
    const left = -Math.ceil(measured.actualBoundingBoxLeft) - 2;
    const top = -Math.ceil(measured.actualBoundingBoxAscent) - 2;
    const width = Math.ceil(measured.actualBoundingBoxRight) + 2 - left;
    const height = Math.ceil(measured.actualBoundingBoxDescent) + 2 - top;
    if (measured.actualBoundingBoxRight <= -measured.actualBoundingBoxLeft) {
      return { width: 0, height: 0, left: 0, top: 0, advance: measured.width, coloured: false, pixels: [] };
    }
    this.#make_room(width, height, em, face);
    context.clearRect(0, 0, width, height);
    context.fillText(text, -left, -top);
    const { data: pixels } = context.getImageData(0, 0, width, height);
    if (piece !== nobody && this.#is_missing(pixels, measured.width, em, face)) return null;
    const [first] = text;
    if (first !== text && first !== '\u25cc' && !this.draw(first, em, face)) return null;
    return { width, height, left, top, advance: measured.width, coloured: clean(pixels), pixels };
  }

  // Are these the pixels that stand for any character without a font?
  #is_missing(pixels, advance, em, face) {
    const key = `${em} ${face}`;
    if (!this.#missing.has(key)) this.#missing.set(key, this.draw(nobody, em, face));
    const missing = this.#missing.get(key);
    return advance === missing.advance && pixels.length === missing.pixels.length
      && pixels.every((value, i) => Math.abs(value - missing.pixels[i]) < 2 * faint);
  }

  #set_font(em, face) {
    this.#context.font = faces[face].replace('EM', em.toFixed(2));
    this.#context.fillStyle = '#000';
  }

  #make_room(width, height, em, face) {
    const { canvas } = this.#context;
    if (canvas.width >= width && canvas.height >= height) return;
    canvas.width = Math.max(canvas.width, width);
    canvas.height = Math.max(canvas.height, height);
    this.#set_font(em, face);  // a new size resets the context
  }

  // Are known pixels read as they were drawn? Some browsers answer with noise or with white.
  #reads_true() {
    const context = this.#context;
    context.clearRect(0, 0, 8, 8);
    context.fillStyle = '#c86432';
    context.fillRect(0, 0, 4, 8);
    try {
      const { data } = context.getImageData(0, 0, 8, 8);
      return data.every((value, i) => {
        const expected = (i / 4) % 8 < 4 ? [200, 100, 50, 255][i % 4] : i % 4 === 3 ? 0 : value;
        return Math.abs(value - expected) < faint;
      });
    } catch {
      return false;
    }
  }
}

// Empties pixels that hold nothing but noise. Is any other than black?
function clean(pixels) {
  let coloured = false;
  for (let i = 0; i < pixels.length; i += 4) {
    if (pixels[i + 3] < faint) pixels[i + 3] = 0;
    else if (pixels[i + 3] > 64 && Math.max(pixels[i], pixels[i + 1], pixels[i + 2]) > 24) coloured = true;
  }
  return coloured;
}
