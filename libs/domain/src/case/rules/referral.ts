import type { DecisionContext, OrganisationKind } from '../../shared/decider.js';
import type { ProgrammePolicy } from '../../reference/events.js';
import { isFirstLine, isSecondLine } from '../../shared/lines.js';
import { refuse, type Refusal } from '../../shared/refusal.js';
import { dayInNetherlands } from '../../shared/time.js';
import type { Instant } from '../../shared/decider.js';
import type { CaseReferred, Party, Receiver } from '../events.js';
import { byId, type CaseFile, type ReferralState } from '../state.js';
import type { ToevoegingKind } from '../terms.js';
import { selfRelianceOf, wasConsulted } from '../views.js';

/** Back goes from the second to the first line, everything else forward (R 1.2). */
export const directionOf = (from: OrganisationKind, to: OrganisationKind): CaseReferred['direction'] =>
  isSecondLine(from) && isFirstLine(to) ? 'BACK' : 'FORWARD';

/** Nobody refers to oneself: neither to the same person, nor to the own organisation without naming a person. */
export const notToOneself = (by: Party, to: Receiver): Refusal | null => {
  const toSelf =
    to.professionalId === null
      ? to.organisationId === by.organisationId
      : to.professionalId === by.professionalId;
  return toSelf ? refuse('REFERRAL_TO_SELF', { field: 'to' }) : null;
};

/**
 * The lawyer who was consulted may not receive that same case in the pilot (R 1.2: no interest in the referral), and may
 * where policy says so afterwards, per referring kind of organisation (P 6). Rule 4.
 */
export const consultedLawyerMayReceive = (
  file: CaseFile,
  policy: ProgrammePolicy,
  from: OrganisationKind,
  professionalId: string | null,
): Refusal | null => {
  if (professionalId === null || !wasConsulted(file, professionalId)) return null;
  return policy.consultedLawyerMayReceiveFrom.includes(from)
    ? null
    : refuse('REFERRAL_TO_CONSULTED_LAWYER_FORBIDDEN', {
        rule: 'rule 4',
        field: 'to',
        facts: { referringKind: from, allowedFrom: policy.consultedLawyerMayReceiveFrom },
      });
};

/** A client who is not self-reliant is referred warm; a cold referral needs a reason (rule 6, R 3.2). */
export const coldNeedsReason = (file: CaseFile, hasReason: boolean): Refusal | null =>
  hasReason || selfRelianceOf(file) !== 'NOT_SELF_RELIANT'
    ? null
    : refuse('REFERRAL_COLD_NEEDS_REASON', { rule: 'rule 6', field: 'coldReason' });

const atzSince = '2021-07-01';

/** The adviestoevoeging zelfredzaamheid exists since 1 July 2021 (P, terms). */
export const toevoegingKindInForce = (
  kind: ToevoegingKind | null,
  at: Instant,
  field: string,
): Refusal | null =>
  kind === 'ATZ' && dayInNetherlands(at) < atzSince
    ? refuse('TOEVOEGING_KIND_NOT_YET_IN_FORCE', {
        rule: 'P terms',
        field,
        facts: { kind, since: atzSince },
      })
    : null;

/** Only the organisation to which was referred answers, and where a person was named, only that person. */
export const isReceiverOfReferral = (referral: ReferralState, by: Party): Refusal | null =>
  referral.to.organisationId === by.organisationId &&
  (referral.to.professionalId === null || referral.to.professionalId === by.professionalId)
    ? null
    : refuse('REFERRAL_NOT_RECEIVER', { facts: { organisationId: referral.to.organisationId } });

/** A referral that can still be answered by itself: a warm one is answered with its one handover. */
export const answerableReferral = (file: CaseFile, referralId: string): ReferralState | Refusal => {
  const referral = byId(file.referrals, referralId);
  if (referral === undefined) return refuse('REFERRAL_NOT_FOUND', { field: 'referralId' });
  if (referral.warmth === 'WARM') {
    return refuse('REFERRAL_FOLLOWS_HANDOVER', {
      rule: 'rule 5',
      facts: { handoverId: referral.handoverId },
    });
  }
  return referral.status === 'OPEN' ? referral : referralNotOpen(referral);
};

/** The referral was answered already, or lapsed. */
export const referralNotOpen = (referral: ReferralState): Refusal =>
  refuse('REFERRAL_NOT_OPEN', { facts: { status: referral.status } });

/** Whether the acting professional gave the answer that the referral has. */
export const answeredByActor = (referral: ReferralState | undefined, context: DecisionContext): boolean =>
  context.actor.kind === 'PROFESSIONAL' &&
  referral?.answeredBy?.professionalId === context.actor.professionalId;
