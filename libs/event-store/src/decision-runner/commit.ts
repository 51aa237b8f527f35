import { rulesVersion, type DecisionContext, type Instant } from '@spil/domain';
import type { Codec, EncodedEvent } from '../codec/codec.js';
import type { DataKeys } from '../keys/key-subject.js';
import {
  EventStoreUnavailable,
  WrongExpectedRevision,
  type AppendResult,
  type DomainEvent,
  type EventStore,
  type EventToAppend,
  type Position,
  type RecordedEvent,
} from '../port.js';
import { eventIdFor } from './ids.js';

/** An event that a command led to, as it is stored. */
export type CommittedEvent<Event extends DomainEvent = DomainEvent> = Pick<
  RecordedEvent<Event>,
  'stream' | 'revision' | 'eventId' | 'event' | 'metadata'
>;

export interface Committed<Event extends DomainEvent> {
  /** Of the last event. */
  readonly revision: bigint;
  readonly position: Position;
  readonly events: readonly CommittedEvent<Event>[];
}

interface Command {
  readonly stream: string;
  readonly context: DecisionContext;
  readonly commandId: string;
  readonly principal: string;
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly policyRevision: number | undefined;
}

/** Gives the events of a decision their ids and metadata, and encodes them. */
export async function encodeAll(
  { stream, context, commandId, principal, correlationId, causationId, policyRevision }: Command,
  events: readonly DomainEvent[],
  fingerprint: string,
  codec: Codec,
  keys: DataKeys,
): Promise<EncodedEvent[]> {
  const metadata = {
    commandId,
    correlationId: correlationId ?? commandId,
    causationId: causationId ?? commandId,
    actor: context.actor,
    mandate: context.mandate,
    recordedAt: recordedAt(context, events),
    fingerprint,
    rulesVersion,
    ...(policyRevision !== undefined && { policyRevision }),
  };
  const encoded: EncodedEvent[] = [];
  for (const [index, event] of events.entries()) {
    const eventId = eventIdFor(principal, stream, commandId, fingerprint, index);
    encoded.push(await codec.encode(event, { stream, eventId }, metadata, keys));
  }
  return encoded;
}

/**
 * Nothing is recorded before it happened: a step that took over the time of one before it, from a machine whose clock is ahead,
 * is recorded at that time.
 */
const recordedAt = (context: DecisionContext, events: readonly DomainEvent[]): Instant =>
  events.reduce(
    (latest, { occurredAt }) => (Date.parse(occurredAt) > Date.parse(latest) ? occurredAt : latest),
    context.recordedAt,
  );

/**
 * Appends at the revision that was decided on; undefined when another writer was first.
 * @throws EventStoreUnavailable when the outcome stays unknown
 */
export async function commit<Event extends DomainEvent>(
  store: EventStore,
  stream: string,
  events: readonly EncodedEvent[],
  expected: bigint | 'no_stream',
): Promise<Committed<Event> | undefined> {
  const first = expected === 'no_stream' ? 0n : expected + 1n;
  const result = await appendOnce(store, stream, events, expected, first);
  if (!result) return undefined;
  const committed = events.map(({ eventId, readBack: { event, metadata } }, index) => ({
    ...{ stream, eventId, metadata, revision: first + BigInt(index) },
    // It was encoded from an event of this decider a moment ago.
    event: event as Event,
  }));
  return { ...result, events: committed };
}

async function appendOnce(
  store: EventStore,
  stream: string,
  events: readonly EventToAppend[],
  expected: bigint | 'no_stream',
  first: bigint,
): Promise<AppendResult | undefined> {
  try {
    return await store.append(stream, events, expected);
  } catch (error) {
    if (error instanceof WrongExpectedRevision) return undefined;
    if (!(error instanceof EventStoreUnavailable)) throw error;
  }
  // The outcome is unknown. The same ids at the same revision either find the events there or put them there.
  try {
    return await store.append(stream, events, expected);
  } catch (error) {
    if (!(error instanceof WrongExpectedRevision)) throw error;
    return oursAt(store, stream, events, first);
  }
}

/** Whether the stream holds exactly these events from this revision on; the place where they are, if so. */
async function oursAt(
  store: EventStore,
  stream: string,
  events: readonly EventToAppend[],
  first: bigint,
): Promise<AppendResult | undefined> {
  let found = 0;
  let result: AppendResult | undefined;
  for await (const stored of store.readStream(stream, { from: first, maxCount: events.length })) {
    if (stored.eventId !== events[found++]?.eventId) return undefined;
    result = { revision: stored.revision, position: stored.position };
  }
  return found === events.length ? result : undefined;
}

/** The part of a recorded event that does not depend on where in the log it came to stand. */
export const asCommitted = <Event extends DomainEvent>({
  stream,
  revision,
  eventId,
  event,
  metadata,
}: RecordedEvent<Event>): CommittedEvent<Event> => ({ stream, revision, eventId, event, metadata });
