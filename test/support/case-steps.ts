import { randomUUID } from 'node:crypto';
import type { CaseEvent, Instant } from '@spil/domain';
import { party, sealedValue } from './case-events.js';

/** Who asks, in the steps below. */
export const asker = party('SOCIAAL_RAADSLIEDEN');
export const lawyer = party('ADVOCATUUR', { locationId: 'zwolle' });
export const at = (hour: number): Instant => `2021-02-01T${String(hour).padStart(2, '0')}:00:00.000Z`;

export const requested =
  (hour: number) =>
  (caseId: string): CaseEvent => ({
    type: 'PiketRequested',
    caseId,
    piketRequestId: 'request',
    askedBy: asker,
    askedKind: 'ADVOCATUUR',
    route: 'LOCAL_DESK',
    namedProfessionalId: null,
    area: 'HUURRECHT',
    questionKind: 'DIAGNOSIS',
    withoutDesk: null,
    localKnowledgeNeeded: false,
    respondBy: null,
    occurredAt: at(hour),
  });

export const contacted =
  (hour: number) =>
  (caseId: string): CaseEvent => ({
    type: 'ContactSucceeded',
    caseId,
    contactId: 'contact',
    conversationId: 'conversation',
    piketRequestId: 'request',
    reportedBy: asker,
    initiatedBy: 'ASKING',
    reachedKind: 'ADVOCATUUR',
    reachedProfessionalId: lawyer.professionalId,
    channel: 'PHONE',
    attempts: 1,
    delayMinutes: 60,
    occurredAt: at(hour),
  });

export const contactInError =
  (hour: number) =>
  (caseId: string): CaseEvent => ({
    type: 'FactEnteredInError',
    caseId,
    fact: { kind: 'CONTACT', id: 'contact' },
    reason: 'WRONG_CASE',
    occurredAt: at(hour),
  });

export const referred =
  (hour: number) =>
  (caseId: string): CaseEvent => ({
    type: 'CaseReferred',
    caseId,
    referralId: 'referral',
    referredBy: asker,
    to: { organisationId: lawyer.organisationId, organisationKind: 'ADVOCATUUR', professionalId: null },
    direction: 'FORWARD',
    warmth: 'COLD',
    handoverId: null,
    toevoegingKind: null,
    coldReason: null,
    respondBy: null,
    occurredAt: at(hour),
  });

export const referralLapsed =
  (hour: number) =>
  (caseId: string): CaseEvent => ({
    type: 'ReferralLapsed',
    caseId,
    referralId: 'referral',
    occurredAt: at(hour),
  });

export const prepared =
  (hour: number) =>
  (caseId: string): CaseEvent => ({
    type: 'HandoverPrepared',
    caseId,
    handoverId: 'handover',
    referralId: null,
    preparedBy: asker,
    dossier: sealedValue('dossier'),
    occurredAt: at(hour),
  });

export const offered =
  (hour: number) =>
  (caseId: string): CaseEvent => ({
    type: 'HandoverOffered',
    caseId,
    handoverId: 'handover',
    offeredBy: asker,
    to: lawyer,
    respondBy: null,
    occurredAt: at(hour),
  });

export const handoverLapsed =
  (hour: number) =>
  (caseId: string): CaseEvent => ({
    type: 'HandoverLapsed',
    caseId,
    handoverId: 'handover',
    occurredAt: at(hour),
  });

export const assessed =
  (hour: number) =>
  (caseId: string): CaseEvent => ({
    type: 'SelfRelianceAssessed',
    caseId,
    assessmentId: 'assessment',
    assessedBy: asker,
    outcome: 'NOT_SELF_RELIANT',
    wronglyAssumed: false,
    indicators: null,
    occurredAt: at(hour),
  });

export const assessmentInError =
  (hour: number) =>
  (caseId: string): CaseEvent => ({
    type: 'FactEnteredInError',
    caseId,
    fact: { kind: 'SELF_RELIANCE_ASSESSMENT', id: 'assessment' },
    reason: 'WRONG_CASE',
    occurredAt: at(hour),
  });

export const coordinated =
  (hour: number) =>
  (caseId: string): CaseEvent => ({
    type: 'CoordinatorAssigned',
    caseId,
    coordinator: asker,
    occurredAt: at(hour),
  });

export const flagged =
  (flagId: string, hour: number) =>
  (caseId: string): CaseEvent => ({
    type: 'FlaggedForSignalering',
    caseId,
    flagId,
    registrationId: `registration-of-${caseId}`,
    flaggedBy: asker,
    kind: null,
    themes: [],
    selfRelianceWronglyAssumed: false,
    gapInLegalAid: false,
    bestPracticeCandidate: false,
    note: null,
    occurredAt: at(hour),
  });

export const withdrawn =
  (flagId: string, hour: number) =>
  (caseId: string): CaseEvent => ({
    type: 'FlagWithdrawn',
    caseId,
    flagId,
    reason: 'MISUNDERSTOOD',
    occurredAt: at(hour),
  });

export const closed =
  (hour: number) =>
  (caseId: string): CaseEvent => ({
    type: 'CaseClosed',
    caseId,
    closedBy: asker,
    outcome: 'SOLVED',
    solution: 'ADVICE',
    solvedInFirstLine: true,
    occurredAt: at(hour),
  });

export const reopened =
  (hour: number) =>
  (caseId: string): CaseEvent => ({
    type: 'CaseReopened',
    caseId,
    reopenedBy: asker,
    reason: 'NEW_FACTS',
    occurredAt: at(hour),
  });

export const linkedAsGuest =
  (hour: number) =>
  (caseId: string): CaseEvent => ({
    type: 'RegistrationLinked',
    caseId,
    role: 'GUEST',
    hostCaseId: randomUUID(),
    guestCaseId: caseId,
    registrationId: `registration-of-${caseId}`,
    registeredBy: asker,
    side: 'ASKING',
    conversationId: null,
    occurredAt: at(hour),
  });
