import { randomUUID } from 'node:crypto';
import type { CaseEvent } from '@spil/domain';
import { startEventNode, type EventNode } from '@spil/embedded';
import { connectEventStore, createCodec, type EventStore, type Position } from '@spil/event-store';
import { checkpoints, registrations, watchCheckpoints, type CheckpointWatch } from '@spil/read-model';
import { allProjections } from '../apps/projection-worker/src/projections.js';
import { verifyProjection } from '../apps/projection-worker/src/runtime/verify.js';
import { caseRegistered, party, streamOf, toAppend } from './support/case-events.js';
import { freshDatabase, type FreshDatabase } from './support/database.js';
import { startProgram, type Program } from './support/program.js';
import { freshReadModel, type TestReadModel } from './support/read-model.js';
import {
  startStatementProxy,
  type Boundary,
  type Passed,
  type StatementProxy,
} from './support/statement-proxy.js';

const credentials = { username: 'admin', password: 'changeit' };
const projections = allProjections.map(({ name }) => name);
/** More than a batch of one event has. */
const mostStatements = 40;

describe('a projection worker that is killed between two statements of a batch', () => {
  let log: FreshDatabase;
  let node: EventNode;
  let store: EventStore;
  let readModel: TestReadModel;
  let watch: CheckpointWatch;
  let proxy: StatementProxy;
  let worker: Program;

  beforeAll(async () => {
    log = await freshDatabase();
    node = await startEventNode({ databaseUrl: log.url });
    store = connectEventStore({ connectionString: nodeUrl(), credentials });
    readModel = await freshReadModel();
    watch = watchCheckpoints(readModel.serviceUrl);
    const { hostname: host, port } = new URL(readModel.workerUrl);
    proxy = await startStatementProxy({ host, port: Number(port) });
    await append(opened);
    for (const referralId of declined) await append(referred(referralId));
    worker = start();
  });

  afterAll(async () => {
    await worker.end('SIGKILL');
    await proxy.close();
    await watch.close();
    await readModel.drop();
    await store.close();
    await node.stop();
    await log.drop();
  });

  const nodeUrl = (): string => `esdb://127.0.0.1:${node.port}?tls=false`;

  const start = (): Program => {
    const url = new URL(readModel.workerUrl);
    url.port = String(proxy.port);
    return startProgram(process.execPath, ['dist/apps/projection-worker/src/main.js'], {
      PATH: process.env.PATH ?? '',
      SPIL_EVENT_STORE_URL: nodeUrl(),
      SPIL_EVENT_STORE_USER: credentials.username,
      SPIL_EVENT_STORE_PASSWORD: credentials.password,
      SPIL_READ_DATABASE_URL: url.href,
      SPIL_WORKER_PORT: '0',
    });
  };

  const opened = caseRegistered();
  const declined = Array.from({ length: mostStatements }, () => randomUUID());
  const common = { caseId: opened.caseId, occurredAt: '2021-02-02T10:00:00.000Z' };
  const to = party('ADVOCATUUR');
  const referred = (referralId: string): CaseEvent => ({
    ...common,
    type: 'CaseReferred',
    referralId,
    referredBy: opened.registeredBy,
    to: {
      organisationId: to.organisationId,
      organisationKind: to.organisationKind,
      professionalId: referralId,
    },
    direction: 'FORWARD',
    warmth: 'COLD',
    handoverId: null,
    toevoegingKind: null,
    coldReason: null,
    respondBy: null,
  });
  let registered = 1;
  const joined = (): CaseEvent => {
    registered += 1;
    return {
      ...common,
      type: 'CounterpartRegistered',
      registrationId: randomUUID(),
      registeredBy: party('ADVOCATUUR', { professionalId: randomUUID() }),
      side: 'CONSULTED',
      note: null,
      signaleringRelevance: 'NO',
    };
  };
  const declines = (referralId = ''): CaseEvent => ({
    ...common,
    type: 'ReferralDeclined',
    referralId,
    declinedBy: to,
    reason: 'NO_CAPACITY',
    explanation: null,
  });

  let revision: bigint | 'no_stream' = 'no_stream';
  let last: Position | undefined;
  const append = async (event: CaseEvent): Promise<void> => {
    const appended = await store.append(streamOf(event), [toAppend(event)], revision);
    revision = appended.revision;
    last = appended.position;
  };

  let before: readonly (Position | undefined)[] = [];
  /** Everything that was appended is in the read models, once, and no checkpoint went back. */
  const expectWhole = async (): Promise<void> => {
    if (!last) throw new Error('nothing was appended');
    const waited = await watch.waitForPosition({ projections, position: last, timeoutMs: 60_000 });
    expect({ waited, said: worker.lines }).toMatchObject({ waited: { kind: 'reached' } });
    const now = (await checkpoints(readModel.db)).map(({ position }) => position);
    for (const [at, position] of before.entries())
      expect(now[at]?.commit).toBeGreaterThanOrEqual(position?.commit ?? -1n);
    before = now;
    for (const projection of allProjections)
      expect(
        await verifyProjection(projection, { store, codec: createCodec(), url: readModel.workerUrl }),
      ).toMatchObject({ equal: true, parked: 0 });
    const counted = await registrations(readModel.db, {}, 'LOCATION');
    expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(registered);
  };

  /** Appends one event and kills the worker at a boundary of the batch that takes it in; another worker then takes over. */
  const killAt = async (boundary: Boundary, event: () => CaseEvent): Promise<Passed> => {
    await expectWhole();
    const passed = proxy.holdAt(boundary, () => void worker.end('SIGKILL'));
    await append(event());
    const result = await passed;
    if (!result.met) return result;
    expect(await worker.ended).toBeNull();
    worker = start();
    return result;
  };

  it.each([
    [
      'an event that adds rows',
      () => joined(),
      [
        ...['BEGIN', 'upsert access', 'case_row', 'timeline_entry', 'figure_ledger', 'figure_cube'],
        ...['figure_state', 'checkpoint', 'pg_notify', 'COMMIT'],
      ],
    ],
    ['an event that removes rows', () => declines(declined.pop()), ['BEGIN', 'remove access', 'COMMIT']],
  ] as const)(
    'loses nothing and doubles nothing, at every boundary of %s',
    async (_, event, statements) => {
      let whole: Passed | undefined;
      let statement = 1;
      for (; !whole && statement <= mostStatements; statement += 1) {
        const passed = await killAt({ statement, side: 'before' }, event);
        if (passed.met) expect(passed.statements).toHaveLength(statement - 1);
        else whole = passed;
      }
      const all = whole?.statements ?? [];
      for (const part of statements) expect(all.join('\n')).toContain(part);
      expect(all.filter((name) => name === 'checkpoint')).toHaveLength(projections.length);
      expect(all.at(-1)).toBe('COMMIT');

      // Committed, and nobody was told.
      const afterwards = await killAt({ statement: all.length, side: 'after' }, event);
      expect(afterwards).toEqual({ statements: all, met: true });
      await expectWhole();
    },
    600_000,
  );
});
