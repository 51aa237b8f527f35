import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { freePort, startEventNode, type EventNode } from '@spil/embedded';
import { connectEventStore, type EventStore } from '@spil/event-store';
import { caseById, projectionNames, watchCheckpoints, type CheckpointWatch } from '@spil/read-model';
import { caseRegistered, streamOf, toAppend } from '../../../test/support/case-events.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { freshReadModel, type TestReadModel } from '../../../test/support/read-model.js';
import { startWorker, type RunningWorker } from './start-worker.js';

interface Program {
  readonly child: ChildProcess;
  readonly output: readonly string[];
  /** Exit code and signal. */
  readonly exited: Promise<unknown[]>;
}

const credentials = { username: 'admin', password: 'changeit' };

describe('the worker', () => {
  let log: FreshDatabase;
  let node: EventNode;
  let store: EventStore;
  let readModel: TestReadModel;
  let watch: CheckpointWatch;

  beforeAll(async () => {
    log = await freshDatabase();
    node = await startEventNode({ databaseUrl: log.url });
    store = connectEventStore({ connectionString: url(), credentials });
    readModel = await freshReadModel();
    watch = watchCheckpoints(readModel.serviceUrl);
  });

  afterAll(async () => {
    await watch.close();
    await readModel.drop();
    await store.close();
    await node.stop();
    await log.drop();
  });

  const url = (): string => `esdb://127.0.0.1:${node.port}?tls=false`;

  const registerCase = async (): Promise<string> => {
    const event = caseRegistered();
    const { position } = await store.append(streamOf(event), [toAppend(event)], 'no_stream');
    const waited = await watch.waitForPosition({ projections: ['case'], position, timeoutMs: 20_000 });
    expect(waited).toEqual({ kind: 'reached' });
    return event.caseId;
  };

  describe('in this process', () => {
    let worker: RunningWorker;

    beforeAll(async () => {
      worker = await startWorker({
        eventStore: { url: url(), user: credentials.username, password: credentials.password },
        readDatabaseUrl: readModel.workerUrl,
        readOwnerDatabaseUrl: readModel.ownerUrl,
        serviceRole: 'test_read_service',
        port: 0,
        logLevel: 'silent',
      });
    });
    afterAll(() => worker.stop());

    const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${worker.port}${path}`);

    it('is ready once its read models run', async () => {
      await eventually(async () => expect((await get('/health/ready')).status).toBe(200));
      expect((await get('/health/live')).status).toBe(200);
      expect(await (await get('/health/ready')).json()).toMatchObject({
        status: 'ok',
        role: 'leading',
        projections: projectionNames.map((projection) => ({ projection })),
      });
    });

    it('projects, and tells Prometheus how much and how far it is behind', async () => {
      const caseId = await registerCase();

      expect(await caseById(readModel.db, caseId)).toBeDefined();
      await eventually(async () => {
        const metrics = await (await get('/metrics')).text();
        expect(metrics).toMatch(/^spil_projection_events_total [1-9]/m);
        expect(metrics).toMatch(/^spil_projection_lag_positions\{projection="case"\} 0$/m);
        expect(metrics).toMatch(/^spil_projection_leading 1$/m);
      });
    });
  });

  it('tells Prometheus what it knows also while the event store is away', async () => {
    const worker = await startWorker({
      eventStore: { url: 'esdb://127.0.0.1:1?tls=false', user: 'nobody', password: 'none' },
      readDatabaseUrl: readModel.workerUrl,
      port: 0,
      logLevel: 'silent',
    });
    try {
      await eventually(async () => {
        const answer = await fetch(`http://127.0.0.1:${worker.port}/metrics`);
        expect(answer.status).toBe(200);
        const metrics = await answer.text();
        expect(metrics).toMatch(/^spil_projection_leading 1$/m);
        expect(metrics).toMatch(/^spil_projection_lag_positions\{projection="case"\} nan$/im);
      });
    } finally {
      await worker.stop();
    }
  });

  describe('as a program', () => {
    const run = (env: NodeJS.ProcessEnv): Program => {
      const file = 'dist/apps/projection-worker/src/main.js';
      if (!existsSync(file)) throw new Error('build first: npm run build');
      const child = spawn(process.execPath, [file], {
        env: {
          PATH: process.env.PATH,
          SPIL_EVENT_STORE_URL: url(),
          SPIL_EVENT_STORE_USER: credentials.username,
          SPIL_EVENT_STORE_PASSWORD: credentials.password,
          SPIL_READ_DATABASE_URL: readModel.workerUrl,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const output: string[] = [];
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (data: Buffer) => output.push(data.toString()));
      return { child, output, exited: once(child, 'exit') };
    };

    it('works without an owner of the database, and ends in good order on SIGTERM', async () => {
      const port = await freePort();
      const { child, output, exited } = run({ SPIL_WORKER_PORT: String(port) });
      await eventually(async () =>
        expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200),
      );
      const caseId = await registerCase();
      expect(await caseById(readModel.db, caseId)).toBeDefined();

      child.kill('SIGTERM');

      expect(await exited).toEqual([0, null]);
      expect(output.join('')).not.toMatch(/warn|error/i);
    });
  });
});
