// The text as its tokens, and the ten likeliest next ones with their probabilities: the first figure
// of the story, as plain HTML.
import { element } from '../element.js';
import { percent } from '../number.js';
import { token_node } from '../tables/token.js';
import { say } from '../words.js';

export class NextTokens {
  #row = element('div', { class: 'token-row' });
  #list = element('ol', { class: 'next-tokens' });
  #caption;
  #follow = () => this.#show();
  #explorer;
  #shown = '';

  // heading: the level of its headings.
  constructor(place, explorer, { heading = 'h3' } = {}) {
    this.#explorer = explorer;
    this.#caption = element(heading, {});
    place.replaceChildren(
      element('section', { 'class': 'figure', 'data-figure': 'next-tokens', 'aria-label': say('storyTokens') },
        element(heading, {}, say('storyTokens')), this.#row, this.#caption, this.#list));
    explorer.addEventListener('change', this.#follow);
    this.#show();
  }

  free() {
    this.#explorer.removeEventListener('change', this.#follow);
  }

  #show() {
    const { tokens, position, top } = this.#explorer.state();
    const shown = JSON.stringify([tokens.map(({ id }) => id), position]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#row.replaceChildren(
      ...tokens.map((token, i) =>
        element('button', {
          'type': 'button',
          'aria-pressed': String(i === position),
          'title': say('storyTokenAt', { position: i, id: token.id }),
          'onclick': () => this.#explorer.set({ position: i === tokens.length - 1 ? null : i }),
        }, token_node(token))),
    );
    this.#caption.replaceChildren(...(tokens.length ? [say('storyNext'), ' ', token_node(tokens[position])] : []));
    const most = top.length ? Math.exp(top[0].log_prob) : 1;
    this.#list.replaceChildren(
      ...top.map((token) => {
        const bar = element('span', { class: 'bar' });
        bar.style.setProperty('--share', String(Math.exp(token.log_prob) / most));
        return element('li', {}, token_node(token), bar, element('span', { class: 'number' }, `${percent(token.log_prob)} %`));
      }),
    );
  }
}
