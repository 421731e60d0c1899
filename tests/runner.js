// Runs tests, {sentence: function}, in order; the last line counts them. Gives how many failed.
export async function run(tests, { times = false } = {}) {
  let failed = 0;
  for (const [name, test] of Object.entries(tests)) {
    const begun = Date.now();
    try {
      await test();
      console.log(`ok      ${name}${times ? `  ${Date.now() - begun} ms` : ''}`);
    } catch (error) {
      failed += 1;
      const lines = String(error.stack ?? error).split('\n').slice(0, 12);
      console.log(`FAILED  ${name}\n        ${lines.join('\n        ')}`);
    }
  }
  console.log(`${Object.keys(tests).length - failed} passed, ${failed} failed`);
  return failed;
}
