import type { Language } from './text.js';

/** What every document begins with. */
export interface Page {
  readonly language: Language;
  readonly title: string;
  readonly introduction: readonly string[];
}

/** A part of a document that is read as running text. */
export interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}
