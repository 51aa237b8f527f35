import { LRUCache } from 'lru-cache';
import { isMetastream, metastreamOf, originalOf } from './retention.js';
import { NO_REVISION, type StoredEvent, type WriteRequest } from './records.js';
import type { WriterSession } from './writer-session.js';

/** How far back an append without an expected revision is looked for among what the stream already holds. */
const LOOKBACK_EVENTS = 1_000;
/** Streams and event ids kept in memory, together. */
const KEEP_ENTRIES = 400_000;

/** The end of a stream as committed. */
export interface StreamHead {
  revision: bigint;
  /** Revisions by event id, of the last events; only for streams that are appended to without an expected revision. */
  recent: Map<string, bigint> | undefined;
}

/** The heads of the streams lately written, so that only the first write to a stream needs to look. */
export class StreamHeads {
  readonly #heads = new LRUCache<string, StreamHead>({
    maxSize: KEEP_ENTRIES,
    sizeCalculation: ({ recent }) => 1 + (recent?.size ?? 0),
  });

  clear(): void {
    this.#heads.clear();
  }

  /** The heads that deciding on `requests` takes, those not known yet read from the store. */
  async load(session: WriterSession, requests: WriteRequest[]): Promise<Map<string, StreamHead>> {
    const loaded = new Map<string, StreamHead>();
    const missing = new Set<string>();
    const need = (stream: string): void => {
      const head = this.#heads.get(stream);
      if (head) loaded.set(stream, head);
      else missing.add(stream);
    };
    for (const { kind, stream, expected } of requests) {
      need(stream);
      if (isMetastream(stream)) need(originalOf(stream));
      if (kind === 'delete' || expected === 'stream_exists') need(metastreamOf(stream));
    }
    if (missing.size > 0) {
      const found = await session.lastRevisions([...missing]);
      for (const stream of missing)
        loaded.set(stream, { revision: found.get(stream) ?? NO_REVISION, recent: undefined });
    }
    await this.#loadRecent(session, requests, loaded);
    return loaded;
  }

  /** Takes over what was committed on top of the heads that were loaded. */
  commit(loaded: Map<string, StreamHead>, events: StoredEvent[]): void {
    for (const { stream, revision, id } of events) {
      const head = loaded.get(stream) ?? this.#heads.get(stream);
      if (!head) continue;
      head.revision = revision;
      head.recent?.set(id, revision);
    }
    for (const [stream, head] of loaded) {
      if (head.recent) dropOldest(head.recent);
      this.#heads.set(stream, head);
    }
  }

  async #loadRecent(
    session: WriterSession,
    requests: WriteRequest[],
    loaded: Map<string, StreamHead>,
  ): Promise<void> {
    const missing = new Map<string, Map<string, bigint>>();
    for (const { kind, stream, expected } of requests) {
      const head = loaded.get(stream);
      if (kind !== 'append' || typeof expected === 'bigint' || expected === 'no_stream' || !head) continue;
      if (head.recent) continue;
      head.recent = new Map();
      if (head.revision !== NO_REVISION) missing.set(stream, head.recent);
    }
    if (missing.size === 0) return;
    for (const { stream, id, revision } of await session.recentIds([...missing.keys()], LOOKBACK_EVENTS))
      missing.get(stream)?.set(id, revision);
  }
}

function dropOldest(recent: Map<string, bigint>): void {
  for (const id of recent.keys()) {
    if (recent.size <= LOOKBACK_EVENTS) return;
    recent.delete(id);
  }
}
