import { defaultProgrammePolicy } from '../reference/programme-policy.js';
import type { DecisionContext, Instant } from '../shared/decider.js';
import { isRefusal, refuse } from '../shared/refusal.js';
import {
  accepted,
  account,
  after,
  assessed,
  attempted,
  caseId,
  closed,
  completed,
  emergencyTaken,
  consented,
  contact,
  coordinated,
  facts,
  flagged,
  joined,
  offered,
  prepared,
  reached,
  receiver,
  referralAccepted,
  referred,
  registered,
  registration,
  requested,
  step,
  told,
  walled,
} from '../test-support/case-story.js';
import { by, loketMedewerker, otherLawyer, piketLawyer, raadslied, time } from '../test-support/people.js';
import type { Step } from '../test-support/scenario.js';
import type { CaseCommand } from './commands.js';
import { caseDecider } from './decider.js';
import type { CaseState } from './state.js';

interface Example {
  readonly history: readonly Step<CaseCommand>[];
  readonly step: Step<CaseCommand>;
  /** When the step happened that this one answers; null when it answers none. */
  readonly answers: Instant | null;
  /** Whether a process may take it: then nobody is said to have taken it. */
  readonly byProcess?: true;
  readonly onClosedCase?: true;
  readonly onLinkedCase?: true;
}

type Type = CaseCommand['type'];

const raadsliedAt = (clock: string) => by(raadslied, time(clock));
const onRequest = { caseId, piketRequestId: 'request-1' };
const onHandover = { caseId, handoverId: 'handover-1' };
const onReferral = { caseId, referralId: 'referral-1' };
const onToevoeging = { caseId, toevoegingId: 'toevoeging-1' };
const offer = [registered(), prepared(), consented(), offered()];
const applied = step(
  { type: 'RequestToevoeging', ...onToevoeging, ...onReferral, kind: 'LAT' },
  raadsliedAt('13:10'),
);
const link = { guestCaseId: caseId, side: 'CONSULTED', conversationId: null } as const;
const { signaleringRelevance, ...statedFacts } = facts;
const passed = '2021-09-20T12:00:00.000Z';

const imported = (context: DecisionContext): DecisionContext => ({ ...context, mandate: 'IMPORT' });

const ordered = step(
  {
    type: 'OrderClientErasure',
    caseId,
    erasureId: 'erasure-1',
    clientId: registration.clientId,
    organisationId: raadslied.organisationId,
  },
  raadsliedAt('11:00'),
);

const examples: Readonly<Record<Type, Example>> = {
  OrderClientErasure: {
    history: [registered()],
    step: ordered,
    answers: time('09:00'),
    byProcess: true,
    onClosedCase: true,
    onLinkedCase: true,
  },
  RecordClientErasure: {
    history: [registered(), ordered],
    step: step(
      {
        type: 'RecordClientErasure',
        caseId,
        erasureId: 'erasure-1',
        organisationId: raadslied.organisationId,
        keyId: 'key-1',
      },
      raadsliedAt('11:10'),
    ),
    answers: time('11:00'),
    byProcess: true,
    onClosedCase: true,
    onLinkedCase: true,
  },
  RegisterCase: { history: [], step: registered(), answers: null },
  RegisterCaseWithConversation: {
    history: [],
    step: step(
      {
        type: 'RegisterCaseWithConversation',
        caseId,
        registration,
        request: null,
        failedAttempts: [],
        contact,
        account,
        policy: defaultProgrammePolicy,
      },
      raadsliedAt('10:00'),
    ),
    answers: null,
  },
  RegisterCounterpart: {
    history: [registered(), reached()],
    step: joined({
      account: { conversationId: 'conversation-1', account: { ...account, latWithoutDesk: null } },
    }),
    answers: time('09:30'),
    onClosedCase: true,
  },
  LinkRegistrationAsHost: {
    history: [registered(), reached()],
    step: step(
      {
        type: 'LinkRegistrationAsHost',
        caseId,
        guestCaseId: 'guest-case',
        registrationId: 'guest-registration',
        registeredBy: piketLawyer,
        registrationKind: 'SECOND_LINE_RESPONSE_WITHOUT_CODE',
        side: 'CONSULTED',
        conversationId: 'conversation-1',
      },
      by(piketLawyer, time('11:00')),
    ),
    answers: time('09:00'),
    byProcess: true,
    onClosedCase: true,
  },
  LinkRegistrationAsGuest: {
    history: [
      registered({ registrationKind: 'SECOND_LINE_OWN_SIGNALERING' }, by(piketLawyer, time('09:00'))),
    ],
    step: step(
      {
        type: 'LinkRegistrationAsGuest',
        caseId,
        hostCaseId: 'host-case',
        side: 'CONSULTED',
        conversationId: null,
      },
      by(piketLawyer, time('11:00')),
    ),
    answers: time('09:00'),
    byProcess: true,
    onClosedCase: true,
  },
  AssessSelfReliance: { history: [registered()], step: assessed(), answers: time('09:00') },
  AssignCoordinator: {
    history: [registered()],
    step: coordinated(),
    answers: time('09:00'),
    byProcess: true,
  },
  TransferCoordinator: {
    history: [registered(), coordinated()],
    step: step(
      { type: 'TransferCoordinator', caseId, to: loketMedewerker, reason: 'LEFT' },
      raadsliedAt('13:00'),
    ),
    answers: time('09:00'),
    byProcess: true,
  },
  RequestPiket: { history: [registered()], step: requested(), answers: time('09:00') },
  EscalatePiketRequest: {
    history: [registered(), requested()],
    step: step(
      {
        type: 'EscalatePiketRequest',
        ...onRequest,
        to: 'HELPLINE',
        reason: 'WAITING',
        policy: defaultProgrammePolicy,
      },
      raadsliedAt('14:00'),
    ),
    answers: time('09:10'),
    byProcess: true,
  },
  WithdrawPiketRequest: {
    history: [registered(), requested()],
    step: step({ type: 'WithdrawPiketRequest', ...onRequest }, raadsliedAt('10:00')),
    answers: time('09:10'),
  },
  ExpirePiketRequest: {
    history: [registered(), requested()],
    step: step({ type: 'ExpirePiketRequest', ...onRequest }, raadsliedAt('14:00')),
    answers: time('09:10'),
    byProcess: true,
  },
  RecordContactAttempt: { history: [registered(), requested()], step: attempted(), answers: time('09:10') },
  RecordContact: {
    history: [registered(), requested()],
    step: reached({ piketRequestId: 'request-1' }),
    answers: time('09:10'),
  },
  RecordConversation: {
    history: [registered(), reached(), joined()],
    step: told(
      {
        side: 'CONSULTED',
        registrationId: 'counterpart-registration',
        account: { ...account, latWithoutDesk: null },
      },
      by(piketLawyer, time('12:00')),
    ),
    answers: time('09:30'),
    onClosedCase: true,
  },
  ReferCase: { history: [registered()], step: referred(), answers: time('09:00') },
  AcceptReferral: {
    history: [registered(), referred()],
    step: referralAccepted(by(loketMedewerker, time('13:30'))),
    answers: time('13:00'),
  },
  DeclineReferral: {
    history: [registered(), referred()],
    step: step(
      { type: 'DeclineReferral', ...onReferral, reason: 'OTHER', explanation: null },
      by(loketMedewerker, time('13:30')),
    ),
    answers: time('13:00'),
  },
  LapseReferral: {
    history: [registered(), referred()],
    step: step({ type: 'LapseReferral', ...onReferral }, by(raadslied, passed)),
    answers: time('13:00'),
    byProcess: true,
  },
  RequestToevoeging: { history: [registered(), referred()], step: applied, answers: time('13:00') },
  GrantToevoeging: {
    history: [registered(), referred(), applied],
    step: step({ type: 'GrantToevoeging', ...onToevoeging }, raadsliedAt('15:00')),
    answers: time('13:10'),
  },
  RefuseToevoeging: {
    history: [registered(), referred(), applied],
    step: step({ type: 'RefuseToevoeging', ...onToevoeging, ground: 'MEANS' }, raadsliedAt('15:00')),
    answers: time('13:10'),
  },
  PrepareHandover: {
    history: [
      registered(),
      referred({ to: receiver(loketMedewerker), manner: { warmth: 'WARM', handoverId: 'handover-1' } }),
    ],
    step: prepared(),
    answers: time('13:00'),
  },
  GiveHandoverConsent: { history: [registered(), prepared()], step: consented(), answers: time('14:00') },
  RefuseHandoverConsent: {
    history: [registered(), prepared()],
    step: step({ type: 'RefuseHandoverConsent', ...onHandover }, raadsliedAt('14:10')),
    answers: time('14:00'),
  },
  WithdrawHandoverConsent: {
    history: offer,
    step: step({ type: 'WithdrawHandoverConsent', ...onHandover }, raadsliedAt('14:20')),
    answers: time('14:15'),
  },
  OfferHandover: {
    history: [registered(), prepared(), consented()],
    step: offered(),
    answers: time('14:10'),
  },
  AcceptHandover: { history: offer, step: accepted(), answers: time('14:15') },
  DeclineHandover: {
    history: offer,
    step: step(
      { type: 'DeclineHandover', ...onHandover, reason: 'OTHER', explanation: null },
      by(loketMedewerker, time('14:20')),
    ),
    answers: time('14:15'),
  },
  LapseHandover: {
    history: offer,
    step: step({ type: 'LapseHandover', ...onHandover }, by(raadslied, passed)),
    answers: time('14:15'),
    byProcess: true,
  },
  CompleteHandover: { history: [...offer, accepted()], step: completed(), answers: time('14:30') },
  FlagForSignalering: {
    history: [registered()],
    step: flagged(),
    answers: time('09:00'),
    onClosedCase: true,
    onLinkedCase: true,
  },
  WithdrawFlag: {
    history: [registered(), flagged()],
    step: step(
      { type: 'WithdrawFlag', caseId, flagId: 'flag-1', reason: 'DOUBLE_ENTRY' },
      raadsliedAt('16:00'),
    ),
    answers: time('15:30'),
    onClosedCase: true,
    onLinkedCase: true,
  },
  CloseCase: { history: [registered()], step: closed(), answers: time('09:00') },
  ReopenCase: {
    history: [registered(), closed()],
    step: step({ type: 'ReopenCase', caseId, reason: 'NEW_FACTS' }, raadsliedAt('17:00')),
    answers: time('16:00'),
    onClosedCase: true,
  },
  CorrectRegistration: {
    history: [registered()],
    step: step(
      {
        type: 'CorrectRegistration',
        caseId,
        registrationId: 'own-registration',
        facts: { ...statedFacts, channel: 'PHONE' },
        signaleringRelevance,
        flagId: 'flag-1',
        reason: 'TYPING_MISTAKE',
      },
      raadsliedAt('12:00'),
    ),
    answers: time('09:00'),
    onClosedCase: true,
    onLinkedCase: true,
  },
  CorrectConversation: {
    history: [registered(), reached(), told()],
    step: step(
      {
        type: 'CorrectConversation',
        caseId,
        conversationId: 'conversation-1',
        side: 'ASKING',
        account: { ...account, rating: 4 },
        reason: 'TYPING_MISTAKE',
      },
      raadsliedAt('12:00'),
    ),
    answers: time('10:00'),
    onClosedCase: true,
    onLinkedCase: true,
  },
  EnterFactInError: {
    history: [registered(), requested(), attempted()],
    step: step(
      {
        type: 'EnterFactInError',
        caseId,
        fact: { kind: 'CONTACT_ATTEMPT', id: 'attempt-1' },
        reason: 'WRONG_CASE',
      },
      raadsliedAt('12:00'),
    ),
    answers: time('09:15'),
    onClosedCase: true,
    onLinkedCase: true,
  },
  RaiseConflictWall: {
    history: [registered()],
    step: walled({ against: { organisationId: otherLawyer.organisationId } }),
    answers: time('09:00'),
    onClosedCase: true,
    onLinkedCase: true,
  },
  LiftConflictWall: {
    history: [registered(), walled()],
    step: step({ type: 'LiftConflictWall', caseId, wallId: 'wall-1' }, raadsliedAt('17:00')),
    answers: time('16:10'),
    onClosedCase: true,
    onLinkedCase: true,
  },
  TakeEmergencyAccess: {
    history: [registered()],
    step: emergencyTaken(),
    answers: time('09:00'),
    onClosedCase: true,
    onLinkedCase: true,
  },
  ReviewEmergencyAccess: {
    history: [registered(), emergencyTaken()],
    step: step(
      {
        type: 'ReviewEmergencyAccess',
        caseId,
        emergencyId: 'emergency-1',
        verdict: 'JUSTIFIED',
        note: null,
      },
      raadsliedAt('18:00'),
    ),
    answers: time('16:20'),
    onClosedCase: true,
    onLinkedCase: true,
  },
};

const all = Object.entries(examples);
const onExistingCase = all.filter(([, { history }]) => history.length > 0);
/** An erasure may be told to a case before it is registered, which then never is. */
const needsCase = onExistingCase.filter(([, { step }]) => !step.command.type.endsWith('ClientErasure'));

const decide = (example: Example, context: DecisionContext, state: CaseState = after(...example.history)) =>
  caseDecider.decide(example.step.command, state, context);

const isAccepted = (decision: ReturnType<typeof decide>): boolean =>
  !isRefusal(decision) && decision.length > 0;

describe('every step', () => {
  it.each(all)('%s is accepted where it fits', (_, example) => {
    expect(isAccepted(decide(example, example.step.context))).toBe(true);
  });

  it.each(all)('%s does not happen in the future', (_, example) => {
    const { recordedAt } = example.step.context;
    const occurredAt = '2021-10-01T00:00:00.000Z';
    expect(decide(example, { ...example.step.context, occurredAt })).toEqual(
      refuse('OCCURRED_IN_FUTURE', {
        rule: 'two times',
        field: 'occurredAt',
        facts: { occurredAt, recordedAt },
      }),
    );
  });

  it.each(onExistingCase)('%s does not happen before what it answers', (_, example) => {
    const { answers: notBefore } = example;
    const occurredAt = new Date(Date.parse(notBefore ?? '') - 1).toISOString();
    expect(decide(example, { ...example.step.context, occurredAt })).toEqual(
      refuse('OCCURRED_BEFORE_STEP', {
        rule: 'two times',
        field: 'occurredAt',
        facts: { occurredAt, notBefore },
      }),
    );
  });

  it.each(onExistingCase)('%s may happen in the same minute as what it answers', (_, example) => {
    expect(isAccepted(decide(example, { ...example.step.context, occurredAt: example.answers ?? '' }))).toBe(
      true,
    );
  });

  it.each(onExistingCase)('%s follows what it answers, on a machine whose clock is behind', (_, example) => {
    const { answers: notBefore } = example;
    const now = new Date(Date.parse(notBefore ?? '') - 120_000).toISOString();
    const behind = { ...example.step.context, occurredAt: now, recordedAt: now };
    const decision = decide(example, { ...behind, occursNow: true });
    // What is not due yet stays so, whatever the clocks say.
    if (isRefusal(decision)) expect(decision.code).toBe('NOT_DUE_YET');
    else expect(decision[0]?.occurredAt).toBe(notBefore);
    expect(decide(example, behind)).toMatchObject({ code: 'OCCURRED_BEFORE_STEP' });
  });

  it.each(all)('%s is recorded within thirty days, or imported', (_, example) => {
    const context = { ...example.step.context, recordedAt: '2022-06-01T00:00:00.000Z' };
    expect(decide(example, context)).toMatchObject({ code: 'OCCURRED_TOO_LONG_AGO' });
    expect(isAccepted(decide(example, imported(context)))).toBe(true);
  });

  it.each(needsCase)('%s needs a case that exists', (_, example) => {
    expect(decide(example, example.step.context, caseDecider.initialState)).toEqual(
      refuse('CASE_NOT_FOUND', { field: 'caseId' }),
    );
  });

  it.each(all)('%s is taken by a person, unless it says nothing of who took it', (_, example) => {
    const actor = { kind: 'SYSTEM', process: 'deadlines' } as const;
    const decision = decide(example, { ...example.step.context, actor });
    if (example.byProcess) expect(isAccepted(decision)).toBe(true);
    else expect(decision).toEqual(refuse('PROFESSIONAL_REQUIRED', { facts: { process: 'deadlines' } }));
  });

  it.each(onExistingCase)('%s is accepted on a closed case only as rule 10 names it', (_, example) => {
    const before = after(...example.history);
    const closing = caseDecider.evolve(before, {
      type: 'CaseClosed',
      caseId,
      occurredAt: time('16:00'),
      closedBy: raadslied,
      outcome: 'SOLVED',
      solution: 'ADVICE',
      solvedInFirstLine: null,
    });
    const late = { ...example.step.context, occurredAt: passed, recordedAt: passed };
    const decision = decide(example, late, closing);
    if (example.onClosedCase) expect(isAccepted(decision)).toBe(true);
    else {
      expect(decision).toEqual(
        refuse('CASE_CLOSED', { rule: 'rule 10', facts: { closedAt: time('16:00') } }),
      );
    }
  });

  it.each(onExistingCase)('%s is accepted on a linked case only as rule 8 names it', (_, example) => {
    const linked = caseDecider.evolve(after(...example.history), {
      type: 'RegistrationLinked',
      caseId,
      occurredAt: time('16:00'),
      role: 'GUEST',
      hostCaseId: 'another-host',
      registrationId: 'own-registration',
      registeredBy: raadslied,
      ...link,
    });
    const decision = decide(example, example.step.context, linked);
    if (example.onLinkedCase) expect(isAccepted(decision)).toBe(true);
    else {
      expect(decision).toEqual(
        refuse('CASE_LINKED_ELSEWHERE', { rule: 'rule 8', facts: { hostCaseId: 'another-host' } }),
      );
    }
  });
});
