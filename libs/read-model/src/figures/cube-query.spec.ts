import fc from 'fast-check';
import { periodParts } from './cube-query.js';
import { leadTimeBucket, leadTimeBuckets } from './metrics.js';

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
const dayOf = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);

const anyPeriod = fc
  .tuple(fc.integer({ min: 18_000, max: 19_500 }), fc.integer({ min: 0, max: 500 }))
  .map(([from, length]) => [dayOf(from), dayOf(from + length)] as const);

describe('a period in parts', () => {
  it('is its whole months and the days at its edges, each day once', () => {
    fc.assert(
      fc.property(anyPeriod, ([from, to]) => {
        const { months, days } = periodParts(from, to);
        const covered: string[] = [];
        for (const [first, last] of days)
          for (let day = dayNumber(first); day <= dayNumber(last); day += 1) covered.push(dayOf(day));
        for (let day = dayNumber(from); day <= dayNumber(to); day += 1) {
          const month = `${dayOf(day).slice(0, 7)}-01`;
          if (months && month >= months[0] && month <= months[1]) covered.push(dayOf(day));
        }
        const expected = Array.from({ length: dayNumber(to) - dayNumber(from) + 1 }, (_, at) =>
          dayOf(dayNumber(from) + at),
        );
        expect(covered.sort()).toEqual(expected);
      }),
    );
  });

  it('leaves at most a month of days at either edge', () => {
    fc.assert(
      fc.property(anyPeriod, ([from, to]) => {
        for (const [first, last] of periodParts(from, to).days)
          expect(dayNumber(last) - dayNumber(first)).toBeLessThan(62);
      }),
    );
  });

  it('needs no days for whole months, nor for all time', () => {
    expect(periodParts('2020-09-01', '2021-03-31')).toEqual({
      months: ['2020-09-01', '2021-03-01'],
      days: [],
    });
    expect(periodParts('0001-01-01', '9999-12-31').days).toEqual([]);
  });
});

describe('the bucket of a lead time', () => {
  it('holds the time: its edge is reached, the next is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600_000 }), (minutes) => {
        const from = leadTimeBucket(minutes);
        const to = leadTimeBuckets[leadTimeBuckets.indexOf(from) + 1] ?? Infinity;
        expect(from).toBeLessThanOrEqual(minutes);
        expect(to).toBeGreaterThan(minutes);
      }),
    );
  });

  it('rises', () => {
    expect([...leadTimeBuckets].sort((a, b) => a - b)).toEqual([...leadTimeBuckets]);
  });

  it('counts a contact before its registration as no wait', () => {
    expect(leadTimeBucket(-10)).toBe(0);
  });
});
