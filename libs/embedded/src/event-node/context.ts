import type { Credentials } from './credentials.js';
import type { LiveFeed } from './live-feed.js';
import type { OpenCalls } from './open-calls.js';
import type { Retentions } from './retention.js';
import type { Storage } from './storage.js';
import type { Writer } from './writer.js';

/** What the Streams service needs of the node. */
export interface StreamsContext {
  storage: Storage;
  feed: LiveFeed;
  retentions: Retentions;
  writer: Writer;
  credentials: Credentials | undefined;
  /** Size of one append in the log, in bytes, at most. */
  maxAppendBytes: number;
  /** Reads, subscriptions and batch streams: they end with CANCELLED when the node stops. */
  calls: OpenCalls;
  /** Receives a line when a call failed that should not have. */
  log: (line: string) => void;
}
