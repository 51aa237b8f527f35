import type { CaseEvent, Party, RegistrationFacts, Sealed } from '@spil/domain';
import { asHtml, asPdf, languages, plainHistory, sentenceOf, toldEventTypes } from './index.js';

const party: Party = {
  professionalId: 'raadslied-1',
  organisationId: 'raadslieden',
  organisationKind: 'SOCIAAL_RAADSLIEDEN',
  locationId: 'utrecht',
};
const secret = 'Kanarie' as unknown as Sealed;
const facts: RegistrationFacts = {
  clientMunicipality: 'GM0344',
  channel: 'PHONE',
  primaryArea: 'HUURRECHT',
  furtherAreas: [],
  lifeDomains: [],
  opposingPartyKind: null,
  opposingPartyName: secret,
  clientQuestion: secret,
  professionalQuestion: secret,
  signaleringRelevance: 'NO',
};
const account = {
  result: 'ADVICE_GIVEN',
  advice: secret,
  durationMinutes: 10,
  rating: 8,
  motivation: secret,
  latWithoutDesk: null,
} as const;
const fact = { caseId: 'case-1', occurredAt: '2021-02-01T09:30:00.000Z' };

/** One event of each type; the compiler keeps it complete. */
const samples: {
  readonly [Type in CaseEvent['type']]: Omit<
    Extract<CaseEvent, { type: Type }>,
    'type' | 'caseId' | 'occurredAt'
  >;
} = {
  CaseRegistered: {
    registrationId: 'r',
    registrationCode: 'K7M-4QX-9TG',
    registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
    registeredBy: party,
    clientId: 'c',
    client: secret,
    voicemailAllowed: null,
    interpreterNeeded: null,
    facts,
  },
  CounterpartRegistered: {
    registrationId: 'r',
    registeredBy: party,
    side: 'CONSULTED',
    note: secret,
    signaleringRelevance: 'NO',
  },
  RegistrationLinked: {
    role: 'GUEST',
    hostCaseId: 'host',
    guestCaseId: 'guest',
    registrationId: 'r',
    registeredBy: party,
    side: 'ASKING',
    conversationId: null,
  },
  SelfRelianceAssessed: {
    assessmentId: 'a',
    assessedBy: party,
    outcome: 'PARTLY',
    wronglyAssumed: true,
    indicators: secret,
  },
  CoordinatorAssigned: { coordinator: party },
  CoordinatorTransferred: { from: party, to: party, reason: 'LEFT' },
  PiketRequested: {
    piketRequestId: 'p',
    askedBy: party,
    askedKind: 'ADVOCATUUR',
    route: 'HELPLINE',
    namedProfessionalId: null,
    area: 'HUURRECHT',
    questionKind: 'DIAGNOSIS',
    withoutDesk: null,
    localKnowledgeNeeded: false,
    respondBy: null,
  },
  ContactAttempted: {
    attemptId: 'a',
    piketRequestId: 'p',
    attemptedBy: party,
    result: 'BUSY',
    callBackAt: null,
  },
  ContactSucceeded: {
    contactId: 'c',
    conversationId: 'c',
    piketRequestId: null,
    reportedBy: party,
    initiatedBy: 'ASKING',
    reachedKind: 'UNKNOWN',
    reachedProfessionalId: null,
    channel: 'PHONE',
    attempts: 1,
    delayMinutes: null,
  },
  PiketRequestEscalated: { piketRequestId: 'p', to: 'HELPLINE', reason: 'WAITING' },
  PiketRequestWithdrawn: { piketRequestId: 'p' },
  PiketRequestExpired: { piketRequestId: 'p' },
  PiketConversationRecorded: {
    conversationId: 'c',
    side: 'ASKING',
    registrationId: 'r',
    recordedBy: party,
    account,
  },
  CaseReferred: {
    referralId: 'r',
    referredBy: party,
    to: { organisationId: 'firm', organisationKind: 'ADVOCATUUR', professionalId: null },
    direction: 'BACK',
    warmth: 'COLD',
    handoverId: null,
    toevoegingKind: null,
    coldReason: secret,
    respondBy: null,
  },
  ReferralAccepted: { referralId: 'r', acceptedBy: party },
  ReferralDeclined: { referralId: 'r', declinedBy: party, reason: 'NO_CAPACITY', explanation: secret },
  ReferralLapsed: { referralId: 'r' },
  ToevoegingRequested: { toevoegingId: 't', referralId: null, kind: 'LAT', requestedBy: party },
  ToevoegingGranted: { toevoegingId: 't' },
  ToevoegingRefused: { toevoegingId: 't', ground: 'MEANS' },
  HandoverPrepared: { handoverId: 'h', referralId: null, preparedBy: party, dossier: secret },
  HandoverConsentGiven: { handoverId: 'h', form: 'ORAL' },
  HandoverConsentRefused: { handoverId: 'h' },
  HandoverConsentWithdrawn: { handoverId: 'h' },
  HandoverOffered: { handoverId: 'h', offeredBy: party, to: party, respondBy: null },
  HandoverAccepted: { handoverId: 'h', acceptedBy: party },
  WarmHandoverCompleted: { handoverId: 'h', completedBy: party },
  HandoverDeclined: { handoverId: 'h', declinedBy: party, reason: 'OTHER', explanation: secret },
  HandoverLapsed: { handoverId: 'h' },
  FlaggedForSignalering: {
    flagId: 'f',
    registrationId: 'r',
    flaggedBy: party,
    kind: 'GOES_WELL',
    themes: [],
    selfRelianceWronglyAssumed: false,
    gapInLegalAid: false,
    bestPracticeCandidate: false,
    note: secret,
  },
  FlagWithdrawn: { flagId: 'f', reason: 'MISUNDERSTOOD' },
  CaseClosed: { closedBy: party, outcome: 'SOLVED', solution: 'ADVICE', solvedInFirstLine: true },
  CaseReopened: { reopenedBy: party, reason: 'NEW_FACTS' },
  RegistrationCorrected: { registrationId: 'r', facts, signaleringRelevance: 'NO', reason: 'WRONG_CASE' },
  ConversationCorrected: { conversationId: 'c', side: 'ASKING', account, reason: 'DOUBLE_ENTRY' },
  ConflictWallRaised: {
    wallId: 'w',
    raisedBy: party,
    against: { organisationId: 'other-firm' },
  },
  ConflictWallLifted: { wallId: 'w', liftedBy: party },
  EmergencyAccessTaken: {
    emergencyId: 'e',
    takenBy: party,
    reason: secret,
    until: '2021-02-02T09:30:00.000Z',
    reviewBy: '2021-02-09T09:30:00.000Z',
  },
  EmergencyAccessReviewed: { emergencyId: 'e', reviewedBy: party, verdict: 'JUSTIFIED', note: secret },
  ClientErasureOrdered: { erasureId: 'e', clientId: 'c', organisationId: 'raadslieden' },
  ClientDataErased: { erasureId: 'e', organisationId: 'raadslieden', keyId: null },
  FactEnteredInError: { fact: { kind: 'CONTACT', id: 'c' }, reason: 'TYPING_MISTAKE' },
};
const events = Object.entries(samples).map(([type, rest]) => ({ type, ...fact, ...rest }) as CaseEvent);

const history = (language: (typeof languages)[number], told = events) =>
  plainHistory(
    told.map((event, at) => ({
      revision: BigInt(at),
      event,
      recordedAt: '2021-02-01T10:00:00.000Z',
      actor: at === 0 ? { kind: 'SYSTEM', process: 'deadlines' } : { kind: 'PROFESSIONAL', ...party },
      mandate: 'CASEWORK',
      sealed: at === 0 ? ['client', 'facts.clientQuestion'] : [],
    })),
    { caseId: 'case-1', language, asOf: '2021-03-31T22:00:00.000Z', madeAt: '2021-04-01T10:00:00.000Z' },
  );

describe('a case history in plain words', () => {
  it.each(toldEventTypes.map((type) => [type]))(
    'has a sentence in both languages for %s, without codes or personal text',
    (type) => {
      const event = events.find((one) => one.type === type);
      const { nl, en } = sentenceOf(event ?? ({} as CaseEvent));
      expect(nl).not.toBe(en);
      for (const sentence of [nl, en]) {
        expect(sentence).toMatch(/^[\p{Lu}\p{Ll}].*\.$/u);
        expect(sentence).not.toMatch(/undefined|\[object|Kanarie|[A-Z]{2,}_[A-Z]/);
      }
    },
  );

  it('says a sentence as people do', () => {
    const referred = events.find(({ type }) => type === 'CaseReferred') ?? ({} as CaseEvent);
    expect(sentenceOf(referred)).toEqual({
      nl: 'raadslied-1 (organisatie raadslieden) heeft de casus koud terugverwezen naar organisatie firm.',
      en: 'raadslied-1 (organisation raadslieden) referred the case back to organisation firm, cold.',
    });
  });

  it('tells when, by whom and on what ground, in Dutch time', () => {
    const [first, second] = history('nl').rows;
    expect(first).toMatchObject({
      number: '1',
      occurred: '1 februari 2021 om 10:30',
      recorded: '1 februari 2021 om 11:00',
      by: 'door automatisch (deadlines), grondslag hulpverlening',
      withheld: 'Er horen 2 persoonlijke teksten bij.',
    });
    expect(second).toMatchObject({ by: 'door raadslied-1, grondslag hulpverlening', withheld: undefined });
  });

  it('is a page that can be read out and needs nothing beside it', () => {
    for (const language of languages) {
      const html = asHtml(history(language));
      expect(html).toContain(`<html lang="${language}">`);
      for (const part of [
        '<h1>',
        '<caption>',
        'scope="col"',
        'scope="row"',
        '@media print',
        "default-src 'none'",
      ])
        expect(html).toContain(part);
      expect(html).not.toMatch(/<script|https?:|src=|href=/);
      expect(html.match(/<tr>/g)).toHaveLength(events.length + 1);
    }
  });

  it('shows what somebody wrote into an id as text, and runs none of it', () => {
    const [opened] = events;
    const hostile = { ...opened, registrationCode: '<img src=x onerror=alert(1)>"&' } as CaseEvent;
    expect(asHtml(history('nl', [hostile]))).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&amp;');
  });

  it('is a tagged PDF in its language', async () => {
    for (const language of languages) {
      const pdf = (await asPdf(history(language))).toString('latin1');
      expect(pdf.startsWith('%PDF-1.7')).toBe(true);
      expect(pdf).toContain(`/Lang (${language})`);
      expect(pdf).toContain('/Marked true');
      expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true);
    }
  });
});
