import { beforeOpening, deskMinutes, firstMinuteOn, instantAt } from './desk-time.js';

const dutch = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  weekday: 'short',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const parts = (instant: string): Record<string, string> =>
  Object.fromEntries(dutch.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));

describe('desk time', () => {
  it('begins on the first of September 2020 at nine and ends on the last of March 2021 before one, Dutch time', () => {
    expect(parts(instantAt(0))).toMatchObject({
      day: '01',
      month: '09',
      year: '2020',
      hour: '09',
      minute: '00',
    });
    expect(parts(instantAt(deskMinutes - 1))).toMatchObject({
      day: '31',
      month: '03',
      year: '2021',
      hour: '12',
      minute: '59',
    });
    expect(() => instantAt(deskMinutes)).toThrow(RangeError);
    expect(() => instantAt(-1)).toThrow(RangeError);
  });

  it('knows only working days between nine and one, in summer and in winter time, and moves on with every minute', () => {
    let before = beforeOpening;
    const days = new Set<string>();
    for (let minute = 0; minute < deskMinutes; minute += 1) {
      const instant = instantAt(minute);
      expect(instant > before).toBe(true);
      before = instant;
      if (minute % 40 !== 0) continue;
      const { weekday, hour, day, month } = parts(instant);
      expect(['Mon', 'Tue', 'Wed', 'Thu', 'Fri']).toContain(weekday);
      expect(['09', '10', '11', '12']).toContain(hour);
      days.add(`${month ?? ''}-${day ?? ''}`);
    }
    expect(days.has('12-25')).toBe(false);
    expect(days.has('01-01')).toBe(false);
    expect(days.size).toBe(150);
  });

  it('finds the first desk minute on or after a day', () => {
    expect(instantAt(firstMinuteOn('2020-10-31'))).toBe('2020-11-02T08:00:00.000Z');
    expect(() => firstMinuteOn('2021-04-01')).toThrow(RangeError);
  });
});
