/**
 * A seeded source of chance (sfc32): the same label gives the same draws on every machine. No clock, no `Math.random`.
 * Not for secrets.
 */
export class Random {
  private readonly state: Uint32Array;

  constructor(private readonly label: string) {
    this.state = Uint32Array.from([0x811c9dc5, 0x9e3779b9, 0x243f6a88, 0xb7e15162], (offset) =>
      hash(label, offset),
    );
    for (let round = 0; round < 16; round += 1) this.uint32();
  }

  /** A source of its own per label, whatever was drawn from this one before: new draws elsewhere change nothing here. */
  fork(label: string): Random {
    return new Random(`${this.label}/${label}`);
  }

  /** A whole number from 0 up to and including 2^32 - 1. */
  uint32(): number {
    const [a = 0, b = 0, c = 0, counter = 0] = this.state;
    const result = (a + b + counter) >>> 0;
    this.state[3] = counter + 1;
    this.state[0] = b ^ (b >>> 9);
    this.state[1] = c + (c << 3);
    this.state[2] = ((c << 21) | (c >>> 11)) + result;
    return result;
  }

  /** A whole number from 0 up to but not including `bound`, each equally likely. */
  below(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1) throw new RangeError(`cannot draw below ${bound}`);
    const fair = 2 ** 32 - (2 ** 32 % bound);
    let drawn = this.uint32();
    while (drawn >= fair) drawn = this.uint32();
    return drawn % bound;
  }

  /** A whole number from `low` up to and including `high`. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True in `percent` of a hundred draws. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(from: readonly T[]): T {
    const drawn = from[this.below(from.length)];
    if (drawn === undefined) throw new RangeError('cannot pick nothing');
    return drawn;
  }

  /** Picks in proportion to whole weights. */
  weighted<const T>(from: readonly (readonly [T, number])[]): T {
    let left = this.below(from.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [value, weight] of from) {
      if (left < weight) return value;
      left -= weight;
    }
    throw new RangeError('cannot pick without weights');
  }

  /** A copy in random order; each order equally likely. */
  shuffled<T>(list: readonly T[]): T[] {
    const result = [...list];
    for (let at = result.length - 1; at > 0; at -= 1) {
      const other = this.below(at + 1);
      [result[at], result[other]] = [result[other] as T, result[at] as T];
    }
    return result;
  }
}

/** FNV-1a over the UTF-16 units, then mixed, so that labels that differ in one character share no state. */
function hash(text: string, offset: number): number {
  let value = offset;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
