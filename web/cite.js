// "cite": the paper and this page as BibTeX, at the page's end, to be copied.
import { copied } from './clipboard.js';
import { element } from './element.js';
import { version, year } from './version.js';
import { say } from './words.js';

const paper = `@article{elhage2021mathematical,
  title = {A Mathematical Framework for Transformer Circuits},
  author = {Elhage, Nelson and Nanda, Neel and Olsson, Catherine and Henighan, Tom and
            Joseph, Nicholas and Mann, Ben and Askell, Amanda and Bai, Yuntao and Chen, Anna and
            Conerly, Tom and DasSarma, Nova and Drain, Dawn and Ganguli, Deep and
            Hatfield-Dodds, Zac and Hernandez, Danny and Jones, Andy and Kernion, Jackson and
            Lovitt, Liane and Ndousse, Kamal and Amodei, Dario and Brown, Tom and Clark, Jack and
            Kaplan, Jared and McCandlish, Sam and Olah, Chris},
  year = {2021},
  journal = {Transformer Circuits Thread},
  url = {https://transformer-circuits.pub/2021/framework/index.html}
}`;

// The page's own address, without the view; one that was opened from a file has none for others.
function page() {
  const { protocol, href } = location;
  const url = protocol === 'file:' ? '' : `,\n  url = {${href.split('#')[0]}}`;
  return `@misc{pathscope,
  title = {Pathscope: how a transformer computes, path by path},
  author = {{Pathscope contributors}},
  year = {${year}},
  note = {Version ${version}}${url}
}`;
}

export class Cite {
  #bibtex = `${paper}\n\n${page()}\n`;
  #code = element('code', { translate: 'no', lang: 'en' }, this.#bibtex);
  #status = element('span', { class: 'muted', role: 'status', dataset: { role: 'cite-status' } });

  constructor() {
    const button = element('button', { type: 'button', dataset: { role: 'cite-copy', say: 'citeCopy' }, onclick: () => this.#copy() }, say('citeCopy'));
    document.querySelector('footer').append(
      element('details', { class: 'cite', dataset: { role: 'cite' } },
        element('summary', { dataset: { say: 'cite' } }, say('cite')),
        element('pre', { 'tabindex': 0, 'role': 'group', 'aria-label': say('citeLabel'), 'dataset': { sayLabel: 'citeLabel' } }, this.#code),
        button,
        this.#status),
    );
  }

  async #copy() {
    const done = await copied(this.#bibtex);
    this.#status.textContent = say(done ? 'embedCopied' : 'embedCopyBy');
    if (!done) getSelection().selectAllChildren(this.#code);
  }
}
