// A visible canvas's events -> the module's figure. The page keeps what the figure does not use: Tab
// and shortcuts always, the wheel unless the figure zooms there and the canvas has the focus or Ctrl is
// held. Fingers are touch.js's.
import { listen_to_touch } from './touch.js';

const pixels_per_line = [100 / 3, 1, 1 / 30];  // of a wheel, by WheelEvent.deltaMode

// uses(): {wheel, takesKeys}, what the figure said in its last layout (see Wheel in src/view/figure.h). changed(): input is waiting.
export function listen(canvas, figure, { signal, uses, changed }) {
  canvas.style.touchAction = 'manipulation';
  listen_to_touch(canvas, figure, { signal, uses, changed });

  const on = (type, handle, passive = true) => {
    canvas.addEventListener(type, (event) => {
      if (handle(event) === false) return;
      changed();
    }, { signal, passive });
  };
  const modifiers = ({ ctrlKey, shiftKey, altKey, metaKey }) => figure.modifiers(ctrlKey, shiftKey, altKey, metaKey);
  const move = (event) => {
    if (!event.isPrimary || event.pointerType === 'touch') return false;
    const scale = canvas.width / canvas.clientWidth;
    modifiers(event);
    figure.pointer_move(event.offsetX * scale, event.offsetY * scale, false);
    return true;
  };

  on('pointermove', move);
  on('pointerdown', (event) => {
    if (!move(event)) return false;
    canvas.setPointerCapture(event.pointerId);
    figure.pointer_button(event.button, true);
    return true;
  });
  on('pointerup', (event) => {
    if (!move(event)) return false;
    figure.pointer_button(event.button, false);
    return true;
  });
  on('pointercancel', (event) => {  // a pen, and the page scrolls: this was no click
    if (!event.isPrimary || event.pointerType === 'touch') return false;
    figure.pointer_leave();
    figure.pointer_button(0, false);
    return true;
  });
  on('pointerleave', ({ pointerType }) => {
    if (pointerType === 'touch') return false;
    figure.pointer_leave();
    return true;
  });

  on('wheel', (event) => {
    const { wheel } = uses();
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (wheel === 'page' || sideways || !(event.ctrlKey || canvas.matches(':focus'))) return false;
    if (wheel === 'enlarges' && event.deltaY > 0 && !event.ctrlKey) return false;  // nothing to zoom out of
    event.preventDefault();
    modifiers(event);
    const lines = 1 / (3 * pixels_per_line[event.deltaMode]);
    figure.wheel(event.deltaX * lines, event.deltaY * lines);
    return true;
  }, false);

  const key = (event) => {
    if (event.key === 'Tab' || event.isComposing) return false;
    modifiers(event);
    if (event.ctrlKey || event.altKey || event.metaKey) return true;
    figure.key(event.key, event.type === 'keydown');
    if (uses().takesKeys && event.key.startsWith('Arrow')) event.preventDefault();  // they would scroll
    return true;
  };
  on('keydown', key, false);
  on('keyup', key, false);
  on('focus', () => figure.focus(true));
  on('blur', () => {
    figure.focus(false);
    figure.modifiers(false, false, false, false);
  });
}
