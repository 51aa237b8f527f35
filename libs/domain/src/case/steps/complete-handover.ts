import type { CaseStep } from './case-step.js';

/** The receiver had first contact with the client (rule 5). */
export interface CompleteHandover extends CaseStep {
  readonly type: 'CompleteHandover';
  readonly handoverId: string;
}
