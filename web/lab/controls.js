// What is read: the position, the next token, and what it is compared with; and the attention
// figure's head. Each control shows the explorer's state and hands a change to `set`.
import { element, role } from '../element.js';
import { percent } from '../number.js';
import { token_label } from '../tables/token.js';
import { language, say } from '../words.js';
import { TokenPicker } from './token_picker.js';

export class Controls {
  #position = role('position');
  #previous = role('previous');
  #next = role('next');
  #against = role('against');
  #against_picker = role('against-picker');
  #head = role('head');
  #target_picker;
  #against_token_picker;
  #state;
  #tokens = ''; // those that the list of positions was made of

  // set(change): what explorer.set takes. search(query): see Vocabulary.
  constructor({ set, search }) {
    this.#position.addEventListener('change', () => {
      set({ position: this.#position.value === '' ? null : Number(this.#position.value) });
    });
    const step = (by) => set({ position: this.#state.position + by });
    this.#previous.addEventListener('click', () => step(-1));
    this.#next.addEventListener('click', () => step(+1));
    this.#head.addEventListener('change', () => set({ head: this.#head.value }));

    this.#target_picker = new TokenPicker(role('target-picker'), {
      search: (query) => this.#choices(query, search, true),
      on_choose: (target) => set({ target }),
    });
    this.#against_token_picker = new TokenPicker(this.#against_picker, {
      search: (query) => this.#choices(query, search, false),
      on_choose: (against) => set({ against }),
    });
    this.#against.addEventListener('change', (event) => {
      const chosen = event.target.value;
      if (chosen === 'none') set({ against: null });
      if (chosen === 'mean') set({ against: 'mean' });
      if (chosen === 'token') set({ against: this.#rival() });
    });
  }

  // The heads to choose from: ['L0H0', ...].
  set_heads(heads) {
    this.#head.replaceChildren(...heads.map((head) => element('option', { value: head }, head)));
  }

  // against_token: the token of state.against, where it is one.
  show(state, against_token) {
    this.#state = state;
    this.#show_positions(state);
    const none = state.tokens.length === 0;
    this.#previous.disabled = none || state.position === 0;
    this.#next.disabled = none || state.position === state.tokens.length - 1;
    this.#position.disabled = none;

    const label = none ? '' : token_label(state.target);
    this.#target_picker.show(
      state.targetChosen || none ? label : say(state.cuts.length > 0 ? 'targetTopUncut' : 'targetTop', { token: label }),
    );
    const against =
      state.against === null || state.against === 'mean' ? (state.against ?? 'none') : 'token';
    this.#against.querySelector(`[value=${against}]`).checked = true;
    this.#against_picker.hidden = against !== 'token';
    if (against_token) this.#against_token_picker.show(token_label(against_token));
    this.#head.value = state.head;
  }

  #show_positions({ tokens, position, positionChosen }) {
    const key = [language(), ...tokens.map((token) => token.id)].join();
    if (key !== this.#tokens) {
      this.#tokens = key;
      const last = tokens.length - 1;
      const at = (i, name) => say(name, { position: i, token: token_label(tokens[i]) });
      this.#position.replaceChildren(
        ...(last >= 0 ? [element('option', { value: '' }, at(last, 'positionLast'))] : []),
        ...tokens.map((_, i) => element('option', { value: i }, at(i, 'positionAt'))),
      );
    }
    this.#position.value = positionChosen ? String(position) : '';
  }

  // The likeliest token other than the target: what an odds question is mostly about.
  #rival() {
    return (this.#state.top.find(({ id }) => id !== this.#state.target.id) ?? this.#state.target)
      .id;
  }

  async #choices(query, search, with_top) {
    if (query !== '') {
      const { tokens, more } = await search(query);
      return {
        choices: tokens.map((token) => ({ id: token.id, token, detail: `#${token.id}` })),
        more,
      };
    }
    const candidates = this.#state.top.map((token) => ({
      id: token.id,
      token,
      detail: `${percent(token.cut_log_prob ?? token.log_prob)} %`,
    }));
    const top =
      with_top && candidates.length > 0
        ? [{ ...this.#top(candidates), id: null, lead: say('targetTopLead') }]
        : [];
    return { choices: [...top, ...candidates], more: 0 };
  }

  #top(candidates) {
    return this.#state.targetChosen
      ? candidates[0]
      : { ...candidates[0], token: this.#state.target };
  }
}
