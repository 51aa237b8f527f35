import type { Pool } from 'pg';
import { policyVersion } from '@spil/access';
import { freshAuditStore, type TestAuditStore } from '../../../../test/support/audit-store.js';
import { openRequestPool } from '@spil/postgres';
import { policyOn, recordPolicyUse, type PolicyUse } from './policies.js';

describe('the policy texts that decided', () => {
  let store: TestAuditStore;
  let pool: Pool;
  const on = (day: number): Date => new Date(Date.UTC(2026, 9, day));
  const use = (policy: string, from: Date): PolicyUse => {
    const text = { policy, schema: 'entity Case;' };
    return { ...text, version: policyVersion(text), inForceFrom: from };
  };
  const strict = use('forbid (principal, action, resource);', on(3));
  const kind = use('permit (principal, action, resource);', on(5));

  beforeEach(async () => {
    store = await freshAuditStore();
    pool = openRequestPool(store.serviceUrl, () => undefined);
  });
  afterEach(async () => {
    await pool.end();
    await store.drop();
  });

  it('are none before the first start', async () => {
    expect(await policyOn(pool, on(1))).toBeUndefined();
  });

  it('are found by the moment at which they decided, also when an earlier one came back', async () => {
    for (const one of [strict, kind, { ...strict, inForceFrom: on(7) }]) await recordPolicyUse(pool, one);
    const found = await Promise.all([3, 4, 5, 6, 7, 31].map((day) => policyOn(pool, on(day))));
    expect(found).toEqual([
      strict,
      strict,
      kind,
      kind,
      { ...strict, inForceFrom: on(7) },
      { ...strict, inForceFrom: on(7) },
    ]);
  });

  it('answer for a moment before all of them with the first, which says from when on it decided', async () => {
    for (const one of [kind, strict]) await recordPolicyUse(pool, one);
    expect(await policyOn(pool, on(1))).toEqual(strict);
  });

  it('begin once, however often the service starts with the same text', async () => {
    for (const day of [3, 4, 4, 6]) await recordPolicyUse(pool, { ...strict, inForceFrom: on(day) });
    expect(await policyOn(pool, on(31))).toEqual(strict);
  });

  it('are written down late without a change of what decided since', async () => {
    await recordPolicyUse(pool, kind);
    await recordPolicyUse(pool, strict);
    expect(await policyOn(pool, on(31))).toEqual(kind);
  });

  it('can be added to by the service, and neither changed nor removed', async () => {
    await recordPolicyUse(pool, strict);
    for (const sql of [
      "UPDATE policies.text SET policy = 'permit (principal, action, resource);'",
      'DELETE FROM policies.use',
      'TRUNCATE policies.use',
      "UPDATE policies.use SET in_force_from = 'epoch'",
    ])
      await expect(pool.query(sql)).rejects.toMatchObject({ code: '42501' });
  });
});
