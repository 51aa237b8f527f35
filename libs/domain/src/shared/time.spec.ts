import fc from 'fast-check';
import { dayInNetherlands, hoursAfter, isBefore, isDay, minutesAfter, minutesBetween } from './time.js';

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

describe('a day as text', () => {
  it.each(['2027-03-31', '2020-02-29', '2000-02-29', '1066-10-14', '0000-01-01', '9999-12-31'])(
    'is one that is on the calendar: %s',
    (text) => {
      expect(isDay(text)).toBe(true);
    },
  );

  it.each([
    ...['2021-02-29', '1900-02-29', '2021-02-30', '2021-04-31', '2021-13-01', '2021-00-10', '2021-01-00'],
    ...['2021-1-1', '2021-01', '20210101', '31-03-2027', '2021-01-01T00:00:00Z', '2021-01-01\n'],
    // The last is a month of the year 12021, and as long as a day.
    ...['today', '', '-021-01-01', '+02021-01-01', '+012021-01'],
  ])('is not: %j', (text) => {
    expect(isDay(text)).toBe(false);
  });

  it('is on the calendar when its month has that day, in leap years and others', () => {
    const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    const two = (number: number): string => String(number).padStart(2, '0');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9999 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (year, month, day) => {
          const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
          const last = (lengths[month - 1] ?? 0) + (leap && month === 2 ? 1 : 0);
          const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
          expect(isDay(text)).toBe(day >= 1 && day <= last);
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
