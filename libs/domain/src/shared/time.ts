import type { Day, Instant } from './decider.js';

const minute = 60_000;
const hour = 60 * minute;

const dutchCalendar = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Amsterdam',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

const dayOfHour = new Map<string, Day>();
const hoursKept = 10_000;
const inUtc = /^\d{4}-\d\d-\d\dT\d\d:.*Z$/;

/**
 * The calendar day in the Netherlands on which an instant falls; programme policy and laws begin on such a day. Asked for with
 * every event, and slow to work out, so the day of an hour is remembered: Dutch time has differed from UTC by whole hours
 * since 1940.
 */
export function dayInNetherlands(instant: Instant): Day {
  if (instant < '1941' || !inUtc.test(instant)) return dutchCalendar.format(new Date(instant));
  const hour = instant.slice(0, 13);
  const known = dayOfHour.get(hour);
  if (known !== undefined) return known;
  const day = dutchCalendar.format(new Date(instant));
  if (dayOfHour.size === hoursKept) dayOfHour.clear();
  dayOfHour.set(hour, day);
  return day;
}

/** Whether a text is a day of the calendar, written like `2027-03-31`; 30 February is none. Years 0 to 9999. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const midnight = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}

/** An instant some minutes later. */
export const minutesAfter = (instant: Instant, minutes: number): Instant =>
  new Date(Date.parse(instant) + minutes * minute).toISOString();

/** An instant some hours later. */
export const hoursAfter = (instant: Instant, hours: number): Instant =>
  new Date(Date.parse(instant) + hours * hour).toISOString();

/** Whole minutes from one instant to another, rounded to the nearest. */
export const minutesBetween = (from: Instant, to: Instant): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / minute);

/** Whether the first instant lies before the second, however the two are written. */
export const isBefore = (one: Instant, other: Instant): boolean => Date.parse(one) < Date.parse(other);
