import type { Decision, DecisionContext, Instant } from '../../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.js';
import type { Sealed } from '../../shared/sealed.js';
import { deadline } from '../../shared/step-time.js';
import type { ProgrammePolicy } from '../../reference/events.js';
import type { CaseReferred, Receiver } from '../events.js';
import { actOf } from '../rules/acting.js';
import { notInState } from '../rules/handover.js';
import {
  coldNeedsReason,
  consultedLawyerMayReceive,
  directionOf,
  notToOneself,
  toevoegingKindInForce,
} from '../rules/referral.js';
import { byId, type CaseFile, type OpenCase } from '../state.js';
import type { ToevoegingKind } from '../terms.js';
import { openReferralOf } from '../views.js';
import type { CaseStep } from './case-step.js';

/** Cold, with a reason where one is needed (R 3.2), or warm, with the one handover that carries it. */
export type ReferralManner =
  | { readonly warmth: 'COLD'; readonly coldReason: Sealed | null }
  /** The handover may be prepared already, or be prepared next under this id. */
  | { readonly warmth: 'WARM'; readonly handoverId: string };

/** Sends the client on. Forward or back follows from the two organisations. */
export interface ReferCase extends CaseStep {
  readonly type: 'ReferCase';
  readonly referralId: string;
  readonly to: Receiver;
  readonly manner: ReferralManner;
  readonly toevoegingKind: ToevoegingKind | null;
  /** In force at the case's location on the day of the referral. */
  readonly policy: ProgrammePolicy;
}

/** Decides a referral. It never requires a conversation first (R 5.2 q5b). */
export const decideReferCase = (
  command: ReferCase,
  state: OpenCase,
  context: DecisionContext,
): Decision<CaseReferred> => {
  if (byId(state.referrals, command.referralId)) return [];
  const act = actOf(context, state.registeredAt);
  if (isRefusal(act)) return act;
  const { to, policy, toevoegingKind, manner } = command;
  const refusal =
    notToOneself(act.by, to) ??
    consultedLawyerMayReceive(state, policy, act.by.organisationKind, to.professionalId) ??
    toevoegingKindInForce(toevoegingKind, act.at, 'toevoegingKind') ??
    (manner.warmth === 'COLD'
      ? coldNeedsReason(state, manner.coldReason !== null)
      : (warmNeedsPerson(to) ?? handoverIsFree(state, manner.handoverId)));
  if (refusal) return refusal;
  return [
    {
      type: 'CaseReferred',
      caseId: state.caseId,
      occurredAt: act.at,
      referralId: command.referralId,
      referredBy: act.by,
      to,
      direction: directionOf(act.by.organisationKind, to.organisationKind),
      warmth: manner.warmth,
      handoverId: manner.warmth === 'WARM' ? manner.handoverId : null,
      toevoegingKind,
      coldReason: manner.warmth === 'COLD' ? manner.coldReason : null,
      respondBy: whenToAnswer(command, context),
    },
  ];
};

/** A warm referral has one deadline, and that is its handover's: a receiver cannot answer what was not offered yet. */
const whenToAnswer = ({ manner, policy }: ReferCase, context: DecisionContext): Instant | null =>
  manner.warmth === 'COLD' ? deadline(context, policy.hoursToAccept) : null;

/** Warm means from person to person (rule 5, R footnote 10). */
const warmNeedsPerson = (to: Receiver): Refusal | null =>
  to.professionalId === null ? refuse('HANDOVER_NEEDS_PERSON', { rule: 'rule 5', field: 'to' }) : null;

/** A handover carries one open referral at a time, and one that lies with a receiver carries no new one. */
const handoverIsFree = (state: CaseFile, handoverId: string): Refusal | null => {
  const carried = openReferralOf(state, handoverId);
  if (carried) {
    return refuse('HANDOVER_NOT_IN_STATE', {
      rule: 'rule 5',
      field: 'handoverId',
      facts: { referralId: carried.referralId },
    });
  }
  const handover = byId(state.handovers, handoverId);
  return handover && handover.status !== 'PREPARED' ? notInState(handover) : null;
};
