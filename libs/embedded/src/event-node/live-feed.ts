import type { StoredEvent } from './records.js';

const KEEP_EVENTS = 4_096;
const KEEP_BYTES = 16 << 20;

/**
 * The newest end of the log, shared by all subscribers. Each of them holds only a cursor: nothing is queued per
 * subscriber, and one that has fallen out of what is kept here reads on from the store.
 */
export class LiveFeed {
  #recent: StoredEvent[] = [];
  #bytes = 0;
  #floor = 0n;
  #tail = 0n;
  /** Who waits for what: by stream name, or under undefined for any event. */
  readonly #waiting = new Map<string | undefined, Set<() => void>>();

  /** Position of the last event of the log. */
  get tail(): bigint {
    return this.#tail;
  }

  /** Starts anew at `tail`: what came before is only in the store. Everyone who waits looks again. */
  reset(tail: bigint): void {
    this.#recent = [];
    this.#bytes = 0;
    this.#floor = this.#tail = tail;
    for (const key of [...this.#waiting.keys()]) this.#wake(key);
  }

  /** Makes committed events known, in log order. */
  publish(events: StoredEvent[]): void {
    for (const event of events) {
      this.#recent.push(event);
      this.#bytes += event.data.length + event.metadata.length;
      this.#tail = event.position;
    }
    this.#trim();
    this.#wake(undefined);
    for (const stream of new Set(events.map((event) => event.stream))) this.#wake(stream);
  }

  /** The events after a position, or undefined when some of them are no longer kept here. */
  after(position: bigint): StoredEvent[] | undefined {
    if (position < this.#floor) return undefined;
    let low = 0;
    let high = this.#recent.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#recent[middle]?.position ?? 0n) > position) high = middle;
      else low = middle + 1;
    }
    return this.#recent.slice(low);
  }

  /** Resolves at the next event of `stream` (of any stream when undefined), a reset, or when `signal` aborts. */
  async changed(stream: string | undefined, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const waiters = this.#waiting.get(stream) ?? new Set();
      this.#waiting.set(stream, waiters);
      const done = (): void => {
        signal.removeEventListener('abort', done);
        waiters.delete(done);
        if (waiters.size === 0 && this.#waiting.get(stream) === waiters) this.#waiting.delete(stream);
        resolve();
      };
      waiters.add(done);
      signal.addEventListener('abort', done);
    });
  }

  #wake(key: string | undefined): void {
    for (const wake of [...(this.#waiting.get(key) ?? [])]) wake();
  }

  /** Halves what is kept once it is twice too much, so that trimming costs little per event. */
  #trim(): void {
    if (this.#recent.length < 2 * KEEP_EVENTS && this.#bytes < 2 * KEEP_BYTES) return;
    let keepFrom = this.#recent.length;
    let bytes = 0;
    while (keepFrom > 0 && this.#recent.length - keepFrom < KEEP_EVENTS) {
      const event = this.#recent[keepFrom - 1];
      const size = event ? event.data.length + event.metadata.length : 0;
      if (bytes + size > KEEP_BYTES) break;
      bytes += size;
      keepFrom -= 1;
    }
    this.#floor = this.#recent[keepFrom - 1]?.position ?? this.#floor;
    this.#recent = this.#recent.slice(keepFrom);
    this.#bytes = bytes;
  }
}
