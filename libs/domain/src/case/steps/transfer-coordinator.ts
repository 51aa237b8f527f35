import type { Party } from '../events.js';
import type { CaseStep } from './case-step.js';

/** Passes the coordinating role to someone else; on a handover it passes by itself. */
export interface TransferCoordinator extends CaseStep {
  readonly type: 'TransferCoordinator';
  readonly to: Party;
  readonly reason: 'AGREED' | 'ABSENT' | 'LEFT';
}
