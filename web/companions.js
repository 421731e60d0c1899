// What a figure compares with, and fetches beside the model: counted bigrams, logs of training, the
// model with a layer less, a held-out text. Each figure is whole without, and does not wait for it.
import { companion_of, fetch_index, is_own, model_names } from './own_models.js';
import { lend } from './shared_models.js';

let index = null; // a promise

// loan: see shared_models.js. living(): whether it is still held.
export async function supply(figure, loan, living) {
  const give = async (fetched, name) => {
    const value = await fetched.catch(() => null);
    if (value && living()) loan.explorer.set({ [name]: value });
  };
  const { scope } = loan;
  if (figure === 'bigrams' || figure === 'skip-trigrams') await give(scope.bigram_counts(), 'bigramCounts');
  if (figure === 'training') await give(scope.training_log(), 'trainingLog');
  if (figure === 'importance') await give(scope.held_out_text(), 'heldOut');
  if (figure === 'training' || figure === 'induction') await compare(loan, living);
  if (figure === 'importance' && living()) measure(loan.explorer);
}

async function compare({ model, explorer }, living) {
  index ??= fetch_index();
  const name = is_own(model) ? companion_of(model, model_names((await index) ?? {})) : null;
  const beside = name ? await lend(name).catch(() => null) : null;
  if (!beside) return;
  const log = await beside.scope.training_log().catch(() => null);
  if (living()) {
    explorer.compare(beside.scope);
    if (log) explorer.set({ companionLog: log });
  }
  beside.give_back();
}

// Begun at once: an article's reader has not come for the button.
function measure(explorer) {
  const { importance, tokens, heldOut } = explorer.state();
  if (importance) return;
  if (tokens.length > 1) explorer.set({ importance: 'text' });
  else if (heldOut > 1) explorer.set({ importance: 'held-out' });
}
