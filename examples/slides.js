// Turns the slides by keys and buttons, and fits them to the window.
const deck = document.querySelector('.deck');
const slides = [...deck.children];
let at = 0;

function show(next) {
  at = Math.max(0, Math.min(slides.length - 1, next));
  slides.forEach((slide, i) => slide.classList.toggle('shown', i === at));
  document.getElementById('at').textContent = `${at + 1} / ${slides.length}`;
}

function fit() {
  const scale = Math.min(innerWidth / 1280, innerHeight / 720);
  deck.style.transform = `translate(${(innerWidth - 1280 * scale) / 2}px, ${(innerHeight - 720 * scale) / 2}px) scale(${scale})`;
}

addEventListener('keydown', (event) => {
  // Inside a figure the arrows are the figure's.
  if (event.target.closest('path-scope')) return;
  if (event.key === 'ArrowRight' || event.key === 'PageDown') show(at + 1);
  if (event.key === 'ArrowLeft' || event.key === 'PageUp') show(at - 1);
});
document.getElementById('back').addEventListener('click', () => show(at - 1));
document.getElementById('on').addEventListener('click', () => show(at + 1));
addEventListener('resize', fit);
fit();
show(0);
