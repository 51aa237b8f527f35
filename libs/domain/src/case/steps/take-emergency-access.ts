import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.js';
import type { Sealed } from '../../shared/sealed.js';
import { hoursAfter, isBefore, minutesAfter } from '../../shared/time.js';
import type { EmergencyAccessTaken } from '../events.js';
import { actOf } from '../rules/acting.js';
import { byId, type RegisteredCase } from '../state.js';
import type { CaseStep } from './case-step.js';

/** The longest that emergency access lasts, in minutes. */
export const longestEmergencyMinutes = 240;

/** Days within which someone else reviews it. */
export const emergencyReviewDays = 7;

/** Opens a case to someone without a role in it, for a stated reason and a short time. */
export interface TakeEmergencyAccess extends CaseStep {
  readonly type: 'TakeEmergencyAccess';
  readonly emergencyId: string;
  readonly reason: Sealed;
  /** How long; null for the longest. */
  readonly minutes: number | null;
}

/** Why emergency access cannot last so long; null when it can. Follows from the question alone, so that it tells of no case. */
export const lastsTooLong = (minutes: number | null): Refusal | null => {
  const lasting = minutes ?? longestEmergencyMinutes;
  return Number.isInteger(lasting) && lasting >= 1 && lasting <= longestEmergencyMinutes
    ? null
    : refuse('EMERGENCY_ACCESS_TOO_LONG', {
        field: 'minutes',
        facts: { longestMinutes: longestEmergencyMinutes },
      });
};

/** Decides emergency access, in any status of the case; its time runs from recording, so that no date extends it. */
export const decideTakeEmergencyAccess = (
  { emergencyId, reason, minutes }: TakeEmergencyAccess,
  state: RegisteredCase,
  context: DecisionContext,
): Decision<EmergencyAccessTaken> => {
  if (byId(state.emergencies, emergencyId)) return [];
  const tooLong = lastsTooLong(minutes);
  if (tooLong) return tooLong;
  const act = actOf(context, state.registeredAt);
  if (isRefusal(act)) return act;
  const standing = Object.values(state.emergencies).find(
    ({ takenBy, until, review }) =>
      takenBy.professionalId === act.by.professionalId &&
      isBefore(context.recordedAt, until) &&
      review === null,
  );
  if (standing) return refuse('EMERGENCY_ACCESS_LASTS', { facts: { until: standing.until } });
  return [
    {
      type: 'EmergencyAccessTaken',
      caseId: state.caseId,
      occurredAt: act.at,
      emergencyId,
      takenBy: act.by,
      reason,
      until: minutesAfter(context.recordedAt, minutes ?? longestEmergencyMinutes),
      reviewBy: hoursAfter(context.recordedAt, 24 * emergencyReviewDays),
    },
  ];
};
