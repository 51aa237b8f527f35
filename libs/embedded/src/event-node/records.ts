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
  /** Place in its stream, from 0 without holes. */
  revision: bigint;
  /** Place in the log: bytes written up to and including this event. Sparse on purpose, so nobody counts with it. */
  position: bigint;
  /** When it was stored, in units of 100 ns since 1970-01-01 UTC. */
  created: bigint;
}

/** What a writer believes about the stream: its last revision, or a weaker condition. */
export type ExpectedRevision = bigint | 'any' | 'no_stream' | 'stream_exists';

/** Events for one stream, to be appended all or none. */
export interface AppendRequest {
  stream: string;
  expected: ExpectedRevision;
  events: NewEvent[];
}

/** The answer to an append: where its last event stands, or what the stream really is. */
export type AppendResult =
  | { kind: 'appended'; revision: bigint; position: bigint }
  | { kind: 'wrong_expected_revision'; actual: bigint };

/** The revision of a stream that holds nothing. */
export const NO_REVISION = -1n;

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
  return 64 + stream.length + event.type.length + event.data.length + event.metadata.length;
}
