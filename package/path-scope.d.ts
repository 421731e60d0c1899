// Types of <path-scope>.
import type { Change, Explorer, Scope } from './engine.js';

export type EmbeddedFigure =
  | 'bigrams' | 'skip-trigrams' | 'heads' | 'paths' | 'expansion' | 'attention' | 'scores' | 'composition'
  | 'induction' | 'importance' | 'training' | 'claims' | 'lab';

/** What an element shows, as links say it. */
export interface View {
  model: string;
  figure: string;
  change: Change;
}

export interface PathScopeEventMap extends HTMLElementEventMap {
  /** Its figure is drawn. */
  ready: Event;
  /** The reader, or a script, has changed what it shows. */
  change: CustomEvent<View>;
  /** What is wrong, as a sentence in `message`; it stands in the element too. */
  error: ErrorEvent;
}

/** Each string reflects the attribute of its name; '' where there is none. */
export interface PathScopeElement extends HTMLElement {
  figure: string;
  /** A name such as 'two-layer' or 'zh/two-layer', or a folder's URL. */
  model: string;
  text: string;
  /** Token ids in place of a text: '1, 2, 3'. */
  ids: string;
  position: string;
  /** A token's id or its text. */
  target: string;
  /** 'mean', or a token's id or text. */
  against: string;
  head: string;
  source: string;
  term: string;
  /** In the command line's words, with blanks between them. */
  cuts: string;
  /** Elements of a group with the same model explore together. */
  group: string;
  /** 'light', 'dark' or 'auto'; without it, as the page's color-scheme. */
  theme: string;
  /** The room to keep free, in CSS pixels. */
  height: string;
  /** 'eager': before it comes near the window. */
  loading: string;
  frozen: boolean;
  /** With a text box and the cut tool. */
  controls: boolean;
  /** null until it is ready. */
  readonly scope: Scope | null;
  readonly explorer: Explorer | null;
  readonly view: View | null;
  addEventListener<K extends keyof PathScopeEventMap>(
    type: K,
    listener: (this: PathScopeElement, event: PathScopeEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'path-scope': PathScopeElement;
  }
}
