/** Milliseconds of work that this process did since `before`, on all its threads: a machine that others use as well does not add to it. */
export function workSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
