// "what is in it": the open model as the engine has read it, in a panel that a button opens.
import { element, role } from '../element.js';
import { megabytes } from '../number.js';
import { list_of, on_language, say, told } from '../words.js';
import { some_names } from './guest_files.js';

const bytes_of_float32 = 4;
const sizes = ['n_layers', 'n_heads', 'd_model', 'd_head', 'n_ctx', 'd_vocab'];

export class ModelSummary {
  #button = role('model-summary');
  #panel = role('model-panel');
  #list = role('model-facts');
  #shown = null; // {info, guest}

  constructor() {
    this.#button.addEventListener('click', () => this.#expand(this.#panel.hidden));
    role('model-panel-close').addEventListener('click', () => {
      this.#expand(false);
      this.#button.focus();
    });
    on_language(() => this.#write());
  }

  // The model that is open now, with what is told of a guest.
  show(info, guest) {
    this.#shown = { info, guest };
    this.#write();
  }

  open() {
    this.#expand(true);
    this.#panel.scrollIntoView({ block: 'nearest' });
  }

  #expand(open) {
    this.#panel.hidden = !open;
    this.#button.setAttribute('aria-expanded', String(open));
  }

  #write() {
    if (this.#shown) this.#list.replaceChildren(...facts(this.#shown));
  }
}

function facts({ info: { config, parameters, tokenizer, ignored, notices }, guest }) {
  const memory = parameters * bytes_of_float32;
  const normalization = config.normalization_type ?? 'none';
  return [
    guest && fact('name', guest.label()),
    ...sizes.map((key) => fact(key, config[key].toLocaleString('en'), { symbol: key, value: config[key] })),
    fact('normalization_type', say(`normalization_${normalization}`, { eps: config.eps }), { value: normalization }),
    fact('positional_embedding_type', say(`positions_${config.positional_embedding_type}`), {
      value: config.positional_embedding_type,
    }),
    fact('attn_scale', String(config.attn_scale), { value: config.attn_scale }),
    fact('tokenizer', say(`tokenizer_${tokenizer}`), { value: tokenizer }),
    fact('default_prepend_bos', say(config.default_prepend_bos ? 'bosInFront' : 'bosNone'), {
      value: config.default_prepend_bos,
    }),
    fact('parameters', parameters.toLocaleString('en'), { value: parameters }),
    fact('memory', say('memoryBytes', { size: megabytes(memory) }), { value: memory }),
    ignored.length > 0 && fact('ignored', list_of(ignored), { wide: true }),
    guest?.aside.length > 0 && fact('aside', some_names(guest.aside), { wide: true }),
    ...notices.map((notice) => fact('notice', told(notice), { wide: true })),
  ].filter((node) => node);
}

// A name and what it is, with the symbol that the files and the paper have for it.
function fact(key, words, { symbol, value = words, wide = false } = {}) {
  return element(
    'div',
    { 'class': wide ? 'wide' : undefined, 'data-fact': key },
    element('dt', {}, say(`fact_${key}`), symbol ? element('code', { translate: 'no' }, ` ${symbol}`) : null),
    element('dd', {}, element('data', { value: String(value) }, words)),
  );
}
