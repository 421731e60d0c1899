// How long the text is, and what was done to it on the way to the model.
import { element, role } from '../element.js';
import { say, told } from '../words.js';

export class Notices {
  #count = role('count');
  #list = role('notices');
  #shown = '';

  show({ tokens, dropped, droppedUnread, idsGiven, notices }, { config: { n_ctx } }) {
    const signs = [
      [' ', 'signBlank'],
      ['\n', 'signLine'],
    ].filter(([character]) => tokens.some(({ text }) => text.includes(character)));
    this.#count.textContent = [
      say('count', { tokens: tokens.length, n_ctx }),
      ...signs.map(([, name]) => say(name)),
    ].join(say('clauseGap'));
    const sentences = (notices ?? []).map((notice) => told(notice));
    if (tokens.length === 0) sentences.push(say('empty'));
    if (idsGiven) sentences.push(say('idsGiven'));
    if (dropped > 0 && !sentences.some((sentence) => sentence.includes(String(n_ctx)))) {
      sentences.push(say(droppedUnread ? 'droppedUnread' : 'dropped', { n_ctx, dropped }));
    }
    if (sentences.join('\n') === this.#shown) return;
    this.#shown = sentences.join('\n');
    this.#list.replaceChildren(...sentences.map((sentence) => element('li', {}, sentence)));
    this.#list.hidden = sentences.length === 0;
  }
}
