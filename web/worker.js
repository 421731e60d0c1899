// The worker of one live run, with its own instance of the module: what a Trainee can, by messages.
// scripts/site.js makes one classic script of it and all that it imports.
import create_module from './pathscope.js';
import { instantiate } from './engine/module.js';
import { Trainee } from './engine/trainee.js';

const slice = 40; // ms between looks at the messages

let trainee = null;

const methods = {
  async start({ compiled, from }) {
    const module = await instantiate(create_module, compiled);
    trainee = new Trainee(module, from, {
      slice,
      rest: 0,
      tell: (told, value) => postMessage({ told, value }),
    });
    return { config: trainee.config, text: trainee.text };
  },
  resume: () => trainee.resume(),
  pause: () => trainee.pause(),
  step: (steps) => trainee.step(steps),
  cut: (heads) => trainee.cut(heads),
  save: () => trainee.save(),
};

addEventListener('message', async ({ data: { id, method, argument } }) => {
  try {
    postMessage({ id, value: await methods[method](argument) });
  } catch (error) {
    postMessage({ id, error: String(error?.message ?? error) });
  }
});

postMessage({ told: 'ready' });
