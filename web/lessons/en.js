// The paper retold before a class, in steps. Each: {title, the question; figure, model, text, change (as
// explorer.set takes it, a token by its text); reading, of story/chapter_readings.js, whose values and
// heads fill {names} in; says, what the figure shows; notes, the speaker's; end: its lower end is the
// point}. zh-CN.js has as many.
const name = 'Miss Plumtickle was late. Nobody waited for Miss Pl';
const trigram = 'There is neither bread,';

export default [
  {
    title: 'Tokens go in. What comes out?',
    figure: 'next-tokens', model: 'two-layer', text: name, reading: 'tokens',
    says: 'A logit for each of the {vocabulary} tokens that it knows. After {last} the highest is {top}: {top-probability}.',
    notes: 'The model reads pieces of text, tokens, and scores every token of its vocabulary as the next one; softmax makes probabilities of the scores. It has never read this name in training. Let the class guess before you go on: how can it know?',
  },
  {
    title: 'No layers: what can a model know from one token?',
    figure: 'bigrams', model: 'zero-layer', text: 'He said that she began', reading: 'zero-layers',
    says: 'What follows what, and no more: after {last} comes {top}, {top-probability}, whatever stands before. Over all counted pairs it correlates by {correlation} with the counts.',
    notes: 'W_U W_E alone is a table of bigrams, read from the weights without running anything. Each dot is a counted pair that begins with this token; in grey are those of all tokens. Ask what would change if the sentence began in another way: nothing.',
  },
  {
    title: 'One head: where does it look?',
    figure: 'attention', model: 'one-layer', text: trigram, change: { head: 'L0H0' }, reading: 'one-head',
    says: 'From “{last}” {shown} looks most at {most-token}: {most-weight} of its attention.',
    notes: 'Rows are destinations, columns sources, every row adds up to one. Queries and keys decide where a head looks; this is the QK circuit. What it then writes is another question.',
  },
  {
    title: 'And what does it write?',
    figure: 'paths', model: 'one-layer', text: trigram, reading: 'path-expansion',
    says: 'The guess is {target}, and the longest bar is {largest}.',
    notes: 'neither … , → nor: a skip-trigram. Source, destination, output. What a head writes depends on what it looks at alone, not on who is looking: this is the OV circuit. Point out that every bar is a part of one number.',
  },
  {
    title: 'Can such a head keep its pairs apart?',
    figure: 'skip-trigrams', model: 'one-layer', text: trigram, change: { head: 'L0H1' }, reading: 'one-layer',
    says: 'No. It knows {crossed-true}, and so says {crossed-false} too. Of {heads} heads {copying-heads} copy.',
    notes: 'The paper calls these bugs. Where to look and what to write are two tables, and their product cannot say “only after this one”. Most of what one layer does is copying.',
  },
  {
    title: 'A mix-up: which of the two words was it?',
    figure: 'paths', model: 'one-layer', text: 'She wore an eleg', change: { target: 'hant' }, reading: 'path-expansion',
    says: '{target} gets {largest} from one head, which has read ele: elegance and elephant share it.',
    notes: 'The same bug in a text. The head reads ele and raises both ends. Touch the figure (I) and choose ance as the target to compare.',
  },
  {
    title: 'Two layers, eight heads each: how many ways from a token to a logit?',
    figure: 'expansion', model: 'two-layer', text: name, reading: 'path-expansion',
    says: '{paths}. They add up to the logit of {target}, {logit}; the sum is off by {error} at most.',
    notes: 'A product of sums is a sum of products. One direct path, sixteen heads, sixty-four pairs of heads, the virtual heads. With the patterns as they are this is exact, nothing is left out.',
  },
  {
    title: 'Which of these paths carry the guess?',
    figure: 'paths', model: 'two-layer', text: name, reading: 'path-expansion',
    says: 'The longest is {largest}, for {target}.',
    notes: 'Bars that point right speak for the token, those that point left against it. The heads of layer 1 that are on top read the um after the first Pl. How do they find it?',
  },
  {
    title: 'Two layers: which heads work together?',
    figure: 'composition', model: 'two-layer', reading: 'composition',
    says: 'From {previous-token} to {induction}, above chance: queries {pair-q}, keys {pair-k}, values {pair-v}. The strongest by keys of all pairs: {strongest-k}.',
    notes: 'Read from the weights: how much of what the earlier head can write does the later one read? What random matrices have by chance is taken off. Only a few pairs stand far above it; unlike in the paper’s model, some in queries too.',
  },
  {
    title: 'A name that it has never read: how does it go on?',
    figure: 'induction', model: 'two-layer', text: name, reading: 'induction',
    says: '{induction} looks at {most-token}, {most-weight}: what came next the last time. {next-token} comes with {with}.',
    notes: 'An induction head: find where the present token stood before, look at what came after it, say that again. Its key must know what stands before each token, and only a head below can have written that: one of layer 0 that looks one back.',
  },
  {
    title: 'Cut that one wire. What is left?',
    figure: 'induction', model: 'two-layer', text: name, change: { target: 'um', cuts: ['L0H6>*:K'] }, reading: 'induction',
    says: '{induction} now looks most at {most-token}, {most-weight}; {next-token} comes with {with}.',
    notes: 'All that is cut is what L0H6, the head that looks one back, adds to the keys of layer 1. All else runs as before. This is K-composition, and this is why one layer cannot do it. Go back a step to compare.',
  },
  {
    title: 'Does it work on what makes no sense?',
    figure: 'induction', model: 'two-layer', text: name, end: true, reading: 'induction',
    says: 'Random tokens that come again: two layers have {second-two} of them right, one layer {second-one}.',
    notes: 'No text of the training has these tokens in this order. What the heads learnt is not a list of words but a way to go on. Ask where in a chat one would want this.',
  },
  {
    title: 'What are the virtual heads worth?',
    figure: 'importance', model: 'two-layer', text: name, reading: 'virtual-heads',
    says: '{virtual-share} of what the model knows, measured on {measured-on} tokens so far: the loss falls from {loss-uniform} to {loss-direct} by the direct path, {loss-heads} with heads, {loss} with pairs of heads.',
    notes: 'Paths through two heads take little off the loss here. Layer 0 matters all the same: not for what it writes to the logits, but because it tells layer 1 where to look. The measurement goes on while you speak.',
  },
];
