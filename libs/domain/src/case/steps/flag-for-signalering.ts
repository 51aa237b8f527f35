import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal } from '../../shared/refusal.js';
import type { Sealed } from '../../shared/sealed.js';
import type { FlaggedForSignalering } from '../events.js';
import { actOf } from '../rules/acting.js';
import { ownRegistration } from '../rules/registration.js';
import { byId, type RegisteredCase } from '../state.js';
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

/** Decides a flag, by either side, also on a closed or linked case (rules 8 and 10). */
export const decideFlagForSignalering = (
  command: FlagForSignalering,
  state: RegisteredCase,
  context: DecisionContext,
): Decision<FlaggedForSignalering> => {
  if (byId(state.flags, command.flagId)) return [];
  const act = actOf(context, state.registeredAt);
  if (isRefusal(act)) return act;
  const registration = ownRegistration(state, command.registrationId, act.by);
  if (isRefusal(registration)) return registration;
  return [
    {
      type: 'FlaggedForSignalering',
      caseId: state.caseId,
      occurredAt: act.at,
      flagId: command.flagId,
      registrationId: command.registrationId,
      flaggedBy: act.by,
      kind: command.kind,
      themes: [...new Set(command.themes)],
      selfRelianceWronglyAssumed: command.selfRelianceWronglyAssumed,
      gapInLegalAid: command.gapInLegalAid,
      bestPracticeCandidate: command.bestPracticeCandidate,
      note: command.note,
    },
  ];
};
