import { TICKS_PER_MILLISECOND, TOMBSTONE_REVISION, type StoredEvent } from './records.js';

/** Which events of a stream its readers still get; the log itself keeps all of them. */
export interface Retention {
  /** Earlier revisions are gone for readers. {@link DELETED} or more: the stream is deleted until somebody appends. */
  truncateBefore: bigint;
  /** At most so many of the last events. */
  maxCount?: bigint;
  /** Milliseconds after which an event is gone. */
  maxAge?: number;
  /** Deleted for good. */
  tombstoned: boolean;
}

/**
 * From here on a truncation means deletion. Int64.Max says so on the wire, but JSON numbers are exact only up to
 * 2^53, so that metadata which went through a JavaScript client comes back a little off.
 */
export const DELETED = 1n << 53n;

const EVERYTHING: Retention = { truncateBefore: 0n, tombstoned: false };
/** As in EventStoreDB, only the newest metadata of a stream is read. */
const METASTREAM: Retention = { ...EVERYTHING, maxCount: 1n };

export const isMetastream = (stream: string): boolean => stream.startsWith('$$');
export const metastreamOf = (stream: string): string => `$$${stream}`;
export const originalOf = (metastream: string): string => metastream.slice(2);

/** Whether a stream is deleted in a way that appending undoes. */
export const isSoftDeleted = ({ truncateBefore }: Retention): boolean => truncateBefore >= DELETED;

/** When the oldest event that readers still get was stored, in units of 100 ns since 1970. */
export const oldestCreated = ({ maxAge }: Retention): bigint =>
  maxAge === undefined ? 0n : BigInt(Math.max(0, Date.now() - maxAge)) * TICKS_PER_MILLISECOND;

/** What metadata (`$tb`, `$maxCount`, `$maxAge` in seconds) says; like EventStoreDB, what is no such JSON says nothing. */
export function parseRetention(metadata: Uint8Array): Retention {
  const { $tb, $maxCount, $maxAge } = parseObject(metadata);
  return {
    truncateBefore: isCount($tb) ? BigInt($tb) : 0n,
    tombstoned: false,
    ...(isCount($maxCount) && $maxCount > 0 ? { maxCount: BigInt($maxCount) } : {}),
    ...(isCount($maxAge) && $maxAge > 0 ? { maxAge: $maxAge * 1_000 } : {}),
  };
}

/** The metadata of a deleted stream. */
export const deletedMetadata = (): Buffer => Buffer.from(`{"$tb":${TOMBSTONE_REVISION}}`);

/** Metadata that brings a deleted stream back from a revision on, and leaves the rest as it was. */
export const undeletedMetadata = (metadata: Uint8Array, truncateBefore: bigint): Buffer =>
  Buffer.from(JSON.stringify({ ...parseObject(metadata), $tb: Number(truncateBefore) }));

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

function parseObject(metadata: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(metadata).toString());
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/**
 * The retention of every stream that has one. Few streams do, so all are held in memory, and a read costs no
 * query for it.
 */
export class Retentions {
  readonly #known = new Map<string, Retention>();

  of(stream: string): Retention {
    const own = this.#known.get(stream) ?? EVERYTHING;
    if (!isMetastream(stream)) return own;
    // With a stream for good goes its metadata.
    const tombstoned = own.tombstoned || (this.#known.get(originalOf(stream))?.tombstoned ?? false);
    return { ...METASTREAM, tombstoned };
  }

  /** Starts anew, from the newest metadata of each stream and all tombstones. */
  reset(stored: Pick<StoredEvent, 'stream' | 'revision' | 'data'>[]): void {
    this.#known.clear();
    this.note(stored);
  }

  /** Learns from stored events, in their order. */
  note(events: Pick<StoredEvent, 'stream' | 'revision' | 'data'>[]): void {
    for (const { stream, revision, data } of events) {
      if (revision === TOMBSTONE_REVISION) this.#known.set(stream, { ...EVERYTHING, tombstoned: true });
      else if (isMetastream(stream) && !this.#known.get(originalOf(stream))?.tombstoned)
        this.#known.set(originalOf(stream), parseRetention(data));
    }
  }
}
