// What the prose shares with the figure: numbers that are the engine's, heads by their names, and the
// light that goes both ways. A head's name in the prose lights it in the figure while it is pointed
// at, and chooses it with a click; what the figure lights is lit in the prose.

export class Words {
  #section;
  #explorer;
  #chips = [];

  constructor(section, explorer, set) {
    this.#section = section;
    this.#explorer = explorer;
    for (const node of section.querySelectorAll('[data-head]')) this.#chips.push(chip(node, set));
    for (const button of section.querySelectorAll('[data-act=cut-keys]'))
      button.onclick = () => this.#cut(button.dataset.cut, set);
  }

  // values: {name: node or string}; ifs: {name: whether it is so}; heads: {role: 'L1H4'}.
  show({ values, ifs, heads, cut }) {
    for (const output of this.#section.querySelectorAll('output[data-value]')) {
      const value = values[output.dataset.value] ?? '…';
      output.replaceChildren(typeof value === 'string' ? value : value.cloneNode(true));
    }
    for (const node of this.#section.querySelectorAll('[data-if]')) node.hidden = !ifs[node.dataset.if];
    const { hovered, pinned } = this.#explorer.state();
    const lit = (hovered ?? pinned ?? '').split('-');
    for (const node of this.#chips) {
      const head = heads[node.dataset.head];
      node.textContent = head ?? '…';
      node.disabled = !head;
      node.classList.toggle('lit', lit.includes(head));
    }
    for (const button of this.#section.querySelectorAll('[data-act=cut-keys]')) {
      button.disabled = !cut;
      button.dataset.cut = cut ?? '';
      button.setAttribute('aria-pressed', String(ifs.cut === true));
    }
  }

  #cut(expression, set) {
    const { cuts } = this.#explorer.state();
    set({ cuts: cuts.includes(expression) ? cuts.filter((each) => each !== expression) : [...cuts, expression] });
  }
}

// The head's name as a button.
function chip(node, set) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'chip';
  button.dataset.head = node.dataset.head;
  button.textContent = '…'; // until it is known
  button.disabled = true;
  button.translate = false;
  const light = (term) => () => button.textContent !== '…' && set({ hover: term ? button.textContent : null });
  button.onpointerenter = button.onfocus = light(true);
  button.onpointerleave = button.onblur = light(false);
  button.onclick = () => set({ head: button.textContent });
  node.replaceWith(button);
  return button;
}
