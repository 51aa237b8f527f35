import { withDeadline } from '../deadline.js';

/** A queue between a stream that pushes and a loop that pulls; asks the stream to pause while the loop is behind. */
export class Inbox<T> {
  readonly #items: T[] = [];
  #ending: { readonly error?: Error } | undefined;
  #wake: (() => void) | undefined;

  constructor(
    private readonly capacity: number,
    private readonly pause: () => void,
    private readonly resume: () => void,
  ) {}

  /** Everything pushed was taken, and the loop waits for more. */
  get idle(): boolean {
    return this.#items.length === 0 && this.#wake !== undefined;
  }

  push(item: T): void {
    this.#items.push(item);
    if (this.#items.length === this.capacity) this.pause();
    this.#wake?.();
  }

  /** Ends the loop once it has taken what is there; the first ending counts. */
  end(error?: Error): void {
    this.#ending ??= error ? { error } : {};
    this.#wake?.();
  }

  /** @throws the error that `end` gave, or what `timedOut` makes when nothing comes for `ms` milliseconds */
  async *take(ms?: number, timedOut?: () => Error): AsyncGenerator<T> {
    for (;;) {
      const item = this.#items.shift();
      if (item !== undefined) {
        if (this.#items.length === this.capacity >> 1) this.resume();
        yield item;
      } else if (this.#ending) {
        if (this.#ending.error) throw this.#ending.error;
        return;
      } else {
        const arrival = new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        await (ms === undefined || !timedOut ? arrival : withDeadline(arrival, ms, timedOut));
        this.#wake = undefined;
      }
    }
  }
}
