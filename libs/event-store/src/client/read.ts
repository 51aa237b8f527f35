import type {
  AllStreamResolvedEvent,
  EventStoreDBClient,
  ResolvedEvent,
  StreamingRead,
} from '@eventstore/db-client';
import { EventStoreUnavailable, type Position, type StoredEvent } from '../port.js';
import type { Clients } from './clients.js';
import { Inbox } from './inbox.js';
import { isAnswer, isNotLeader, isStreamNotFound, translate } from './faults.js';

/** Events that wait for a slow reader before the stream is asked to pause. */
export const inboxCapacity = 512;

/** What a call needs beside its own arguments. */
export interface CallContext {
  readonly clients: Clients;
  readonly credentials: { readonly username: string; readonly password: string };
  /** Milliseconds that a call, or the next message of a read, may take. */
  readonly deadlineMs: number;
  readonly onError: (error: unknown) => void;
}

/** Drains one read with a deadline on every message; ends empty when the stream does not exist. Asks the leader, whoever that is. */
export async function* read(
  context: CallContext,
  operation: string,
  stream: string,
  open: (client: EventStoreDBClient) => StreamingRead<ResolvedEvent | AllStreamResolvedEvent>,
): AsyncGenerator<StoredEvent> {
  const borrowed = context.clients.shared();
  let faulty = false;
  try {
    yield* fromLeader(() => drain(context, operation, open(borrowed.client)));
  } catch (error) {
    if (isStreamNotFound(error)) return;
    const translated = translate(operation, stream, error);
    faulty = !isAnswer(translated);
    throw translated;
  } finally {
    borrowed.release(faulty);
  }
}

/**
 * Asks again where a node says that it does not lead, which the client has then left for the leader. Only before the first event:
 * later, asking again would yield events twice, and it is for the caller to say from where.
 */
export async function* fromLeader(open: () => AsyncIterable<StoredEvent>): AsyncGenerator<StoredEvent> {
  let begun = false;
  try {
    for await (const event of open()) {
      begun = true;
      yield event;
    }
  } catch (error) {
    if (begun || !(isNotLeader(error) || (error instanceof Error && isNotLeader(error.cause)))) throw error;
    yield* open();
  }
}

/** The read starts at once and can fail before anyone listens, so the error listener comes first. */
async function* drain(
  { deadlineMs, onError }: CallContext,
  operation: string,
  source: StreamingRead<ResolvedEvent | AllStreamResolvedEvent>,
): AsyncGenerator<StoredEvent> {
  const inbox = new Inbox<StoredEvent>(
    inboxCapacity,
    () => source.pause(),
    () => source.resume(),
  );
  source.on('error', (error) => inbox.end(error));
  source.on('end', () => inbox.end());
  source.on('data', (resolved) => {
    const stored = storedEvent(resolved);
    if (stored instanceof Error) inbox.end(stored);
    else if (stored) inbox.push(stored);
  });
  try {
    yield* inbox.take(deadlineMs, () => new EventStoreUnavailable(operation));
  } finally {
    source.cancel().catch(onError);
    // Drained, not destroyed: the client never lets go of a read that is complete but was not read to its end.
    source.removeAllListeners('data').resume();
  }
}

/** The client's event in the port's words; undefined for a link whose target is gone, an error when it has no place in the log. */
export function storedEvent({
  event,
  commitPosition,
}: ResolvedEvent | AllStreamResolvedEvent): StoredEvent | Error | undefined {
  if (!event) return undefined;
  const { streamId: stream, id: eventId, revision, type, data, metadata, created: storedAt } = event;
  const position: Position | undefined =
    event.position ??
    (commitPosition === undefined ? undefined : { commit: commitPosition, prepare: commitPosition });
  if (!position) return new EventStoreUnavailable(`event ${eventId} came without its position`);
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
      requiresLeader: true,
    }),
  );
  for await (const event of events) {
    if (inclusive && comparePositions(event.position, after) <= 0) continue;
    if (left-- <= 0) return;
    yield event;
  }
}
