import type { Sealed } from '../../shared/sealed.js';
import type { FlagKind, SignaleringTheme } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Marks the case as worth discussing at the signaleringsoverleg. */
export interface FlagForSignalering extends CaseStep {
  readonly type: 'FlagForSignalering';
  readonly flagId: string;
  /** The registration, of the actor's organisation, on whose behalf the flag is raised. */
  readonly registrationId: string;
  readonly kind: FlagKind;
  readonly themes: readonly SignaleringTheme[];
  readonly selfRelianceWronglyAssumed: boolean;
  readonly gapInLegalAid: boolean;
  readonly bestPracticeCandidate: boolean;
  readonly note: Sealed | null;
}
