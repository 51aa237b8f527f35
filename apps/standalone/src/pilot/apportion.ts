/**
 * Divides a whole number in proportion to weights so that the parts add up to it exactly (largest remainder);
 * no part exceeds its weight when the total does not exceed the sum of the weights.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((left, right) => left + right, 0);
  const exact = weights.map((weight) => (weight * total) / sum);
  const parts = exact.map(Math.floor);
  const short = total - parts.reduce((left, right) => left + right, 0);
  const byRemainder = exact
    .map((quota, at) => ({ at, remainder: quota - Math.floor(quota) }))
    .sort((left, right) => right.remainder - left.remainder || left.at - right.at);
  for (const { at } of byRemainder.slice(0, short)) parts[at] = (parts[at] ?? 0) + 1;
  return parts;
}

/** A list that holds each key as often as its count says. */
export function expand<K extends string>(counts: Readonly<Record<K, number>>): K[] {
  return (Object.keys(counts) as K[]).flatMap((key) => Array.from({ length: counts[key] }, () => key));
}
