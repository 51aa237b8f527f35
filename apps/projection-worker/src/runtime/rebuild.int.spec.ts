import fc from 'fast-check';
import pg from 'pg';
import { createCodec, type ReadAllOptions, type StoredEvent } from '@spil/event-store';
import {
  caseById,
  checkpoints,
  generationsOf,
  parkedCases,
  projections,
  registrations,
  watchCheckpoints,
  type CheckpointWatch,
} from '@spil/read-model';
import { caseRegistered, logOf } from '../../../../test/support/case-events.js';
import { eventually } from '../../../../test/support/eventually.js';
import { freshReadModel, type TestReadModel } from '../../../../test/support/read-model.js';
import { ScriptedStore } from '../../../../test/support/scripted-store.js';
import { anyLog } from '../../../../test/support/figures/random-histories.js';
import { casesProjection } from '../cases/cases.projection.js';
import { allProjections } from '../projections.js';
import { timelineProjection } from '../timeline/timeline.projection.js';
import { PoisonEvent } from './generation-writer.js';
import { rebuildProjection } from './rebuild.js';
import { NoRows } from './rows.js';
import { runProjections, type Running, type RunOptions } from './running.js';

type Registered = ReturnType<typeof caseRegistered>;
const [history = []] = fc.sample(anyLog, { numRuns: 1, seed: 7 });

describe('a rebuild', () => {
  let readModel: TestReadModel;
  let watch: CheckpointWatch;
  let store: ScriptedStore;
  let owner: pg.Client;
  let running: Running | undefined;

  beforeEach(async () => {
    readModel = await freshReadModel();
    watch = watchCheckpoints(readModel.serviceUrl);
    store = new ScriptedStore();
    owner = new pg.Client({ connectionString: readModel.ownerUrl });
    await owner.connect();
  });

  afterEach(async () => {
    await running?.stop();
    running = undefined;
    await watch.close();
    await owner.end();
    await readModel.drop();
  });

  /** @param rebuild what the worker does about a read model whose tables are of another version */
  const start = (rebuild?: RunOptions['rebuild']): void => {
    running = runProjections({
      store,
      codec: createCodec(),
      url: readModel.workerUrl,
      projections: allProjections,
      ...(rebuild && { rebuild }),
    });
  };

  const options = (more: { documentsInMemory?: number } = {}) => ({
    store,
    codec: createCodec(),
    ownerUrl: readModel.ownerUrl,
    ...more,
  });

  const reached = async (stored: StoredEvent | undefined): Promise<void> => {
    if (!stored) throw new Error('nothing to wait for');
    const result = await watch.waitForPosition({
      projections: ['access', 'case', 'timeline', 'reference', 'figures'],
      position: stored.position,
      timeoutMs: 20_000,
    });
    expect(result).toEqual({ kind: 'reached' });
  };

  /** Every row of every live table, as text in a fixed order. */
  const contents = async (): Promise<Record<string, unknown>> => {
    const found: Record<string, unknown> = {};
    for (const { name, tables } of Object.values(projections)) {
      const [live] = await generationsOf(owner, name);
      for (const table of tables) {
        const { rows } = await owner.query(
          `SELECT to_jsonb(t)::text AS row FROM "${live?.schema ?? ''}".${table.name} t ORDER BY 1`,
        );
        found[table.name] = rows;
      }
    }
    return found;
  };

  it.each([
    ['in memory', {}],
    ['in batches, when the documents do not fit in memory', { documentsInMemory: 3 }],
  ])('gives the same rows as following the log live, %s', async (_how, memory) => {
    store.append(...history);
    start();
    await reached(history.at(-1));
    const live = await contents();

    for (const projection of allProjections) await rebuildProjection(projection, options(memory));

    expect(withoutZeros(await contents())).toEqual(withoutZeros(live));
    expect((await checkpoints(readModel.db)).map(({ position }) => position)).toEqual(
      allProjections.map(() => history.at(-1)?.position),
    );
  });

  it('leaves nothing to look at again in a read model that takes next to none of the log', async () => {
    store.append(...history);
    for (const projection of allProjections) await rebuildProjection(projection, options());
    expect((await checkpoints(readModel.db)).map(({ position }) => position)).toEqual(
      allProjections.map(() => history.at(-1)?.position),
    );
  });

  it('lets the live worker go on with the new tables, without losing what comes meanwhile', async () => {
    const half = Math.floor(history.length / 2);
    store.append(...history.slice(0, half));
    start();
    await reached(history[half - 1]);

    const rebuilding = Promise.all(
      allProjections.map((projection) => rebuildProjection(projection, options())),
    );
    for (const stored of history.slice(half)) {
      store.append(stored);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await rebuilding;
    const [after] = logOf([caseRegistered()], { from: 900_000n });
    if (after) store.append(after);
    await reached(after);

    const live = await contents();
    for (const projection of allProjections) await rebuildProjection(projection, options());
    expect(withoutZeros(await contents())).toEqual(withoutZeros(live));
  });

  it('fails on a poison event, names it, and leaves the running read model as it was', async () => {
    const event = caseRegistered();
    const poison = logOf([event, { ...event, registrationId: 'again' }]);
    store.append(...poison);
    start();
    await reached(poison.at(-1));

    await expect(rebuildProjection(casesProjection, options())).rejects.toThrow(
      /cannot take in CaseRegistered .* revision 1/,
    );

    expect(await caseById(readModel.db, event.caseId)).toMatchObject({ stale: true, revision: 0n });
    expect(await parkedCases(readModel.db)).not.toEqual([]);
    expect(await generationsOf(owner, 'case')).toHaveLength(1);
  });

  it('names a poison event also when its connection breaks before that', async () => {
    const event = caseRegistered();
    store.append(...logOf([event, { ...event, registrationId: 'again' }]));
    const breaking = {
      head: () => store.head(),
      async *readAll(what?: ReadAllOptions) {
        await owner.query(
          `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'spil-rebuild' AND datname = current_database()`,
        );
        yield* store.readAll(what);
      },
    };

    await expect(
      rebuildProjection(casesProjection, { ...options(), store: breaking }),
    ).rejects.toBeInstanceOf(PoisonEvent);
  });

  it.each([timelineProjection, casesProjection])(
    'fails, and does not hang, on an event of which no rows can be made: $name',
    async (projection) => {
      store.append(...logOf([caseRegistered(), caseRegistered({ occurredAt: 'the other day' })]));

      await expect(rebuildProjection(projection, options())).rejects.toThrow(NoRows);

      expect(await generationsOf(owner, projection.name)).toHaveLength(1);
    },
  );

  it('clears away what a killed rebuild left behind', async () => {
    await owner.query(
      `INSERT INTO projection.generation (projection, generation, version, schema_name) VALUES ('case', 7, 1, 'case_v1_g7')`,
    );
    await owner.query('CREATE SCHEMA case_v1_g7');

    await rebuildProjection(casesProjection, options());

    expect(await generationsOf(owner, 'case')).toMatchObject([{ generation: 2, live: true }]);
    const left = await owner.query(`SELECT 1 FROM pg_namespace WHERE nspname = 'case_v1_g7'`);
    expect(left.rowCount).toBe(0);
  });

  it('is made by the worker itself when its release writes another version of the tables', async () => {
    store.append(...history);
    await owner.query(`UPDATE projection.generation SET version = 0 WHERE projection = 'figures'`);
    const rebuilt: string[] = [];

    start(async (projection) => {
      rebuilt.push(projection.name);
      await rebuildProjection(projection, options());
    });
    await reached(history.at(-1));

    expect(rebuilt).toEqual(['figures']);
    expect(await registrations(readModel.db, {}, 'LOCATION')).not.toEqual([]);
  });

  it.each([
    ['that cannot be folded', (event: Registered) => [event, { ...event, registrationId: 'again' }]],
    ['whose rows the database refuses', (event: Registered) => [event, { ...event, caseId: 'no-uuid' }]],
  ])('in the worker that meets an event %s costs that read model only: the others go on', async (_, made) => {
    const log = logOf(made(caseRegistered()));
    store.append(...log);
    await owner.query(`UPDATE projection.generation SET version = 0 WHERE projection = 'case'`);

    start(async (projection) => {
      await rebuildProjection(projection, options());
    });
    const projections = allProjections.map(({ name }) => name).filter((name) => name !== 'case');
    const position = log.at(-1)?.position ?? { commit: 0n, prepare: 0n };
    const waited = await watch.waitForPosition({ projections, position, timeoutMs: 20_000 });

    expect(waited).toEqual({ kind: 'reached' });
    expect(running?.status().projections).toContainEqual(
      expect.objectContaining({
        projection: 'case',
        stoppedBecause: expect.stringMatching(/cannot take in CaseRegistered|the database refused/) as string,
      }),
    );
  });

  it('that cannot drop the tables of before has been switched to all the same, and says so', async () => {
    const event = caseRegistered();
    store.append(...logOf([event]));
    const [old] = await generationsOf(owner, 'case');
    const impatient = new URL(readModel.ownerUrl);
    impatient.searchParams.set('options', '-c lock_timeout=300');
    await owner.query('BEGIN');
    await owner.query(`LOCK TABLE "${old?.schema}".case_row IN ACCESS SHARE MODE`);

    await expect(
      rebuildProjection(casesProjection, { ...options(), ownerUrl: impatient.href }),
    ).rejects.toThrow(/switched to.*next rebuild/);

    expect(await caseById(readModel.db, event.caseId)).toMatchObject({ revision: 0n });
    await owner.query('COMMIT');
    await rebuildProjection(casesProjection, options());
    expect(await generationsOf(owner, 'case')).toMatchObject([{ generation: 3, live: true }]);
    expect(await caseById(readModel.db, event.caseId)).toMatchObject({ revision: 0n });
  });

  it('is not made by an older worker, which leaves newer tables alone and says so', async () => {
    store.append(...history);
    await owner.query(`UPDATE projection.generation SET version = 99 WHERE projection = 'figures'`);

    start();
    await eventually(() => expect(running?.status().caughtUp).toBe(true));

    expect(running?.status().projections).toContainEqual(
      expect.objectContaining({
        projection: 'figures',
        stoppedBecause: expect.stringContaining('of version 99') as string,
      }),
    );
    expect(await registrations(readModel.db, {}, 'LOCATION')).toEqual([]);
  });
});

/** A live roll-up keeps the cell that a correction emptied; a rebuilt one never makes it. */
const withoutZeros = (found: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(found).map(([table, rows]) => [
      table,
      ['figure_cube', 'figure_by_municipality'].includes(table)
        ? (rows as { row: string }[]).filter(({ row }) => !/"count": 0[,}]/.test(row))
        : rows,
    ]),
  );
