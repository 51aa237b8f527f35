import { setTimeout as pause } from 'node:timers/promises';
import { TOMBSTONE_REVISION, type StoredEvent } from './records.js';

/** A database that does not answer within this is away: clients are told so in less than three seconds. */
export const DATABASE_TIMEOUT_MS = 2_500;

const CLOSE_TIMEOUT_MS = 1_000;

/** The whole log is one table. Names compare by bytes, so that prefixes mean the same here and in JavaScript. */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS event (
    pos bigint PRIMARY KEY,
    stream text COLLATE "C" NOT NULL,
    rev bigint NOT NULL,
    id uuid NOT NULL,
    type text COLLATE "C" NOT NULL,
    content_type text NOT NULL,
    created bigint NOT NULL,
    data bytea NOT NULL,
    metadata bytea NOT NULL,
    UNIQUE (stream, rev)
  );
  CREATE INDEX IF NOT EXISTS event_tombstone ON event (stream) WHERE rev = ${TOMBSTONE_REVISION}`;
export const COLUMNS = 'pos, stream, rev, id, type, content_type, created, data, metadata';
export const COLUMN_COUNT = 9;

/** A row as the driver gives it: 64-bit numbers are decimal strings. */
export interface Row {
  pos: string;
  stream: string;
  rev: string;
  id: string;
  type: string;
  content_type: string;
  created: string;
  data: Buffer;
  metadata: Buffer;
}

export const toEvent = (row: Row): StoredEvent => ({
  position: BigInt(row.pos),
  stream: row.stream,
  revision: BigInt(row.rev),
  id: row.id,
  type: row.type,
  contentType: row.content_type,
  created: BigInt(row.created),
  data: row.data,
  metadata: row.metadata,
});

/** Waits for connections to end, but not for a database that hangs. */
export async function closeWithin(ending: Promise<void>): Promise<void> {
  await Promise.race([ending, pause(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
}
