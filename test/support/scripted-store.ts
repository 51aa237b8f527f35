import type { EventStore, Position, ReadAllOptions, StoredEvent, SubscriptionItem } from '@spil/event-store';

/**
 * Delivers a log exactly as a test scripts it: twice, in pieces, with foreign events in it. A real store would not misbehave
 * on demand.
 */
export class ScriptedStore implements Pick<EventStore, 'subscribeAll' | 'readAll' | 'readStream' | 'head'> {
  readonly log: StoredEvent[] = [];
  /** How often each event is delivered to a subscription. */
  copies = 1;
  subscriptions = 0;
  #wake: (() => void)[] = [];

  append(...events: readonly StoredEvent[]): void {
    this.log.push(...events);
    this.#wakeAll();
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }

  async *subscribeAll({
    after,
    eventTypes,
    signal,
  }: Parameters<EventStore['subscribeAll']>[0]): AsyncGenerator<SubscriptionItem> {
    this.subscriptions += 1;
    signal.addEventListener('abort', () => this.#wakeAll(), { once: true });
    const types = eventTypes === 'all' ? undefined : new Set(eventTypes);
    let next = this.log.findIndex(({ position }) => !after || isAfter(position, after));
    if (next < 0) next = this.log.length;
    let told = false;
    while (!signal.aborted) {
      const stored = this.log[next];
      if (stored) {
        next += 1;
        if (types?.has(stored.type) ?? true)
          for (let copy = 0; copy < this.copies; copy += 1) yield { kind: 'event', event: stored };
        else yield { kind: 'checkpoint', position: stored.position };
        continue;
      }
      if (!told) {
        told = true;
        yield { kind: 'caughtUp' };
        // More may have come while that was taken in.
        continue;
      }
      await new Promise<void>((resolve) => {
        this.#wake.push(resolve);
        if (signal.aborted) resolve();
      });
    }
  }

  async *readAll({ after, eventTypes }: ReadAllOptions = {}): AsyncGenerator<StoredEvent> {
    for (const stored of [...this.log]) {
      if (after && !isAfter(stored.position, after)) continue;
      if (eventTypes?.includes(stored.type) ?? true) yield await Promise.resolve(stored);
    }
  }

  async *readStream(stream: string, options: { readonly from?: bigint } = {}): AsyncGenerator<StoredEvent> {
    for (const stored of [...this.log]) {
      if (stored.stream === stream && stored.revision >= (options.from ?? 0n))
        yield await Promise.resolve(stored);
    }
  }

  head(): Promise<Position | undefined> {
    return Promise.resolve(this.log.at(-1)?.position);
  }
}

const isAfter = (a: Position, b: Position): boolean => a.commit > b.commit;
