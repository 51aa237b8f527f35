import { refuse, type Refusal } from '../../shared/refusal.js';
import type { Party } from '../events.js';
import {
  byId,
  type CaseFile,
  type HandoverState,
  type HandoverWithReceiver,
  type HandoverWithSender,
} from '../state.js';
import { handoversUnderWay, openReferralOf } from '../views.js';

/** A handover whose dossier was drawn up; one that a referral only announced still needs it (rule 5). */
export const handoverOf = (file: CaseFile, handoverId: string): HandoverState | Refusal => {
  const handover = byId(file.handovers, handoverId);
  if (handover !== undefined) return handover;
  return openReferralOf(file, handoverId) === undefined
    ? refuse('HANDOVER_NOT_FOUND', { field: 'handoverId' })
    : refuse('HANDOVER_NEEDS_DOSSIER', { rule: 'rule 5', field: 'handoverId' });
};

/** The handover is not at the point where this step can follow. */
export const notInState = (handover: HandoverState): Refusal =>
  refuse('HANDOVER_NOT_IN_STATE', {
    rule: 'rule 5',
    facts: { status: handover.status, consent: handover.consent.status },
  });

/** A step of the sender: the handover lies with the sender. */
export const withSender = (handover: HandoverState): HandoverWithSender | Refusal =>
  handover.status === 'PREPARED' ? handover : notInState(handover);

/** A step of the receiver: the handover lies with the receiver at this point. */
export const withReceiver = (
  handover: HandoverState,
  status: HandoverWithReceiver['status'],
): HandoverWithReceiver | Refusal =>
  handover.status !== 'PREPARED' && handover.status === status ? handover : notInState(handover);

/** The client decides to hand over the form: without consent, or after it was taken back, nothing moves (rule 5, P 5). */
export const clientConsents = (handover: HandoverState): Refusal | null =>
  handover.consent.status === 'GIVEN'
    ? null
    : refuse('HANDOVER_NEEDS_CONSENT', { rule: 'rule 5', facts: { consent: handover.consent.status } });

/** Only the named receiver accepts and completes: a handover goes from person to person (rule 5, R footnote 10). */
export const isNamedReceiver = (handover: HandoverWithReceiver, by: Party): Refusal | null =>
  handover.offer.to.professionalId === by.professionalId
    ? null
    : refuse('HANDOVER_NOT_RECEIVER', {
        rule: 'rule 5',
        facts: { receiverProfessionalId: handover.offer.to.professionalId },
      });

/** To decline, a colleague may speak for an absent receiver, so that no handover is stuck with someone who left. */
export const mayDecline = (handover: HandoverWithReceiver, by: Party): Refusal | null =>
  handover.offer.to.organisationId === by.organisationId ? null : isNamedReceiver(handover, by);

/** No client disappears between two desks: what lies with a receiver is finished or comes back first (rule 5). */
export const nobodyUnderWay = (file: CaseFile): Refusal | null => {
  const handoverIds = handoversUnderWay(file).map(({ handoverId }) => handoverId);
  return handoverIds.length === 0
    ? null
    : refuse('HANDOVER_OPEN', { rule: 'rule 5', facts: { handoverIds } });
};
