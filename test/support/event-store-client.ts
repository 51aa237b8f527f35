import { randomUUID } from 'node:crypto';
import {
  EventStoreDBClient,
  jsonEvent,
  type AppendResult,
  type EventData,
  type ResolvedEvent,
} from '@eventstore/db-client';

/** Sent with every append: it makes the client use the unary call, whose deadline holds. */
export const credentials = { username: 'admin', password: 'changeit' };

/** The unmodified official client, as an application would make it. */
export function connect(port: number, login = ''): EventStoreDBClient {
  return EventStoreDBClient.connectionString(`esdb://${login}127.0.0.1:${port}?tls=false`);
}

/** A stream name that no other test uses. */
export const newStream = (category = 'case'): string => `${category}-${randomUUID()}`;

/** As many events of a type as asked for, numbered in their data from `first`. */
export function events(count: number, type = 'StepTaken', first = 0): EventData[] {
  return Array.from({ length: count }, (_, index) =>
    jsonEvent({ type, data: { number: first + index }, metadata: { actor: 'system:test' } }),
  );
}

/** Appends through the unary call. */
export async function append(
  client: EventStoreDBClient,
  stream: string,
  data: EventData | EventData[],
  expectedRevision: bigint | 'any' | 'no_stream' | 'stream_exists' = 'any',
): Promise<AppendResult> {
  return client.appendToStream(stream, data, { expectedRevision, credentials });
}

/** All results of a read. */
export async function collect(read: AsyncIterable<ResolvedEvent>): Promise<ResolvedEvent[]> {
  const results: ResolvedEvent[] = [];
  for await (const resolved of read) results.push(resolved);
  return results;
}

/** The ids of what a read gives, in its order. */
export async function ids(read: AsyncIterable<ResolvedEvent>): Promise<(string | undefined)[]> {
  return (await collect(read)).map(({ event }) => event?.id);
}
