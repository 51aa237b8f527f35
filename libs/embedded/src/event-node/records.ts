/** An event as a client proposes it. Data and metadata are opaque bytes to the node. */
export interface NewEvent {
  /** UUID; appending the same ids again at the same place changes nothing. */
  id: string;
  type: string;
  contentType: string;
  data: Uint8Array;
  metadata: Uint8Array;
}

/** An event as it stands in the log. */
export interface StoredEvent extends NewEvent {
  stream: string;
  /** Place in its stream, from 0 without holes; {@link TOMBSTONE_REVISION} for the mark that ends a stream for good. */
  revision: bigint;
  /** Place in the log: bytes written up to and including this event. Sparse on purpose, so nobody counts with it. */
  position: bigint;
  /** When it was stored, in units of 100 ns since 1970-01-01 UTC. */
  created: bigint;
}

/** What a writer believes about the stream: its last revision, or a weaker condition. */
export type ExpectedRevision = bigint | 'any' | 'no_stream' | 'stream_exists';

interface StreamWrite {
  stream: string;
  expected: ExpectedRevision;
  /** Milliseconds since 1970 after which nobody waits for the answer: a write still queued then is not begun. */
  deadline: number;
}

/** Events for one stream, to be appended all or none. */
export interface AppendRequest extends StreamWrite {
  kind: 'append';
  events: NewEvent[];
}

/** The end of a stream: for now (`delete`; appending brings it back) or for good (`tombstone`). */
export interface DeleteRequest extends StreamWrite {
  kind: 'delete' | 'tombstone';
}

export type WriteRequest = AppendRequest | DeleteRequest;

/** The answer to a write: where its last event stands, or why nothing was written. */
export type WriteResult =
  | { kind: 'written'; revision: bigint; position: bigint }
  | { kind: 'wrong_expected_revision'; actual: bigint }
  | { kind: 'stream_deleted' }
  | { kind: 'too_late' };

/** The revision of a stream that holds nothing. */
export const NO_REVISION = -1n;

/** The revision of a tombstone, the greatest one there is. */
export const TOMBSTONE_REVISION = (1n << 63n) - 1n;

/** 100 ns units in a millisecond, for {@link StoredEvent.created}. */
export const TICKS_PER_MILLISECOND = 10_000n;

/** A page of the log: the matching events, and how far the log was looked through to find them. */
export interface Page {
  events: StoredEvent[];
  /** Position up to which nothing else matches (going forward: inclusive; going backward: everything at or above). */
  scannedTo: bigint;
  /** Nothing remains in this direction. */
  end: boolean;
}

/** The size of an event in the log, in bytes; positions advance by it. */
export function sizeOf(event: NewEvent, stream: string): number {
  const names = stream.length + event.type.length + event.contentType.length;
  return 64 + names + event.data.length + event.metadata.length;
}
