import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectEventStore, type EventStore } from '@spil/event-store';
import { withConnection } from '@spil/postgres';
import { caseRegistered, streamOf, toAppend } from '../../../test/support/case-events.js';
import { eventually } from '../../../test/support/eventually.js';
import { startInfrastructure, type Infrastructure } from './infrastructure.js';
import { ensureSecrets } from './secrets.js';

describe('the infrastructure of the embedded default', () => {
  let folder: string;
  let parts: Infrastructure;
  let store: EventStore;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-infrastructure-'));
    await chmod(folder, 0o711);
    parts = await startInfrastructure(folder, await ensureSecrets(folder), () => undefined);
    store = connectEventStore({
      connectionString: parts.eventStoreUrl,
      credentials: { username: 'admin', password: 'changeit' },
    });
  });

  afterAll(async () => {
    await store.close();
    await parts.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const postmaster = async (): Promise<number> =>
    Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);

  const query = (text: string): Promise<unknown[]> =>
    withConnection(
      { connectionString: parts.readOwnerUrl, application_name: 'spil-test' },
      async (client) => (await client.query<Record<string, unknown>>(text)).rows,
    );

  it.each([
    ['is killed', 'SIGKILL'],
    ['stops at once, without a goodbye', 'SIGQUIT'],
  ] as const)('comes back by itself, with all it held, when Postgres %s', async (_, signal) => {
    const event = caseRegistered();
    await store.append(streamOf(event), [toAppend(event)], 'no_stream');
    await query(`CREATE TABLE kept_${signal} AS SELECT 7 AS seven`);
    const before = await postmaster();

    process.kill(before, signal);

    await eventually(async () => expect(await postmaster()).not.toBe(before));
    await eventually(async () =>
      expect(await query(`SELECT seven FROM kept_${signal}`)).toEqual([{ seven: 7 }]),
    );
    const read = await eventually(async () => {
      const types: string[] = [];
      for await (const stored of store.readStream(streamOf(event))) types.push(stored.type);
      return types;
    });
    expect(read).toEqual(['CaseRegistered']);
    const next = caseRegistered();
    await eventually(() => store.append(streamOf(next), [toAppend(next)], 'no_stream'));
  });
});
