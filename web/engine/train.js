// Training in the page.
import { Progress } from '../download.js';
import { to_json, well_formed } from './answer.js';
import { unless_aborted } from './slices.js';
import { start } from './start.js';
import { TrainingRun } from './training_run.js';

// Trains a small model live: config is a train.json's value, text what its task 'text' learns; or
// bytes, of a run that was saved. Gives a TrainingRun once it has begun.
export async function train(config, { text, bytes, onReport, signal, paused = false, wasmBinary } = {}) {
  signal?.throwIfAborted();
  const running = await unless_aborted(start({ progress: new Progress(), wasmBinary }), signal);
  const from = bytes ? { bytes: new Uint8Array(bytes) } : { config: to_json(config), text: well_formed(text ?? '') };
  return TrainingRun.start(from, running, { onReport, signal, paused });
}
