import fc from 'fast-check';
import pg from 'pg';
import { createCodec, type ReadAllOptions, type StoredEvent } from '@spil/event-store';
import { checkpoints, generationsOf, projections } from '@spil/read-model';
import { caseRegistered, logOf } from '../../../../test/support/case-events.js';
import { projected } from '../../../../test/support/projected.js';
import { freshReadModel, type TestReadModel } from '../../../../test/support/read-model.js';
import { ScriptedStore } from '../../../../test/support/scripted-store.js';
import { anyLog } from '../../../../test/support/figures/random-histories.js';
import { casesProjection } from '../cases/cases.projection.js';
import { figuresProjection } from '../figures/figures.projection.js';
import type { Projection } from './projection.js';
import { rebuildProjection, type Rebuilt } from './rebuild.js';
import { RebuildRefused } from './rebuild-refused.js';
import { verifyProjection } from './verify.js';

/** A log that has something done to the database while it is read for the n-th time. */
class MeddlingStore extends ScriptedStore {
  reads = 0;
  readonly meddle = new Map<number, () => Promise<unknown>>();

  override async *readAll(options?: ReadAllOptions): AsyncGenerator<StoredEvent> {
    this.reads += 1;
    await this.meddle.get(this.reads)?.();
    yield* super.readAll(options);
  }
}

/** Which read of the log is which, in a rebuild of a log that fits in memory. */
const reads = { catchingUp: 2, comparing: 3, catchingUpAgain: 4 };

const [history = []] = fc.sample(anyLog, { numRuns: 1, seed: 11 });
const [first = caseRegistered(), second = caseRegistered()] = ['a', 'b'].map((letter) =>
  caseRegistered({ caseId: `${letter.repeat(8)}-0000-4000-8000-000000000000` }),
);

describe('the comparison before a rebuild is switched to', () => {
  let readModel: TestReadModel;
  let store: MeddlingStore;
  let owner: pg.Client;

  beforeEach(async () => {
    readModel = await freshReadModel();
    store = new MeddlingStore();
    owner = new pg.Client({ connectionString: readModel.ownerUrl });
    await owner.connect();
  });

  afterEach(async () => {
    await owner.end();
    await readModel.drop();
  });

  const live = async (
    log: readonly StoredEvent[],
    projection: Projection = casesProjection,
  ): Promise<void> => {
    store.append(...log);
    await projected(readModel, projection, log, { deliveries: 1 });
  };

  const rebuild = (
    projection: Parameters<typeof rebuildProjection>[0] = casesProjection,
    more: Partial<Parameters<typeof rebuildProjection>[1]> = {},
  ): Promise<Rebuilt> =>
    rebuildProjection(projection, { store, codec: createCodec(), ownerUrl: readModel.ownerUrl, ...more });

  const refusalOf = async (rebuilding: Promise<unknown>): Promise<RebuildRefused> => {
    const error = await rebuilding.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error instanceof RebuildRefused) return error;
    throw new Error('the rebuild was not refused', { cause: error });
  };

  /** The first generation is what the database begins with, the second is live, the third is being built. */
  const change = (generation: number) => () =>
    owner.query(
      `UPDATE "case_v${projections.case.version}_g${generation}".case_row SET flags = 7 WHERE case_id = $1`,
      [second.caseId],
    );

  it('lets a healthy generation through, and finds nothing wrong with the one before', async () => {
    await live(history, figuresProjection);

    const rebuilt = await rebuild(figuresProjection);

    expect(rebuilt).toMatchObject({ generation: 3, corrected: 0 });
    expect(await generationsOf(owner, 'figures')).toMatchObject([{ generation: 3, live: true }]);
  });

  it('refuses a generation that is not as the events make it, names the row, and keeps the running one', async () => {
    await live(logOf([first, second]));
    const [before] = (await checkpoints(readModel.db)).filter(({ projection }) => projection === 'case');
    store.meddle.set(reads.catchingUp, change(3));

    const refusal = await refusalOf(rebuild());

    expect(refusal).toMatchObject({ projection: 'case', comparedWith: 'events' });
    expect(refusal.message).toContain(`case_row different row case_id=${second.caseId} in flags`);
    expect(refusal.message).toMatch(/running generation stays.*Rebuild it again/);
    expect(await generationsOf(owner, 'case')).toMatchObject([{ generation: 2, live: true }]);
    expect((await checkpoints(readModel.db)).filter(({ projection }) => projection === 'case')).toEqual([
      before,
    ]);
    const verdict = await verifyProjection(casesProjection, {
      store,
      codec: createCodec(),
      url: readModel.workerUrl,
    });
    expect(verdict.equal).toBe(true);
  });

  it('refuses it also when the documents did not fit in memory', async () => {
    await live(history, figuresProjection);
    const schema = `figures_v${projections.figures.version}_g3`;
    store.meddle.set(reads.catchingUp, () =>
      owner.query(`UPDATE "${schema}".figure_ledger SET count = count + 1`),
    );

    const refusal = await refusalOf(rebuild(figuresProjection, { documentsInMemory: 3 }));

    expect(refusal.comparedWith).toBe('events');
    expect(refusal.message).toMatch(/figure_ledger different row .* in count/);
  });

  it('refuses what went wrong after that comparison, by the rows of the running generation', async () => {
    await live(logOf([first, second]));
    store.meddle.set(reads.catchingUpAgain, change(3));

    const refusal = await refusalOf(rebuild());

    expect(refusal).toMatchObject({ projection: 'case', comparedWith: 'running generation' });
    expect(refusal.message).toContain(`case_id=${second.caseId} in flags`);
    expect(await generationsOf(owner, 'case')).toMatchObject([{ generation: 2, live: true }]);
  });

  it('puts wrong rows of the running generation right, and says how many', async () => {
    await live(logOf([first, second]));
    await change(2)();

    expect(await rebuild()).toMatchObject({ generation: 3, corrected: 1 });

    expect(await generationsOf(owner, 'case')).toMatchObject([{ generation: 3, live: true }]);
  });

  it('reads the log twice, and no more, when all is well', async () => {
    await live(logOf([first, second]));
    const whole: number[] = [];
    const readAll = store.readAll.bind(store);
    store.readAll = (options) => {
      if (!options?.after) whole.push(1);
      return readAll(options);
    };

    await rebuild();

    expect(whole).toHaveLength(2);
  });

  it('tells how far it is, ending at the whole', async () => {
    await live(logOf(Array.from({ length: 2_100 }, () => caseRegistered())));
    const shares: number[] = [];

    await rebuild(casesProjection, { onProgress: (share) => shares.push(share) });

    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.filter((share) => share > 0.5).length).toBeGreaterThan(2);
    expect(shares.at(-1)).toBe(1);
  });
});
