import type { Language } from './text.js';

/** What every document begins with. */
export interface Page {
  readonly language: Language;
  readonly title: string;
  readonly introduction: readonly string[];
}
