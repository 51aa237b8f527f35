import fc from 'fast-check';
import type { CaseCommand } from '../case/commands.js';
import { caseDecider } from '../case/decider.js';
import type { CaseEvent, Party } from '../case/events.js';
import { byId, type CaseState } from '../case/state.js';
import { defaultProgrammePolicy } from '../reference/programme-policy.js';
import type { DecisionContext } from '../shared/decider.js';
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
} from './case-story.js';
import {
  by,
  deadlines,
  loketMedewerker,
  otherLawyer,
  piketLawyer,
  raadslied,
  sealed,
  wijkteam,
} from './people.js';

export const people = [raadslied, loketMedewerker, piketLawyer, otherLawyer, wijkteam] as const;
const person = fc.constantFrom(...people);
/** Few ids, so that steps often meet. */
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
      indicators: fc.option(fc.constant(sealed('indicators'))),
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
      explanation: fc.option(fc.constant(sealed('explanation'))),
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
      explanation: fc.option(fc.constant(sealed('explanation'))),
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
    weight: 2,
    arbitrary: fc.record({
      ...of('RaiseConflictWall'),
      wallId: oneOrTwo('wall'),
      against: fc.oneof(
        person.map(({ professionalId }) => ({ professionalId })),
        person.map(({ organisationId }) => ({ organisationId })),
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ ...of('LiftConflictWall'), wallId: oneOrTwo('wall') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...of('TakeEmergencyAccess'),
      emergencyId: oneOrTwo('emergency'),
      reason: fc.constant(sealed('emergency reason')),
      minutes: fc.constantFrom(null, 30),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...of('ReviewEmergencyAccess'),
      emergencyId: oneOrTwo('emergency'),
      verdict: fc.constantFrom('JUSTIFIED' as const, 'NOT_JUSTIFIED' as const),
      note: fc.constant(null),
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
/** What may be tried on a case, one after the other. */
export const walk = fc.array(move, { minLength: 60, maxLength: 160 });

/** The same, and sometimes short. */
export const walkOfAnyLength = fc.array(move, { maxLength: 120 });

/** A step that was accepted. */
export interface Walked {
  readonly events: readonly CaseEvent[];
  readonly context: DecisionContext;
}

/** Takes every step that is accepted, each a while after the one before; a repeat of it must yield nothing. */
export const take = (
  moves: readonly (typeof move extends fc.Arbitrary<infer Move> ? Move : never)[],
): Walked[] => {
  const opening = registered();
  let clock = Date.parse(opening.context.recordedAt);
  let state = caseDecider.initialState;
  const walked: Walked[] = [];
  const advance = (tried: CaseCommand, context: DecisionContext) => {
    const decision = caseDecider.decide(tried, state, context);
    if (isRefusal(decision)) return;
    state = decision.reduce(caseDecider.evolve, state);
    const again = caseDecider.decide(tried, state, context);
    if (isRefusal(again) || again.length > 0) throw new Error(`a repeat of ${tried.type} is not nothing`);
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

/** Every event of a walk. */
export const eventsOf = (walked: readonly Walked[]) => walked.flatMap(({ events }) => events);
