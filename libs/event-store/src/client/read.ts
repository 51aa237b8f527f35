import type {
  AllStreamResolvedEvent,
  EventStoreDBClient,
  ResolvedEvent,
  StreamingRead,
} from '@eventstore/db-client';
import { withDeadline } from '../deadline.js';
import { EventStoreUnavailable, type Position, type StoredEvent } from '../port.js';
import type { Clients } from './clients.js';
import { isAnswer, isStreamNotFound, translate } from './faults.js';

/** What a call needs beside its own arguments. */
export interface CallContext {
  readonly clients: Clients;
  readonly credentials: { readonly username: string; readonly password: string };
  /** Milliseconds that a call, or the next message of a read, may take. */
  readonly deadlineMs: number;
  readonly onError: (error: unknown) => void;
}

/**
 * Drains one read with a deadline on every message; ends empty when the stream does not exist.
 * The read starts at once and can fail before anyone listens, so the error listener comes first.
 */
export async function* read(
  { clients, deadlineMs, onError }: CallContext,
  operation: string,
  stream: string,
  open: (client: EventStoreDBClient) => StreamingRead<ResolvedEvent | AllStreamResolvedEvent>,
): AsyncGenerator<StoredEvent> {
  const borrowed = clients.shared();
  let faulty = false;
  const source = open(borrowed.client);
  source.on('error', () => undefined);
  const events = source[Symbol.asyncIterator]() as AsyncIterator<ResolvedEvent | AllStreamResolvedEvent>;
  try {
    for (;;) {
      const next = await withDeadline(events.next(), deadlineMs, () => new EventStoreUnavailable(operation));
      if (next.done === true) return;
      const stored = storedEvent(next.value);
      if (stored) yield stored;
    }
  } catch (error) {
    if (isStreamNotFound(error)) return;
    const translated = translate(operation, stream, error);
    faulty = !isAnswer(translated);
    throw translated;
  } finally {
    source.cancel().catch(onError);
    // Not destroyed but drained: the client never lets go of a read that is complete yet was not read to its end.
    source.resume();
    borrowed.release(faulty);
  }
}

/** The client's event in the port's words; undefined for a link whose target is gone. */
export function storedEvent({
  event,
  commitPosition,
}: ResolvedEvent | AllStreamResolvedEvent): StoredEvent | undefined {
  if (!event) return undefined;
  const { streamId: stream, id: eventId, revision, type, data, metadata, created: storedAt } = event;
  const position: Position | undefined =
    event.position ??
    (commitPosition === undefined ? undefined : { commit: commitPosition, prepare: commitPosition });
  if (!position) throw new EventStoreUnavailable(`event ${eventId} came without its position`);
  return { stream, revision, position, eventId, type, data, metadata, storedAt };
}

/** Order in the log. */
export const comparePositions = (a: Position, b: Position): number =>
  compare(a.commit, b.commit) || compare(a.prepare, b.prepare);

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** The store's own bookkeeping (statistics, stream metadata); no event of Spil. */
export const isSystemEvent = ({ stream, type }: StoredEvent): boolean =>
  stream.startsWith('$') || type.startsWith('$');

/** Reads the log strictly after a position, system events included; the store itself includes the position when it reads forwards. */
export async function* readLog(
  context: CallContext,
  {
    after,
    direction = 'forwards',
    maxCount,
  }: { after?: Position; direction?: 'forwards' | 'backwards'; maxCount?: number },
): AsyncGenerator<StoredEvent> {
  const inclusive = after !== undefined && direction === 'forwards';
  let left = maxCount ?? Number.MAX_SAFE_INTEGER - 1;
  const events = read(context, 'readAll', '$all', (client) =>
    client.readAll({
      direction,
      fromPosition: after ?? (direction === 'forwards' ? 'start' : 'end'),
      maxCount: inclusive ? left + 1 : left,
      credentials: context.credentials,
    }),
  );
  for await (const event of events) {
    if (inclusive && comparePositions(event.position, after) <= 0) continue;
    if (left-- <= 0) return;
    yield event;
  }
}
