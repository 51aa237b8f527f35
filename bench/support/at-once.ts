/** Does the work for every number below `count`, so many at a time. */
export async function atOnce(
  count: number,
  concurrency: number,
  work: (at: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (next < count) await work(next++);
    }),
  );
}
