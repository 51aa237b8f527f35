import { unauthenticated } from '../api/errors.js';
import type { CheckpointWatch } from '@spil/read-model';

/** Lets a subscription sleep until the read models have moved on, its token expires or it is closed. */
export class Advances {
  #closed = false;
  #moved = false;
  #wake: () => void = () => undefined;
  readonly #stop: () => void;

  constructor(watch: Pick<CheckpointWatch, 'onAdvance'>) {
    this.#stop = watch.onAdvance(() => {
      this.#moved = true;
      this.#wake();
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** From here on an advance counts as news. */
  expectNext(): void {
    this.#moved = false;
  }

  /** Resolves at the first advance since {@link expectNext}, or when closed. @throws ApiError once the time is over */
  async next(until: number): Promise<void> {
    if (this.#moved || this.#closed) return;
    let timer: NodeJS.Timeout | undefined;
    const expired = await new Promise<boolean>((resolve) => {
      this.#wake = () => resolve(false);
      timer = setTimeout(
        resolve,
        Math.min(until - Date.now(), longestTimer),
        until - Date.now() <= longestTimer,
      );
    });
    clearTimeout(timer);
    if (expired) throw unauthenticated('EXPIRED');
  }

  close(): void {
    this.#closed = true;
    this.#stop();
    this.#wake();
  }

  /** The generator, ending at once when its consumer leaves, also while it sleeps. */
  closingWith<T>(generator: AsyncGenerator<T>): AsyncIterableIterator<T> {
    const closeAfter = async (step: Promise<IteratorResult<T>>): Promise<IteratorResult<T>> => {
      try {
        const result = await step;
        if (result.done === true) this.close();
        return result;
      } catch (error) {
        this.close();
        throw error;
      }
    };
    return {
      next: () => closeAfter(generator.next()),
      return: () => {
        this.close();
        return generator.return(undefined);
      },
      throw: (error: unknown) => {
        this.close();
        return generator.throw(error);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}

/** Node's timers hold 31 bits of milliseconds. */
const longestTimer = 2 ** 31 - 1;
