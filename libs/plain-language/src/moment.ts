import type { Language } from './text.js';

/** Writes moments as people in the Netherlands read them, in Dutch time. */
export function momentIn(language: Language): (instant: string) => string {
  const time = new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Amsterdam',
  });
  return (instant) => time.format(new Date(instant));
}
