import type { CaseStep } from './case-step.js';

/** Records that the client does not agree to hand over the form (P 5). */
export interface RefuseHandoverConsent extends CaseStep {
  readonly type: 'RefuseHandoverConsent';
  readonly handoverId: string;
}
