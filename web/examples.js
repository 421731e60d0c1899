// Texts to begin with, in our own words; `name` is one of words.js. The page opens with the first:
// the model has seen "Thistle" once, "w" came next, and its induction heads say so. In the second the
// keys of the later heads lose what the previous-token head L0H4 wrote, and they no longer know where
// to look.
const thistle = 'Dear Zoltan, dear Thistlewick, good night. Dear Thistle';

export const examples = [
  { name: 'exampleOnce', text: thistle, cuts: [] },
  { name: 'exampleCut', text: thistle, cuts: ['L0H4>*:K'] },
  { name: 'exampleWhom', text: 'She looked at him, and he looked at', cuts: [] },
  { name: 'exampleDigits', text: '3 1 4 1 5 9 2 6 5 3 1 4 1 5 9', cuts: [] },
  { name: 'exampleBytes', text: '我在河边遇见一只白色的鹤。我在河边遇见一只白', cuts: [] },
];
