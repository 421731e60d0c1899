// A script's address for a worker, through the Trusted Types policy `pathscope` where there are any.
let policy = null;

export function script_address(url) {
  policy ??= globalThis.trustedTypes?.createPolicy('pathscope', { createScriptURL: (address) => address }) ?? null;
  return policy ? policy.createScriptURL(url) : url;
}
