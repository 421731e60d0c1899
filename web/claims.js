// The paper's claims with what was measured for each: a table, made when the visitor asks for it. It
// takes seconds, and the other models of the set: it shows how far it is, and can be given up.
import { role } from './element.js';
import { fill_claims } from './tables/claims_table.js';
import { say, told } from './words.js';

export class Claims {
  #root;
  #section;
  #table;
  #start;
  #cancel;
  #working;
  #bar;
  #status;
  #layers = 0;
  #measuring = null; // an AbortController
  #claims = null; // as they were measured
  #said = () => ''; // what the status says

  // measure({signal, onProgress}): a promise of the claims.
  constructor(measure, root = document) {
    this.#root = root;
    this.#section = root.querySelector('[data-figure=claims]');
    this.#table = this.#section.querySelector('table[data-table=claims]');
    this.#start = role('measure-claims', root);
    this.#cancel = role('cancel-claims', root);
    this.#working = role('claims-working', root);
    this.#bar = role('claims-progress', root);
    this.#status = role('claims-status', root);
    this.#start.addEventListener('click', () => this.#measure(measure));
    this.#cancel.addEventListener('click', () => this.#measuring?.abort());
  }

  // For another model, nothing is measured yet.
  show(info) {
    this.forget();
    this.#layers = info.config.n_layers;
    this.#start.disabled = false;
  }

  forget() {
    this.#measuring?.abort();
    this.#measuring = null;
    this.#table.replaceChildren();
    this.#claims = null;
    this.#tell(() => '');
    this.#show_working(false);
    this.#start.disabled = true;
  }

  // As the engine told them, once they are.
  get measured() {
    return this.#claims;
  }

  async #measure(measure) {
    const controller = (this.#measuring = new AbortController());
    this.#bar.value = 0;
    this.#tell(() => say('claimsWorking'));
    this.#show_working(true);
    this.#cancel.focus();
    let said;
    try {
      const { signal } = controller;
      const onProgress = (progress) => {
        if (!signal.aborted) this.#bar.value = progress;
      };
      const { claims } = await measure({ signal, onProgress });
      if (this.#measuring !== controller) return;
      this.#claims = claims;
      this.#fill();
      this.#section.dispatchEvent(new Event('measured', { bubbles: true }));
      said = () => sum_of(claims);
    } catch (error) {
      if (this.#measuring !== controller) return;
      said = () => (controller.signal.aborted ? say('claimsCancelled') : told(error.message));
    }
    this.#measuring = null;
    const has_focus = this.#root.activeElement === this.#cancel;
    this.#show_working(false);
    if (has_focus) this.#start.focus();
    this.#tell(said);
  }

  #show_working(working) {
    this.#working.hidden = !working;
    this.#start.hidden = working;
  }

  // In the current language.
  rewrite() {
    this.#tell(this.#said);
    if (this.#claims) this.#fill();
  }

  #tell(sentence) {
    this.#said = sentence;
    this.#status.textContent = sentence();
  }

  #fill() {
    fill_claims(this.#table, this.#claims, { layers: this.#layers, root: this.#root });
  }
}

function sum_of(claims) {
  const count = (holds) => claims.filter((claim) => claim.holds === holds).length;
  return say('claimsSum', { hold: count(true), fail: count(false), open: count(null) });
}
