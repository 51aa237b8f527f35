import type { Party } from '../case/events.js';
import { actOf } from '../case/rules/acting.js';
import type { Day, Decider, Decision, DecisionContext, Instant } from '../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../shared/refusal.js';
import { timeOfStep } from '../shared/step-time.js';
import { dayInNetherlands, hoursAfter } from '../shared/time.js';
import { objectionTo, type ErasableCase } from './erasable-case.js';
import type {
  DestroyedKey,
  ErasureCompleted,
  ErasureEvent,
  ErasureGround,
  ErasureObjection,
  ErasureOrdered,
  ErasurePostponed,
  ErasureRefusalGround,
  ErasureRefused,
  ErasureRequested,
  IdentityCheck,
  KeptCase,
} from './events.js';
import type { RetentionTerm } from './retention.js';

/** Takes a request in. The handler checked that the organisation holds data of this client. */
export interface RequestErasure {
  readonly type: 'RequestErasure';
  readonly erasureId: string;
  readonly clientId: string;
  readonly ground: ErasureGround;
  readonly identityCheck: IdentityCheck | null;
  readonly caseId: string | null;
}

/** Turns a request down for good, in the cases on which whoever refuses may decide. */
export interface RefuseErasure {
  readonly type: 'RefuseErasure';
  readonly erasureId: string;
  readonly ground: ErasureRefusalGround;
  /** Cases on which whoever refuses may not decide: they are not refused. */
  readonly left: readonly string[];
}

/** Lets a request wait. */
export interface PostponeErasure {
  readonly type: 'PostponeErasure';
  readonly erasureId: string;
  readonly ground: ErasureRefusalGround | ErasureObjection;
  readonly until: Day;
}

/** Orders what nothing stands against. */
export interface OrderErasure {
  readonly type: 'OrderErasure';
  readonly erasureId: string;
  /** Every case in which the organisation holds data of the client now and on which whoever orders may decide. */
  readonly cases: readonly ErasableCase[];
  /** The other ones. */
  readonly left: readonly string[];
  readonly retention: RetentionTerm;
}

/** A privacy officer confirms that one case, which nobody needs to keep any longer, is erased: request and order in one. */
export interface EraseAfterRetention {
  readonly type: 'EraseAfterRetention';
  readonly erasureId: string;
  readonly clientId: string;
  readonly erasable: ErasableCase;
  readonly retention: RetentionTerm;
}

/** States that everything ordered is done. */
export interface CompleteErasure {
  readonly type: 'CompleteErasure';
  readonly erasureId: string;
  readonly destroyed: readonly DestroyedKey[];
}

/** What can be asked of an erasure. */
export type ErasureCommand =
  RequestErasure | RefuseErasure | PostponeErasure | OrderErasure | EraseAfterRetention | CompleteErasure;

/** An erasure, folded from `erasure-<id>`. */
export type ErasureState = { readonly status: 'NOT_REQUESTED' } | RequestedErasure;

/** An erasure that somebody asked for, by how far it is. */
export type RequestedErasure = ErasureFile &
  (
    | { readonly status: 'REQUESTED' }
    | { readonly status: 'REFUSED'; readonly refused: ErasureRefusalGround }
    | {
        readonly status: 'POSTPONED';
        readonly postponed: { readonly ground: ErasurePostponed['ground']; readonly until: Day };
      }
    | OrderedErasure
  );

interface OrderedErasure {
  readonly status: 'ORDERED' | 'COMPLETED';
  readonly caseIds: readonly string[];
  readonly kept: readonly KeptCase[];
  readonly left: readonly string[];
}

interface ErasureFile {
  readonly erasureId: string;
  readonly clientId: string;
  readonly organisationId: string;
  readonly ground: ErasureGround;
  readonly caseId: string | null;
  readonly requestedAt: Instant;
}

/** Within how many days a client is answered: the shortest month (AVG art. 12(3)). */
const daysToAnswer = 28;

/** How long a backup of the key database may live (docs/operations/backup.md). */
const daysBackupsLive = 30;

const decide = (
  command: ErasureCommand,
  state: ErasureState,
  context: DecisionContext,
): Decision<ErasureEvent> => {
  switch (command.type) {
    case 'RequestErasure':
      return request(command, state, context);
    case 'RefuseErasure':
      return undecided(state, context, isRefusedWith(command), (file, by, at) => [
        refused(file, by, at, command),
      ]);
    case 'PostponeErasure':
      return undecided(state, context, isPostponedWith(command), (file, by, at) =>
        postpone(command, file, by, at, context),
      );
    case 'OrderErasure':
      return undecided(state, context, isOrdered, (file, by, at) => order(command, file, by, at, context));
    case 'EraseAfterRetention':
      return eraseAfterRetention(command, state, context);
    case 'CompleteErasure':
      return complete(command, state, context);
    default:
      return command satisfies never;
  }
};

const request = (
  { erasureId, clientId, ground, identityCheck, caseId }: RequestErasure,
  state: ErasureState,
  context: DecisionContext,
): Decision<ErasureRequested> => {
  if (state.status !== 'NOT_REQUESTED') return [];
  const act = guardOf(context, null);
  if (isRefusal(act)) return act;
  if ((ground === 'CLIENT_REQUEST') !== (identityCheck !== null)) {
    return refuse('ERASURE_IDENTITY_NOT_CHECKED', { rule: 'AVG art. 12(6)', field: 'identityCheck' });
  }
  return [
    {
      type: 'ErasureRequested',
      erasureId,
      clientId,
      organisationId: act.by.organisationId,
      ground,
      identityCheck,
      caseId,
      requestedBy: act.by,
      answerBy: hoursAfter(act.at, daysToAnswer * 24),
      occurredAt: act.at,
    },
  ];
};

/** A decision on a request that waits for one, by the organisation whose data it is about; others see no such request. */
const undecided = (
  state: ErasureState,
  context: DecisionContext,
  isDone: (state: RequestedErasure) => boolean,
  decision: (file: RequestedErasure, by: Party, at: Instant) => Decision<ErasureEvent>,
): Decision<ErasureEvent> => {
  if (state.status === 'NOT_REQUESTED') return refuse('ERASURE_NOT_FOUND', { field: 'erasureId' });
  const act = guardOf(context, state.requestedAt);
  if (isRefusal(act)) return act;
  if (act.by.organisationId !== state.organisationId)
    return refuse('ERASURE_NOT_FOUND', { field: 'erasureId' });
  if (isDone(state)) return [];
  if (state.status !== 'REQUESTED' && state.status !== 'POSTPONED') {
    return refuse('ERASURE_ALREADY_DECIDED', { field: 'erasureId', facts: { status: state.status } });
  }
  return decision(state, act.by, act.at);
};

const isRefusedWith =
  ({ ground }: RefuseErasure) =>
  (state: RequestedErasure): boolean =>
    state.status === 'REFUSED' && state.refused === ground;

const isPostponedWith =
  ({ ground, until }: PostponeErasure) =>
  (state: RequestedErasure): boolean =>
    state.status === 'POSTPONED' && state.postponed.ground === ground && state.postponed.until === until;

const isOrdered = ({ status }: RequestedErasure): boolean => status === 'ORDERED' || status === 'COMPLETED';

const refused = (
  { erasureId }: RequestedErasure,
  refusedBy: Party,
  occurredAt: Instant,
  { ground, left }: RefuseErasure,
): ErasureRefused => ({
  type: 'ErasureRefused',
  erasureId,
  refusedBy,
  ground,
  ...(left.length > 0 && { left }),
  occurredAt,
});

const postpone = (
  { ground, until }: PostponeErasure,
  { erasureId }: RequestedErasure,
  postponedBy: Party,
  occurredAt: Instant,
  { recordedAt }: DecisionContext,
): Decision<ErasurePostponed> =>
  until > dayInNetherlands(recordedAt)
    ? [{ type: 'ErasurePostponed', erasureId, postponedBy, ground, until, occurredAt }]
    : refuse('ERASURE_DATE_NOT_AHEAD', { rule: 'AVG art. 12(3)', field: 'until' });

/** The legal check: what is still worked on or must be kept stays; a request of which nothing is left cannot be ordered yet. */
const order = (
  { cases, left, retention }: OrderErasure,
  { erasureId, ground }: RequestedErasure,
  orderedBy: Party,
  occurredAt: Instant,
  context: DecisionContext,
): Decision<ErasureOrdered> => {
  const kept = cases.flatMap((erasable) => objectionTo(erasable, ground, retention, context) ?? []);
  const caseIds = cases.map(({ caseId }) => caseId).filter((id) => !kept.some(({ caseId }) => caseId === id));
  if (caseIds.length === 0 && kept.length > 0) return standsAgainst(kept, 'erasureId');
  return [
    {
      type: 'ErasureOrdered',
      erasureId,
      orderedBy,
      caseIds,
      kept,
      ...(left.length > 0 && { left }),
      occurredAt,
    },
  ];
};

const standsAgainst = (kept: readonly KeptCase[], field: 'erasureId' | 'caseId'): Refusal =>
  refuse('ERASURE_NOT_YET', {
    rule: 'AVG art. 17(3)',
    field,
    facts: {
      objections: [...new Set(kept.map(({ objection }) => objection))],
      caseIds: kept.map(({ caseId }) => caseId),
      until:
        kept
          .flatMap(({ until }) => until ?? [])
          .sort()
          .at(-1) ?? null,
    },
  });

const eraseAfterRetention = (
  { erasureId, clientId, erasable, retention }: EraseAfterRetention,
  state: ErasureState,
  context: DecisionContext,
): Decision<ErasureRequested | ErasureOrdered> => {
  const ground = 'RETENTION_ENDED';
  const { caseId } = erasable;
  const asked = { type: 'RequestErasure', erasureId, clientId, ground, identityCheck: null, caseId } as const;
  const requested = request(asked, state, context);
  if (isRefusal(requested)) return requested;
  const [first] = requested;
  if (first === undefined) return [];
  const kept = objectionTo(erasable, ground, retention, context);
  if (kept) return standsAgainst([kept], 'caseId');
  const { requestedBy: orderedBy, occurredAt } = first;
  return [first, { type: 'ErasureOrdered', erasureId, orderedBy, caseIds: [caseId], kept: [], occurredAt }];
};

const complete = (
  { destroyed }: CompleteErasure,
  state: ErasureState,
  context: DecisionContext,
): Decision<ErasureCompleted> => {
  if (state.status === 'COMPLETED') return [];
  if (state.status !== 'ORDERED') return refuse('ERASURE_NOT_FOUND', { field: 'erasureId' });
  const missing = state.caseIds.filter((id) => !destroyed.some(({ caseId }) => caseId === id));
  if (missing.length > 0) throw new Error(`erasure ${state.erasureId} is not done: ${missing.join(', ')}`);
  const occurredAt = timeOfStep(context, state.requestedAt);
  if (isRefusal(occurredAt)) return occurredAt;
  const backupsUntil = dayInNetherlands(hoursAfter(occurredAt, daysBackupsLive * 24));
  return [{ type: 'ErasureCompleted', erasureId: state.erasureId, destroyed, backupsUntil, occurredAt }];
};

/** Who guards personal data, and when: these decisions are nobody else's. */
const guardOf = (
  context: DecisionContext,
  notBefore: Instant | null,
): { readonly by: Party; readonly at: Instant } | Refusal =>
  context.mandate === 'DATA_PROTECTION' ? actOf(context, notBefore) : refuse('NOT_ALLOWED');

const evolve = (state: ErasureState, event: ErasureEvent): ErasureState => {
  if (event.type === 'ErasureRequested') {
    const { erasureId, clientId, organisationId, ground, caseId, occurredAt: requestedAt } = event;
    return { status: 'REQUESTED', erasureId, clientId, organisationId, ground, caseId, requestedAt };
  }
  if (state.status === 'NOT_REQUESTED') {
    throw new Error(`the history of erasure ${event.erasureId} begins with ${event.type}`);
  }
  switch (event.type) {
    case 'ErasureRefused':
      return { ...fileOf(state), status: 'REFUSED', refused: event.ground };
    case 'ErasurePostponed':
      return {
        ...fileOf(state),
        status: 'POSTPONED',
        postponed: { ground: event.ground, until: event.until },
      };
    case 'ErasureOrdered':
      return {
        ...fileOf(state),
        status: 'ORDERED',
        caseIds: event.caseIds,
        kept: event.kept,
        left: event.left ?? [],
      };
    case 'ErasureCompleted':
      if (state.status !== 'ORDERED') throw new Error(`erasure ${event.erasureId} was never ordered`);
      return { ...state, status: 'COMPLETED' };
    default:
      event satisfies never;
      return state;
  }
};

const fileOf = (state: RequestedErasure): ErasureFile => ({
  erasureId: state.erasureId,
  clientId: state.clientId,
  organisationId: state.organisationId,
  ground: state.ground,
  caseId: state.caseId,
  requestedAt: state.requestedAt,
});

/** A request to erase a client's data, until its certificate. */
export const erasureDecider: Decider<ErasureState, ErasureCommand, ErasureEvent> = {
  initialState: { status: 'NOT_REQUESTED' },
  decide,
  evolve,
};
