import type { ConsentForm } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Records that the client agrees to hand over the form (P 5). */
export interface GiveHandoverConsent extends CaseStep {
  readonly type: 'GiveHandoverConsent';
  readonly handoverId: string;
  readonly form: ConsentForm;
}
