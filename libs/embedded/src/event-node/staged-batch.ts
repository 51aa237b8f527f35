import { randomUUID } from 'node:crypto';
import {
  deletedMetadata,
  isMetastream,
  isSoftDeleted,
  metastreamOf,
  originalOf,
  parseRetention,
  undeletedMetadata,
  type Retention,
  type Retentions,
} from './retention.js';
import {
  NO_REVISION,
  sizeOf,
  TOMBSTONE_REVISION,
  type AppendRequest,
  type DeleteRequest,
  type NewEvent,
  type StoredEvent,
  type WriteRequest,
  type WriteResult,
} from './records.js';
import type { StreamHead } from './stream-heads.js';
import type { WriterSession } from './writer-session.js';

type StoredId = Pick<StoredEvent, 'revision' | 'position' | 'id'>;

/** What a batch stands on: the committed log and its heads. */
export interface BatchGround {
  session: WriterSession;
  heads: Map<string, StreamHead>;
  retentions: Retentions;
  tail: bigint;
  /** The time of the batch, in units of 100 ns since 1970. */
  created: bigint;
}

/** Requests decided one after the other, each on the outcome of those before it, but not yet committed. */
export class StagedBatch {
  readonly events: StoredEvent[] = [];
  readonly #ground: BatchGround;
  readonly #staged = new Map<string, StoredEvent[]>();
  #tail: bigint;

  constructor(ground: BatchGround) {
    this.#ground = ground;
    this.#tail = ground.tail;
  }

  /** Decides on a request as EventStoreDB does, and stages what it writes. */
  async add(request: WriteRequest): Promise<WriteResult> {
    if (request.deadline <= Date.now()) return { kind: 'too_late' };
    const { stream, expected } = request;
    if (this.#isTombstoned(stream)) return { kind: 'stream_deleted' };
    const deleted = isSoftDeleted(this.#retention(stream));
    const last = this.#last(stream);
    const refused: WriteResult = { kind: 'wrong_expected_revision', actual: last };
    if (expected === 'stream_exists') {
      if (deleted) return { kind: 'stream_deleted' };
      if (last === NO_REVISION && this.#last(metastreamOf(stream)) === NO_REVISION) return refused;
    }
    const expectedLast =
      expected === 'any' || expected === 'stream_exists'
        ? last
        : expected === 'no_stream'
          ? NO_REVISION
          : expected;
    if (expectedLast > last) return refused;
    if (request.kind === 'append') {
      const before = await this.#findRepeated(request, expectedLast, last);
      if (before) return before;
    }
    if (expectedLast < last && !(deleted && expected === 'no_stream')) return refused;
    return request.kind === 'append' ? this.#append(request, deleted) : this.#delete(request);
  }

  async #append({ stream, events }: AppendRequest, deleted: boolean): Promise<WriteResult> {
    const before = this.#last(stream);
    const undeletes =
      isMetastream(stream) && isSoftDeleted(this.#retention(originalOf(stream)))
        ? originalOf(stream)
        : undefined;
    for (const event of events) this.#stage(stream, event, this.#last(stream) + 1n);
    const result: WriteResult = { kind: 'written', revision: this.#last(stream), position: this.#tail };
    if (events.length === 0) return result;
    if (deleted) await this.#undelete(stream, before + 1n);
    else if (undeletes !== undefined) await this.#undelete(undeletes, this.#last(undeletes) + 1n);
    return result;
  }

  #delete({ kind, stream }: DeleteRequest): WriteResult {
    if (kind === 'tombstone') {
      this.#stage(stream, systemEvent('$streamDeleted', Buffer.alloc(0)), TOMBSTONE_REVISION);
    } else {
      const metastream = metastreamOf(stream);
      if (this.#last(stream) === NO_REVISION && this.#last(metastream) === NO_REVISION)
        return { kind: 'wrong_expected_revision', actual: NO_REVISION };
      this.#stage(metastream, systemEvent('$metadata', deletedMetadata()), this.#last(metastream) + 1n);
    }
    return { kind: 'written', revision: this.#last(stream), position: this.#tail };
  }

  /** Appending to a deleted stream brings it back, from what was just appended on. */
  async #undelete(stream: string, truncateBefore: bigint): Promise<void> {
    const metastream = metastreamOf(stream);
    const staged = this.#staged.get(metastream)?.at(-1);
    const { data, revision } = staged ?? (await this.#ground.session.lastOf(metastream));
    this.#stage(metastream, systemEvent('$metadata', undeletedMetadata(data, truncateBefore)), revision + 1n);
  }

  #stage(stream: string, event: NewEvent, revision: bigint): void {
    this.#tail += BigInt(sizeOf(event, stream));
    const stored = { ...event, stream, revision, position: this.#tail, created: this.#ground.created };
    const staged = this.#staged.get(stream);
    if (staged) staged.push(stored);
    else this.#staged.set(stream, [stored]);
    this.events.push(stored);
  }

  #last(stream: string): bigint {
    return (
      this.#staged.get(stream)?.at(-1)?.revision ?? this.#ground.heads.get(stream)?.revision ?? NO_REVISION
    );
  }

  #isTombstoned(stream: string): boolean {
    return (
      this.#last(stream) === TOMBSTONE_REVISION ||
      (isMetastream(stream) && this.#last(originalOf(stream)) === TOMBSTONE_REVISION)
    );
  }

  #retention(stream: string): Retention {
    const metadata = this.#staged.get(metastreamOf(stream))?.at(-1);
    return metadata ? parseRetention(metadata.data) : this.#ground.retentions.of(stream);
  }

  /** The answer to an append that was already made, or that only in part repeats one; undefined when it is new. */
  async #findRepeated(
    { stream, expected, events }: AppendRequest,
    expectedLast: bigint,
    last: bigint,
  ): Promise<WriteResult | undefined> {
    const refused: WriteResult = { kind: 'wrong_expected_revision', actual: last };
    const [first] = events;
    if (!first) return undefined;
    const anywhere = expected === 'any' || expected === 'stream_exists';
    const start = anywhere ? this.#revisionOf(stream, first.id) : expectedLast + 1n;
    if (start === undefined || start > last) return undefined;
    const end = start + BigInt(events.length) - 1n;
    const stored = await this.#idsFrom(stream, start, end < last ? end : last);
    if (stored[0]?.id !== first.id) return undefined;
    const lastStored = stored[events.length - 1];
    if (!lastStored || events.some(({ id }, index) => stored[index]?.id !== id)) return refused;
    return { kind: 'written', revision: lastStored.revision, position: lastStored.position };
  }

  #revisionOf(stream: string, id: string): bigint | undefined {
    return (
      this.#staged.get(stream)?.find((event) => event.id === id)?.revision ??
      this.#ground.heads.get(stream)?.recent?.get(id)
    );
  }

  /** The ids at revisions `from` to `until`, whether committed or staged. */
  async #idsFrom(stream: string, from: bigint, until: bigint): Promise<StoredId[]> {
    const staged = this.#staged.get(stream) ?? [];
    const firstStaged = staged[0]?.revision ?? until + 1n;
    const untilStored = until < firstStaged ? until : firstStaged - 1n;
    const committed =
      untilStored < from
        ? []
        : await this.#ground.session.idsFrom(stream, from, Number(untilStored - from) + 1);
    return [...committed, ...staged.filter(({ revision }) => revision >= from && revision <= until)];
  }
}

const systemEvent = (type: string, data: Buffer): NewEvent => ({
  id: randomUUID(),
  type,
  contentType: 'application/json',
  data,
  metadata: Buffer.alloc(0),
});
