// Runs tests, {sentence: function}, begun in order, so many at once; the last line counts them. A
// test that takes longer than `limit` has failed, and one that is not begun within `total` too (ms):
// a suite always ends. Gives how many failed.
export async function run(tests, { atOnce = 1, limit = 300000, total = 1800000 } = {}) {
  const left = Object.entries(tests);
  const count = left.length;
  const end = Date.now() + total;
  let failed = 0;
  const fail = (name, error) => {
    failed += 1;
    const lines = String(error.stack ?? error).split('\n').slice(0, 12);
    console.log(`FAILED  ${name}\n        ${lines.join('\n        ')}`);
  };
  const worker = async () => {
    while (left.length > 0) {
      const [name, test] = left.shift();
      const begun = Date.now();
      if (begun > end) {
        fail(name, `not begun: the suite's ${total / 1000} s were over`);
        continue;
      }
      try {
        await within(limit, test());
        console.log(`ok      ${name}  ${((Date.now() - begun) / 1000).toFixed(1)} s`);
      } catch (error) {
        fail(name, error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  console.log(`${count - failed} passed, ${failed} failed`);
  return failed;
}

// The test's outcome; what takes longer goes on, unheard.
function within(limit, outcome) {
  let timer;
  const over = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not over after ${limit / 1000} s`)), limit);
  });
  return Promise.race([outcome, over]).finally(() => clearTimeout(timer));
}
