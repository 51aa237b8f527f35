import { createCodec, isUnknownEvent, type Codec } from '../codec/codec.js';
import type { DomainEvent, EventStore, RecordedEvent, StoredEvent } from '../port.js';
import { subjectName } from './key-subject.js';
import type { Tombstone } from './tombstone-list.js';

/** A place in the log by the event that stands there: a log that was put back from before does not have it. */
export interface LogMark {
  readonly stream: string;
  /** As decimal text, like the two parts of the position. */
  readonly revision: string;
  readonly eventId: string;
  readonly commit: string;
  readonly prepare: string;
}

/** What the log says was destroyed. */
export interface ErasuresInLog {
  readonly tombstones: readonly Tombstone[];
  /** Up to where it was read; null when the log is empty. */
  readonly mark: LogMark | null;
}

/**
 * The erasures that the log tells of, later than a mark; all of them where the log does not have that mark.
 * @throws EventStoreUnavailable; Error for an erasure of a newer release, of which it cannot be told what it destroyed
 */
export async function erasuresInLog(store: EventStore, since: LogMark | null): Promise<ErasuresInLog> {
  const mark = await newest(store);
  const after =
    since !== null && (await stands(store, since))
      ? { after: { commit: BigInt(since.commit), prepare: BigInt(since.prepare) } }
      : {};
  const codec = createCodec();
  const told: RecordedEvent[] = [];
  const eventTypes = ['ClientDataErased', 'ProfessionalDetailsErased'] satisfies DomainEvent['type'][];
  for await (const stored of store.readAll({ ...after, eventTypes })) told.push(known(codec, stored));
  const tombstones: Tombstone[] = [];
  for (const one of told) tombstones.push(await tombstoneOf(store, codec, one));
  return { tombstones, mark };
}

async function newest(store: EventStore): Promise<LogMark | null> {
  for await (const { stream, revision, eventId, position } of store.readAll({
    direction: 'backwards',
    maxCount: 1,
  }))
    return {
      stream,
      revision: String(revision),
      eventId,
      commit: String(position.commit),
      prepare: String(position.prepare),
    };
  return null;
}

/** Whether the log still has the event of a mark, where it was. What went before it is then the same too. */
async function stands(store: EventStore, mark: LogMark): Promise<boolean> {
  const there = store.readStream(mark.stream, { from: BigInt(mark.revision), maxCount: 1 });
  for await (const { eventId, position } of there)
    return (
      eventId === mark.eventId &&
      String(position.commit) === mark.commit &&
      String(position.prepare) === mark.prepare
    );
  return false;
}

/** The client stands in the order, which came before it on the same stream. */
async function tombstoneOf(
  store: EventStore,
  codec: Codec,
  { stream, event }: RecordedEvent,
): Promise<Tombstone> {
  if (event.type === 'ProfessionalDetailsErased') {
    const { professionalId, keyId, occurredAt } = event;
    return {
      subject: subjectName({ kind: 'PROFESSIONAL', professionalId }),
      keyId,
      destroyedAt: occurredAt,
    };
  }
  if (event.type === 'ClientDataErased') {
    const { caseId, organisationId, keyId, occurredAt } = event;
    for await (const stored of store.readStream(stream)) {
      if (stored.type !== 'ClientErasureOrdered') continue;
      const order = known(codec, stored).event;
      if (order.type !== 'ClientErasureOrdered' || order.organisationId !== organisationId) continue;
      const { clientId } = order;
      return {
        subject: subjectName({ kind: 'CASE', clientId, caseId, organisationId }),
        keyId,
        destroyedAt: occurredAt,
      };
    }
  }
  throw new Error(`nothing in ${stream} says whose data ${event.type} destroyed`);
}

function known(codec: Codec, stored: StoredEvent): RecordedEvent {
  const decoded = codec.decode(stored);
  if (isUnknownEvent(decoded))
    throw new Error(`a newer release wrote ${stored.type} in ${stored.stream}: this one cannot apply it`);
  return decoded;
}
