import type { Sealed } from '../../shared/sealed.js';
import type { SelfRelianceOutcome } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Assesses how far the client can act alone (P 12). */
export interface AssessSelfReliance extends CaseStep {
  readonly type: 'AssessSelfReliance';
  readonly assessmentId: string;
  readonly outcome: SelfRelianceOutcome;
  readonly wronglyAssumed: boolean;
  readonly indicators: Sealed | null;
}
