import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.js';
import { deadline, isSameTime } from '../../shared/step-time.js';
import type { ProgrammePolicy } from '../../reference/events.js';
import type { HandoverOffered, Party } from '../events.js';
import { actOf, isActing } from '../rules/acting.js';
import { clientConsents, handoverOf, withSender } from '../rules/handover.js';
import { consultedLawyerMayReceive, notToOneself } from '../rules/referral.js';
import type { HandoverState, OpenCase, ReferralState } from '../state.js';
import { openReferralOf } from '../views.js';
import type { CaseStep } from './case-step.js';

/** Offers a prepared handover to a named person. */
export interface OfferHandover extends CaseStep {
  readonly type: 'OfferHandover';
  readonly handoverId: string;
  /** The receiving professional; null when only an organisation was named, which is refused. */
  readonly to: Party | null;
  /** In force at the case's location on the day of the offer. */
  readonly policy: ProgrammePolicy;
}

/** Decides an offer: to a named person, with a dossier and the client's consent (rule 5). */
export const decideOfferHandover = (
  command: OfferHandover,
  state: OpenCase,
  context: DecisionContext,
): Decision<HandoverOffered> => {
  const known = handoverOf(state, command.handoverId);
  if (isRefusal(known)) return known;
  if (command.to === null) return refuse('HANDOVER_NEEDS_PERSON', { rule: 'rule 5', field: 'to' });
  if (isRepeat(command.to, known, context)) return [];
  const handover = withSender(known);
  if (isRefusal(handover)) return handover;
  const act = actOf(context, handover.at);
  if (isRefusal(act)) return act;
  const refusal =
    clientConsents(handover) ??
    notToOneself(act.by, command.to) ??
    followsReferral(command.to, openReferralOf(state, command.handoverId)) ??
    consultedLawyerMayReceive(state, command.policy, act.by.organisationKind, command.to.professionalId);
  if (refusal) return refusal;
  return [
    {
      type: 'HandoverOffered',
      caseId: state.caseId,
      occurredAt: act.at,
      handoverId: command.handoverId,
      offeredBy: act.by,
      to: command.to,
      respondBy: deadline(context, command.policy.hoursToAccept),
    },
  ];
};

const isRepeat = (to: Party, handover: HandoverState, context: DecisionContext): boolean =>
  handover.status === 'OFFERED' &&
  handover.offer.to.professionalId === to.professionalId &&
  isActing(context, handover.offer.by.professionalId) &&
  isSameTime(context, handover.offer.at);

/** A warm referral and its handover go to the same person. */
const followsReferral = (to: Party, referral: ReferralState | undefined): Refusal | null =>
  referral === undefined || referral.to.professionalId === to.professionalId
    ? null
    : refuse('HANDOVER_NOT_RECEIVER', {
        rule: 'rule 5',
        field: 'to',
        facts: { receiverProfessionalId: referral.to.professionalId },
      });
