import type { ReadDatabase } from '../database.js';
import { sumFigure, type FigureFilter } from './cube-query.js';
import { leadTimeBuckets } from './metrics.js';

export const leads = [
  'REGISTRATION_TO_CONTACT',
  'REQUEST_TO_CONTACT',
  'REFERRAL_TO_ACCEPTANCE',
  'HANDOVER_OFFER_TO_ACCEPTANCE',
  'HANDOVER_ACCEPTANCE_TO_COMPLETION',
] as const;
/** Two steps of a case with a wait between them. */
export type Lead = (typeof leads)[number];

/** How long a wait lasted, over those that ended in the period. */
export interface LeadTime {
  readonly lead: Lead;
  readonly count: number;
  /** Half the waits, and nine in ten, were over within this bucket; null when there were none. */
  readonly median: Bucket | null;
  readonly p90: Bucket | null;
}

/** Minutes: at least `from`, less than `to`; null for the open end. */
export interface Bucket {
  readonly from: number;
  readonly to: number | null;
}

export async function leadTimes(db: ReadDatabase, filter: FigureFilter): Promise<LeadTime[]> {
  return Promise.all(
    leads.map(async (lead) => {
      const cells = await sumFigure(db, `LEAD_${lead}`, filter, ['value']);
      const histogram = cells
        .map(({ value, count }) => ({ from: Number(value), count }))
        .sort((one, other) => one.from - other.from);
      const count = histogram.reduce((sum, bucket) => sum + bucket.count, 0);
      return { lead, count, median: quantile(histogram, count, 0.5), p90: quantile(histogram, count, 0.9) };
    }),
  );
}

/** The bucket that holds the wait at this share of all waits (the nearest rank). */
function quantile(
  histogram: readonly { readonly from: number; readonly count: number }[],
  count: number,
  share: number,
): Bucket | null {
  const rank = Math.ceil(count * share);
  let seen = 0;
  for (const bucket of histogram) {
    seen += bucket.count;
    if (seen >= rank && rank > 0)
      return { from: bucket.from, to: leadTimeBuckets[leadTimeBuckets.indexOf(bucket.from) + 1] ?? null };
  }
  return null;
}
