import type { Day } from '@spil/domain';
import type { Language } from './text.js';

/** Writes moments as people in the Netherlands read them, in Dutch time. */
export function momentIn(language: Language): (instant: string) => string {
  const time = new Intl.DateTimeFormat(localeOf(language), {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Amsterdam',
  });
  return (instant) => time.format(new Date(instant));
}

/** Writes days the same way. */
export function dayIn(language: Language): (day: Day) => string {
  const date = new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone: 'UTC' });
  return (day) => date.format(new Date(`${day}T00:00:00Z`));
}

const localeOf = (language: Language): string => (language === 'nl' ? 'nl-NL' : 'en-GB');
