import { RateLimit } from './rate-limit.js';

describe('a rate limit', () => {
  it('lets so many tries through at once, and as many again within a minute', () => {
    let now = 0;
    const limit = new RateLimit(30, () => now);
    const passed = (tries: number) =>
      Array.from({ length: tries }, () => limit.take('p')).filter(Boolean).length;
    expect(passed(40)).toBe(30);
    now += 2_000;
    expect(passed(40)).toBe(1);
    now += 30_000;
    expect(passed(40)).toBe(15);
    now += 3_600_000;
    expect(passed(40)).toBe(30);
  });

  it('does not count a try that was given back, and never lets more through than so many', () => {
    const limit = new RateLimit(1, () => 0);
    expect([limit.take('a'), limit.take('a')]).toEqual([true, false]);
    limit.giveBack('a');
    limit.giveBack('a');
    limit.giveBack('never seen');
    expect([limit.take('a'), limit.take('a')]).toEqual([true, false]);
  });

  it('counts everyone apart', () => {
    const limit = new RateLimit(1, () => 0);
    expect([limit.take('a'), limit.take('b'), limit.take('a')]).toEqual([true, true, false]);
  });
});
