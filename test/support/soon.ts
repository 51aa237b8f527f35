/**
 * Milliseconds by which anything may come later on a machine that others use as well: no test fails for less. What forgets its
 * deadline takes far longer, and how soon things come on a machine of their own is judged by `npm run faults`.
 */
export const busyMs = 3_000;

/** Milliseconds for what must be answered within three seconds. */
export const soonMs = 3_000 + busyMs;
