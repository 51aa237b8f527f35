import fc from 'fast-check';
import { apportion, expand } from './apportion.js';

describe('apportioning', () => {
  it('divides in proportion, the largest remainders first', () => {
    expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(apportion(5, [0, 9, 1])).toEqual([0, 5, 0]);
  });

  it('adds up to the total, and no part is a whole one away from its exact share', () => {
    const weights = fc
      .array(fc.nat(500), { minLength: 1, maxLength: 8 })
      .filter((list) => list.some((each) => each > 0));
    fc.assert(
      fc.property(fc.nat(1000), weights, (total, list) => {
        const sum = list.reduce((left, right) => left + right, 0);
        const parts = apportion(total, list);
        expect(parts.reduce((left, right) => left + right, 0)).toBe(total);
        parts.forEach((part, at) => expect(Math.abs(part - ((list[at] ?? 0) * total) / sum)).toBeLessThan(1));
      }),
    );
  });

  it('expands counts to a list', () => {
    expect(expand({ a: 2, b: 0, c: 1 })).toEqual(['a', 'a', 'c']);
  });
});
