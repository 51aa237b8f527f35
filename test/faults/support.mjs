// What the fault runs have in common.

/** The same numbers between 0 and 1 for the same seed (mulberry32). */
export function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** In whole milliseconds. */
export function percentiles(durations) {
  const sorted = [...durations].sort((a, b) => a - b);
  const [p50, p99] = [0.5, 0.99].map((part) =>
    Math.round(sorted[Math.ceil((sorted.length - 1) * part)] ?? 0),
  );
  return { p50, p99 };
}
