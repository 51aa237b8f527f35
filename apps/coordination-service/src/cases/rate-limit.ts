import { LRUCache } from 'lru-cache';

/** At most so many tries per name and minute, of which any part may come at once. */
export class RateLimit {
  private readonly buckets = new LRUCache<string, { tokens: number; at: number }>({ max: 10_000 });

  constructor(
    private readonly perMinute: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Whether this try may go on. */
  take(name: string): boolean {
    const at = this.now();
    const bucket = this.buckets.get(name) ?? { tokens: this.perMinute, at };
    const refilled = Math.min(this.perMinute, bucket.tokens + ((at - bucket.at) / 60_000) * this.perMinute);
    if (refilled < 1) return false;
    this.buckets.set(name, { tokens: refilled - 1, at });
    return true;
  }

  /** Takes back a try that should not count. */
  giveBack(name: string): void {
    const bucket = this.buckets.get(name);
    if (bucket) bucket.tokens = Math.min(this.perMinute, bucket.tokens + 1);
  }
}
