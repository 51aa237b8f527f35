import { randomUUID } from 'node:crypto';
import { openRequestPool } from '@spil/postgres';
import type { Pool } from 'pg';
import { freshAuditStore, type TestAuditStore } from '../../../../test/support/audit-store.js';
import { testPrincipal } from '../../../../test/support/tokens.js';
import { askerOf } from '../asker.js';
import { InvalidAuditCursor } from '../store/page.js';
import { recordRefusals, refusalsBetween, type RefusalFact } from './refusals.js';

describe('what was refused', () => {
  let store: TestAuditStore;
  let pool: Pool;
  const [one, other] = [randomUUID(), randomUUID()];
  const at = (minute: number): Date => new Date(Date.UTC(2026, 9, 1, 12, minute));
  const refusal = (minute: number, changes: Partial<RefusalFact> = {}): RefusalFact => ({
    kind: 'COMMAND',
    operation: 'closeCase',
    code: 'CASE_NOT_FOUND',
    asker: askerOf(testPrincipal.professional()),
    caseId: one,
    traceId: '0'.repeat(31) + 'a',
    refusedAt: at(minute),
    ...changes,
  });
  const whole = { from: at(0), to: at(59) };

  beforeAll(async () => {
    store = await freshAuditStore();
    pool = openRequestPool(store.serviceUrl, () => undefined);
    await recordRefusals(pool, [
      refusal(1),
      refusal(2, { kind: 'READ', operation: 'case', code: 'NOT_FOUND', caseId: other }),
      refusal(3, { asker: askerOf(testPrincipal.board), code: 'FORBIDDEN', caseId: null }),
      // Two at one moment.
      refusal(4),
      refusal(4),
    ]);
  });
  afterAll(async () => {
    await pool.end();
    await store.drop();
  });

  it('is read back newest first, page by page, none left out and none twice', async () => {
    const minutes: number[] = [];
    let after: string | undefined;
    do {
      const page = await refusalsBetween(pool, whole, { first: 1, ...(after !== undefined && { after }) });
      minutes.push(...page.edges.map(({ node }) => node.refusedAt.getUTCMinutes()));
      after = page.hasNextPage ? page.edges.at(-1)?.cursor : undefined;
    } while (after !== undefined);
    expect(minutes).toEqual([4, 4, 3, 2, 1]);
  });

  it.each([
    [{ kind: 'READ' } as const, [2]],
    [{ code: 'FORBIDDEN' }, [3]],
    [{ caseId: other }, [2]],
    [{ organisationId: testPrincipal.professional().organisationId ?? '' }, [4, 4, 2, 1]],
    [{ from: at(2), to: at(4) }, [3, 2]],
  ])('is found by %j', async (filter, minutes) => {
    const { edges } = await refusalsBetween(pool, { ...whole, ...filter }, { first: 10 });
    expect(edges.map(({ node }) => node.refusedAt.getUTCMinutes())).toEqual(minutes);
  });

  it('says who, what and why, in ids and codes', async () => {
    const { edges } = await refusalsBetween(pool, { ...whole, code: 'FORBIDDEN' }, { first: 1 });
    expect(edges[0]?.node).toEqual({
      refusalId: expect.stringMatching(/^\d+$/) as unknown,
      kind: 'COMMAND',
      operation: 'closeCase',
      code: 'FORBIDDEN',
      role: 'BOARD',
      professionalId: null,
      organisationId: null,
      locationId: null,
      caseId: null,
      traceId: '0'.repeat(31) + 'a',
      refusedAt: at(3),
    });
  });

  it('takes no cursor of another log', async () => {
    for (const after of ['1', 'x-1', '1-0', "1-1'--"])
      await expect(refusalsBetween(pool, whole, { first: 1, after })).rejects.toThrow(InvalidAuditCursor);
  });
});
