import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createCodec, type StoredEvent } from '@spil/event-store';
import {
  caseById,
  caseTimeline,
  checkpoints,
  parkedCases,
  projections,
  registrations,
  watchCheckpoints,
  type CheckpointWatch,
  type ProjectionName,
} from '@spil/read-model';
import { caseRegistered, logOf, party, streamOf } from '../../../../test/support/case-events.js';
import { eventually } from '../../../../test/support/eventually.js';
import { freshReadModel, type TestReadModel } from '../../../../test/support/read-model.js';
import { ScriptedStore } from '../../../../test/support/scripted-store.js';
import { accessProjection } from '../access/access.projection.js';
import { casesProjection } from '../cases/cases.projection.js';
import { allProjections } from '../projections.js';
import { retryParked } from './retry-parked.js';
import { runProjections, type RunEvent, type Running } from './running.js';

const all: readonly ProjectionName[] = ['access', 'case', 'timeline', 'reference', 'figures'];

const inOrder = <Parked extends { readonly projection: string }>(parked: readonly Parked[]): Parked[] =>
  parked.toSorted((a, b) => a.projection.localeCompare(b.projection));

describe('the projection runtime', () => {
  let readModel: TestReadModel;
  let watch: CheckpointWatch;
  let store: ScriptedStore;
  const workers: Running[] = [];

  beforeEach(async () => {
    readModel = await freshReadModel();
    watch = watchCheckpoints(readModel.serviceUrl);
    store = new ScriptedStore();
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

  const reached = async (stored: StoredEvent | undefined, projections = all): Promise<void> => {
    if (!stored) throw new Error('nothing to wait for');
    const result = await watch.waitForPosition({ projections, position: stored.position, timeoutMs: 20_000 });
    expect(result).toEqual({ kind: 'reached' });
  };

  const countedRegistrations = async (): Promise<number> =>
    (await registrations(readModel.db, {}, 'LOCATION')).reduce((sum, { count }) => sum + count, 0);

  it('takes in an event once, however often it is delivered', async () => {
    store.copies = 3;
    const log = logOf([caseRegistered(), caseRegistered()]);
    store.append(...log);

    start();
    await reached(log.at(-1));

    expect(await countedRegistrations()).toBe(2);
  });

  it('takes in a past in large batches, and what is new at once', async () => {
    const batches: number[] = [];
    const log = logOf(Array.from({ length: 201 }, () => caseRegistered()));
    store.append(...log.slice(0, 199));
    start((event) => {
      if (event.kind === 'batch' && event.deliveries.length > 0) batches.push(event.deliveries.length);
    });
    const taken = (): number => batches.reduce((sum, size) => sum + size, 0);
    await eventually(() => expect(taken()).toBe(199));
    expect(batches[0]).toBeGreaterThan(1);

    const past = batches.length;
    store.append(...log.slice(199));
    await eventually(() => expect(taken()).toBe(201));
    // The first did not wait for the second.
    expect(batches.slice(past)).toEqual([1, 1]);
  });

  it('goes on where it stood when its connection is cut in the middle of the work', async () => {
    const log = logOf(Array.from({ length: 3_000 }, () => caseRegistered()));
    const failures: RunEvent[] = [];
    const cuts: Promise<void>[] = [];
    let appended = 0;
    // The next ones come when those before are written, or may be, so that there is work to do at every cut.
    const append = (): void => store.append(...log.slice(appended, (appended += 100)));
    const worker = start((event) => {
      if (event.kind === 'failed') failures.push(event);
      const isWritten = event.kind === 'batch' && event.deliveries.length > 0;
      if (isWritten || event.kind === 'failed') append();
      if (isWritten && cuts.length < 3) cuts.push(cutWorkers(readModel.adminUrl));
    });
    append();

    await reached(log.at(-1));
    await worker.stop();
    await Promise.all(cuts);

    expect(failures.length).toBeGreaterThan(0);
    expect(await countedRegistrations()).toBe(log.length);
  });

  it('lets one of two workers write, and the other take over when it stops', async () => {
    const first = start();
    await eventually(() => expect(first.status().role).toBe('leading'));
    const second = start();
    await eventually(() => expect(second.status().role).toBe('standby'));
    const log = logOf([caseRegistered(), caseRegistered()]);
    store.append(...log.slice(0, 1));
    await reached(log[0]);

    await first.stop();
    await eventually(() => expect(second.status().role).toBe('leading'));
    store.append(...log.slice(1));
    await reached(log[1]);

    expect(await countedRegistrations()).toBe(2);
  });

  it('knows nothing of parked cases any more once another worker leads', async () => {
    const sick = caseRegistered();
    const log = logOf([sick, withdrawalOfNothing(sick.caseId)]);
    store.append(...log);
    const first = start();
    await reached(log.at(-1));
    const parkedBy = (worker: Running) =>
      worker.status().projections.reduce((sum, { parked }) => sum + parked, 0);
    expect(parkedBy(first)).toBe(2);
    const second = start();

    await eventually(async () => {
      if (first.status().role === 'leading') await cutLeaders(readModel.adminUrl);
      expect([first.status().role, second.status().role]).toEqual(['standby', 'leading']);
    });

    expect([parkedBy(first), parkedBy(second)]).toEqual([0, 2]);
  });

  it('parks the case of a poison event, marks it stale, and goes on with the others', async () => {
    const sick = caseRegistered();
    const well = caseRegistered();
    const log = logOf([sick, withdrawalOfNothing(sick.caseId), well]);
    store.append(...log);

    start();
    await reached(log.at(-1));

    expect(await caseById(readModel.db, sick.caseId)).toMatchObject({ stale: true, revision: 0n });
    expect(await caseById(readModel.db, well.caseId)).toMatchObject({ stale: false });
    const parked = { caseId: sick.caseId, revision: 1n, type: 'PiketRequestWithdrawn' };
    expect(inOrder(await parkedCases(readModel.db))).toMatchObject([
      { projection: 'access', ...parked },
      { projection: 'case', ...parked },
    ]);
    // Only the read models that choked on it stand still.
    expect(await caseTimeline(readModel.db, sick.caseId)).toHaveLength(2);
  });

  it('parks an event whose rows the database refuses, instead of failing for ever', async () => {
    const well = caseRegistered();
    const sick = { ...caseRegistered(), caseId: 'no-uuid' };
    const log = logOf([well, sick, caseRegistered()]);
    store.append(...log);

    start();
    await reached(log.at(-1));

    expect(inOrder(await parkedCases(readModel.db))).toMatchObject([
      { projection: 'access', caseId: 'no-uuid', error: 'the database refused (22P02)' },
      { projection: 'case', caseId: 'no-uuid', error: 'the database refused (22P02)' },
      { projection: 'retention', caseId: 'no-uuid' },
      { projection: 'timeline', caseId: 'no-uuid' },
    ]);
    expect(await caseById(readModel.db, well.caseId)).toMatchObject({ stale: false });
  });

  it('takes a parked case up again from the event that failed, once it can be folded', async () => {
    const event = caseRegistered();
    const flag = flagged(event.caseId);
    const log = logOf([event, withdrawalOfNothing(event.caseId), flag]);
    store.append(...log);
    const running = start();
    await reached(log.at(-1));
    const options = { store, codec: createCodec(), url: readModel.workerUrl };

    expect(await retryParked(casesProjection, streamOf(event), options)).toMatchObject({
      kind: 'stillParked',
    });
    expect(await caseById(readModel.db, event.caseId)).toMatchObject({ stale: true, revision: 0n });
    // The log is mended as a new release would mend it: the event is understood now.
    const healed = log.map((stored) =>
      stored.type === 'PiketRequestWithdrawn' ? { ...stored, ...contentOf(flagged(event.caseId)) } : stored,
    );
    store.log.splice(0, store.log.length, ...healed);
    for (const projection of [casesProjection, accessProjection])
      expect(await retryParked(projection, streamOf(event), options)).toEqual({ kind: 'resumed', events: 2 });
    const [more] = logOf([flagged(event.caseId)], { from: 9_000n }).map((stored) => ({
      ...stored,
      revision: 3n,
    }));
    if (more) store.append(more);
    await reached(more);

    expect(await caseById(readModel.db, event.caseId)).toMatchObject({
      stale: false,
      revision: 3n,
      flags: 3,
    });
    expect(running.status().role).toBe('leading');
    expect(await parkedCases(readModel.db)).toEqual([]);
  });

  it('stops a read model at an event version that it does not know, visibly, and lets the others go on', async () => {
    const event = caseRegistered();
    const log = logOf([event, flagged(event.caseId), caseRegistered()]);
    const [first, second, third] = log.map((stored, index) =>
      index === 1
        ? {
            ...stored,
            type: 'ProgrammePolicySet',
            metadata: { ...(stored.metadata as object), schemaVersion: 99 },
          }
        : stored,
    );
    if (!first || !second || !third) throw new Error('three events');
    store.append(first, second, third);

    const running = start();
    await reached(third, ['case', 'timeline', 'figures']);

    const reference = (await checkpoints(readModel.db)).find(({ projection }) => projection === 'reference');
    expect(reference).toMatchObject({
      stoppedBecause: 'unknown event ProgrammePolicySet version 99',
      position: first.position,
    });
    expect(running.status().projections).toContainEqual(
      expect.objectContaining({
        projection: 'reference',
        stoppedBecause: expect.stringContaining('99') as string,
      }),
    );
    expect(await parkedCases(readModel.db)).toEqual([]);
  });

  it('moves every checkpoint past events that no read model takes', async () => {
    const [foreign] = logOf([caseRegistered()]).map((stored) => ({ ...stored, type: 'SomethingOfOthers' }));
    if (!foreign) throw new Error('one event');
    start();

    store.append(foreign);

    await reached(foreign);
  });

  it('says so when a read model is not there in time, and which', async () => {
    const result = await watch.waitForPosition({
      projections: ['case'],
      position: { commit: 1n, prepare: 1n },
      timeoutMs: 10,
    });

    expect(result).toEqual({ kind: 'timedOut', behind: ['case'] });
  });

  it('hears of new positions again after its listening connection was cut', async () => {
    start();
    const [one, two] = logOf([caseRegistered(), caseRegistered()]);
    if (!one || !two) throw new Error('two events');
    store.append(one);
    await reached(one);

    await cutService(readModel.adminUrl);
    store.append(two);

    await reached(two);
  });

  it('does not let the service write', async () => {
    const service = new pg.Client({ connectionString: readModel.serviceUrl });
    await service.connect();
    try {
      for (const statement of [
        'UPDATE read.case_row SET flags = 1',
        'DELETE FROM read.figure_ledger',
        'INSERT INTO projection.parked VALUES (1)',
        'SELECT 1 FROM projection.generation',
        `SELECT 1 FROM access_v${projections.access.version}_g1.access_file`,
        `UPDATE case_v${projections.case.version}_g1.case_row SET flags = 1`,
        'CREATE TABLE read.mine ()',
      ])
        await expect(service.query(statement)).rejects.toMatchObject({ code: '42501' });
    } finally {
      await service.end();
    }
  });
});

const withdrawalOfNothing = (caseId: string) =>
  ({
    type: 'PiketRequestWithdrawn',
    caseId,
    piketRequestId: 'never-asked',
    occurredAt: '2021-02-02T10:00:00.000Z',
  }) as const;

const flagged = (caseId: string) =>
  ({
    type: 'FlaggedForSignalering',
    caseId,
    flagId: randomUUID(),
    registrationId: `registration-of-${caseId}`,
    flaggedBy: party('JURIDISCH_LOKET'),
    kind: 'GOES_WELL',
    themes: ['OTHER'],
    selfRelianceWronglyAssumed: false,
    gapInLegalAid: false,
    bestPracticeCandidate: false,
    note: null,
    occurredAt: '2021-02-03T10:00:00.000Z',
  }) as const;

const contentOf = (event: ReturnType<typeof flagged>): Pick<StoredEvent, 'type' | 'data'> => {
  const [stored] = logOf([event]);
  if (!stored) throw new Error('one event');
  return { type: stored.type, data: stored.data };
};

const cut = async (url: string, application: string): Promise<void> => {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${application}`,
  );
  await owner.end();
};

const cutWorkers = (url: string): Promise<void> => cut(url, `application_name = 'spil-projection-worker'`);
const cutLeaders = (url: string): Promise<void> =>
  cut(url, `pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted)`);
const cutService = (url: string): Promise<void> =>
  cut(url, `query LIKE '%read.checkpoint%' OR query LIKE 'LISTEN%'`);
