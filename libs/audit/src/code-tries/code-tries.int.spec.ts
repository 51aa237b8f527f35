import { openRequestPool } from '@spil/postgres';
import type { Pool } from 'pg';
import { freshAuditStore, type TestAuditStore } from '../../../../test/support/audit-store.js';
import { giveCodeTryBack, takeCodeTry } from './code-tries.js';

describe('tries of registration codes', () => {
  let store: TestAuditStore;
  let pools: Pool[];

  beforeAll(async () => {
    store = await freshAuditStore();
    pools = [1, 2].map(() => openRequestPool(store.serviceUrl, () => undefined));
  });
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.end()));
    await store.drop();
  });

  /** How many of so many tries at once go through, shared between processes. */
  const passed = async (who: string, tries: number, perMinute: number): Promise<number> => {
    const taken = Array.from({ length: tries }, (_, at) => pools[at % 2] as Pool).map((pool) =>
      takeCodeTry(pool, who, perMinute),
    );
    return (await Promise.all(taken)).filter(Boolean).length;
  };
  /** As if so many seconds had passed. */
  const later = async (seconds: number): Promise<void> => {
    await pools[0]?.query('UPDATE code_tries.bucket SET at = at - make_interval(secs => $1)', [seconds]);
  };

  it('are as many as a minute has, in however many processes, and come back with time', async () => {
    expect(await passed('p', 8, 4)).toBe(4);
    await later(16);
    expect(await passed('p', 8, 4)).toBe(1);
    await later(3_600);
    expect(await passed('p', 8, 4)).toBe(4);
  });

  it('are counted for everybody apart', async () => {
    expect([await passed('one', 3, 2), await passed('other', 3, 2)]).toEqual([2, 2]);
  });

  it('do not count when given back, and never become more than there are', async () => {
    const [pool] = pools as [Pool];
    expect([await passed('q', 1, 1), await passed('q', 1, 1)]).toEqual([1, 0]);
    for (const who of ['q', 'q', 'never seen']) await giveCodeTryBack(pool, who, 1);
    expect([await passed('q', 1, 1), await passed('q', 1, 1), await passed('never seen', 2, 1)]).toEqual([
      1, 0, 1,
    ]);
  });
});
