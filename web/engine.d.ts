// Types of engine.js, the page's programming interface. Analyses give the JSON of the command line
// under the same names; options are the command line's, with _ for -.

export interface Token {
  id: number;
  /** Valid Unicode; U+FFFD stands for bytes that are none. */
  text: string;
  /** In hexadecimal, where the token's bytes alone are no text. */
  bytes?: string;
}

/** In bytes; total is null where it is not known. Never above total, never backwards. */
export interface LoadProgress {
  loaded: number;
  total: number | null;
}

type Bytes = ArrayBuffer | Uint8Array;

export interface ModelBytes {
  config?: Bytes;
  weights: Bytes;
  tokenizer?: Bytes;
  tokenizer_config?: Bytes;
}

export interface LoadOptions {
  /** A name such as 'two-layer', a folder's URL, or the files' bytes. */
  model: string | ModelBytes;
  signal?: AbortSignal;
  onProgress?: (progress: LoadProgress) => void;
  /** The module's bytes, where it cannot be fetched, as in node. */
  wasmBinary?: Bytes;
}

/** Rejects with an Error whose message is a sentence for people, or with the signal's reason. */
export function load(options: LoadOptions): Promise<Scope>;

/** A train.json's value, with the keys of `pathscope train --config`. */
export type TrainConfig = Record<string, unknown>;

export interface TrainOptions {
  /** What the task 'text' learns, by its characters. */
  text?: string;
  /** A run that was saved, to go on with; the config is then the file's. */
  bytes?: Bytes;
  /** At the start, every 10 steps (more seldom later), and where a pause, step or cut leaves it. */
  onReport?: (report: TrainReport) => void;
  /** Ends the run. */
  signal?: AbortSignal;
  /** Wait for resume() or step(). */
  paused?: boolean;
  wasmBinary?: Bytes;
}

/** The line of `pathscope train`, and what the figure shows. Losses in nats a token. */
export interface TrainReport {
  step: number;
  tokens: number;
  /** At work in its steps. */
  seconds: number;
  /** Of the batches since the report before; null where there were none. */
  loss: number | null;
  valid_loss: null;
  in_context: null;
  loss_first: number;
  loss_second: number;
  accuracy_second: number;
  heads: { head: string; induction: number; previous_token: number }[];
  cuts: string[];
  /** One fixed block of tokens twice; loss is of this token after those before it. */
  sequence: { id: number; text: string; loss: number | null }[];
  /** On that sequence; rows are destinations. */
  patterns: { head: string; pattern: number[][] }[];
}

export interface TrainingRun {
  /** False: in slices on the page's own thread, for no worker would start. */
  readonly inWorker: boolean;
  readonly config: TrainConfig;
  readonly text: string;
  /** Resolves at the config's last step; rejects with an Error where the loss stops being finite. */
  readonly finished: Promise<void>;
  resume(): Promise<void>;
  pause(): Promise<void>;
  /** So many steps, after which it is paused. */
  step(steps?: number): Promise<void>;
  /** These heads write nothing from now on, until another call. */
  cut(heads: string | string[]): Promise<void>;
  /** A safetensors file: load({model: {weights}}) opens it, train(null, {bytes}) goes on from it. */
  model(): Promise<Uint8Array>;
  free(): void;
}

/** Trains a small model in a worker of its own, from a fresh start or a saved run. */
export function train(config: TrainConfig | null, options?: TrainOptions): Promise<TrainingRun>;

/** A text, or the ids of its tokens. */
export type Text = string | number[] | Int32Array;

export interface CutOptions {
  /** In the command line's words: "L0H3", "L0H3>L1H5:K", "path:L0H3-L1H5". */
  cut?: string | string[] | null;
  /** Patterns and LayerNorm scales stay those of the run without cuts. */
  frozen?: boolean | null;
}

export interface LogitsOptions extends CutOptions {
  top?: number | null;
  full?: boolean | null;
}

export interface PathsOptions extends CutOptions {
  position?: number | null;
  target?: number | null;
  target_token?: string | null;
  against?: 'mean' | number | null;
  sources?: boolean | null;
  top?: number | null;
}

export interface AttentionOptions extends CutOptions {
  head?: string | null;
}

export interface ScoresOptions extends CutOptions {
  head: string;
  destination: number;
  /** Not after the destination. */
  source: number;
}

export interface ExpansionOptions extends CutOptions {
  /** One term alone: "direct", "L0H3", "L0H3-L1H5". */
  path?: string | null;
}

export interface Info {
  config: Record<string, unknown>;
  parameters: number;
  tokenizer: string;
  heads: string[];
  ignored: string[];
  notices: string[];
}

export interface Logits {
  tokens: Token[];
  positions: {
    position: number;
    /** In nats, of the token that follows; null at the end. */
    loss: number | null;
    top: (Token & { logit: number; log_prob: number })[];
  }[];
  logits?: number[][];
}

export interface Term {
  path: string[];
  kind: 'direct' | 'head' | 'virtual' | 'bias';
  logit: number;
  /** Taken out by a cut. */
  cut?: true;
  sources?: { position: number; logit: number }[];
}

export interface Paths {
  position: number;
  target: Token;
  against?: 'mean' | Token;
  logit: number;
  sum: number;
  max_abs_error: number;
  terms: Term[];
  rest?: { terms: number; logit: number };
}

export interface Attention {
  tokens: Token[];
  /** Rows are destinations; where source > destination the pattern is 0 and the score null. */
  heads: { head: string; pattern: number[][]; scores: (number | null)[][] }[];
}

/** Read off the weights. Of the scores on repeated random tokens each is the mean attention. */
export interface Heads {
  heads: {
    head: string;
    /** Sum of the OV eigenvalues over the sum of their absolute values; null where all are zero. */
    copying: number | null;
    /** null, as the next two, where n_ctx is too short for repeated tokens. */
    previous_token: number | null;
    induction: number | null;
    duplicate_token: number | null;
    /** [real, imaginary] of the full circuits, largest first. */
    eigenvalues: { ov: [number, number][]; qk: [number, number][] };
  }[];
  /** LayerNorm's w and centring are folded into the weights, its scale is left out. */
  folded?: true;
}

/** Raw ratios of Frobenius norms; null where a head's weights are zero. */
export interface Composition {
  pairs: { earlier: string; later: string; q: number | null; k: number | null; v: number | null }[];
  /** The same ratio for matrices of independent normal entries. */
  baseline: Record<'q' | 'k' | 'v', { mean: number; deviation: number }>;
  folded?: true;
}

/** Over a text of any length, in nats a token; patterns stay as they are in the run. */
export interface Importance {
  /** How many the text has. */
  tokens: number;
  loss_uniform: number;
  /** Of the paths of at most so many heads, and the biases; the last is the loss. */
  loss_by_order: number[];
  loss: number;
  /** The loss without the head's own path to the logits, minus the loss. */
  heads: { head: string; nats: number }[];
  /** The same for paths of two heads. */
  virtual: { path: [string, string]; nats: number }[];
}

/** Heads passed, [] for none. */
export type ScorePath = string[] | 'position' | 'bias';

/** An attention score as a sum of query path with key path. */
export interface Scores {
  score: number;
  sum: number;
  /** By falling |score|. */
  terms: {
    query_path: ScorePath;
    key_path: ScorePath;
    /** Which sides pass a head, unless one is a position or a bias. */
    kind: 'none' | 'Q' | 'K' | 'QK' | 'position' | 'bias';
    score: number;
    /** Taken out by a cut. */
    cut?: true;
  }[];
}

/** Each term as a pattern over positions times a matrix over the text's tokens. */
export interface Expansion {
  tokens: Token[];
  /** Those of them that weights has rows and columns for. */
  distinct: Token[];
  layers: number;
  terms: {
    path: string[];
    /** Rows are destinations; LayerNorm's 1/sigma is in it. */
    pattern: number[][];
    /** Rows are outputs, columns sources. */
    weights: number[][];
    /** The same of the positions (output, source position), where they are standard. */
    positions?: number[][];
    cut?: true;
  }[];
  folded?: true;
}

/** The token by id or by its text; one of the two. */
export interface BigramsOptions {
  id?: number | null;
  token?: string | null;
  top?: number | null;
  /**
   * A file of counted bigrams of the model's tokenizer, such as models/data/en-bigrams.json; null for
   * none. Not given: a model that was loaded by its name fetches those of its tokenizer, once; others
   * have none.
   */
  counts?: string | Bytes | null;
  pairs?: boolean | null;
}

export interface Bigrams {
  token: Token;
  /** By W_U W_E alone, without a run; counted is a log-probability, null for a pair not listed. */
  next: (Token & { logit: number; log_prob: number; counted: number | null })[];
  /** Of log_prob with counted over all listed pairs, and over those after this token. */
  correlation: number | null;
  token_correlation: number | null;
  pairs_counted: number;
  token_pairs_counted: number;
  /** With `pairs`: what was counted after the token, likeliest first. */
  pairs?: (Token & { log_prob: number; counted: number })[];
  /** Why there is no correlation. */
  reason?: string;
  folded?: true;
}

export interface SkipTrigramsOptions {
  head: string;
  source?: number | null;
  source_token?: string | null;
  top?: number | null;
}

export interface SkipTrigrams {
  head: string;
  /** The head is above layer 0: its direct path alone. */
  direct_path?: true;
  folded?: true;
  /** Without a source: the strongest of all, strength = qk * ov. */
  entries?: { source: Token; destination: Token; output: Token; qk: number; ov: number; strength: number; kind?: 'copying' | 'spelling' }[];
  /** With one: the tokens that look for it most, and those it raises and lowers most. */
  source?: Token;
  destinations?: (Token & { qk: number })[];
  outputs?: (Token & { ov: number })[];
  lowest_outputs?: (Token & { ov: number })[];
}

export interface InductionOptions extends CutOptions {
  /** Of repeated random tokens: without a text. */
  length?: number | null;
  sequences?: number | null;
  seed?: number | null;
}

export interface RepeatedInduction {
  length: number;
  sequences: number;
  seed: number;
  /** In nats a token. */
  loss_first: number;
  loss_second: number;
  accuracy_second: number;
  loss_by_position: number[];
  heads: { head: string; induction: number; previous_token: number; duplicate_token: number }[];
}

/** An earlier place of a position's token; null where there is none. */
export interface EarlierPlace {
  earlier: number | null;
  /** What came after it. */
  next: Token | null;
  attention: { head: string; weight: number }[];
  probability: number | null;
  /** With the induction heads cut; null where there are none. */
  probability_without: number | null;
}

export interface TextInduction {
  tokens: Token[];
  induction_heads: string[];
  /** The last earlier place; those before it are in others, latest first. */
  positions: (EarlierPlace & { position: number; others?: EarlierPlace[] })[];
}

export interface ClaimsOptions {
  /**
   * A held-out text; null for none. Not given, as with the next three: what goes with a model that was
   * loaded by its name is fetched; others have none.
   */
  text?: Text | null;
  /** Counted bigrams, as with bigrams. */
  counts?: string | Bytes | null;
  /** The log of the model's training, as training_log gives it. */
  log?: string | Bytes | null;
  /** Models of 0, 1 and 2 layers with the same tokenizer: some claims are about those. */
  set?: Scope[] | null;
  signal?: AbortSignal;
  /** Told now and then, from 0 to 1. */
  onProgress?: (progress: number) => void;
}

/** What was measured, and its bound. */
export interface ClaimNumber {
  /** What the number is; null, as the number, where nothing was measured. */
  measurement: string | null;
  measured: number | null;
  /** null where there is no threshold. */
  comparison: '>=' | '>' | '<=' | '<' | null;
  threshold: number | null;
}

export interface Claim extends ClaimNumber {
  id: string;
  /** Of the paper. */
  section: string;
  claim: string;
  /** null where there is no answer. */
  holds: boolean | null;
  /** Why there is none, or why it does not hold; else null. */
  reason: string | null;
  /** Of the model that was measured. */
  layers: number | null;
  /** Further numbers; their thresholds count too. */
  also?: ClaimNumber[];
}

/** The paper's claims, in its order. */
export interface Claims {
  claims: Claim[];
}

/** A model, and what can be asked of it. */
export interface Scope {
  info(options?: Record<string, never>): Promise<Info>;
  tokens(text: Text, options?: Record<string, never>): Promise<{ tokens: Token[] }>;
  logits(text: Text, options?: LogitsOptions): Promise<Logits>;
  paths(text: Text, options?: PathsOptions): Promise<Paths>;
  attention(text: Text, options?: AttentionOptions): Promise<Attention>;
  heads(options?: Record<string, never>): Promise<Heads>;
  composition(options?: Record<string, never>): Promise<Composition>;
  importance(text: Text, options?: CutOptions): Promise<Importance>;
  scores(text: Text, options: ScoresOptions): Promise<Scores>;
  expansion(text: Text, options?: ExpansionOptions): Promise<Expansion>;
  bigrams(options: BigramsOptions): Promise<Bigrams>;
  skip_trigrams(options: SkipTrigramsOptions): Promise<SkipTrigrams>;
  /** On repeated random tokens. */
  induction(text?: null, options?: InductionOptions): Promise<RepeatedInduction>;
  induction(text: Text, options?: CutOptions): Promise<TextInduction>;
  /** Takes some seconds, in slices: a page stays responsive. */
  claims(options?: ClaimsOptions): Promise<Claims>;
  /** The same as the module's own train(). */
  train(config: TrainConfig | null, options?: TrainOptions): Promise<TrainingRun>;
  /** A text and a selection that figures and tables share. */
  explore(): Explorer;
  /**
   * The log of its training that ships with a model of ours, a report a line, as the change
   * `trainingLog` of its explorer takes it; null for others.
   */
  training_log(): Promise<string | null>;
  /** A text of its language that a model of ours was not trained on; null for others. */
  held_out_text(): Promise<string | null>;
  /** The counted bigrams of the model's tokenizer; null where it has none, or came as bytes. */
  bigram_counts(): Promise<string | null>;
  /** Frees the model and its explorers with their figures. */
  free(): void;
}

/** Blocks of random tokens, each twice. */
export interface Repeats {
  /** Tokens of a block. */
  length: number;
  sequences: number;
  seed: number;
}

/** All of it is applied or, where one part is wrong, none. */
export interface Change {
  text?: string;
  ids?: number[];
  /** null: the last. */
  position?: number | null;
  /** null: the model's top token. */
  target?: number | null;
  against?: null | 'mean' | number;
  cuts?: string[];
  frozen?: boolean;
  cutTool?: boolean;
  /** 'direct', 'L0H4', 'L0H4-L1H7', 'bias', 'bias:L1H7'; null: none is pinned. */
  term?: string | null;
  /** The same under the pointer; null: none is. */
  hover?: string | null;
  head?: string;
  /** The position whose score is told apart; null: the one that the head looks at most. */
  source?: number | null;
  /** The token whose skip-trigrams are shown one by one; null: none. */
  sourceToken?: number | null;
  /** As Scope.bigram_counts gives them. */
  bigramCounts?: string;
  /** As Scope.training_log gives it. */
  trainingLog?: string;
  /** The same of the model that it is compared with. */
  companionLog?: string;
  /** The random tokens of the induction figure. */
  repeats?: Repeats;
  /** A text that the importance figure can measure over. */
  heldOut?: string;
  /** Measure the importance of terms over the text, or that one, while the figure is in sight. */
  importance?: 'text' | 'held-out' | 'stop';
  /** What runs that train have told, for the figure `live`, one after the other. */
  live?: LiveEvent[];
  undo?: true;
  redo?: true;
  /** What was cut so far stays, and is no longer undone. */
  forget?: true;
}

/** Runs begin in place of those before (at most three), or one of them reports. */
export type LiveEvent =
  | { begin: { n_layers: number; n_heads: number; d_vocab: number; cuts?: string[] }[] }
  | { run: number; report: TrainReport };

export interface State {
  revision: number;
  /** Where ids were set, what they decode to. */
  text: string;
  /** The tokens were set as ids that this text does not read as. */
  idsGiven: boolean;
  /** As it was chosen. */
  source: number | null;
  sourceToken: Token | null;
  /** Those whose followers were counted. */
  tokensCounted: number;
  /** Of the training's log, how many. */
  trainingReports: number;
  companionReports: number;
  /** Of each run that trains, the heads that the visitor has cut. */
  live: { cuts: string[] }[];
  /** The figures whose long work is done: table('heads') stands. */
  worked: ('bigrams' | 'skip-trigrams' | 'heads' | 'composition')[];
  repeats: Repeats;
  /** Tokens of the held-out text; 0 where none was given. */
  heldOut: number;
  importance: { tokens: number; heldOut: boolean; progress: number; stopped: boolean } | null;
  /** Whether the models have run on them. */
  repeatsRun: { model: boolean; companion: boolean };
  tokens: Token[];
  /** Tokens beyond the context that were left out. */
  dropped: number;
  /** Beyond those there is a part of a very long text that was not read. */
  droppedUnread: boolean;
  /** null for an empty text, as target is. */
  position: number | null;
  positionChosen: boolean;
  target: Token | null;
  targetChosen: boolean;
  against: null | 'mean' | number;
  cuts: string[];
  /** The text's loss, nats a token, without the cuts and with them; null without cuts. */
  cutLoss: { whole: number; cut: number } | null;
  frozen: boolean;
  cutTool: boolean;
  canUndo: boolean;
  canRedo: boolean;
  pinned: string | null;
  hovered: string | null;
  head: string | null;
  headChosen: boolean;
  cell: { destination: number; source: number | null } | null;
  /** The ten likeliest next tokens. */
  top: (Token & { log_prob: number; cut_log_prob?: number })[];
  /** Sentences for the user. */
  notices: string[];
}

export interface PathsTable extends Paths {
  /** Without the cuts, where there are any. */
  before?: Paths;
}

export interface AttentionTable {
  head: string;
  destination: number;
  sources: { position: number; token: Token; score: number; weight: number }[];
}

/** A term as its pattern over positions times its matrix over the vocabulary, at the target. */
export interface ExpansionTable {
  path: string[];
  position: number;
  target: Token;
  logit: number;
  sources: { position: number; token: Token; pattern: number; weight: number; logit: number }[];
}

export interface ScoresTable extends Scores {
  head: string;
  destination: number;
  source: number;
  /** By what wrote query (rows) and key (columns) last: 'direct', 'L0H6', 'position', 'bias'. */
  grid: {
    queries: string[];
    keys: string[];
    sums: number[][];
    query_sums: number[];
    key_sums: number[];
  };
}

export interface SkipTrigramsTable {
  head: string;
  direct_path?: true;
  folded?: true;
  entries: SkipTrigrams['entries'];
  /** By the shown source. */
  source: SkipTrigrams | null;
  /** Two pairs that the counts list, then the crossed two that they do not. */
  crossed: {
    source: Token;
    /** The least of the four strengths. */
    weakest: number;
    entries: { destination: Token; output: Token; strength: number; counted: number | null }[];
  } | null;
}

export interface TrainingReport {
  /** Trained on so far. */
  tokens: number;
  /** Nats a token, of held-out text. */
  valid_loss: number | null;
  /** Mean loss at tokens 200 to 250 of a held-out text minus that at 20 to 40, nats. */
  in_context: number | null;
  /** Nats a token, on the second copy of random tokens. */
  loss_second: number | null;
  accuracy_second: number;
  heads: { head: string; induction: number; previous_token: number }[];
}

export interface TrainingTable {
  n_layers: number;
  reports: TrainingReport[];
  /** Of the model that it is compared with, where its log was given. */
  companion: { n_layers: number; reports: TrainingReport[] } | null;
}

export type FigureName =
  | 'paths'
  | 'attention'
  | 'bigrams'
  | 'skip-trigrams'
  | 'expansion'
  | 'heads'
  | 'composition'
  | 'scores'
  | 'induction'
  | 'importance'
  | 'training'
  | 'live';

export interface NamedHeads {
  induction: string | null;
  previous_token: string | null;
  copying: number;
}

/** Fires 'change' after a set() or a frame that changed what can be seen. */
export interface Explorer extends EventTarget {
  /** Throws an Error with a sentence, and then has changed nothing. */
  set(change: Change): void;
  state(): State;
  /** null for an empty text, attention for a model without heads, training without a log. */
  table(figure: 'paths'): PathsTable | null;
  table(figure: 'attention'): AttentionTable | null;
  table(figure: 'training'): TrainingTable | null;
  /** null also for patterns that stayed those of another run, and too many terms. */
  table(figure: 'scores'): ScoresTable | null;
  /** null until the figure of that name, in sight, has worked it out; bigrams for an empty text. */
  table(figure: 'bigrams'): Bigrams | null;
  table(figure: 'skip-trigrams'): SkipTrigramsTable | null;
  table(figure: 'heads'): Heads | null;
  table(figure: 'composition'): Composition | null;
  table(figure: 'expansion'): ExpansionTable | null;
  table(figure: 'importance'): Importance | null;
  table(figure: 'induction'): TextInduction | null;
  table(figure: 'induction-repeats'): { model: RepeatedInduction; companion: RepeatedInduction | null } | null;
  /** Figures that compare show the scope's model beside this one's, even once the scope is freed. */
  compare(scope: Scope): void;
  /**
   * The previous-token head with the highest score, the induction head whose keys read most of what
   * that one writes (null where there is none), and how many heads copy.
   * Read in slices: a page stays responsive.
   */
  read_heads(signal?: AbortSignal): Promise<NamedHeads>;
  /** The canvas's style must give it a width, as a block's; its height then follows the figure. */
  figure(name: FigureName, canvas: HTMLCanvasElement, options?: FigureOptions): Figure;
}

export interface FigureOptions {
  /** Whether it is drawn for a dark page; without it, as the visitor's system is. */
  dark?(): boolean;
  /** Called after every frame. */
  onFrame?(): void;
  /** How many times larger than usual it is drawn, for a lecture room. */
  enlarged?(): number;
  /** Whether its long work goes on out of sight, for numbers that stand elsewhere; else it waits. */
  worksUnseen?(): boolean;
}

export interface Figure {
  /** Frames drawn so far. */
  readonly frames: number;
  /**
   * The figure as it is shown, drawn anew at so many pixels per CSS pixel, with nothing pointed at and
   * nothing behind it. The scale that is given back is smaller where no canvas is so large.
   */
  picture(options: { scale: number; dark: boolean }): { canvas: HTMLCanvasElement; scale: number };
  /** Whether this build of the module has svg(): the same as the text of an <svg>. */
  readonly draws_svg: boolean;
  svg(options: { dark: boolean }): string;
  free(): void;
}
