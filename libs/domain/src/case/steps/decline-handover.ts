import type { Sealed } from '../../shared/sealed.js';
import type { DeclineReason } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** The receiver does not take the handover on, or cannot go on with it; it returns to the sender. */
export interface DeclineHandover extends CaseStep {
  readonly type: 'DeclineHandover';
  readonly handoverId: string;
  readonly reason: DeclineReason;
  readonly explanation: Sealed | null;
}
