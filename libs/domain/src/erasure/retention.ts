import type { Day, Instant, OrganisationKind } from '../shared/decider.js';
import { dayInNetherlands } from '../shared/time.js';

/** For how long an organisation keeps the personal data of a closed case. */
export interface RetentionTerm {
  /** Whole years after the closing. */
  readonly years: number;
  /** Law or professional rules forbid to erase earlier, also at the client's request (AVG art. 17(3)(b)). */
  readonly duty: boolean;
}

/** Longest term that can be set, in years. */
export const longestRetentionYears = 30;

/**
 * What holds while an organisation set nothing. The sources name no terms; these are assumptions, explained in
 * docs/operations/erasure.md. A lawyer answers for the file during five years after the end of the work (BW 7:412).
 */
export const defaultRetention: Readonly<Record<OrganisationKind, RetentionTerm>> = {
  ADVOCATUUR: { years: 5, duty: true },
  MEDIATION: { years: 5, duty: true },
  JURIDISCH_LOKET: { years: 2, duty: false },
  SOCIAAL_RAADSLIEDEN: { years: 2, duty: false },
  OTHER: { years: 2, duty: false },
};

/** The first day on which the data of a case closed then need not be kept any more. */
export const retentionEnds = (closedAt: Instant, { years }: RetentionTerm): Day => {
  const day = dayInNetherlands(closedAt);
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0');
  // A term that began on a leap day ends on the first of March.
  const end = new Date(`${year}${day.slice(4)}T00:00:00Z`);
  return end.toISOString().slice(0, 10);
};
