import fc from 'fast-check';
import { Random } from './random.js';

const drawn = (random: Random, count: number): number[] =>
  Array.from({ length: count }, () => random.uint32());

describe('the seeded source of chance', () => {
  it('draws the same numbers on every machine', () => {
    expect(drawn(new Random('pilot/2021/0'), 4)).toEqual([1392783214, 28800947, 2867889613, 1721021861]);
  });

  it('draws differently for labels that differ in one character', () => {
    expect(drawn(new Random('pilot/1'), 8)).not.toEqual(drawn(new Random('pilot/2'), 8));
  });

  it('forks the same source whatever was drawn before', () => {
    const used = new Random('a');
    drawn(used, 10);
    expect(drawn(used.fork('b'), 4)).toEqual(drawn(new Random('a').fork('b'), 4));
  });

  it('draws every number below a bound about equally often', () => {
    const random = new Random('fair');
    const counts = Array.from({ length: 7 }, () => 0);
    for (let draw = 0; draw < 70_000; draw += 1) {
      const value = random.below(7);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    // 22.46 is the 0.1% critical value at six degrees of freedom.
    expect(chiSquare).toBeLessThan(22.46);
  });

  it('stays within the bounds it was given', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer(), fc.nat(1_000_000), (label, low, width) => {
        const value = new Random(label).between(low, low + width);
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(low + width);
      }),
    );
  });

  it('shuffles without losing or doubling anything', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.integer()), (label, list) => {
        const order = (left: number, right: number) => left - right;
        expect(new Random(label).shuffled(list).sort(order)).toEqual([...list].sort(order));
      }),
    );
  });

  it('never picks what weighs nothing', () => {
    const random = new Random('weights');
    const picks = Array.from({ length: 200 }, () =>
      random.weighted([
        ['never', 0],
        ['always', 3],
      ]),
    );
    expect(new Set(picks)).toEqual(new Set(['always']));
  });

  it('refuses to draw below zero, and from nothing', () => {
    expect(() => new Random('a').below(0)).toThrow(RangeError);
    expect(() => new Random('a').pick([])).toThrow(RangeError);
  });
});
