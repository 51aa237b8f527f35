import fc from 'fast-check';
import { defaultProgrammePolicy } from '../reference/programme-policy.js';
import type { DecisionContext } from '../shared/decider.js';
import { isSecondLine } from '../shared/lines.js';
import { isRefusal } from '../shared/refusal.js';
import {
  account,
  caseId,
  contact,
  consultedAccount,
  facts,
  question,
  receiver,
  registered,
  registration,
} from '../test-support/case-story.js';
import {
  by,
  deadlines,
  loketMedewerker,
  otherLawyer,
  piketLawyer,
  raadslied,
  sealed,
  wijkteam,
} from '../test-support/people.js';
import type { CaseCommand } from './commands.js';
import { caseDecider } from './decider.js';
import type { CaseEvent, Party } from './events.js';
import { byId, type CaseState } from './state.js';

const people = [raadslied, loketMedewerker, piketLawyer, otherLawyer, wijkteam] as const;
const person = fc.constantFrom(...people);
const oneOrTwo = (name: string) => fc.constantFrom(`${name}-1`, `${name}-2`);
const side = fc.constantFrom('ASKING' as const, 'CONSULTED' as const);
const registrationId = fc.constantFrom('own-registration', 'registration-1', 'registration-2');
const correctionReason = fc.constantFrom('TYPING_MISTAKE' as const, 'WRONG_CASE' as const);
const policy = fc.constantFrom(defaultProgrammePolicy, {
  ...defaultProgrammePolicy,
  consultedLawyerMayReceiveFrom: ['SOCIAAL_RAADSLIEDEN'] as const,
  attemptsBeforeEscalation: 1,
});
const of = <Type extends CaseCommand['type']>(type: Type) => ({
  type: fc.constant(type),
  caseId: fc.constant(caseId),
});
const contactFacts = fc.record({
  contactId: oneOrTwo('contact'),
  conversationId: oneOrTwo('conversation'),
  initiatedBy: side,
  reachedKind: fc.constant('ADVOCATUUR' as const),
  reachedProfessionalId: fc.constantFrom('piket-lawyer', null),
  channel: fc.constant('PHONE' as const),
  attempts: fc.constant(null),
  delayMinutes: fc.constant(null),
});
const accounts = fc.constantFrom(account, consultedAccount, { ...consultedAccount, rating: 5 });
const piketRequestId = oneOrTwo('request');
const referralId = oneOrTwo('referral');
const handoverId = fc.constantFrom('handover-1', 'handover-1', 'handover-2');
const toevoegingId = oneOrTwo('toevoeging');
const flagId = oneOrTwo('flag');

/** Anything that anybody might try on one case, with few enough ids, and weights, that steps often meet. */
const command: fc.Arbitrary<CaseCommand> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      ...of('RegisterCounterpart'),
      registrationId,
      side,
      note: fc.constant(null),
      signaleringRelevance: fc.constantFrom('YES' as const, 'NOT_ASKED' as const),
      flagId,
      contact: fc.constant(null),
      account: fc.option(fc.record({ conversationId: oneOrTwo('conversation'), account: accounts })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...of('LinkRegistrationAsHost'),
      guestCaseId: fc.constant('guest-case'),
      registrationId,
      registeredBy: fc.constant(otherLawyer),
      registrationKind: fc.constant('SECOND_LINE_RESPONSE_WITHOUT_CODE' as const),
      side,
      conversationId: fc.option(oneOrTwo('conversation')),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...of('AssessSelfReliance'),
      assessmentId: oneOrTwo('assessment'),
      outcome: fc.constantFrom('NOT_SELF_RELIANT' as const, 'PARTLY' as const),
      wronglyAssumed: fc.boolean(),
      indicators: fc.constant(null),
    }),
  },
  { weight: 2, arbitrary: fc.record({ ...of('AssignCoordinator'), coordinator: person }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...of('TransferCoordinator'),
      to: person,
      reason: fc.constant('AGREED' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...of('RequestPiket'),
      piketRequestId,
      askedKind: fc.constant(question.askedKind),
      to: fc.constantFrom({ route: 'LOCAL_DESK' as const }, { route: 'HELPLINE' as const }),
      area: fc.constant(question.area),
      questionKind: fc.constant(question.questionKind),
      withoutDesk: fc.constant(question.withoutDesk),
      localKnowledgeNeeded: fc.boolean(),
      policy,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...of('EscalatePiketRequest'),
      piketRequestId,
      to: fc.constantFrom('NEXT_ON_ROSTER' as const, 'HELPLINE' as const),
      reason: fc.constantFrom('ATTEMPTS' as const, 'WAITING' as const, 'JUDGEMENT' as const),
      policy,
    }),
  },
  { weight: 2, arbitrary: fc.record({ ...of('WithdrawPiketRequest'), piketRequestId }) },
  { weight: 2, arbitrary: fc.record({ ...of('ExpirePiketRequest'), piketRequestId }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...of('RecordContactAttempt'),
      attemptId: oneOrTwo('attempt'),
      piketRequestId,
      result: fc.constant('NO_ANSWER' as const),
      callBackAt: fc.constant(null),
    }),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({ ...of('RecordContact'), contact: contactFacts, piketRequestId: fc.option(piketRequestId) })
      .map(({ contact: reached, ...rest }) => ({ ...rest, ...reached })),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      ...of('RecordConversation'),
      conversationId: oneOrTwo('conversation'),
      side,
      registrationId,
      account: accounts,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...of('ReferCase'),
      referralId,
      to: person.map(receiver),
      manner: fc.oneof(
        fc.constant({ warmth: 'COLD' as const, coldReason: null }),
        fc.constant({ warmth: 'COLD' as const, coldReason: sealed('reason') }),
        handoverId.map((id) => ({ warmth: 'WARM' as const, handoverId: id })),
      ),
      toevoegingKind: fc.constant(null),
      policy,
    }),
  },
  { weight: 2, arbitrary: fc.record({ ...of('AcceptReferral'), referralId, policy }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...of('DeclineReferral'),
      referralId,
      reason: fc.constant('NO_CAPACITY' as const),
      explanation: fc.constant(null),
    }),
  },
  { weight: 2, arbitrary: fc.record({ ...of('LapseReferral'), referralId }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...of('RequestToevoeging'),
      toevoegingId,
      referralId: fc.option(referralId),
      kind: fc.constant('REGULAR' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ ...of('GrantToevoeging'), toevoegingId }) },
  {
    weight: 2,
    arbitrary: fc.record({ ...of('RefuseToevoeging'), toevoegingId, ground: fc.constant('MEANS' as const) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      ...of('PrepareHandover'),
      handoverId,
      referralId: fc.constant(null),
      dossier: fc.constant(sealed('dossier')),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ ...of('GiveHandoverConsent'), handoverId, form: fc.constant('ORAL' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ ...of('RefuseHandoverConsent'), handoverId }) },
  { weight: 1, arbitrary: fc.record({ ...of('WithdrawHandoverConsent'), handoverId }) },
  { weight: 8, arbitrary: fc.record({ ...of('OfferHandover'), handoverId, to: person, policy }) },
  { weight: 12, arbitrary: fc.record({ ...of('AcceptHandover'), handoverId }) },
  {
    weight: 4,
    arbitrary: fc.record({
      ...of('DeclineHandover'),
      handoverId,
      reason: fc.constant('OTHER' as const),
      explanation: fc.constant(null),
    }),
  },
  { weight: 2, arbitrary: fc.record({ ...of('LapseHandover'), handoverId }) },
  { weight: 12, arbitrary: fc.record({ ...of('CompleteHandover'), handoverId }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...of('FlagForSignalering'),
      flagId,
      registrationId,
      kind: fc.constant('GOES_WELL' as const),
      themes: fc.constant([]),
      selfRelianceWronglyAssumed: fc.boolean(),
      gapInLegalAid: fc.boolean(),
      bestPracticeCandidate: fc.boolean(),
      note: fc.constant(null),
    }),
  },
  { weight: 2, arbitrary: fc.record({ ...of('WithdrawFlag'), flagId, reason: correctionReason }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ...of('CloseCase'),
      outcome: fc.constantFrom('SOLVED' as const, 'HANDED_OVER' as const),
      solution: fc.constant('ADVICE' as const),
      solvedInFirstLine: fc.constant(null),
    }),
  },
  { weight: 6, arbitrary: fc.record({ ...of('ReopenCase'), reason: fc.constant('NEW_FACTS' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...of('CorrectRegistration'),
      registrationId,
      facts: fc.constantFrom(null, facts),
      signaleringRelevance: fc.constantFrom('YES' as const, 'NO' as const),
      flagId,
      reason: correctionReason,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      ...of('CorrectConversation'),
      conversationId: oneOrTwo('conversation'),
      side,
      account: accounts,
      reason: correctionReason,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...of('EnterFactInError'),
      fact: fc.oneof(
        fc.record({ kind: fc.constant('CONTACT' as const), id: oneOrTwo('contact') }),
        fc.record({ kind: fc.constant('CONTACT_ATTEMPT' as const), id: oneOrTwo('attempt') }),
        fc.record({
          kind: fc.constant('CONVERSATION_ACCOUNT' as const),
          id: oneOrTwo('conversation'),
          side,
        }),
        fc.record({ kind: fc.constant('SELF_RELIANCE_ASSESSMENT' as const), id: oneOrTwo('assessment') }),
        fc.record({ kind: fc.constant('TOEVOEGING' as const), id: toevoegingId }),
      ),
      reason: correctionReason,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant<CaseCommand>({
      type: 'RegisterCaseWithConversation',
      caseId,
      registration,
      request: null,
      failedAttempts: [],
      contact,
      account: null,
      policy: defaultProgrammePolicy,
    }),
  },
);

const move = fc.record({
  command,
  party: person,
  /** Whether a handover is answered by whom it was offered to, if that is known, rather than by whoever comes along. */
  byReceiver: fc.boolean(),
  process: fc.boolean(),
  hoursLater: fc.nat({ max: 9 }),
});
const walk = fc.array(move, { minLength: 60, maxLength: 160 });

interface Walked {
  readonly events: readonly CaseEvent[];
  readonly context: DecisionContext;
}

/** Takes every step that is accepted, each a while after the one before; a repeat of it must yield nothing. */
const take = (moves: readonly (typeof move extends fc.Arbitrary<infer Move> ? Move : never)[]): Walked[] => {
  const opening = registered();
  let clock = Date.parse(opening.context.recordedAt);
  let state = caseDecider.initialState;
  const walked: Walked[] = [];
  const advance = (tried: CaseCommand, context: DecisionContext) => {
    const decision = caseDecider.decide(tried, state, context);
    if (isRefusal(decision)) return;
    state = decision.reduce(caseDecider.evolve, state);
    expect(caseDecider.decide(tried, state, context)).toEqual([]);
    walked.push({ events: decision, context });
  };
  advance(opening.command, opening.context);
  for (const { command: tried, party, byReceiver, process, hoursLater } of moves) {
    clock += hoursLater * 3_600_000 + 1;
    const now = new Date(clock).toISOString();
    const actor = (byReceiver && receiverOf(tried, state)) || party;
    advance(tried, process && !byReceiver ? deadlines(now) : by(actor, now));
  }
  return walked;
};

const receiverOf = (tried: CaseCommand, state: CaseState): Party | null => {
  if (state.status === 'NOT_REGISTERED' || !('handoverId' in tried)) return null;
  const handover = byId(state.handovers, tried.handoverId);
  return handover && handover.status !== 'PREPARED' ? handover.offer.to : null;
};

const eventsOf = (walked: readonly Walked[]) => walked.flatMap(({ events }) => events);

const ofType = <Type extends CaseEvent['type']>(events: readonly CaseEvent[], type: Type) =>
  events.filter((event): event is Extract<CaseEvent, { type: Type }> => event.type === type);

const holdsOnEveryWalk = (invariant: (walked: readonly Walked[]) => void) => {
  fc.assert(
    fc.property(walk, (moves) => {
      invariant(take(moves));
    }),
    { numRuns: 150 },
  );
};

/** Runs over every event with what came before it. */
const eachWithPast = (
  walked: readonly Walked[],
  check: (event: CaseEvent, past: readonly CaseEvent[]) => void,
) => {
  const events = eventsOf(walked);
  events.forEach((event, index) => {
    check(event, events.slice(0, index));
  });
};

describe('whatever people try on a case', () => {
  it('meets every kind of event, so that the rules below are put to the test', () => {
    const seen = new Set(
      fc
        .sample(walk, { numRuns: 400, seed: 1 })
        .flatMap((moves) => eventsOf(take(moves)).map(({ type }) => type)),
    );
    expect([...seen].sort()).toEqual(
      [
        'CaseClosed',
        'CaseReferred',
        'CaseRegistered',
        'CaseReopened',
        'ContactAttempted',
        'ContactSucceeded',
        'ConversationCorrected',
        'CoordinatorAssigned',
        'CoordinatorTransferred',
        'CounterpartRegistered',
        'FactEnteredInError',
        'FlagWithdrawn',
        'FlaggedForSignalering',
        'HandoverAccepted',
        'HandoverConsentGiven',
        'HandoverConsentRefused',
        'HandoverConsentWithdrawn',
        'HandoverDeclined',
        'HandoverLapsed',
        'HandoverOffered',
        'HandoverPrepared',
        'PiketConversationRecorded',
        'PiketRequestEscalated',
        'PiketRequestExpired',
        'PiketRequestWithdrawn',
        'PiketRequested',
        'ReferralAccepted',
        'ReferralDeclined',
        'ReferralLapsed',
        'RegistrationCorrected',
        'RegistrationLinked',
        'SelfRelianceAssessed',
        'ToevoegingGranted',
        'ToevoegingRefused',
        'ToevoegingRequested',
        'WarmHandoverCompleted',
      ].sort(),
    );
  });

  it('nobody gives an account of a conversation without a contact', () => {
    holdsOnEveryWalk((walked) => {
      eachWithPast(walked, (event, past) => {
        if (event.type !== 'PiketConversationRecorded') return;
        const contacts = ofType(past, 'ContactSucceeded').filter(
          ({ conversationId }) => conversationId === event.conversationId,
        );
        expect(contacts).toHaveLength(1);
      });
    });
  });

  it('each side has at most one account of a conversation that stands', () => {
    holdsOnEveryWalk((walked) => {
      const standing = new Map<string, number>();
      for (const event of eventsOf(walked)) {
        if (
          event.type === 'PiketConversationRecorded' ||
          (event.type === 'RegistrationLinked' && event.conversationId)
        ) {
          const key = `${event.conversationId ?? ''} ${event.side}`;
          standing.set(key, (standing.get(key) ?? 0) + 1);
        }
        if (event.type === 'FactEnteredInError' && event.fact.kind === 'CONVERSATION_ACCOUNT') {
          const key = `${event.fact.id} ${event.fact.side}`;
          standing.set(key, (standing.get(key) ?? 0) - 1);
        }
        expect([...standing.values()].every((count) => count === 0 || count === 1)).toBe(true);
      }
    });
  });

  it('a rating is 1 to 10 or absent, and the consulted side is not asked about a LAT', () => {
    holdsOnEveryWalk((walked) => {
      for (const event of eventsOf(walked)) {
        if (event.type !== 'PiketConversationRecorded' && event.type !== 'ConversationCorrected') continue;
        expect(
          event.account.rating === null || (event.account.rating >= 1 && event.account.rating <= 10),
        ).toBe(true);
        expect(event.account.latWithoutDesk === null).toBe(event.side === 'CONSULTED');
      }
    });
  });

  it('a completed handover was accepted by the receiver, with consent that nobody took back', () => {
    holdsOnEveryWalk((walked) => {
      eachWithPast(walked, (event, past) => {
        if (event.type !== 'WarmHandoverCompleted') return;
        const its = past.filter(
          (earlier) => 'handoverId' in earlier && earlier.handoverId === event.handoverId,
        );
        const offer = ofType(its, 'HandoverOffered').at(-1);
        const sinceOffer = its.slice(its.findLastIndex(({ type }) => type === 'HandoverOffered'));
        expect(offer?.to).toEqual(event.completedBy);
        expect(ofType(sinceOffer, 'HandoverAccepted').map(({ acceptedBy }) => acceptedBy)).toEqual([
          event.completedBy,
        ]);
        expect(sinceOffer.map(({ type }) => type)).not.toContain('HandoverConsentWithdrawn');
        const consent = its.findLast(({ type }) => type.startsWith('HandoverConsent'));
        expect(consent?.type).toBe('HandoverConsentGiven');
        expect(ofType(its, 'HandoverPrepared')).toHaveLength(1);
      });
    });
  });

  it('a case is never closed while a client is between two desks', () => {
    holdsOnEveryWalk((walked) => {
      const between = new Set<string>();
      for (const event of eventsOf(walked)) {
        if (event.type === 'HandoverOffered') between.add(event.handoverId);
        if (
          event.type === 'WarmHandoverCompleted' ||
          event.type === 'HandoverDeclined' ||
          event.type === 'HandoverLapsed' ||
          event.type === 'HandoverConsentWithdrawn'
        ) {
          between.delete(event.handoverId);
        }
        if (event.type === 'CaseClosed') expect([...between]).toEqual([]);
      }
    });
  });

  it('a closed case accepts only what rule 10 names', () => {
    const named: readonly CaseEvent['type'][] = [
      'CounterpartRegistered',
      'RegistrationLinked',
      'PiketConversationRecorded',
      'RegistrationCorrected',
      'ConversationCorrected',
      'FactEnteredInError',
      'FlaggedForSignalering',
      'FlagWithdrawn',
      'CaseReopened',
    ];
    holdsOnEveryWalk((walked) => {
      let isClosed = false;
      for (const { events } of walked) {
        if (isClosed) expect(named).toEqual(expect.arrayContaining(events.map(({ type }) => type)));
        for (const { type } of events) {
          if (type === 'CaseClosed') isClosed = true;
          if (type === 'CaseReopened') isClosed = false;
        }
      }
    });
  });

  it('the second line never coordinates', () => {
    const lineOf = (party: Party) => isSecondLine(party.organisationKind);
    holdsOnEveryWalk((walked) => {
      const events = eventsOf(walked);
      expect(ofType(events, 'CoordinatorAssigned').some(({ coordinator }) => lineOf(coordinator))).toBe(
        false,
      );
      expect(ofType(events, 'CoordinatorTransferred').some(({ to }) => lineOf(to))).toBe(false);
    });
  });

  it('a referral is answered once, and a warm one goes with its handover', () => {
    holdsOnEveryWalk((walked) => {
      for (const { events } of walked) {
        for (const event of events) {
          if (event.type !== 'ReferralAccepted' && event.type !== 'ReferralLapsed') continue;
          const referral = ofType(eventsOf(walked), 'CaseReferred').find(
            ({ referralId: id }) => id === event.referralId,
          );
          const handoverStep = event.type === 'ReferralAccepted' ? 'HandoverAccepted' : 'HandoverLapsed';
          expect(events.some(({ type }) => type === handoverStep)).toBe(referral?.warmth === 'WARM');
        }
      }
      const answers = eventsOf(walked).filter(
        ({ type }) => type === 'ReferralAccepted' || type === 'ReferralLapsed',
      );
      const ids = answers.map((answer) => ('referralId' in answer ? answer.referralId : null));
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  it('nothing happens after it was recorded', () => {
    holdsOnEveryWalk((walked) => {
      for (const { events, context } of walked) {
        expect(events.every(({ occurredAt }) => occurredAt <= context.recordedAt)).toBe(true);
      }
    });
  });
});
