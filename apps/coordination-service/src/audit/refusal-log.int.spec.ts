import { openRequestPool } from '@spil/postgres';
import pg from 'pg';
import { freshAuditStore, type TestAuditStore } from '../../../../test/support/audit-store.js';
import { eventually } from '../../../../test/support/eventually.js';
import { startFreezableProxy, type FreezableProxy } from '../../../../test/support/freezable-proxy.js';
import { testPrincipal } from '../../../../test/support/tokens.js';
import type { RequestContext } from '../api/request-context.js';
import { createLogger } from '../operations/logger.js';
import { ServiceMetrics } from '../operations/metrics.js';
import { RefusalLog } from './refusal-log.js';

describe('a refusal', () => {
  let store: TestAuditStore;
  let proxy: FreezableProxy;
  let owner: pg.Client;
  let pool: pg.Pool;
  let metrics: ServiceMetrics;
  let log: RefusalLog;

  beforeEach(async () => {
    store = await freshAuditStore();
    const url = new URL(store.serviceUrl);
    proxy = await startFreezableProxy(Number(url.port));
    url.port = String(proxy.port);
    pool = openRequestPool(url.href, () => undefined);
    owner = new pg.Client({ connectionString: store.ownerUrl });
    await owner.connect();
    metrics = new ServiceMetrics();
    log = new RefusalLog(pool, metrics, createLogger('silent'));
  });
  afterEach(async () => {
    await log.onApplicationShutdown();
    await owner.end();
    await pool.end();
    await proxy.close();
    await store.drop();
  });

  const request: RequestContext = {
    authentication: { principal: testPrincipal.professional(), expiresAt: Date.now() + 60_000 },
    purpose: 'CASEWORK',
    traceId: 'a'.repeat(32),
    deadline: undefined,
    perRequest: new Map(),
  };
  const note = (operation = 'closeCase') =>
    log.note(request, { kind: 'COMMAND', operation, code: 'CASE_NOT_FOUND', caseId: null });
  const written = async (): Promise<number> => {
    const { rows } = await owner.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM refusals.refusal',
    );
    return rows[0]?.count ?? 0;
  };

  it('is committed by the time that it may be answered', async () => {
    for (let count = 1; count <= 20; count += 1) {
      await note();
      expect(await written()).toBe(count);
    }
  });

  it('shares its commit with others of the same moment', async () => {
    await note();
    const { rows: before } = await owner.query<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid');
    await Promise.all(Array.from({ length: 100 }, () => note()));
    const { rows } = await owner.query<{ count: number }>(
      'SELECT count(DISTINCT xmin::text)::int AS count FROM refusals.refusal WHERE xmin::text::bigint > $1::bigint',
      [before[0]?.xid],
    );
    expect(await written()).toBe(101);
    expect(rows[0]?.count).toBeLessThanOrEqual(3);
  });

  it.each([0, 1, 2, 3])(
    'is written down also when it comes just when the log has run out of work (%s turns after its last commit)',
    async (turns) => {
      const tell = metrics.refusalsWaiting.bind(metrics);
      const next = new Promise<void>((resolve, reject) => {
        metrics.refusalsWaiting = (count) => {
          tell(count);
          if (count > 0) return;
          metrics.refusalsWaiting = tell;
          let turn = Promise.resolve();
          for (let passed = 0; passed < turns; passed += 1) turn = turn.then(() => undefined);
          turn.then(() => note()).then(resolve, reject);
        };
      });
      await note();
      await next;

      expect(await written()).toBe(2);
    },
  );

  it('is answered all the same while the log is slow or away, and written down later', async () => {
    await note();
    proxy.freeze();
    const started = performance.now();
    await note();
    expect(performance.now() - started).toBeLessThan(1_000);
    proxy.thaw();
    await eventually(async () => expect(await written()).toBe(2));

    proxy.goAway();
    await note();
    await Promise.all(Array.from({ length: 50 }, () => note()));
    proxy.comeBack();
    await eventually(async () => expect(await written()).toBe(53));
  });

  it('of nobody is nothing', async () => {
    await log.note(
      { ...request, authentication: { fault: 'EXPIRED' } },
      {
        kind: 'READ',
        operation: 'case',
        code: 'NOT_FOUND',
        caseId: null,
      },
    );
    expect(await written()).toBe(0);
  });
});
