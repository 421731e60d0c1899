// Runs tests, {sentence: function}, begun in order, so many at once; the last line counts them. Gives
// how many failed.
export async function run(tests, { times = false, atOnce = 1 } = {}) {
  const left = Object.entries(tests);
  const count = left.length;
  let failed = 0;
  const worker = async () => {
    while (left.length > 0) {
      const [name, test] = left.shift();
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
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  console.log(`${count - failed} passed, ${failed} failed`);
  return failed;
}
