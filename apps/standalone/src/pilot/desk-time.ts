import type { Day, Instant } from '@spil/domain';

/** The pilot ran from 1 September 2020 up to and including 31 March 2021 (R 1.2). */
export const pilotPeriod = { from: '2020-09-01', until: '2021-03-31' } as const satisfies Record<string, Day>;

/** The desk was open on working days from 9 to 13 (R 1.2). */
const minutesPerDay = 4 * 60;
const openingHour = 9;

/** Public holidays in the period that fall on a working day. */
const holidays: readonly Day[] = ['2020-12-25', '2021-01-01'];

const day = 24 * 60 * 60 * 1000;
const startOf = (date: Day): number => Date.parse(`${date}T00:00:00Z`);

const workingDays: readonly number[] = (() => {
  const days: number[] = [];
  for (let at = startOf(pilotPeriod.from); at <= startOf(pilotPeriod.until); at += day) {
    const weekday = new Date(at).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    if (holidays.includes(new Date(at).toISOString().slice(0, 10))) continue;
    days.push(at);
  }
  return days;
})();

/** Dutch winter time inside the period, from the last Sunday of October up to the last Sunday of March. */
const winter = { from: startOf('2020-10-25'), until: startOf('2021-03-28') };

/**
 * Desk minutes count only the minutes in which the desk is open: minute 0 is 1 September 2020 at 9:00, minute 240 is
 * 9:00 on the next working day. So a delay in desk minutes never ends in a weekend or a night.
 */
export const deskMinutes = workingDays.length * minutesPerDay;

/** The instant of a desk minute. */
export function instantAt(minute: number): Instant {
  const date = workingDays[Math.floor(minute / minutesPerDay)];
  if (date === undefined || minute < 0) throw new RangeError(`desk minute ${minute} is outside the pilot`);
  const offsetHours = date >= winter.from && date < winter.until ? 1 : 2;
  const minuteOfDay = (openingHour - offsetHours) * 60 + (minute % minutesPerDay);
  return new Date(date + minuteOfDay * 60 * 1000).toISOString();
}

/** The first desk minute on or after a day. */
export function firstMinuteOn(date: Day): number {
  const index = workingDays.findIndex((working) => working >= startOf(date));
  if (index < 0) throw new RangeError(`${date} is after the pilot`);
  return index * minutesPerDay;
}

/** When users and programme policy were entered: on the first morning, before the desk opened. */
export const beforeOpening: Instant = `${pilotPeriod.from}T06:00:00.000Z`;
