import { isDeepStrictEqual } from 'node:util';
import type { Pool } from 'pg';
import type { Asker } from '../asker.js';

export const reviewFindings = [
  'NOTHING_REMARKABLE',
  'ASKED_AND_EXPLAINED',
  'MEASURES_TAKEN',
  'BREACH_REPORTED',
] as const;
/** What a review of a month came to. `BREACH_REPORTED`: to the Autoriteit Persoonsgegevens (AVG art. 33). */
export type ReviewFinding = (typeof reviewFindings)[number];

/** A month, for example `2026-10`, in Dutch time. */
export type Month = string;

/** One organisation's review of who saw what in a month. */
export interface AccessReview {
  readonly organisationId: string;
  readonly month: Month;
  readonly finding: ReviewFinding;
  /** Where the organisation keeps more about it, for example the number of a file. */
  readonly reference: string | null;
  /** Professional id. */
  readonly reviewedBy: string;
  readonly reviewedAt: Date;
}

/** A month that an organisation has to review, or has reviewed. */
export interface ReviewMonth {
  readonly organisationId: string;
  readonly month: Month;
  /** Until when. */
  readonly dueBy: Date;
  /** Not reviewed, and the day has passed. */
  readonly overdue: boolean;
  /** The last review; null when there is none. */
  readonly review: AccessReview | null;
}

/** Days after the end of a month within which it is to be reviewed. */
export const daysToReview = 14;

interface ReviewRow {
  readonly organisationId: string;
  readonly month: Month;
  readonly finding: ReviewFinding;
  readonly reference: string | null;
  readonly reviewedBy: string;
  readonly reviewedAt: Date;
}

const reviewColumns = `organisation_id AS "organisationId", to_char(month, 'YYYY-MM') AS month, finding, reference,
  reviewed_by AS "reviewedBy", reviewed_at AS "reviewedAt"`;

/** A command id under which another review was recorded: this one is not (rule 11). */
export class ReviewCommandReused extends Error {
  constructor() {
    super('another review was recorded under this command id');
    this.name = 'ReviewCommandReused';
  }
}

/**
 * Records a review; a repeat of the command answers with what it recorded then. A later review of the same month stands beside it.
 * @throws ReviewCommandReused, what Postgres throws
 */
export async function recordReview(
  pool: Pool,
  commandId: string,
  asker: Asker,
  review: Omit<AccessReview, 'reviewedAt'>,
): Promise<AccessReview> {
  await pool.query({
    name: 'record-review',
    text: `INSERT INTO access_log.review (command_id, account, role, organisation_id, month, finding, reference, reviewed_by)
      VALUES ($1, $2, $3, $4, ($5 || '-01')::date, $6, $7, $8) ON CONFLICT (account, command_id) DO NOTHING`,
    values: [
      commandId,
      asker.account,
      asker.role,
      review.organisationId,
      review.month,
      review.finding,
      review.reference,
      review.reviewedBy,
    ],
  });
  const { rows } = await pool.query<ReviewRow>({
    name: 'review-of-command',
    text: `SELECT ${reviewColumns} FROM access_log.review WHERE account = $1 AND command_id = $2`,
    values: [asker.account, commandId],
  });
  const [recorded] = rows;
  if (recorded === undefined) throw new Error('a review that was recorded is not there');
  if (!isDeepStrictEqual(recorded, { ...review, reviewedAt: recorded.reviewedAt }))
    throw new ReviewCommandReused();
  return recorded;
}

/**
 * The months that are over and in which people of an organisation saw personal data, or others saw those for which it is responsible:
 * newest first. Every organisation when none is named.
 */
export async function reviewMonths(pool: Pool, organisationId?: string): Promise<ReviewMonth[]> {
  const { rows } = await pool.query<
    Pick<ReviewMonth, 'organisationId' | 'month' | 'dueBy' | 'overdue'> & {
      readonly review: ReviewRow | null;
    }
  >({ name: 'review-months', text: monthsQuery, values: [organisationId ?? null, daysToReview] });
  return rows.map(({ review, ...month }) => ({
    ...month,
    review: review && { ...review, reviewedAt: new Date(review.reviewedAt) },
  }));
}

/** Organisations and their first month come from the ends of the indexes, and months from probes in them: never from the whole log. */
const monthsQuery = `
  WITH RECURSIVE seeing AS (
    SELECT min(organisation_id) AS id FROM access_log.disclosure
    UNION ALL
    SELECT (SELECT min(d.organisation_id) FROM access_log.disclosure d WHERE d.organisation_id > seeing.id)
    FROM seeing WHERE seeing.id IS NOT NULL
  ), controlling AS (
    SELECT min(controller_id) AS id FROM access_log.disclosure
    UNION ALL
    SELECT (SELECT min(d.controller_id) FROM access_log.disclosure d WHERE d.controller_id > controlling.id)
    FROM controlling WHERE controlling.id IS NOT NULL
  ), organisation AS (
    SELECT id FROM seeing WHERE id IS NOT NULL AND id = coalesce($1, id)
    UNION SELECT id FROM controlling WHERE id IS NOT NULL AND id = coalesce($1, id)
  ), over AS (
    SELECT organisation.id, month::date AS month, month AT TIME ZONE 'Europe/Amsterdam' AS begins,
      (month + interval '1 month') AT TIME ZONE 'Europe/Amsterdam' AS ends
    FROM organisation,
      LATERAL (SELECT least(
        (SELECT min(disclosed_at) FROM access_log.disclosure WHERE organisation_id = organisation.id),
        (SELECT min(disclosed_at) FROM access_log.disclosure WHERE controller_id = organisation.id)) AS at) AS earliest,
      LATERAL generate_series(
        date_trunc('month', earliest.at AT TIME ZONE 'Europe/Amsterdam'),
        date_trunc('month', now() AT TIME ZONE 'Europe/Amsterdam') - interval '1 month',
        interval '1 month') AS month
  )
  SELECT over.id AS "organisationId", to_char(over.month, 'YYYY-MM') AS month,
    over.ends + make_interval(days => $2) AS "dueBy",
    review.row IS NULL AND now() > over.ends + make_interval(days => $2) AS overdue,
    review.row AS review
  FROM over
  LEFT JOIN LATERAL (
    SELECT to_jsonb(last) AS row FROM (
      SELECT ${reviewColumns} FROM access_log.review r
      WHERE r.organisation_id = over.id AND r.month = over.month ORDER BY r.review_id DESC LIMIT 1) AS last
  ) AS review ON true
  WHERE EXISTS (SELECT 1 FROM access_log.disclosure
      WHERE organisation_id = over.id AND disclosed_at >= over.begins AND disclosed_at < over.ends)
    OR EXISTS (SELECT 1 FROM access_log.disclosure
      WHERE controller_id = over.id AND disclosed_at >= over.begins AND disclosed_at < over.ends)
  ORDER BY over.month DESC, over.id`;
