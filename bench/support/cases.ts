import type { CaseEvent, Instant, OrganisationKind, Party } from '@spil/domain';

/** Small, fast and repeatable (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const locations = Array.from({ length: 40 }, (_, at) => `locatie-${at + 1}`);
export const areas = ['HUURRECHT', 'ARBEIDSRECHT', 'CONSUMENTENRECHT', 'SOCIALEZEKERHEIDSRECHT'] as const;
export const municipalities = Array.from({ length: 100 }, (_, at) => `GM${String(1_000 + at)}`);

const uuidOf = (kind: number, number: number): string =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;

const pick = <T>(of: readonly T[], number: number): T => {
  const found = of[number % of.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

export const party = (organisationKind: OrganisationKind, number: number): Party => ({
  professionalId: uuidOf(1, number % 400),
  organisationId: uuidOf(2, number % 80),
  organisationKind,
  locationId: pick(locations, number),
});

/** Events that a case of the bench has. */
export const eventsPerCase = 12;
export const caseIdOf = (number: number): string => uuidOf(9, number);

const monthMs = 30 * 86_400_000;

/** Cases make a step a month, one case after the other, in the order in which {@link slot} has them. */
const timeOf = (number: number, step: number): Instant =>
  new Date(
    Date.UTC(2024, 0, 1) + (step + (number % eventsPerCase) + (number % 60_000) / 60_000) * monthMs,
  ).toISOString();

/** The events of one case, from registration to an accepted referral: it stays open. */
export function eventOf(number: number, step: number): CaseEvent {
  const caseId = caseIdOf(number);
  const asker = party(number % 3 === 0 ? 'SOCIAAL_RAADSLIEDEN' : 'JURIDISCH_LOKET', number);
  const lawyer = party('ADVOCATUUR', number + 7);
  const area = pick(areas, number);
  const occurredAt = timeOf(number, step);
  const id = (label: string): string => `${label}-${number}`;
  const account = (recordedBy: Party, side: 'ASKING' | 'CONSULTED'): CaseEvent => ({
    type: 'PiketConversationRecorded',
    caseId,
    conversationId: id('conversation'),
    side,
    registrationId: id(side === 'ASKING' ? 'registration' : 'counterpart'),
    recordedBy,
    account: {
      result: 'ADVICE_GIVEN',
      advice: null,
      durationMinutes: 10,
      rating: 1 + (number % 10),
      motivation: null,
      latWithoutDesk: side === 'ASKING' ? 'YES' : null,
    },
    occurredAt,
  });
  const attempt = (which: number): CaseEvent => ({
    type: 'ContactAttempted',
    caseId,
    attemptId: id(`attempt-${which}`),
    piketRequestId: id('request'),
    attemptedBy: asker,
    result: 'NO_ANSWER',
    callBackAt: null,
    occurredAt,
  });
  const steps: readonly (() => CaseEvent)[] = [
    () => ({
      type: 'CaseRegistered',
      caseId,
      registrationId: id('registration'),
      registrationCode: id('CODE'),
      registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
      registeredBy: asker,
      clientId: uuidOf(8, number),
      client: null,
      voicemailAllowed: true,
      interpreterNeeded: false,
      facts: {
        clientMunicipality: pick(municipalities, number),
        channel: 'PHONE',
        primaryArea: area,
        furtherAreas: [],
        lifeDomains: ['HOUSING'],
        opposingPartyKind: 'LANDLORD',
        opposingPartyName: null,
        clientQuestion: null,
        professionalQuestion: null,
        signaleringRelevance: number % 4 === 0 ? 'YES' : 'NO',
      },
      occurredAt,
    }),
    () => ({
      type: 'SelfRelianceAssessed',
      caseId,
      assessmentId: id('assessment'),
      assessedBy: asker,
      outcome: number % 5 === 0 ? 'NOT_SELF_RELIANT' : 'SELF_RELIANT',
      wronglyAssumed: false,
      indicators: null,
      occurredAt,
    }),
    () => ({ type: 'CoordinatorAssigned', caseId, coordinator: asker, occurredAt }),
    () => ({
      type: 'PiketRequested',
      caseId,
      piketRequestId: id('request'),
      askedBy: asker,
      askedKind: 'ADVOCATUUR',
      route: 'LOCAL_DESK',
      namedProfessionalId: null,
      area,
      questionKind: 'DIAGNOSIS',
      withoutDesk: null,
      localKnowledgeNeeded: false,
      respondBy: null,
      occurredAt,
    }),
    () => attempt(1),
    () => attempt(2),
    () => ({
      type: 'ContactSucceeded',
      caseId,
      contactId: id('contact'),
      conversationId: id('conversation'),
      piketRequestId: id('request'),
      reportedBy: asker,
      initiatedBy: 'ASKING',
      reachedKind: 'ADVOCATUUR',
      reachedProfessionalId: lawyer.professionalId,
      channel: 'PHONE',
      attempts: 3,
      delayMinutes: 60,
      occurredAt,
    }),
    () => ({
      type: 'CounterpartRegistered',
      caseId,
      registrationId: id('counterpart'),
      registeredBy: lawyer,
      side: 'CONSULTED',
      note: null,
      signaleringRelevance: 'NOT_ANSWERED',
      occurredAt,
    }),
    () => account(asker, 'ASKING'),
    () => account(lawyer, 'CONSULTED'),
    () => ({
      type: 'CaseReferred',
      caseId,
      referralId: id('referral'),
      referredBy: asker,
      to: {
        organisationId: lawyer.organisationId,
        organisationKind: 'ADVOCATUUR',
        professionalId: lawyer.professionalId,
      },
      direction: 'FORWARD',
      warmth: 'COLD',
      handoverId: null,
      toevoegingKind: null,
      coldReason: null,
      respondBy: null,
      occurredAt,
    }),
    () => ({
      type: 'ReferralAccepted',
      caseId,
      referralId: id('referral'),
      acceptedBy: lawyer,
      occurredAt,
    }),
  ];
  const make = steps[step];
  if (make === undefined) throw new RangeError(`a case of the bench has no step ${step}`);
  return make();
}

/**
 * Which event comes when, with all cases open at once: in every slot each case that is under way makes one step, and cases
 * are spread over all steps. In slot `eventsPerCase - 1` every case makes one.
 */
export function* slot(
  cases: number,
  at: number,
): Generator<{ readonly number: number; readonly step: number }> {
  for (let number = 0; number < cases; number += 1) {
    const step = at - (number % eventsPerCase);
    if (step >= 0 && step < eventsPerCase) yield { number, step };
  }
}
