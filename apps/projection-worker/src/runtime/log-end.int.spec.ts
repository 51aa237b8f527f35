import { createCodec, EventStoreUnavailable, type StoredEvent } from '@spil/event-store';
import { checkpoints, projectionNames, watchCheckpoints, type CheckpointWatch } from '@spil/read-model';
import { caseRegistered, logOf } from '../../../../test/support/case-events.js';
import { eventually } from '../../../../test/support/eventually.js';
import { freshReadModel, type TestReadModel } from '../../../../test/support/read-model.js';
import { ScriptedStore } from '../../../../test/support/scripted-store.js';
import { casesProjection } from '../cases/cases.projection.js';
import { allProjections } from '../projections.js';
import { rebuildProjection } from './rebuild.js';
import { runProjections, type RunEvent, type Running } from './running.js';

describe('an event store that was restored from an older backup', () => {
  let readModel: TestReadModel;
  let watch: CheckpointWatch;
  let log: StoredEvent[];
  let store: ScriptedStore;
  const workers: Running[] = [];

  beforeEach(async () => {
    readModel = await freshReadModel();
    watch = watchCheckpoints(readModel.serviceUrl);
    log = logOf(Array.from({ length: 4 }, () => caseRegistered()));
    store = new ScriptedStore();
    store.append(...log);
    const before = start();
    await reached(log.at(-1));
    await before.stop();
    store.log.splice(2);
  });

  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    await watch.close();
    await readModel.drop();
  });

  const start = (onEvent?: (event: RunEvent) => void): Running => {
    const running = runProjections({
      store,
      codec: createCodec(),
      url: readModel.workerUrl,
      projections: allProjections,
      ...(onEvent && { onEvent }),
    });
    workers.push(running);
    return running;
  };

  const reached = async (stored: StoredEvent | undefined): Promise<void> => {
    if (!stored) throw new Error('nothing to wait for');
    const projections = allProjections.map(({ name }) => name);
    const result = await watch.waitForPosition({ projections, position: stored.position, timeoutMs: 20_000 });
    expect(result).toEqual({ kind: 'reached' });
  };

  const beyond = new RegExp(
    `beyond the end of the log \\(position 1100\\): the event store was restored from an older backup.*docs/operations/backup.md`,
  );

  it('is noticed when a worker starts: it writes nothing, and says for each read model what to do', async () => {
    const failures: string[] = [];
    const running = start((event) => {
      if (event.kind === 'failed') failures.push(event.cause);
    });

    await eventually(() => expect(running.status().role).toBe('recovering'));

    expect(failures[0]).toContain(
      `CheckpointBeyondLog: ${projectionNames.map((name) => `'${name}'`).join(', ')}`,
    );
    for (const { stoppedBecause } of running.status().projections) expect(stoppedBecause).toMatch(beyond);
    for (const { position } of await checkpoints(readModel.db)) expect(position).toEqual(log[3]?.position);
  });

  it('is noticed by a rebuild, which leaves the read model as it is', async () => {
    await expect(
      rebuildProjection(casesProjection, { store, codec: createCodec(), ownerUrl: readModel.ownerUrl }),
    ).rejects.toThrow(beyond);

    const [cases] = await checkpoints(readModel.db);
    expect(cases?.position).toEqual(log[3]?.position);
  });

  it('is noticed when the log is empty', async () => {
    store.log.splice(0);
    await expect(
      rebuildProjection(casesProjection, { store, codec: createCodec(), ownerUrl: readModel.ownerUrl }),
    ).rejects.toThrow('beyond the end of the log (which is empty)');
  });

  it('is not mistaken for one that is away: that is waited for', async () => {
    store.append(...log.slice(2));
    const head = store.head.bind(store);
    let asked = 0;
    store.head = () => {
      asked += 1;
      return asked <= 2 ? Promise.reject(new EventStoreUnavailable('head')) : head();
    };
    const running = start();

    await eventually(() => expect(running.status().caughtUp).toBe(true));

    expect(asked).toBe(3);
    expect(running.status().projections.map(({ stoppedBecause }) => stoppedBecause)).toEqual(
      allProjections.map(() => undefined),
    );
  });
});
