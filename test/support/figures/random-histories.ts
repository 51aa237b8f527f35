import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import {
  hoursAfter,
  minutesAfter,
  type CaseEvent,
  type ConversationAccount,
  type HandoverPrepared,
  type Instant,
  type LegalArea,
  type OrganisationKind,
  type Party,
  type ProfessionalEvent,
} from '@spil/domain';
import type { StoredEvent } from '@spil/event-store';
import type { FigureFilter } from '@spil/read-model';
import { caseRegistered, logOf, party, registrationFacts, sealedValue } from '../case-events.js';

const kinds: readonly OrganisationKind[] = ['JURIDISCH_LOKET', 'SOCIAAL_RAADSLIEDEN', 'ADVOCATUUR', 'OTHER'];
const locations = ['amsterdam', 'zwolle'];
const areas: readonly LegalArea[] = ['HUURRECHT', 'ARBEIDSRECHT', 'ANDERS'];
const municipalities = ['GM0363', 'GM0193', null];

const anyParty = fc
  .record({
    kind: fc.constantFrom(...kinds),
    locationId: fc.constantFrom(...locations),
    person: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ kind, locationId, person }) => party(kind, { locationId, professionalId: `${kind}-${person}` }));

const anyFacts = fc
  .record({
    clientMunicipality: fc.constantFrom(...municipalities),
    primaryArea: fc.constantFrom(...areas),
    signaleringRelevance: fc.constantFrom('YES', 'NO', 'NOT_ANSWERED', 'NOT_ASKED'),
  })
  .map((facts) => registrationFacts(facts));

const anyAccount = (side: 'ASKING' | 'CONSULTED'): fc.Arbitrary<ConversationAccount> =>
  fc
    .record({
      rating: fc.option(fc.integer({ min: 1, max: 10 })),
      latWithoutDesk: side === 'ASKING' ? fc.constantFrom('YES', 'NO', 'NOT_ANSWERED') : fc.constant(null),
    })
    .map((account) => ({
      result: 'ADVICE_GIVEN',
      advice: null,
      durationMinutes: 10,
      motivation: null,
      ...account,
    }));

const conversation = fc.record({
  request: fc.option(
    fc.record({
      askedKind: fc.constantFrom<OrganisationKind | 'UNKNOWN'>(...kinds, 'UNKNOWN'),
      area: fc.constantFrom(...areas),
    }),
  ),
  contact: fc.option(
    fc.record({
      reachedKind: fc.constantFrom<OrganisationKind | 'UNKNOWN'>(...kinds, 'UNKNOWN'),
      initiatedBy: fc.constantFrom('ASKING', 'CONSULTED', 'UNKNOWN'),
      delayMinutes: fc.option(fc.integer({ min: 0, max: 60 })),
      inError: fc.boolean(),
    }),
    { freq: 4 },
  ),
  asking: fc.option(anyAccount('ASKING'), { freq: 4 }),
  consulted: fc.option(fc.constantFrom('OWN', 'COUNTERPART', 'LINKED'), { freq: 4 }),
  consultedAccount: anyAccount('CONSULTED'),
  correction: fc.option(anyAccount('ASKING')),
  accountInError: fc.option(fc.constantFrom('ASKING', 'CONSULTED')),
  givenAgain: fc.option(anyAccount('ASKING')),
});

const caseStory = fc.record({
  registeredBy: anyParty,
  other: anyParty,
  kind: fc.constantFrom('FIRST_LINE_CONVERSATION_SOUGHT', 'SECOND_LINE_OWN_SIGNALERING'),
  facts: anyFacts,
  /** Hours after the first moment of the history. */
  at: fc.integer({ min: 0, max: 24 * 100 }),
  counterpart: fc.option(fc.constantFrom('YES', 'NO', 'NOT_ANSWERED', 'NOT_ASKED')),
  conversations: fc.array(conversation, { maxLength: 2 }),
  correction: fc.option(anyFacts),
  counterpartCorrection: fc.boolean(),
  referral: fc.option(fc.boolean()),
  handover: fc.option(
    fc.constantFrom('PREPARED', 'CONSENT_REFUSED', 'OFFERED', 'DECLINED', 'ACCEPTED', 'COMPLETED'),
  ),
});
type CaseStory = typeof caseStory extends fc.Arbitrary<infer Story> ? Story : never;

const professionalStory = fc.record({
  who: anyParty,
  at: fc.integer({ min: 0, max: 24 * 60 }),
  moves: fc.option(anyParty),
  leaves: fc.option(fc.constantFrom('LEFT', 'ABSENT')),
  returns: fc.boolean(),
});

const beginning: Instant = '2020-12-15T09:00:00.000Z';

function caseEvents(story: CaseStory): CaseEvent[] {
  const events: CaseEvent[] = [];
  let now = hoursAfter(beginning, story.at);
  const opening = caseRegistered({
    registeredBy: story.registeredBy,
    registrationKind: story.kind as 'SECOND_LINE_OWN_SIGNALERING',
    facts: story.facts,
    occurredAt: now,
  });
  const { caseId } = opening;
  const step = (): { caseId: string; occurredAt: Instant } => {
    now = minutesAfter(now, 97);
    return { caseId, occurredAt: now };
  };
  events.push(opening);
  const counterpartId = `counterpart-of-${caseId}`;
  if (story.counterpart !== null)
    events.push({
      ...step(),
      type: 'CounterpartRegistered',
      registrationId: counterpartId,
      registeredBy: story.other,
      side: 'CONSULTED',
      note: null,
      signaleringRelevance: story.counterpart as 'YES',
    });
  for (const told of story.conversations)
    events.push(...conversationEvents(told, story, opening.registrationId, counterpartId, step));
  if (story.correction)
    events.push({
      ...step(),
      type: 'RegistrationCorrected',
      registrationId: opening.registrationId,
      facts: story.correction,
      signaleringRelevance: story.correction.signaleringRelevance,
      reason: 'TYPING_MISTAKE',
    });
  if (story.counterpart !== null && story.counterpartCorrection)
    events.push({
      ...step(),
      type: 'RegistrationCorrected',
      registrationId: counterpartId,
      facts: null,
      signaleringRelevance: 'NOT_ANSWERED',
      reason: 'MISUNDERSTOOD',
    });
  if (story.referral !== null)
    events.push(...referralEvents(story.registeredBy, story.other, story.referral, step));
  if (story.handover !== null)
    events.push(...handoverEvents(story.registeredBy, story.other, story.handover, step));
  return events;
}

type NextStep = () => { caseId: string; occurredAt: Instant };

function conversationEvents(
  told: CaseStory['conversations'][number],
  story: CaseStory,
  registrationId: string,
  counterpartId: string,
  step: NextStep,
): CaseEvent[] {
  const events: CaseEvent[] = [];
  const [piketRequestId, contactId, conversationId] = [randomUUID(), randomUUID(), randomUUID()];
  if (told.request)
    events.push({
      ...step(),
      type: 'PiketRequested',
      piketRequestId,
      askedBy: story.registeredBy,
      askedKind: told.request.askedKind,
      route: 'LOCAL_DESK',
      namedProfessionalId: null,
      area: told.request.area,
      questionKind: 'DIAGNOSIS',
      withoutDesk: null,
      localKnowledgeNeeded: false,
      respondBy: null,
    });
  if (!told.contact) return events;
  events.push({
    ...step(),
    type: 'ContactSucceeded',
    contactId,
    conversationId,
    piketRequestId: told.request ? piketRequestId : null,
    reportedBy: story.registeredBy,
    initiatedBy: told.contact.initiatedBy as 'UNKNOWN',
    reachedKind: told.contact.reachedKind,
    reachedProfessionalId: null,
    channel: 'PHONE',
    attempts: 1,
    delayMinutes: told.contact.delayMinutes,
  });
  if (told.contact.inError)
    return [
      ...events,
      {
        ...step(),
        type: 'FactEnteredInError',
        fact: { kind: 'CONTACT', id: contactId },
        reason: 'DOUBLE_ENTRY',
      },
    ];
  const give = (
    side: 'ASKING' | 'CONSULTED',
    account: ConversationAccount,
    by: Party,
    of: string,
  ): CaseEvent => ({
    ...step(),
    type: 'PiketConversationRecorded',
    conversationId,
    side,
    registrationId: of,
    recordedBy: by,
    account,
  });
  if (told.asking) events.push(give('ASKING', told.asking, story.registeredBy, registrationId));
  if (told.consulted === 'OWN')
    events.push(give('CONSULTED', told.consultedAccount, story.registeredBy, registrationId));
  if (told.consulted === 'COUNTERPART' && story.counterpart !== null)
    events.push(give('CONSULTED', told.consultedAccount, story.other, counterpartId));
  if (told.consulted === 'LINKED') {
    const { caseId, occurredAt } = step();
    events.push({
      caseId,
      occurredAt,
      type: 'RegistrationLinked',
      role: 'HOST',
      hostCaseId: caseId,
      guestCaseId: randomUUID(),
      registrationId: randomUUID(),
      registeredBy: story.other,
      side: 'CONSULTED',
      conversationId,
    });
  }
  if (told.asking && told.correction)
    events.push({
      ...step(),
      type: 'ConversationCorrected',
      conversationId,
      side: 'ASKING',
      account: told.correction,
      reason: 'NEW_INFORMATION',
    });
  if (told.accountInError === null) return events;
  events.push({
    ...step(),
    type: 'FactEnteredInError',
    fact: { kind: 'CONVERSATION_ACCOUNT', id: conversationId, side: told.accountInError as 'ASKING' },
    reason: 'WRONG_CASE',
  });
  if (told.accountInError === 'ASKING' && told.givenAgain)
    events.push(give('ASKING', told.givenAgain, story.registeredBy, registrationId));
  return events;
}

function referralEvents(by: Party, to: Party, accepted: boolean, step: NextStep): CaseEvent[] {
  const referralId = randomUUID();
  return [
    {
      ...step(),
      type: 'CaseReferred',
      referralId,
      referredBy: by,
      to: { organisationId: to.organisationId, organisationKind: to.organisationKind, professionalId: null },
      direction: 'FORWARD',
      warmth: 'COLD',
      handoverId: null,
      toevoegingKind: null,
      coldReason: null,
      respondBy: null,
    },
    accepted
      ? { ...step(), type: 'ReferralAccepted', referralId, acceptedBy: to }
      : { ...step(), type: 'ReferralLapsed', referralId },
  ];
}

function handoverEvents(by: Party, to: Party, stage: string, step: NextStep): CaseEvent[] {
  const handoverId = randomUUID();
  const prepared: HandoverPrepared = {
    ...step(),
    type: 'HandoverPrepared',
    handoverId,
    referralId: null,
    preparedBy: by,
    dossier: sealedValue('dossier'),
  };
  if (stage === 'PREPARED') return [prepared];
  if (stage === 'CONSENT_REFUSED')
    return [prepared, { ...step(), type: 'HandoverConsentRefused', handoverId }];
  const events: CaseEvent[] = [
    prepared,
    { ...step(), type: 'HandoverOffered', handoverId, offeredBy: by, to, respondBy: null },
  ];
  if (stage === 'DECLINED')
    events.push({
      ...step(),
      type: 'HandoverDeclined',
      handoverId,
      declinedBy: to,
      reason: 'NO_CAPACITY',
      explanation: null,
    });
  if (stage === 'ACCEPTED' || stage === 'COMPLETED')
    events.push({ ...step(), type: 'HandoverAccepted', handoverId, acceptedBy: to });
  if (stage === 'COMPLETED')
    events.push({ ...step(), type: 'WarmHandoverCompleted', handoverId, completedBy: to });
  return events;
}

function professionalEvents(
  story: typeof professionalStory extends fc.Arbitrary<infer Story> ? Story : never,
): ProfessionalEvent[] {
  const professionalId = randomUUID();
  let now = hoursAfter(beginning, story.at);
  const step = (): { professionalId: string; occurredAt: Instant } => {
    now = hoursAfter(now, 30 * 24);
    return { professionalId, occurredAt: now };
  };
  const events: ProfessionalEvent[] = [
    {
      ...story.who,
      professionalId,
      type: 'ProfessionalRegistered',
      details: sealedValue('details'),
      occurredAt: now,
    },
  ];
  if (story.moves) events.push({ ...story.moves, ...step(), type: 'ProfessionalMoved' });
  if (story.leaves !== null) {
    events.push({ ...step(), type: 'ProfessionalDeactivated', reason: story.leaves as 'LEFT' });
    if (story.returns) events.push({ ...step(), type: 'ProfessionalReactivated' });
  }
  return events;
}

/** A log of some cases and users, interleaved, by a store whose clock sometimes goes back. */
export const logOfAtMost = (most: {
  readonly cases: number;
  readonly professionals: number;
}): fc.Arbitrary<StoredEvent[]> =>
  fc
    .record({
      cases: fc.array(caseStory, { minLength: 1, maxLength: most.cases }),
      professionals: fc.array(professionalStory, { maxLength: most.professionals }),
      jitter: fc.array(fc.integer({ min: -40, max: 60 }), { minLength: 20, maxLength: 20 }),
    })
    .map(({ cases, professionals, jitter }) => {
      const histories = [...cases.map(caseEvents), ...professionals.map(professionalEvents)];
      const events = histories.flat().sort((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt));
      const start = Date.UTC(2021, 0, 20, 12);
      return logOf(events, {
        storedAt: (index) =>
          new Date(start + (index * 11 + (jitter[index % jitter.length] ?? 0)) * 3_600_000),
      });
    });

/** A log of several cases and users. */
export const anyLog = logOfAtMost({ cases: 12, professionals: 3 });

const anyDay = fc
  .integer({ min: -20, max: 140 })
  .map((days) => hoursAfter(beginning, days * 24).slice(0, 10));

/** A filter over such logs; `asOfShare` places the as-of moment between its first and its last event. */
export const anyFilter: fc.Arbitrary<FigureFilter & { readonly asOfShare: number | undefined }> = fc.record({
  from: fc.option(anyDay, { nil: undefined }),
  to: fc.option(anyDay, { nil: undefined }),
  locationId: fc.option(fc.constantFrom(...locations), { nil: undefined, freq: 1 }),
  clientMunicipality: fc.option(fc.constantFrom('GM0363', 'GM0193'), { nil: undefined, freq: 1 }),
  organisationKind: fc.option(fc.constantFrom(...kinds), { nil: undefined, freq: 1 }),
  line: fc.option(fc.constantFrom('FIRST', 'SECOND'), { nil: undefined, freq: 1 }),
  area: fc.option(fc.constantFrom(...areas), { nil: undefined, freq: 1 }),
  asOfShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined, freq: 2 }),
});
