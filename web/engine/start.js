// The module, started: once for all models of a page.
import { address_of } from '../addresses.js';
import { fetch_bytes } from '../download.js';
import { instantiate } from './module.js';

const fonts = ['inter-regular.otf', 'inter-semibold.otf', 'jetbrains-mono.ttf'];

let started = null; // a promise

// {module, compiled, fonts}
export function start(how) {
  started ??= start_anew(how).catch((error) => {
    started = null; // another load() tries again
    throw error;
  });
  return started;
}

export function has_started() {
  return started !== null;
}

async function start_anew({ progress, wasmBinary }) {
  if (typeof WebAssembly !== 'object') {
    throw new Error('This browser has no WebAssembly, or it is switched off: a current browser has it.');
  }
  const in_page = typeof document !== 'undefined';
  const [{ default: create_module }, wasm, ...font_files] = await Promise.all([
    import_module(),
    wasmBinary ?? fetch_bytes(address_of('pathscope.wasm'), { progress }),
    ...(in_page ? fonts.map((name) => fetch_bytes(address_of(`assets/fonts/${name}`))) : []),
  ]);
  try {
    const compiled = await WebAssembly.compile(wasm);
    return { module: await instantiate(create_module, compiled), compiled, fonts: font_files };
  } catch (error) {
    throw new Error(why_not_started(error), { cause: error });
  }
}

async function import_module() {
  try {
    return await import('../pathscope.js');
  } catch (error) {
    throw new Error(`pathscope.js could not be fetched, or is not what it was.`, { cause: error });
  }
}

function why_not_started(error) {
  const reason = String(error?.message ?? error);
  if (/content security policy|unsafe-eval/i.test(reason)) {
    return "The page's content policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src.";
  }
  return `The module did not start in this browser (${reason}). It needs WebAssembly with SIMD and exceptions: Chrome 95, Firefox 100, Safari 16.4 or later.`;
}
