// The page's strings that are made while it runs. What stands still is written in index.html, on
// elements with data-say (or data-say-label, for aria-label); a catalogue in another language names
// both kinds. {name} is filled in; `backticks` set code.
const english = {
  loading: 'Loading: {loaded} of {total} MB',
  loadingSome: 'Loading: {loaded} MB so far',
  starting: 'Starting the model',

  count: '{tokens} of at most {n_ctx} tokens',
  signBlank: '· is a space',
  signLine: '⏎ a line’s end',
  dropped: 'The model reads {n_ctx} tokens at most: the last {dropped} are left out.',
  droppedUnread:
    'The model reads {n_ctx} tokens at most: the rest of the text, more than {dropped} tokens, is left out.',
  idsGiven:
    'These tokens were set as ids: the text above is what they stand for, and reads as other tokens once it is edited.',
  empty: 'Type a text above: its tokens and their paths show here.',

  modelTwoLayer: 'two layers',
  modelOneLayer: 'one layer',
  modelZeroLayer: 'no layers',
  modelLayers: '{layers} layers',

  positionLast: 'last: {position} {token}',
  positionAt: '{position} {token}',
  targetTop: '{token} (the top)',
  targetTopLead: 'the top:',
  choiceNone: 'No token of the vocabulary has this in it.',
  choiceMore: '{count} more: type on',
  choices: 'tokens',

  termNone: 'none chosen',
  termAt: '{term}  {logit}',
  cutTerm: 'cut it',
  cutTermAgain: 'mend it',
  mend: 'mend {cut}',
  noCuts: 'nothing is cut',
  cutCountNone: 'cuts',
  cutCount: 'cuts ({count})',

  shareCopied: 'The link is copied, and stands in the address bar.',
  shareCopy: 'The browser keeps the clipboard to itself: copy the link from here.',
  shareLong: 'This view is too long for a link: save it as a file, which this page opens again.',
  shareTrained: 'No link can name a model that was trained in this page: save the model below.',
  linkBroken: 'The link could not be read: {reason} The page begins as it does without it.',
  linkLong: 'it has {found} characters, and at most {most} are read.',
  linkVersion: 'it is of version {found}, and this page reads version 1.',
  linkField: 'what it says for “{key}” is none of that kind: “{found}”.',
  linkModel: 'The link names the model “{found}”, which is not here: its text is shown on another one.',
  linkRefused: 'Not all of the link fits this model: {refused}',
  viewFile: 'This file is no view that this page saved.',

  cutLoss: 'this text’s loss: {whole} nats a token, with the cut {cut}',

  cutPath: 'path {path}',
  cutHead: 'head {head}',
  cutAllHeads: 'all heads',
  cutLayer: 'all heads of L{layer}',
  cutLater: 'all later heads',
  cutQueries: 'queries: {wire}',
  cutKeys: 'keys: {wire}',
  cutValues: 'values: {wire}',

  direct: 'direct',
  bias: 'bias',
  biasThrough: 'bias → {path}',

  pathsCaption: 'The terms of {reading} after “{destination}”, by size',
  pathsCaptionCut:
    'The terms of {reading} after “{destination}”, with and without the cut, by size',
  pathsCaptionRows: '{caption}; the {rows} largest of {terms}',
  readingLogit: 'the logit of “{target}”',
  readingMean: 'the logit of “{target}” above the vocabulary’s mean',
  readingToken: 'the logit of “{target}” minus that of “{against}”',
  columnTerm: 'term',
  columnKind: 'kind',
  columnLogit: 'logit',
  columnBefore: 'before the cut',
  columnStrongest: 'strongest source',
  columnStrongestLogit: 'its part',
  rowSum: 'sum of the terms',
  rowLogit: 'the model’s logit',
  rowError: 'sum − logit',
  rowWorst: 'largest error over the vocabulary',

  sourcesCaption: '{term}, source by source',
  columnSource: 'source',
  columnToken: 'token',

  expansionCaption: '{term} as A ⊗ W: its pattern from the position, its weights to “{target}”',
  columnPattern: 'pattern A',
  columnW: 'weight W',

  nextCaption: 'The next token after “{destination}”',
  columnProbability: 'probability',
  columnLogProbability: 'log-probability',
  columnProbabilityCut: 'with the cut',
  columnLogProbabilityCut: 'log-probability with the cut',

  attentionCaption: '{head} at “{destination}”: where it looks',
  columnScore: 'score',
  columnWeight: 'weight',

  bigramsCaption: 'The next token after “{token}”, by W_U W_E alone, logits and nats',
  bigramsCaptionFit:
    'The next token after “{token}”, by W_U W_E alone and as counted, logits and nats; over all {pairs} counted pairs the log-probabilities correlate by {correlation}',
  columnNext: 'next token',
  columnCounted: 'counted log-probability',
  pairsCaption: 'The pairs counted after “{token}”, nats; correlation {correlation}',

  trigramsCaption:
    '{head}: strongest skip-trigrams, source … destination → output; strength is qk times ov',
  columnDestination: 'destination',
  columnOutput: 'output',
  columnStrength: 'strength',
  kindcopying: 'copying',
  kindspelling: 'another spelling',
  sourceTokenCaption: '{head}, source “{token}”: who looks for it, what it raises and lowers',
  columnLooks: 'looks for it',
  columnRaises: 'it raises',
  columnLowers: 'it lowers',
  crossedCaption:
    '{head}, source “{token}”: two pairs that were counted, and the crossed two that come with them',

  headsCaption: 'What each head does: scores from -1 (copying) or 0 to 1',
  columnHead: 'head',
  columnCopying: 'copying',
  columnPreviousToken: 'previous token',
  columnInduction: 'induction',
  columnDuplicate: 'duplicate token',
  eigenvaluesCaption: '{head}: eigenvalues of its OV and QK circuits',

  compositionCaption:
    'Composition of two heads in the weights, above that of random matrices, the strongest first',
  columnEarlier: 'earlier head',
  columnLater: 'later head',

  sideToken: 'token',
  sidePosition: 'position',
  scoresCaption: '{head} from “{destination}” to “{source}”: the terms of its score, by size',
  scoreGridCaption:
    '{head} from “{destination}” to “{source}”: its score by what wrote query (rows) and key (columns)',
  columnQuery: 'query path',
  columnKey: 'key path',
  columnQueryKey: 'query ↓ key →',
  columnSum: 'sum',
  rowScore: 'the head’s score',

  inductionCaption:
    'Tokens that stood before: what came next the last time, its probability now, and without the induction heads',
  columnPosition: 'position',
  columnBeforeAt: 'stood before at',
  columnCameNext: 'came next',
  columnWithout: 'without the induction heads',
  columnLooker: 'who looks there most',
  repeatsCaption:
    'Loss on random tokens, {blocks} blocks of {length}, each twice, seed {seed}: nats a token, by position',
  columnLoss: 'loss',
  columnLossCompanion: 'of the other model',
  loss_first: 'first copy, mean',
  loss_second: 'second copy, mean',
  accuracy_second: 'second copy, share right',
  repeatHeadsCaption: 'Each head on these tokens, with the cuts there are',

  importanceCaption:
    'Over {tokens} tokens: the loss by order of terms, then what each head and virtual head is worth, in nats a token',
  columnNats: 'nats',
  measureText: 'measure over the text ({tokens} tokens)',
  measureHeldOut: 'over a held-out text ({tokens})',
  orderUniform: 'loss, all tokens alike',
  orderDirect: 'loss of the direct path',
  orderHeads: 'loss with single heads too',
  orderVirtual: 'loss with virtual heads of two too',
  orderDeeper: 'loss with virtual heads of {heads} too',

  trainingCaption:
    'How the model of {layers} was trained: scores and losses on random tokens that come twice, and held-out text',
  columnTokens: 'tokens trained on',
  columnHeldOut: 'held-out loss',
  columnInContext: 'in-context score',
  columnLossSecond: 'loss on the second copy',
  columnAccuracySecond: 'second copy right',
  columnPreviousHead: 'best previous-token head',
  columnPrevious: 'its score',
  columnInductionHead: 'best induction head',
  columnInductionScore: 'its score',

  claimsWorking: 'measuring: some seconds, and the other models of the set are fetched',
  claimsCancelled: 'given up',
  claimsSum: '{hold} hold, {fail} fail, {open} cannot be said',
  claimsCaption: 'The paper’s claims, with what was measured for each',
  claimsOfModel: ', on the set’s model: {model}',
  claimsFurther: 'further numbers ({count})',
  columnClaim: 'claim',
  columnMeasured: 'measured',
  columnThreshold: 'threshold',
  columnHolds: 'does it hold?',
  claimHolds: 'holds',
  claimFails: 'fails',
  claimOpen: 'cannot say',

  liveStart: 'start',
  livePause: 'pause',
  liveResume: 'go on',
  liveSpeed: 'step {step}, {speed} tokens/s',
  liveSteps: 'step {step}',
  liveInSlices:
    'No worker starts here, so training runs in slices on the page’s own thread: slower, and the page with it.',
  liveModel: 'trained here: {model}, step {step}',
  liveCaption: 'What each run told along its steps',
  liveSequenceCaption: 'One sequence as each model reads it now: the loss of each symbol',
  columnModel: 'model',
  columnStep: 'step',
  columnCuts: 'cut',
  columnSymbol: 'symbol',
  columnLossOf: 'loss, {model}',

  summary:
    'Next token {top}, {probability} %. Logit of {target}: {logit}, the sum of {terms} paths; largest {largest}, {largestLogit}.',
  summaryCut: 'Cut: {cuts}. Before: {before}.',
  termShown: '{term}, {kind}: {logit}.',
  termShownFrom: '{term}, {kind}: {logit}, mostly from “{token}”.',
  kinddirect: 'the direct path',
  kindhead: 'a head',
  kindvirtual: 'a virtual head',
  kindbias: 'a bias',
  bigramShown: 'After “{token}” by W_U W_E alone: “{next}”, {probability} %.',
  trigramShown: '{head}, “{source}”: “{destination}” looks for it most, it raises “{output}” most.',
  scoreShown: '{head} from “{destination}” to “{source}”: score {score}.',
  headShown: '{head} at “{destination}”: most to “{token}”, {weight}.',

  tryAgain: 'try again',
  dismiss: 'close',
  noWebAssembly:
    'This browser has no WebAssembly (or a setting forbids it), and the model runs in it. Open the page in a current Firefox, Chrome, Edge or Safari, or allow WebAssembly.',
  noFigure:
    'The figures cannot be drawn here: {reason} The tables below have all their numbers; for the figures, allow WebGL 2 or open the page in another browser.',
  notLoaded: '{reason} Check the connection, then try again.',
  scriptMissing: 'A part of this page, its program, could not be fetched.',
};

let words = english;

// say('count', {tokens: 3, n_ctx: 256}) -> the sentence in the current language.
export function say(key, values = {}) {
  const sentence = words[key] ?? english[key];
  if (sentence === undefined) throw new Error(`no string named ${key}`);
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// What the engine says in English itself, or what a catalogue has in its place under this name.
export function say_own(key, sentence) {
  return words[key] ?? sentence;
}

// 'two layers'
export function layers_label(n_layers) {
  const names = ['modelZeroLayer', 'modelOneLayer', 'modelTwoLayer'];
  return say(names[n_layers] ?? 'modelLayers', { layers: n_layers });
}

// Puts a catalogue's strings in place of those that index.html has.
export function translate(root, catalogue) {
  words = catalogue;
  for (const element of root.querySelectorAll('[data-say]')) {
    const sentence = catalogue[element.dataset.say];
    if (sentence !== undefined) element.replaceChildren(...with_code(sentence));
  }
  for (const element of root.querySelectorAll('[data-say-label]')) {
    const sentence = catalogue[element.dataset.sayLabel];
    if (sentence !== undefined) element.setAttribute('aria-label', sentence);
  }
}

// 'cut `L0H4`' -> nodes, every second piece a <code>.
function with_code(sentence) {
  return sentence.split('`').map((piece, i) => {
    if (i % 2 === 0) return document.createTextNode(piece);
    const code = document.createElement('code');
    code.translate = false;
    code.textContent = piece;
    return code;
  });
}
