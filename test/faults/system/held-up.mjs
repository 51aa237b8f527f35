import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

const TICK_MS = 100;

/** How long this process was held up, by its own work or by others on this machine: what a time that it measures holds too much. */
export class HeldUp {
  #before = 0;
  #due = performance.now() + TICK_MS;
  #watching = true;

  /** Milliseconds so far. */
  get ms() {
    return this.#before + Math.max(0, performance.now() - this.#due);
  }

  /** Watches until `stop`. */
  async run() {
    while (this.#watching) {
      await pause(TICK_MS);
      this.#before = this.ms;
      this.#due = performance.now() + TICK_MS;
    }
  }

  stop() {
    this.#watching = false;
  }
}
