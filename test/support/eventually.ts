import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 20_000;

/** Tries until `check` no longer throws, and passes its result on; after 20 seconds its last error. */
export async function eventually<T>(check: () => Promise<T> | T): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(20);
    }
  }
}
