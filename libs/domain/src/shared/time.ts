import type { Day, Instant } from './decider.js';

const minute = 60_000;
const hour = 60 * minute;

const dutchCalendar = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Amsterdam',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The calendar day in the Netherlands on which an instant falls; programme policy and laws begin on such a day. */
export const dayInNetherlands = (instant: Instant): Day => dutchCalendar.format(new Date(instant));

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
