import { setTimeout as delay } from 'node:timers/promises';
import {
  eventTypeFilter,
  excludeSystemEvents,
  type EventStoreDBClient,
  type SubscribeToAllOptions,
} from '@eventstore/db-client';
import {
  EventStoreUnavailable,
  type Position,
  type StoredEvent,
  type SubscribeOptions,
  type SubscriptionItem,
} from '../port.js';
import { Inbox } from './inbox.js';
import {
  comparePositions,
  inboxCapacity,
  isSystemEvent,
  readLog,
  storedEvent,
  type CallContext,
} from './read.js';

/** Events that one look at the log reads at most; what remains is left to the next look. */
const scanLimit = 1_000;

export interface SubscriptionContext extends CallContext {
  /** Milliseconds between two comparisons of a silent subscription with the log. */
  readonly heartbeatMs: number;
}

/**
 * One subscription, from confirmation to its end; every end throws, whatever the server calls it, except the caller's own abort.
 * Markers (checkpoint, caught up) reach us past the stream's buffer, so each waits for the events that went before it.
 */
export async function* subscribeOnce(
  context: SubscriptionContext,
  client: EventStoreDBClient,
  {
    after,
    eventTypes,
    signal,
    requiresLeader = false,
  }: Pick<SubscribeOptions, 'after' | 'eventTypes' | 'signal'> & { readonly requiresLeader?: boolean },
): AsyncGenerator<SubscriptionItem> {
  const wanted = wants(eventTypes);
  const watching = new AbortController();
  const inbox = new Inbox<SubscriptionItem>(
    inboxCapacity,
    () => source.pause(),
    () => source.resume(),
  );
  let last = after;
  let arrivals = 0;
  let caughtUp = false;
  let eventsPassed = 0;
  const markers: { afterEvents: number; item: SubscriptionItem }[] = [];

  const arrive = (item: SubscriptionItem): void => {
    arrivals++;
    if (item.kind === 'caughtUp') caughtUp = true;
    else last = item.kind === 'event' ? item.event.position : item.position;
    inbox.push(item);
  };
  const mark = (item: SubscriptionItem): void => {
    if (source.readableLength === 0 && markers.length === 0) arrive(item);
    else markers.push({ afterEvents: eventsPassed + source.readableLength, item });
  };
  const fail = (operation: string, cause?: unknown): void =>
    inbox.end(new EventStoreUnavailable(operation, { cause }));

  const source = client.subscribeToAll({
    fromPosition: after ?? 'start',
    filter: filterFor(eventTypes, (position) => mark({ kind: 'checkpoint', position })),
    credentials: context.credentials,
    requiresLeader,
  });
  const confirmation = setTimeout(() => fail('subscribe: not confirmed in time'), context.deadlineMs);
  source.on('error', (error) => fail('subscription failed', error));
  source.on('close', () => fail('subscription closed'));
  source.on('end', () => fail('subscription ended by the server'));
  source.on('confirmation', () => clearTimeout(confirmation));
  source.on('caughtUp', () => mark({ kind: 'caughtUp' }));
  source.on('data', (resolved) => {
    const event = storedEvent(resolved);
    eventsPassed++;
    if (event instanceof Error) inbox.end(event);
    else if (event)
      arrive(wanted(event) ? { kind: 'event', event } : { kind: 'checkpoint', position: event.position });
    while (markers[0] && markers[0].afterEvents <= eventsPassed)
      arrive((markers.shift() as { item: SubscriptionItem }).item);
  });
  const stop = (): void => inbox.end();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();

  const watch = async (): Promise<void> => {
    let arrivalsSeen = -1;
    let overdue: Position | undefined;
    for (;;) {
      await delay(context.heartbeatMs, undefined, { signal: watching.signal });
      const silent = inbox.idle && arrivals === arrivalsSeen;
      arrivalsSeen = arrivals;
      if (!silent) continue;
      const { event, scannedTo, complete } = await lookAhead(context, last, wanted);
      if (arrivals !== arrivalsSeen) continue;
      if (event && overdue && comparePositions(overdue, event.position) === 0) {
        fail('subscription fell silent');
        return;
      }
      overdue = event?.position;
      if (event) continue;
      if (scannedTo) arrive({ kind: 'checkpoint', position: scannedTo });
      if (complete && !caughtUp) arrive({ kind: 'caughtUp' });
      arrivalsSeen = arrivals;
    }
  };
  const watched = watch().catch((error: unknown) => {
    if (!watching.signal.aborted) fail('subscription cannot be compared with the log', error);
  });

  try {
    yield* inbox.take();
  } finally {
    clearTimeout(confirmation);
    watching.abort();
    signal.removeEventListener('abort', stop);
    source.unsubscribe().catch(context.onError);
    // Drained like a read, see there.
    source.removeAllListeners('data').resume();
    await watched;
  }
}

/** The store leaves out roughly; the exact choice is ours. Prefixes find the wanted types and those that begin like them. */
function filterFor(
  eventTypes: SubscribeOptions['eventTypes'],
  reached: (position: Position) => void,
): NonNullable<SubscribeToAllOptions['filter']> {
  const checkpoints = {
    checkpointInterval: 1,
    checkpointReached: (_: unknown, position: Position) => reached(position),
  };
  return eventTypes === 'all'
    ? excludeSystemEvents(checkpoints)
    : eventTypeFilter({ prefixes: [...eventTypes], ...checkpoints });
}

function wants(eventTypes: SubscribeOptions['eventTypes']): (event: StoredEvent) => boolean {
  if (eventTypes === 'all') return (event) => !isSystemEvent(event);
  const types = new Set(eventTypes);
  return ({ type }) => types.has(type);
}

/** Reads past a silent subscription: the first event that it should have delivered, or how far there is none. */
async function lookAhead(
  context: CallContext,
  after: Position | undefined,
  wanted: (event: StoredEvent) => boolean,
): Promise<{ event?: StoredEvent; scannedTo?: Position; complete: boolean }> {
  let scannedTo: Position | undefined;
  let scanned = 0;
  for await (const event of readLog(context, { ...(after && { after }), maxCount: scanLimit })) {
    if (wanted(event)) return { event, complete: false };
    scannedTo = event.position;
    scanned++;
  }
  return { ...(scannedTo && { scannedTo }), complete: scanned < scanLimit };
}
