import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { connectEventStore, type EventStore } from '@spil/event-store';
import { as, populate, startTestSystem, type TestSystem } from '../support/system.js';
import { certified, closed, officers, taken, told } from './support.js';

/** Two cases are ordered, destroyed and recorded, then the certificate: seven steps. */
const points = [1, 2, 'LISTED', 'AFTER 2', 3, 4, 5, 6, 7, 'AFTER 7'] as const;

describe('an erasure whose process is killed', () => {
  let system: TestSystem;
  let store: EventStore;
  const killed = new Map<string, { erasureId: string; caseIds: string[] }>();

  const typesOn = async (stream: string): Promise<string[]> => {
    const types: string[] = [];
    for await (const { type } of store.readStream(stream)) types.push(type);
    return types;
  };

  beforeAll(async () => {
    system = await startTestSystem();
    await populate(system);
    store = connectEventStore({
      connectionString: system.config.eventStore.url,
      credentials: { username: 'spil', password: 'only-for-tests' },
    });
    for (const point of points) {
      const [first, clientId] = await opened();
      const [second] = await opened(clientId);
      killed.set(String(point), { erasureId: randomUUID(), caseIds: [first, second] });
    }
    await system.stopService();
    for (const point of points) {
      const erasure = killed.get(String(point));
      if (erasure === undefined) throw new Error(`nothing to kill at ${point}`);
      const clientId = await clientOf(erasure.caseIds[0] ?? '');
      const { professionalId, organisationId, organisationKind, locationId } = officers.loket;
      const officer = { professionalId, organisationId, organisationKind, locationId };
      const order = { config: system.config, ...erasure, clientId, officer, dieAt: point };
      expect([point, await signalOf(order)]).toEqual([point, 'SIGKILL']);
    }
    await system.startService();
  }, 120_000);

  afterAll(async () => {
    await store.close();
    await system.stop();
  });

  async function opened(knownClientId?: string): Promise<[string, string]> {
    const { id } = await taken(system, as('loket'), 'registerCase', {
      registrationKind: 'FIRST_LINE_SIGNALERING_ONLY',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
      client: { name: 'Bo Voorbeeld (fictief)' },
      ...(knownClientId !== undefined && { knownClientId }),
    });
    await closed(system, as('loket'), id);
    return [id, await clientOf(id)];
  }

  async function clientOf(caseId: string): Promise<string> {
    for await (const { data } of store.readStream(`case-${caseId}`, { maxCount: 1 }))
      return (data as { clientId: string }).clientId;
    throw new Error(`there is no case ${caseId}`);
  }

  const signalOf = (order: object): Promise<NodeJS.Signals | number | null> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, ['test/erasure/erase-and-die.mjs', JSON.stringify(order)], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      child.once('close', (code, signal) => resolve(signal ?? code));
    });

  it.each(points)(
    'at step %s is completed by the service that starts after it, with one certificate',
    async (point) => {
      const { erasureId, caseIds } = killed.get(String(point)) ?? { erasureId: '', caseIds: [] };
      const { certificate } = await certified(system, officers.loket, erasureId);
      expect(certificate?.erased.map(({ caseId }) => caseId)).toEqual(caseIds);
      expect(await typesOn(`erasure-${erasureId}`)).toEqual([
        'ErasureRequested',
        'ErasureOrdered',
        'ErasureCompleted',
      ]);
      for (const caseId of caseIds)
        expect((await typesOn(`case-${caseId}`)).slice(-2)).toEqual([
          'ClientErasureOrdered',
          'ClientDataErased',
        ]);
    },
  );

  it('leaves no key of any of them', async () => {
    const keys = new pg.Client({ connectionString: system.config.keysDatabaseUrl });
    await keys.connect();
    try {
      const caseIds = [...killed.values()].flatMap((erasure) => erasure.caseIds);
      const { rows } = await keys.query(`SELECT FROM key_store.data_key WHERE subject::jsonb->>2 = ANY($1)`, [
        caseIds,
      ]);
      expect(rows).toHaveLength(0);
    } finally {
      await keys.end();
    }
  });

  it('is told of on the privacy officer’s list', async () => {
    const { erasures } = await told<{ erasures: { id: string; state: string }[] }>(
      system,
      officers.loket,
      `{ erasures(states: [COMPLETED]) { id state } }`,
    );
    expect(new Set(erasures.map(({ id }) => id))).toEqual(
      new Set([...killed.values()].map(({ erasureId }) => erasureId)),
    );
  });
});
