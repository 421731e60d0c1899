// Texts to begin with. The first one is what the page opens with.
export const examples = [
  { name: 'a name read once', text: 'Mrs. Quimby met Zoltan. Zoltan greeted Mrs. Qu' },
  { name: 'a sentence again', text: 'the cat sat on the mat. the cat' },
  { name: 'Chinese, byte by byte', text: '我在河边遇见一只白色的鹤。我在河边遇见一只白' },
  { name: 'plain prose', text: 'It was a cold morning, and the old man put on his coat and went out of the' },
];
