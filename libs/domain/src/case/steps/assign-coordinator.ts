import type { Party } from '../events.js';
import type { CaseStep } from './case-step.js';

/** Gives a case its coordinator (P 12). */
export interface AssignCoordinator extends CaseStep {
  readonly type: 'AssignCoordinator';
  readonly coordinator: Party;
}
