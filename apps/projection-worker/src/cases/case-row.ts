import type { Instant } from '@spil/domain';
import type { CaseDocument, CaseRow, HandoverStatus, WaitingReason } from '@spil/read-model';

/** The worklist row of a case. */
export function caseRowOf(document: CaseDocument): CaseRow {
  const [opening] = document.registrations;
  if (!opening?.facts) throw new Error('the case has no opening registration');
  const { facts, registeredBy, occurredAt } = opening;
  const waiting = waitingOf(document);
  const open = document.status === 'OPEN';
  return {
    caseId: document.caseId,
    registrationCode: document.registrationCode,
    status: document.status,
    locationId: registeredBy.locationId,
    organisationId: registeredBy.organisationId,
    organisationKind: registeredBy.organisationKind,
    registeredBy: registeredBy.professionalId,
    registeredAt: new Date(occurredAt),
    municipality: facts.clientMunicipality,
    primaryArea: facts.primaryArea,
    areas: [facts.primaryArea, ...facts.furtherAreas],
    coordinatorId: document.coordinator?.professionalId ?? null,
    selfReliance: document.assessments.at(-1)?.outcome ?? null,
    needsCoordinator: open && lacksCoordinator(document),
    openPiketRequests: open ? openRequests(document).length : 0,
    openReferrals: open ? document.referrals.filter(({ status }) => status === 'OFFERED').length : 0,
    openHandovers: open ? document.handovers.filter(({ status }) => status !== 'COMPLETED').length : 0,
    flags: document.flags.length,
    waitingFor: waiting.reason,
    waitingSince: new Date(waiting.since),
    revision: document.revision,
    document,
  };
}

const openRequests = ({ piketRequests }: CaseDocument): CaseDocument['piketRequests'] =>
  piketRequests.filter(({ status }) => status === 'OPEN');

/** A client assessed as not self-reliant must have a coordinator (rule 6). */
const lacksCoordinator = ({ assessments, coordinator }: CaseDocument): boolean =>
  assessments.at(-1)?.outcome === 'NOT_SELF_RELIANT' && coordinator === null;

/** What the case has waited for longest; without anything that waits, its last step. */
function waitingOf(document: CaseDocument): { reason: WaitingReason; since: Instant } {
  if (document.status !== 'OPEN') return { reason: 'NOTHING', since: document.lastStepAt };
  const waits: { reason: WaitingReason; since: Instant }[] = [
    ...openRequests(document).map(({ occurredAt }) => ({
      reason: 'PIKET_REQUEST_OPEN' as const,
      since: occurredAt,
    })),
    ...document.handovers
      .filter(({ status }) => status === 'OFFERED')
      .map(({ statusSince }) => ({ reason: 'HANDOVER_OFFERED' as const, since: statusSince })),
    ...handoversToOffer(document).map((since) => ({ reason: 'HANDOVER_TO_OFFER' as const, since })),
    ...document.referrals
      .filter(({ status, warmth }) => status === 'OFFERED' && warmth === 'COLD')
      .map(({ statusSince }) => ({ reason: 'REFERRAL_UNANSWERED' as const, since: statusSince })),
  ];
  const assessment = document.assessments.at(-1);
  if (assessment && lacksCoordinator(document))
    waits.push({ reason: 'COORDINATOR_MISSING', since: assessment.occurredAt });
  const [longest] = waits.sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
  return longest ?? { reason: 'NEXT_STEP', since: document.lastStepAt };
}

/**
 * Since when a handover lies with the sender: no client disappears between two desks (rule 5). A warm referral is answered
 * with its handover, so until that is offered it is the sender's turn; one that came back is, until the sender refers anew.
 */
function handoversToOffer({ handovers, referrals }: CaseDocument): Instant[] {
  const announced = referrals.filter(
    ({ status, warmth, handoverId }) =>
      status === 'OFFERED' &&
      warmth === 'WARM' &&
      !handovers.some((handover) => handover.handoverId === handoverId && handover.status === 'OFFERED'),
  );
  const latest = handovers.at(-1);
  const withSender =
    latest !== undefined &&
    toBeOffered.includes(latest.status) &&
    !referrals.some(({ occurredAt }) => occurredAt > latest.statusSince);
  return [...announced, ...(withSender ? [latest] : [])].map(({ statusSince }) => statusSince);
}

const toBeOffered: readonly HandoverStatus[] = ['PREPARED', 'CONSENTED', 'DECLINED', 'LAPSED'];
