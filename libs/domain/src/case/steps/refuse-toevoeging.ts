import type { ToevoegingRefusalGround } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Records that subsidised legal aid was refused, and on which ground (P 11). */
export interface RefuseToevoeging extends CaseStep {
  readonly type: 'RefuseToevoeging';
  readonly toevoegingId: string;
  readonly ground: ToevoegingRefusalGround;
}
