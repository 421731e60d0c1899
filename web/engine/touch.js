// Fingers on a visible canvas -> the module's figure. A tap is a click; a long press points, and goes
// on pointing while the finger moves; two fingers enlarge and move what can be enlarged. Everything
// else is the page's: it scrolls under a finger that passes.
const long_press = 450;             // ms
const tremble = 10;                 // CSS pixels that a resting finger moves
const log_of_line = Math.log(1.3);  // a line of the wheel enlarges by this (src/view/zoom.cpp)

export function listen_to_touch(canvas, figure, { signal, uses, changed }) {
  let gesture = null;  // {kind: 'tap', 'hold', 'pinch' or 'none', from, distance, timer, asked}

  const point = ({ clientX, clientY }) => {
    const { left, top, width } = canvas.getBoundingClientRect();
    const scale = canvas.width / width;
    figure.pointer_move((clientX - left) * scale, (clientY - top) * scale, true);
  };
  // Lets go of what is pressed without a click.
  const let_go = () => {
    figure.pointer_leave();
    figure.pointer_button(0, false);
  };
  const become = (kind, more) => {
    clearTimeout(gesture?.timer);
    gesture = { kind, ...more };
  };

  const hold = (finger) => {
    let_go();
    become('hold');
    point(finger);
    changed();
  };
  const begin = (fingers) => {
    if (fingers.length === 1) {
      const finger = place_of(fingers[0]);
      become('tap', { from: finger, timer: setTimeout(() => hold(finger), long_press) });
      point(finger);
      figure.pointer_button(0, true);
      return;
    }
    if (gesture?.kind === 'tap') let_go();
    if (fingers.length !== 2) return become('none');
    become('pinch', { distance: distance_of(fingers), asked: uses() });
    point(middle_of(fingers));
    figure.pointer_button(0, true);
  };
  // Is there nothing to enlarge between the fingers? A layout with them tells.
  const is_the_pages = () => uses() !== gesture.asked && uses().wheel === 'page';
  const pinch = (fingers) => {
    if (uses() === gesture.asked) return;  // not laid out since
    const distance = distance_of(fingers);
    point(middle_of(fingers));
    figure.modifiers(true, false, false, false);  // as the wheel with Ctrl
    figure.wheel(0, -Math.log(distance / gesture.distance) / log_of_line);
    figure.modifiers(false, false, false, false);
    gesture.distance = distance;
  };

  const on = (type, handle) => {
    canvas.addEventListener(type, (event) => {
      handle(event);
      changed();
    }, { signal, passive: false });
  };
  on('touchstart', ({ targetTouches }) => begin(targetTouches));
  on('touchmove', (event) => {
    const fingers = event.targetTouches;
    const { kind, from } = gesture ?? {};
    const moves = kind === 'tap' && distance_of([from, fingers[0]]) > tremble;
    if (moves || (kind === 'pinch' && is_the_pages())) {
      let_go();
      become('none');
    } else if ((kind === 'hold' || kind === 'pinch') && event.cancelable) {
      event.preventDefault();  // or the page would scroll, or be enlarged
      if (kind === 'hold') point(fingers[0]);
      else if (fingers.length === 2) pinch(fingers);
    }
  });
  on('touchend', ({ targetTouches, changedTouches }) => {
    if (gesture?.kind === 'tap') {
      point(changedTouches[0]);
      figure.pointer_button(0, false);
      figure.pointer_leave();
    } else if (gesture?.kind === 'pinch') {
      let_go();
    }
    if (targetTouches.length > 0 || gesture?.kind !== 'hold') become('none');
  });
  on('touchcancel', () => {
    let_go();
    become('none');
  });
  canvas.addEventListener('contextmenu', (event) => {
    if (gesture?.kind === 'hold' || gesture?.kind === 'tap') event.preventDefault();
  }, { signal });
  // What a long press points at stays to be read when the finger is lifted, until another touch.
  canvas.ownerDocument.addEventListener('touchstart', (event) => {
    if (gesture?.kind !== 'hold' || event.composedPath().includes(canvas)) return;
    figure.pointer_leave();
    become('none');
    changed();
  }, { signal, passive: true });
}

// A browser may go on changing the Touch itself.
function place_of({ clientX, clientY }) {
  return { clientX, clientY };
}

function distance_of([a, b]) {
  return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
}

function middle_of([a, b]) {
  return { clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 };
}
