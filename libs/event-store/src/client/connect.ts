import { setTimeout as delay } from 'node:timers/promises';
import { jsonEvent, type AppendResult as ClientAppendResult } from '@eventstore/db-client';
import { withinSpan } from '@spil/telemetry';
import { withDeadline } from '../deadline.js';
import {
  EventStoreUnavailable,
  WrongExpectedRevision,
  type AppendResult,
  type EventStore,
  type EventToAppend,
  type Position,
  type ReadAllOptions,
  type StoredEvent,
  type SubscribeOptions,
  type SubscriptionItem,
} from '../port.js';
import { streamInTrace } from '../stream-in-trace.js';
import { Clients, type BorrowedClient } from './clients.js';
import { forClient } from './connection-string.js';
import { isAnswer, isNotLeader, translate } from './faults.js';
import { fromLeader, isSystemEvent, read, readLog } from './read.js';
import { subscribeOnce, type SubscriptionContext } from './subscription.js';

export interface EventStoreConnection {
  /** `esdb://...` or `esdb+discover://...`, or the same with `kurrentdb`; see `connectionStringProblem`. */
  readonly connectionString: string;
  /** Sent with every call, on an insecure connection too: they keep the client off its batch-append path, whose faults crash processes. */
  readonly credentials: { readonly username: string; readonly password: string };
  /** Milliseconds that a call, or the next message of a read, may take; default 2500. */
  readonly deadlineMs?: number;
  /** Milliseconds between two comparisons of a silent subscription with the log; default 1000. */
  readonly heartbeatMs?: number;
  /** Told of errors that no caller waits for, for logs. */
  readonly onError?: (error: unknown) => void;
}

const firstBackoffMs = 100;
const longestBackoffMs = 5_000;

/** Connects to an EventStoreDB or KurrentDB. Connects on first use and reconnects by itself, for as long as it is not closed. */
export function connectEventStore({
  connectionString,
  credentials,
  deadlineMs = 2_500,
  heartbeatMs = 1_000,
  onError = () => undefined,
}: EventStoreConnection): EventStore {
  const clients = new Clients(forClient(connectionString), onError);
  const context: SubscriptionContext = { clients, credentials, deadlineMs, heartbeatMs, onError };
  const closing = new AbortController();

  return {
    append: (stream, events, expected) =>
      withinSpan('append', { 'spil.stream': streamInTrace(stream), 'spil.events': events.length }, () =>
        append(context, stream, events, expected),
      ),

    readStream: (stream, { from, direction = 'forwards', maxCount } = {}) =>
      read(context, 'readStream', stream, (client) =>
        client.readStream(stream, {
          direction,
          fromRevision: from ?? (direction === 'forwards' ? 'start' : 'end'),
          ...(maxCount !== undefined && { maxCount }),
          credentials,
          requiresLeader: true,
        }),
      ),

    readAll: (options = {}) =>
      options.eventTypes === undefined
        ? readDomainEvents(context, options)
        : readTypes(context, options.eventTypes, options.after),

    subscribeAll: (options) =>
      subscribe(context, { ...options, signal: AbortSignal.any([options.signal, closing.signal]) }),

    async head() {
      for await (const event of readLog(context, { direction: 'backwards', maxCount: 1 }))
        return event.position;
      return undefined;
    },

    async close() {
      closing.abort();
      await clients.close();
    },
  };
}

async function append(
  { clients, credentials, deadlineMs }: SubscriptionContext,
  stream: string,
  events: readonly EventToAppend[],
  expected: bigint | 'no_stream',
): Promise<AppendResult> {
  const proposed = events.map(toProposal);
  const borrowed = clients.shared();
  const send = (): Promise<ClientAppendResult> =>
    borrowed.client.appendToStream(stream, proposed, {
      expectedRevision: expected,
      credentials,
      deadline: deadlineMs,
      requiresLeader: true,
    });
  let faulty = false;
  try {
    const result = await withDeadline(
      send().catch((error: unknown) => {
        if (isNotLeader(error)) return send();
        throw error;
      }),
      deadlineMs,
      () => new EventStoreUnavailable('append'),
    );
    // A connection string could turn off throwing, and then a failure answers with a revision that is none.
    if (!result.success) throw new WrongExpectedRevision(stream, 'unknown');
    if (!result.position) throw new EventStoreUnavailable('append: answered without a position');
    return { revision: result.nextExpectedRevision, position: result.position };
  } catch (error) {
    const translated = translate('append', stream, error);
    faulty = !isAnswer(translated);
    throw translated;
  } finally {
    borrowed.release(faulty);
  }
}

/** @throws TypeError when the client, which writes the data anew, would not write the bytes that were given */
function toProposal({ eventId, type, data, metadata }: EventToAppend): ReturnType<typeof jsonEvent> {
  const parsed = JSON.parse(data) as Record<string, unknown>;
  if (JSON.stringify(parsed) !== data) throw new TypeError(`the data of a ${type} would change on the wire`);
  return jsonEvent({
    id: eventId,
    type,
    data: parsed,
    metadata: Uint8Array.from(Buffer.from(metadata, 'utf8')),
  });
}

async function* readDomainEvents(
  context: SubscriptionContext,
  { after, direction = 'forwards', maxCount }: Exclude<ReadAllOptions, { eventTypes: readonly string[] }>,
): AsyncGenerator<StoredEvent> {
  let from = after;
  let left = maxCount ?? Number.MAX_SAFE_INTEGER - 1;
  for (let more = left > 0; more;) {
    let seen = 0;
    const asked = left;
    for await (const event of readLog(context, {
      ...(from && { after: from }),
      direction,
      maxCount: asked,
    })) {
      seen++;
      from = event.position;
      if (isSystemEvent(event)) continue;
      left--;
      yield event;
    }
    more = left > 0 && seen === asked;
  }
}

/** A read of the client's cannot leave out types, a subscription can; this one is over where it has caught up. Asks the leader, as reads do. */
async function* readTypes(
  context: SubscriptionContext,
  eventTypes: readonly string[],
  after: Position | undefined,
): AsyncGenerator<StoredEvent> {
  if (eventTypes.length === 0) return;
  const { signal } = new AbortController();
  const options = { after, eventTypes, signal, requiresLeader: true };
  yield* onOwnClient(context, (client) =>
    fromLeader(() => eventsToEnd(subscribeOnce(context, client, options))),
  );
}

async function* eventsToEnd(items: AsyncIterable<SubscriptionItem>): AsyncGenerator<StoredEvent> {
  for await (const item of items) {
    if (item.kind === 'caughtUp') return;
    if (item.kind === 'event') yield item.event;
  }
}

/** Resumes after the last item handed out, whatever ended the subscription; only the caller's signal ends this. */
async function* subscribe(
  context: SubscriptionContext,
  { after, eventTypes, signal, onDrop }: SubscribeOptions,
): AsyncGenerator<SubscriptionItem> {
  if (eventTypes.length === 0) throw new RangeError('a subscription needs at least one event type');
  const over = (): boolean => signal.aborted;
  let last: Position | undefined = after;
  const subscribed = (): AsyncGenerator<SubscriptionItem> =>
    onOwnClient(context, (client) => subscribeOnce(context, client, { after: last, eventTypes, signal }));
  let backoffMs = firstBackoffMs;
  while (!over()) {
    try {
      for await (const item of subscribed()) {
        backoffMs = firstBackoffMs;
        if (item.kind === 'event') last = item.event.position;
        if (item.kind === 'checkpoint') last = item.position;
        yield item;
      }
    } catch (cause) {
      if (over()) return;
      onDrop?.(cause);
      await delay(backoffMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(
        (interrupted: unknown) => {
          if (!over()) throw interrupted;
        },
      );
      backoffMs = Math.min(backoffMs * 2, longestBackoffMs);
    }
  }
}

/** Gives the client back when the items end, fail or are not wanted any more. */
async function* onOwnClient<Item>(
  { clients }: SubscriptionContext,
  open: (client: BorrowedClient['client']) => AsyncIterable<Item>,
): AsyncGenerator<Item> {
  const borrowed = clients.own();
  try {
    yield* open(borrowed.client);
  } finally {
    borrowed.release(false);
  }
}
