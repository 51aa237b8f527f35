// Loaded into a process of which the bench watches the memory; `memory.ts` asks.
import type { Memory } from './memory.js';

process.on('message', () => {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  const memory: Memory = { inUse: (heapUsed + external) / 1e6, resident: rss / 1e6 };
  process.send?.(memory);
});
// Whoever stops the process need not hang up first.
process.channel?.unref();
