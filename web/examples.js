// Texts to begin with, in our own words. The page opens with the first: the model has seen "Thistle"
// once, "w" came next, and its induction heads say so.
export const examples = [
  { name: 'a name read once', text: 'Dear Zoltan, dear Thistlewick, good night. Dear Thistle' },
  { name: 'who looked at whom', text: 'She looked at him, and he looked at' },
  { name: 'digits again', text: '3 1 4 1 5 9 2 6 5 3 1 4 1 5 9' },
  { name: 'Chinese, byte by byte', text: '我在河边遇见一只白色的鹤。我在河边遇见一只白' },
];
