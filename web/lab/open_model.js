// "open your own": a dialog that says what a model of one's own has to be, and takes its files or its
// folder.
import { copied } from '../clipboard.js';
import { element, role } from '../element.js';
import { say, with_code } from '../words.js';
import { open_dialog } from './dialog.js';

// README.md has the same lines.
export const from_transformer_lens = `import json, os, safetensors.torch; os.makedirs("my-model", exist_ok=True)
safetensors.torch.save_file({k: v.contiguous() for k, v in model.state_dict().items()}, "my-model/model.safetensors")
json.dump({**{k: v for k, v in model.cfg.to_dict().items() if isinstance(v, (int, float, str, bool, type(None)))}, "default_prepend_bos": False}, open("my-model/config.json", "w"))`;

export class OpenModel {
  #on_files;
  #dialog = null;

  // on_files(entries): [{path: 'folder/name', file}] were chosen.
  constructor(on_files) {
    this.#on_files = on_files;
    role('open-model').addEventListener('click', () => this.open());
  }

  // Made anew each time: in the page's language.
  open() {
    this.close();
    const chooses_folders = 'webkitdirectory' in HTMLInputElement.prototype; // phones have none
    this.#dialog = open_dialog({
      name: 'open-model',
      title: say('openModelTitle'),
      parts: [
        element('p', {}, ...with_code(say('openModelWhat'))),
        element(
          'div',
          { class: 'drop-place' },
          element(
            'div',
            { class: 'inline' },
            ...this.#chooser('files', { multiple: true }),
            ...(chooses_folders ? this.#chooser('folder', { multiple: true, webkitdirectory: true }) : []),
          ),
          element('p', { class: 'muted' }, say('openModelDrop')),
        ),
        this.#from_python(),
        element('p', { class: 'muted' }, say('openModelStays')),
      ],
    });
  }

  close() {
    this.#dialog?.close();
  }

  // A button, and the hidden input that the browser's own chooser belongs to.
  #chooser(kind, attributes) {
    const input = element('input', { 'type': 'file', 'hidden': true, 'data-role': `open-model-${kind}`, ...attributes });
    input.addEventListener('change', () => {
      const entries = Array.from(input.files, (file) => ({ path: file.webkitRelativePath || file.name, file }));
      this.close();
      if (entries.length > 0) this.#on_files(entries);
    });
    const name = say(kind === 'files' ? 'openModelFiles' : 'openModelFolder');
    return [element('button', { type: 'button', onclick: () => input.click() }, name), input];
  }

  #from_python() {
    const status = element('span', { class: 'muted', role: 'status' });
    const copy = async () => {
      status.textContent = say((await copied(from_transformer_lens)) ? 'embedCopied' : 'embedCopyBy');
    };
    return element(
      'details',
      {},
      element('summary', {}, say('openModelPython')),
      element('p', { class: 'muted' }, ...with_code(say('openModelPythonWhat'))),
      element('pre', { translate: 'no', tabindex: 0, class: 'python' }, element('code', {}, from_transformer_lens)),
      element('div', { class: 'inline' }, element('button', { type: 'button', onclick: copy }, say('embedCopy')), status),
    );
  }
}
