import pg from 'pg';
import { migrateAuditStore } from './migrate.js';
import { freshAuditStore, type TestAuditStore } from '../../../../test/support/audit-store.js';

const insufficientPrivilege = '42501';

describe('the audit database', () => {
  let store: TestAuditStore;

  beforeAll(async () => {
    store = await freshAuditStore();
  });
  afterAll(() => store.drop());

  const run = async (url: string, sql: string): Promise<string> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(sql);
      return 'done';
    } catch (error) {
      if (error instanceof pg.DatabaseError) return error.code ?? error.message;
      throw error;
    } finally {
      await client.end();
    }
  };
  const refusal = `INSERT INTO refusals.refusal (trace_id, kind, operation, code, account, role)
    VALUES (repeat('a', 32), 'READ', 'case', 'NOT_FOUND', 'x', 'BOARD')`;

  it('is brought up to date by several at once, and again without harm', async () => {
    const roles = { serviceRole: 'test_audit_service', workerRole: 'test_audit_worker' };

    await Promise.all([migrateAuditStore(store.ownerUrl, roles), migrateAuditStore(store.ownerUrl, roles)]);
    expect(await run(store.serviceUrl, 'SELECT * FROM access_log.disclosure')).toBe('done');
  });

  it('lets the service add and read', async () => {
    expect(await run(store.serviceUrl, refusal)).toBe('done');
    expect(await run(store.serviceUrl, 'SELECT * FROM refusals.refusal')).toBe('done');
  });

  it.each([
    ['change', "UPDATE refusals.refusal SET code = 'X'"],
    ['remove', 'DELETE FROM refusals.refusal'],
    ['empty', 'TRUNCATE refusals.refusal'],
    ['change', "UPDATE access_log.disclosure SET role = 'X'"],
    ['remove', 'DELETE FROM access_log.disclosure'],
    ['empty', 'TRUNCATE access_log.disclosure'],
    ['drop', 'DROP TABLE access_log.disclosure'],
    [
      'number rows itself in',
      refusal.replace('(trace_id', '(refusal_id, trace_id').replace('VALUES (', 'VALUES (1, '),
    ],
  ])('does not let the service %s a log: %s', async (_what, sql) => {
    expect(await run(store.serviceUrl, sql)).toMatch(new RegExp(`^(${insufficientPrivilege}|428C9)$`));
  });

  it('shows the worker, who keeps the proofs, neither log', async () => {
    expect(await run(store.workerUrl, 'SELECT * FROM access_log.disclosure')).toBe(insufficientPrivilege);
    expect(await run(store.workerUrl, 'SELECT * FROM refusals.refusal')).toBe(insufficientPrivilege);
  });

  it('takes no free text where a code belongs', async () => {
    const checkViolation = '23514';
    expect(await run(store.serviceUrl, refusal.replace('NOT_FOUND', 'Fictieve Naam'))).toBe(checkViolation);
    expect(await run(store.serviceUrl, refusal.replace("'case'", "'Fictieve Naam'"))).toBe(checkViolation);
  });
});
