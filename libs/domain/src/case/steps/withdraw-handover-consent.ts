import type { CaseStep } from './case-step.js';

/** Records that the client takes consent back, which is possible until the handover is completed. */
export interface WithdrawHandoverConsent extends CaseStep {
  readonly type: 'WithdrawHandoverConsent';
  readonly handoverId: string;
}
