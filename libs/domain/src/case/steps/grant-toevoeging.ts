import type { CaseStep } from './case-step.js';

/** Records that subsidised legal aid was granted. */
export interface GrantToevoeging extends CaseStep {
  readonly type: 'GrantToevoeging';
  readonly toevoegingId: string;
}
