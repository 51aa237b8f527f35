import fc from 'fast-check';
import { periodParts } from './cube-query.js';
import { leadTimeBucket, leadTimeBuckets } from './metrics.js';

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
const dayOf = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);

const daysBetween = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, at) => dayOf(first + at));

const anyPeriod = fc
  .tuple(fc.integer({ min: 18_000, max: 19_500 }), fc.integer({ min: 0, max: 1_500 }))
  .map(([from, length]) => [dayOf(from), dayOf(from + length)] as const);

describe('a period in parts', () => {
  it('has each of its days once and no other, whatever is taken whole and taken back', () => {
    fc.assert(
      fc.property(anyPeriod, fc.boolean(), ([from, to], years) => {
        const times = new Map<string, number>();
        for (const { grain, first, last, sign } of periodParts(from, to, years))
          for (const day of daysBetween(dayNumber(from) - 800, dayNumber(to) + 800)) {
            const bucket = { YEAR: `${day.slice(0, 4)}-01-01`, MONTH: `${day.slice(0, 7)}-01`, DAY: day }[
              grain
            ];
            if (bucket >= first && bucket <= last) times.set(day, (times.get(day) ?? 0) + sign);
          }
        const covered = [...times].filter(([, count]) => count !== 0).sort();
        expect(covered).toEqual(daysBetween(dayNumber(from), dayNumber(to)).map((day) => [day, 1]));
      }),
    );
  });

  it('takes half a month of days, and half a year of months, at either edge at most', () => {
    fc.assert(
      fc.property(anyPeriod, ([from, to]) => {
        for (const { grain, first, last } of periodParts(from, to, true))
          if (grain !== 'YEAR')
            expect(dayNumber(last) - dayNumber(first)).toBeLessThan(grain === 'DAY' ? 31 : 190);
      }),
    );
  });

  it('needs no days for whole months, no months for whole years, nor either for all time', () => {
    const sign = 1;
    expect(periodParts('2020-09-01', '2021-03-31', true)).toEqual([
      { grain: 'MONTH', first: '2020-09-01', last: '2020-12-01', sign },
      { grain: 'MONTH', first: '2021-01-01', last: '2021-03-01', sign },
    ]);
    expect(periodParts('2020-01-01', '2021-12-31', true)).toEqual([
      { grain: 'YEAR', first: '2020-01-01', last: '2021-01-01', sign },
    ]);
    expect(periodParts('2020-01-01', '2020-12-31', false)).toEqual([
      { grain: 'MONTH', first: '2020-01-01', last: '2020-12-01', sign },
    ]);
    expect(periodParts('0001-01-01', '9999-12-31', true)).toEqual([
      { grain: 'YEAR', first: '0001-01-01', last: '9999-01-01', sign },
    ]);
  });

  it('takes a year whole that misses a few days, and takes those back', () => {
    expect(periodParts('2025-01-10', '2025-12-20', true)).toEqual([
      { grain: 'YEAR', first: '2025-01-01', last: '2025-01-01', sign: 1 },
      { grain: 'DAY', first: '2025-01-01', last: '2025-01-09', sign: -1 },
      { grain: 'DAY', first: '2025-12-21', last: '2025-12-31', sign: -1 },
    ]);
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
