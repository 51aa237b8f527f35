import {
  NO_REVISION,
  TICKS_PER_MILLISECOND,
  type AppendRequest,
  type StoredEvent,
  type WriteResult,
} from '../../../libs/embedded/src/event-node/records.js';
import type { ReadQuery } from '../../../libs/embedded/src/event-node/wire/read.js';

/** What a scripted node holds. It forgets the ids of events: an append that is sent again finds the stream moved on. */
export class ScriptedLog {
  readonly events: StoredEvent[] = [];
  /** The node's own clock, in milliseconds since 1970. */
  now: () => number = () => Date.now();
  readonly #followers = new Set<(event: StoredEvent) => void>();

  /** Appends as a sound node does. */
  append({ stream, expected, events }: AppendRequest): WriteResult {
    let revision = BigInt(this.idsIn(stream).length) - 1n;
    const exists = revision !== NO_REVISION;
    const asExpected =
      expected === 'any' ||
      (expected === 'no_stream' ? !exists : expected === 'stream_exists' ? exists : expected === revision);
    if (!asExpected) return { kind: 'wrong_expected_revision', actual: revision };
    let position = this.events.at(-1)?.position ?? 0n;
    for (const proposed of events) {
      revision += 1n;
      position += 100n;
      const created = BigInt(this.now()) * TICKS_PER_MILLISECOND;
      const event = { ...proposed, stream, revision, position, created };
      this.events.push(event);
      for (const follower of this.#followers) follower(event);
    }
    return { kind: 'written', revision, position };
  }

  /** The ids of a stream's events, in order. */
  idsIn(stream: string): string[] {
    return this.events.filter((event) => event.stream === stream).map(({ id }) => id);
  }

  /** Reads as a sound node does; undefined for a stream that does not exist. */
  read({ stream, from, direction, count = Infinity }: ReadQuery): StoredEvent[] | undefined {
    const all = this.events.filter((event) => stream === undefined || event.stream === stream);
    if (stream !== undefined && all.length === 0) return undefined;
    const place = ({ revision, position }: StoredEvent): bigint =>
      stream === undefined ? position : revision;
    const matching = all.filter((event) => {
      if (typeof from !== 'bigint') return (from === 'start') === (direction === 'forwards');
      if (direction === 'forwards') return place(event) >= from;
      return stream === undefined ? place(event) < from : place(event) <= from;
    });
    if (direction === 'backwards') matching.reverse();
    return matching.slice(0, count);
  }

  /** Tells of everything after a position, first what is there and then what comes. @returns stops it */
  follow(after: bigint, told: (event: StoredEvent) => void): () => void {
    for (const event of this.events) if (event.position > after) told(event);
    this.#followers.add(told);
    return () => this.#followers.delete(told);
  }
}
