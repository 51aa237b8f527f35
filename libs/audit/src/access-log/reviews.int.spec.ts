import { randomUUID } from 'node:crypto';
import { openRequestPool } from '@spil/postgres';
import pg, { type Pool } from 'pg';
import { freshAuditStore, type TestAuditStore } from '../../../../test/support/audit-store.js';
import { testPrincipal } from '../../../../test/support/tokens.js';
import { askerOf } from '../asker.js';
import { recordReview, ReviewCommandReused, reviewMonths, type Month } from './reviews.js';

describe('the monthly review of the access log', () => {
  let store: TestAuditStore;
  let pool: Pool;
  const asker = askerOf(testPrincipal.professional());

  /** So many months back; noon on the tenth is in that month everywhere. */
  const monthsBack = (count: number): { month: Month; at: Date } => {
    const now = new Date();
    const at = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - count, 10, 12));
    return { month: at.toISOString().slice(0, 7), at };
  };
  const shown = async (organisationId: string, controllerId: string, at: Date): Promise<void> => {
    const owner = new pg.Client({ connectionString: store.ownerUrl });
    await owner.connect();
    await owner.query(
      `INSERT INTO access_log.disclosure (trace_id, span_id, action, activity, purpose, account, role, organisation_id, subject_kind,
        subject_id, controller_id, fields, started_at, disclosed_at)
       VALUES (repeat('a', 32), repeat('b', 16), 'case', 'casework', 'CASEWORK', 'x', 'PROFESSIONAL', $1, 'CLIENT', 'c', $2, '{f}', $3, $3)`,
      [organisationId, controllerId, at],
    );
    await owner.end();
  };

  beforeEach(async () => {
    store = await freshAuditStore();
    pool = openRequestPool(store.serviceUrl, () => undefined);
  });
  afterEach(async () => {
    await pool.end();
    await store.drop();
  });

  it('is due for each month that is over, for who saw and for who is responsible', async () => {
    await shown('firm', 'loket', monthsBack(3).at);
    await shown('loket', 'loket', monthsBack(1).at);
    await shown('loket', 'loket', new Date());
    const months = await reviewMonths(pool);
    expect(months.map(({ organisationId, month }) => [organisationId, month])).toEqual([
      ['loket', monthsBack(1).month],
      ['firm', monthsBack(3).month],
      ['loket', monthsBack(3).month],
    ]);
    expect((await reviewMonths(pool, 'firm')).map(({ month }) => month)).toEqual([monthsBack(3).month]);
  });

  it('is overdue two weeks after the month, until it is done', async () => {
    const { month, at } = monthsBack(3);
    await shown('loket', 'loket', at);
    expect(await reviewMonths(pool)).toMatchObject([{ month, overdue: true, review: null }]);
    const review = {
      organisationId: 'loket',
      month,
      finding: 'NOTHING_REMARKABLE',
      reference: null,
      reviewedBy: 'p',
    } as const;
    const recorded = await recordReview(pool, randomUUID(), asker, review);
    expect(recorded).toEqual({ ...review, reviewedAt: expect.any(Date) as unknown });
    expect(await reviewMonths(pool)).toEqual([
      {
        organisationId: 'loket',
        month,
        dueBy: expect.any(Date) as unknown,
        overdue: false,
        review: recorded,
      },
    ]);
  });

  it('is recorded once per command, and may be done over', async () => {
    const { month, at } = monthsBack(2);
    await shown('loket', 'loket', at);
    const commandId = randomUUID();
    const review = {
      organisationId: 'loket',
      month,
      finding: 'NOTHING_REMARKABLE',
      reference: null,
      reviewedBy: 'p',
    } as const;
    const first = await recordReview(pool, commandId, asker, review);
    expect(await recordReview(pool, commandId, asker, review)).toEqual(first);
    for (const change of [
      { finding: 'BREACH_REPORTED' },
      { month: monthsBack(3).month },
      { reference: 'X' },
    ] as const)
      await expect(recordReview(pool, commandId, asker, { ...review, ...change })).rejects.toThrow(
        ReviewCommandReused,
      );
    await recordReview(pool, randomUUID(), asker, {
      ...review,
      finding: 'BREACH_REPORTED',
      reference: 'AP-2026/7',
    });
    expect((await reviewMonths(pool))[0]?.review).toMatchObject({
      finding: 'BREACH_REPORTED',
      reference: 'AP-2026/7',
    });
  });

  it('asks nothing of a log that is empty', async () => {
    expect(await reviewMonths(pool)).toEqual([]);
  });
});
