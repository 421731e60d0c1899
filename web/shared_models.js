// The models of a page's elements: one scope a model, one explorer an element or a group of them. What
// nobody uses any more is freed after a while.
import { load } from './engine.js';

const rest = 10000; // ms: an element that is moved, or comes again on the next slide

const models = new Map(); // {scope: a promise, progress, listeners, users, timer} by name
const groups = new Map(); // {explorer, users} by group and model

// {model, scope, explorer, shared: others explore with it, give_back()}. on_progress(progress) is told
// of what is fetched.
export async function lend(model, { group, on_progress } = {}) {
  const entry = entered(model);
  entry.users += 1;
  clearTimeout(entry.timer);
  if (on_progress) entry.listeners.add(on_progress);
  if (entry.progress) on_progress?.(entry.progress);
  try {
    const scope = await entry.scope;
    const { explorer, shared, leave } = join(scope, model, group);
    let held = true;
    const give_back = () => {
      if (held) leave();
      if (held) release(model, entry);
      held = false;
    };
    return { model, scope, explorer, shared, give_back };
  } catch (error) {
    release(model, entry);
    throw error;
  } finally {
    entry.listeners.delete(on_progress);
  }
}

function entered(model) {
  const known = models.get(model);
  if (known) return known;
  const entry = { listeners: new Set(), progress: null, users: 0, timer: 0 };
  const onProgress = (progress) => {
    entry.progress = progress;
    for (const listener of entry.listeners) listener(progress);
  };
  entry.scope = load({ model, onProgress });
  entry.scope.catch(() => models.delete(model)); // the next one tries again
  models.set(model, entry);
  return entry;
}

function release(model, entry) {
  entry.users -= 1;
  if (entry.users > 0) return;
  clearTimeout(entry.timer);
  entry.timer = setTimeout(async () => {
    if (models.get(model) !== entry) return;
    models.delete(model);
    (await entry.scope).free();
  }, rest);
}

function join(scope, model, group) {
  if (!group) {
    const explorer = scope.explore();
    return { explorer, shared: false, leave: () => explorer.free() };
  }
  const key = `${group}\n${model}`;
  const shared = groups.has(key);
  const joined = groups.get(key) ?? { explorer: scope.explore(), users: 0 };
  groups.set(key, joined);
  joined.users += 1;
  const leave = () => {
    joined.users -= 1;
    if (joined.users > 0) return;
    groups.delete(key);
    joined.explorer.free();
  };
  return { explorer: joined.explorer, shared, leave };
}
