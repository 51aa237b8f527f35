import { randomUUID } from 'node:crypto';
import type { EventStore, EventToAppend, StoredEvent, SubscriptionItem } from '@spil/event-store';

/** A stream name that no other test uses. */
export const newCaseStream = (): string => `case-${randomUUID()}`;

/** An encoded event of some known type; its data matter to no test. */
export const anEvent = (type = 'CaseClosed', data = '{"a":1,"b":"é"}'): EventToAppend => ({
  eventId: randomUUID(),
  type,
  data,
  metadata: '{"commandId":"c","schemaVersion":1}',
});

/** As many such events as asked for. */
export const someEvents = (count: number): EventToAppend[] => Array.from({ length: count }, () => anEvent());

/** All events of a read. */
export async function collectStored(events: AsyncIterable<StoredEvent>): Promise<StoredEvent[]> {
  const collected: StoredEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

/** What a call fails with, and after how many milliseconds; an undefined error when it succeeds. */
export async function failureOf(
  call: () => Promise<unknown>,
): Promise<{ readonly error: unknown; readonly afterMs: number }> {
  const started = performance.now();
  const error = await call().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, afterMs: performance.now() - started };
}

/** Takes items of a subscription until there are enough, then ends it. */
export async function follow(
  store: EventStore,
  options: Omit<Parameters<EventStore['subscribeAll']>[0], 'signal'>,
  enough: (items: SubscriptionItem[]) => boolean,
): Promise<SubscriptionItem[]> {
  const items: SubscriptionItem[] = [];
  for await (const item of store.subscribeAll({ ...options, signal: AbortSignal.timeout(30_000) })) {
    items.push(item);
    if (enough(items)) return items;
  }
  throw new Error(`the subscription ended after ${items.length} items`);
}

/** The ids of the events among a subscription's items. */
export const deliveredIds = (items: readonly SubscriptionItem[]): string[] =>
  items.flatMap((item) => (item.kind === 'event' ? [item.event.eventId] : []));
