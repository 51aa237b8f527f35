import type { CaseStep } from './case-step.js';

/** The named receiver takes the handover on. */
export interface AcceptHandover extends CaseStep {
  readonly type: 'AcceptHandover';
  readonly handoverId: string;
}
