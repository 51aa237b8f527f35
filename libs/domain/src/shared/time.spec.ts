import fc from 'fast-check';
import { dayInNetherlands, hoursAfter, isBefore, minutesAfter, minutesBetween } from './time.js';

describe('a day in the Netherlands', () => {
  it('begins two hours before that of Greenwich in summer', () => {
    expect(dayInNetherlands('2021-06-30T21:59:59.999Z')).toBe('2021-06-30');
    expect(dayInNetherlands('2021-06-30T22:00:00.000Z')).toBe('2021-07-01');
  });

  it('begins one hour before that of Greenwich in winter', () => {
    expect(dayInNetherlands('2020-12-31T22:59:59.999Z')).toBe('2020-12-31');
    expect(dayInNetherlands('2020-12-31T23:00:00.000Z')).toBe('2021-01-01');
  });

  it('is the same whether or not an instant of its hour was asked for before, in summer, winter and the hours between', () => {
    const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' });
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1938-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 3_599_999 }),
        (date, further) => {
          for (const at of [date, new Date(Math.floor(date.getTime() / 3_600_000) * 3_600_000 + further)])
            expect(dayInNetherlands(at.toISOString())).toBe(calendar.format(at));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('reckoning with time', () => {
  it('goes on over midnight', () => {
    expect(minutesAfter('2021-09-06T23:50:00.000Z', 20)).toBe('2021-09-07T00:10:00.000Z');
    expect(hoursAfter('2021-09-06T23:50:00.000Z', 72)).toBe('2021-09-09T23:50:00.000Z');
  });

  it('counts whole minutes', () => {
    expect(minutesBetween('2021-09-06T09:00:00.000Z', '2021-09-06T09:19:40.000Z')).toBe(20);
  });

  it('compares instants, not their spelling', () => {
    expect(isBefore('2021-09-06T11:00:00+02:00', '2021-09-06T09:30:00.000Z')).toBe(true);
  });
});
