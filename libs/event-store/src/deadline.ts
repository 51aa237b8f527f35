/**
 * Waits at most `ms` for `work`; then rejects with what `timedOut` makes, while `work` goes on unwatched.
 * Leaves no timer behind, and a late failure of `work` is handled.
 */
export async function withDeadline<T>(work: Promise<T>, ms: number, timedOut: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timedOut()), ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
