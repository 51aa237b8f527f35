import type { ToevoegingKind } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Records that subsidised legal aid was applied for. */
export interface RequestToevoeging extends CaseStep {
  readonly type: 'RequestToevoeging';
  readonly toevoegingId: string;
  readonly referralId: string | null;
  readonly kind: ToevoegingKind;
}
