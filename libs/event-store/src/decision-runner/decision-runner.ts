import {
  isRefusal,
  refuse,
  type Decider,
  type Decision,
  type DecisionContext,
  type Refusal,
} from '@spil/domain';
import { withinSpan, type Attributes } from '@spil/telemetry';
import { LRUCache } from 'lru-cache';
import type { Codec } from '../codec/codec.js';
import { withDeadline } from '../deadline.js';
import { DataKeyErased, type DataKeys, type KeySubject } from '../keys/key-subject.js';
import {
  EventStoreUnavailable,
  type DomainEvent,
  type EventStore,
  type Position,
  type RecordedEvent,
} from '../port.js';
import { streamInTrace } from '../stream-in-trace.js';
import { asCommitted, commit, encodeAll, type CommittedEvent } from './commit.js';
import { fingerprintOf, samePayload } from './fingerprint.js';
import { emptyHead, foldOn, readRecorded, type CommandResult, type Head } from './head.js';
import { eventIdFor } from './ids.js';

/** A command on one stream, with everything that deciding and recording it needs. */
export interface DecisionRequest<State, Command, Event extends DomainEvent> {
  readonly stream: string;
  readonly decider: Decider<State, Command, Event>;
  /** Builds the command from the state, once it is known not to be a repeat; or says why there is none. */
  readonly command: (state: State) => Command | Refusal | Promise<Command | Refusal>;
  /**
   * Whether the principal may know of this stream at all. Asked before anything is told of it; a repeat is answered
   * without, since its first answer told as much. Default: yes.
   */
  readonly admits?: (state: State) => Refusal | undefined;
  /** Whether the principal may be told what happened on this stream, when it moved on. Default: yes. */
  readonly showsHistory?: (state: State) => boolean;
  readonly context: DecisionContext;
  /** Chosen by the client; the same id again is a repeat, on the same stream by the same principal. */
  readonly commandId: string;
  /** Who sends the command, for example the professional's id or `system:deadlines`. Never a name. */
  readonly principal: string;
  /** Default: the command id. */
  readonly correlationId?: string;
  /** Default: the command id. */
  readonly causationId?: string;
  /** The revision that the client saw; when the stream moved on, the command is refused and told what changed. */
  readonly expectedRevision?: bigint;
  /** Whose data key the payload's fingerprint is made under; null only for a payload without personal data. */
  readonly subject: (state: State) => KeySubject | null;
  /** What the client sent, without what the server added; tells a repeat from a reuse of the command id. */
  readonly payload: unknown;
  /** Asked after the command was built: the revision of the policy that it applied, if any. */
  readonly policyRevision?: () => number | undefined;
}

export type DecisionOutcome<Event extends DomainEvent = DomainEvent> = Accepted<Event> | Refused;

export interface Accepted<Event extends DomainEvent = DomainEvent> {
  readonly kind: 'accepted';
  /** Of the last event of the command; of the stream when there was nothing left to do. */
  readonly revision: bigint;
  readonly position: Position;
  /** As stored, sealed values as envelopes; none when there was nothing left to do. */
  readonly events: readonly CommittedEvent<Event>[];
  /** The command had been carried out before. */
  readonly repeated: boolean;
}

export interface Refused {
  readonly kind: 'refused';
  readonly refusal: Refusal;
}

export interface LoadedState<State> {
  readonly state: State;
  readonly revision: bigint | 'no_stream';
  /** Of the last event; undefined when the stream does not exist. */
  readonly position: Position | undefined;
}

/** Decides commands on streams, exactly once. An abstract class, so that it can name itself to a dependency container. */
export abstract class DecisionRunner {
  /**
   * Loads, decides, appends. Exactly once per command id; on a lost race it decides again, three tries in all.
   * @throws EventStoreUnavailable (the outcome is unknown: send the same command again), KeyStoreUnavailable, UnknownEventInHistory
   */
  abstract runDecision<State, Command, Event extends DomainEvent>(
    request: DecisionRequest<State, Command, Event>,
  ): Promise<DecisionOutcome<Event>>;
  /** The folded state of a stream, which may be as old as `maxAgeMs` milliseconds; by default the store is looked at first. */
  abstract loadState<State, Command, Event extends DomainEvent>(
    stream: string,
    decider: Decider<State, Command, Event>,
    options?: { readonly maxAgeMs?: number },
  ): Promise<LoadedState<State>>;
  /** A stream's events, as they stood at a moment of the store's own clock. @throws UnknownEventInHistory, EventStoreUnavailable */
  abstract readHistory(stream: string, options?: { readonly asOf?: Date }): Promise<RecordedEvent[]>;
}

export interface DecisionRunnerOptions {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly keys: DataKeys;
  /** Streams whose folded state is kept; default 5000. */
  readonly cachedStreams?: number;
  /** Milliseconds after which a command is answered as unavailable, whatever it waits for; default 2900. */
  readonly deadlineMs?: number;
}

interface CachedHead {
  readonly decider: unknown;
  readonly head: Head<unknown>;
  /** When the store was last looked at, in milliseconds of a clock that never goes back. */
  readonly seenAt: number;
}

const tries = 3;

export function createDecisionRunner({
  store,
  codec,
  keys,
  cachedStreams = 5_000,
  deadlineMs = 2_900,
}: DecisionRunnerOptions): DecisionRunner {
  const cache = new LRUCache<string, CachedHead>({ max: cachedStreams });

  function cached<State, Command, Event extends DomainEvent>(
    stream: string,
    decider: Decider<State, Command, Event>,
  ): Head<State> | undefined {
    const entry = cache.get(stream);
    return entry?.decider === decider ? (entry.head as Head<State>) : undefined;
  }

  function remember(stream: string, decider: unknown, head: Head<unknown>): void {
    const known = cache.get(stream);
    if (known !== undefined && known.decider === decider && isBehind(head.revision, known.head.revision))
      return;
    if (head.revision !== 'no_stream') cache.set(stream, { decider, head, seenAt: performance.now() });
  }

  /** Reads what came after the cached head; history never changes, so the rest stands. */
  async function load<State, Command, Event extends DomainEvent>(
    stream: string,
    decider: Decider<State, Command, Event>,
  ): Promise<Head<State>> {
    const known = cached(stream, decider) ?? emptyHead(decider.initialState);
    const from = known.revision === 'no_stream' ? 0n : known.revision + 1n;
    const head = foldOn(known, decider, await readRecorded<Event>(store, codec, stream, { from }));
    remember(stream, decider, head);
    return head;
  }

  async function decideAndAppend<State, Command, Event extends DomainEvent>(
    request: DecisionRequest<State, Command, Event>,
  ): Promise<DecisionOutcome<Event>> {
    const { stream, decider, commandId, principal, expectedRevision } = request;
    const fingerprint = (state: State) => fingerprintOf(request.payload, request.subject(state), keys);
    let head = cached(stream, decider);
    let seen = expectedRevision;
    for (let lost = 0; ;) {
      const fresh = head === undefined;
      head ??= await load(stream, decider);
      seen ??= lastRevision(head);

      const earlier = head.results.get(commandId);
      if (earlier) {
        const first = eventIdFor(principal, stream, commandId, earlier.fingerprint, 0);
        if (earlier.firstEventId === first) return repeat(request, earlier, await fingerprint(head.state));
      }
      const unadmitted = request.admits?.(head.state);
      if (unadmitted && fresh) return { kind: 'refused', refusal: unadmitted };
      if (earlier && !unadmitted) return reused(commandId);

      const moved = expectedRevision !== undefined && head.revision !== expectedRevision;
      const decision = unadmitted ?? (moved ? undefined : await decided(request, head.state));
      // A cached head may be behind: what it refuses or finds done may stand otherwise by now.
      if (!fresh && (decision === undefined || isRefusal(decision) || decision.length === 0)) {
        head = undefined;
        continue;
      }
      if (decision === undefined || lost === tries) {
        const shown = request.showsHistory?.(head.state) ?? true;
        return stale(request, shown ? { head, changedSince: await typesAfter(stream, seen) } : undefined);
      }
      if (isRefusal(decision)) return { kind: 'refused', refusal: decision };
      if (decision.length === 0) return nothingToDo(stream, head);

      const metadata = { ...request, policyRevision: request.policyRevision?.() };
      const proposed = await orErased(
        encodeAll(metadata, decision, await fingerprint(head.state), codec, keys),
      );
      if (proposed === 'ERASED') return erased;
      const committed = await commit<Event>(store, stream, proposed, head.revision);
      if (committed) {
        const { events, position } = committed;
        remember(
          stream,
          decider,
          foldOn(
            head,
            decider,
            events.map((event) => ({ ...event, position })),
          ),
        );
        return { kind: 'accepted', ...committed, repeated: false };
      }
      head = undefined;
      lost++;
    }
  }

  /** Answers as the first time did, or refuses another command under the same id. */
  async function repeat<State, Command, Event extends DomainEvent>(
    { stream, commandId }: DecisionRequest<State, Command, Event>,
    { revision, position, fingerprint, types }: CommandResult,
    given: string,
  ): Promise<DecisionOutcome<Event>> {
    if (!samePayload(fingerprint, given)) return reused(commandId);
    const from = revision - BigInt(types.length) + 1n;
    const events = await readRecorded<Event>(store, codec, stream, { from, maxCount: types.length });
    return { kind: 'accepted', revision, position, events: events.map(asCommitted), repeated: true };
  }

  async function typesAfter(stream: string, revision: bigint): Promise<string[]> {
    const events = await readRecorded(store, codec, stream, { from: revision + 1n });
    return events.map(({ event }) => event.type);
  }

  return {
    runDecision: (request) =>
      withinSpan('decide', { 'spil.stream': streamInTrace(request.stream) }, async (span) => {
        const unavailable = (): Error => new EventStoreUnavailable('command');
        const outcome = await withDeadline(decideAndAppend(request), deadlineMs, unavailable).catch(
          (error: unknown) => {
            // Its events may be stored all the same: whoever sends it again is to find them, with the times that they have.
            cache.delete(request.stream);
            throw error;
          },
        );
        if (span.isRecording()) span.setAttributes(told(outcome));
        return outcome;
      }),

    async loadState(stream, decider, { maxAgeMs = 0 } = {}) {
      const age = performance.now() - (cache.get(stream)?.seenAt ?? Number.NEGATIVE_INFINITY);
      const head = (age < maxAgeMs ? cached(stream, decider) : undefined) ?? (await load(stream, decider));
      return { state: head.state, revision: head.revision, position: head.position };
    },

    async readHistory(stream, { asOf } = {}) {
      const events = await readRecorded(store, codec, stream);
      if (!asOf) return events;
      // The store's clock may have been set back; what was stored later stays later.
      const later = events.findIndex(({ storedAt }) => storedAt.getTime() > asOf.getTime());
      return later < 0 ? events : events.slice(0, later);
    },
  };
}

/** What a trace says of an outcome: codes and types, nothing that a person wrote. */
const told = (outcome: DecisionOutcome): Attributes =>
  outcome.kind === 'refused'
    ? { 'spil.outcome': outcome.refusal.code }
    : {
        'spil.outcome': outcome.repeated ? 'repeated' : 'accepted',
        'spil.event_types': outcome.events.map(({ event }) => event.type),
      };

/** -1 before the first event. */
const lastRevision = ({ revision }: Head<unknown>): bigint => (revision === 'no_stream' ? -1n : revision);

/** The command for this state, decided. */
async function decided<State, Command, Event extends DomainEvent>(
  { decider, command, context }: DecisionRequest<State, Command, Event>,
  state: State,
): Promise<Decision<Event>> {
  const built = (await command(state)) as Command | Refusal;
  return isRefusal(built) ? built : decider.decide(built, state, context);
}

const reused = (commandId: string): Refused => ({
  kind: 'refused',
  refusal: refuse('COMMAND_ID_REUSED', { field: 'commandId', facts: { commandId } }),
});

const erased: Refused = { kind: 'refused', refusal: refuse('CLIENT_DATA_ERASED', { rule: 'AVG art. 17' }) };

/** Nothing is sealed for a subject whose key was destroyed. */
const orErased = <T>(encoding: Promise<T>): Promise<T | 'ERASED'> =>
  encoding.catch((error: unknown) => {
    if (error instanceof DataKeyErased) return 'ERASED';
    throw error;
  });

const isBehind = (a: bigint | 'no_stream', b: bigint | 'no_stream'): boolean =>
  b !== 'no_stream' && (a === 'no_stream' || a < b);

function nothingToDo<State>(stream: string, { revision, position }: Head<State>): Accepted<never> {
  if (revision === 'no_stream' || !position)
    throw new Error(`a command on the new stream ${stream} yielded no event`);
  return { kind: 'accepted', revision, position, events: [], repeated: false };
}

/** The stream moved on; how far, and by what, for those who may see its history. */
function stale<State, Command, Event extends DomainEvent>(
  { expectedRevision }: DecisionRequest<State, Command, Event>,
  moved: { readonly head: Head<State>; readonly changedSince: readonly string[] } | undefined,
): Refused {
  const facts = {
    expectedRevision: expectedRevision?.toString() ?? null,
    ...(moved && { actualRevision: revisionText(moved.head), changedSince: moved.changedSince }),
  };
  return { kind: 'refused', refusal: refuse('STALE_REVISION', { field: 'expectedRevision', facts }) };
}

const revisionText = ({ revision }: Head<unknown>): string | null =>
  revision === 'no_stream' ? null : revision.toString();
