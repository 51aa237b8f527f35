import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { createCodec, type Position, type ReadAllOptions } from '@spil/event-store';
import { projections, quoted, type ProjectionName } from '@spil/read-model';
import { allProjections } from '../../../apps/projection-worker/src/projections.js';
import { runFeed } from '../../../apps/projection-worker/src/runtime/feed.js';
import { compareWithFreshFold } from '../../../apps/projection-worker/src/runtime/fresh-fold.js';
import { isFaultOfEvent } from '../../../apps/projection-worker/src/runtime/generation-writer.js';
import { takeOver } from '../../../apps/projection-worker/src/runtime/load-writer.js';
import { freshReadModel, type TestReadModel } from '../read-model.js';
import type { DeliveryOrder, DeliverySession, PoisonKind } from './delivery-order.js';
import { LosableConnection, ScriptedLoss, scriptedSubscription } from './scripted-delivery.js';

/** What was done, over all orders. */
export interface DeliveryCounts {
  orders: number;
  events: number;
  items: number;
  /** Of the items: delivered before. */
  again: number;
  subscriptions: number;
  lostConnections: number;
  batches: number;
  /** Times that documents were looked up for a batch while the one before was written. */
  ahead: number;
  readonly poison: Record<PoisonKind, number>;
}

export const noCounts = (): DeliveryCounts => ({
  ...{ orders: 0, events: 0, items: 0, again: 0, subscriptions: 0, lostConnections: 0, batches: 0, ahead: 0 },
  poison: { NONSENSE: 0, MALFORMED: 0, REFUSED: 0, ROWLESS: 0 },
});

interface Standing {
  readonly schema: string;
  readonly generation: number;
  readonly position: bigint;
}

const ordersPerTruncation = 50;

/** Read models of their own, into which one order after the other is delivered. */
export class DeliveryBed {
  readonly counts = noCounts();
  readonly #codec = createCodec();

  private constructor(
    private readonly readModel: TestReadModel,
    private readonly admin: pg.Client,
    private readonly worker: pg.Client,
  ) {}

  static async make(): Promise<DeliveryBed> {
    const readModel = await freshReadModel();
    const admin = new pg.Client({ connectionString: readModel.adminUrl });
    const worker = new pg.Client({ connectionString: readModel.workerUrl });
    await Promise.all([admin.connect(), worker.connect()]);
    return new DeliveryBed(readModel, admin, worker);
  }

  async drop(): Promise<void> {
    await Promise.all([this.admin.end(), this.worker.end()]);
    await this.readModel.drop();
  }

  /** Delivers an order to empty read models, to its end. @throws Error unless they then are as a fresh fold makes them */
  async deliver(order: DeliveryOrder): Promise<void> {
    let standings = await this.#empty();
    this.counts.orders += 1;
    this.counts.events += order.log.length;
    for (const { kind } of order.poison) this.counts.poison[kind] += 1;
    const subscribe = async (careful: boolean, session?: DeliverySession): Promise<boolean> => {
      const refused = await this.#subscribe(order, session, careful);
      const after = await this.#standings();
      for (const [name, { position }] of after)
        if (position < (standings.get(name)?.position ?? -1n))
          throw new Error(`the checkpoint of ${name} went back to ${position.toString()}`);
      standings = after;
      return refused;
    };
    let careful = false;
    for (const session of order.sessions) careful = await subscribe(careful, session);
    // To the end; the first try may meet rows that the database refuses.
    if (await subscribe(careful)) await subscribe(true);
    await this.#judge(order, standings);
  }

  /** One subscription on one connection. @returns whether the next one has to be careful, as the worker says that */
  async #subscribe(
    { log, largestBatch }: DeliveryOrder,
    session: DeliverySession | undefined,
    careful: boolean,
  ): Promise<boolean> {
    const writers = [];
    for (const projection of allProjections) writers.push(await takeOver(this.worker, projection));
    const connection = new LosableConnection(this.worker, session?.lost ?? null);
    const { counts } = this;
    counts.subscriptions += 1;
    try {
      await runFeed({
        store: {
          subscribeAll: (options) =>
            scriptedSubscription(log, options, { session, connection, delivered: counts }),
        },
        codec: this.#codec,
        db: connection,
        writers,
        signal: new AbortController().signal,
        careful,
        largestBatch,
        onBatch: () => (counts.batches += 1),
      });
      return false;
    } catch (error) {
      await this.worker.query('ROLLBACK');
      if (error instanceof ScriptedLoss) counts.lostConnections += 1;
      else if (!isFaultOfEvent(error) || careful) throw error;
      return isFaultOfEvent(error);
    } finally {
      // One by one, events are looked up in the transaction that writes them.
      if (!careful) counts.ahead += connection.lookedUpWithin;
    }
  }

  async #judge(
    { log, poison }: DeliveryOrder,
    standings: ReadonlyMap<ProjectionName, Standing>,
  ): Promise<void> {
    const end: Position | undefined = log.at(-1)?.position;
    const parked = await this.#parked();
    const expected = parkedBy(poison);
    if (!isDeepStrictEqual(parked, expected))
      throw new Error(`parked ${JSON.stringify(parked)}, expected ${JSON.stringify(expected)}`);
    await this.worker.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    try {
      for (const projection of allProjections) {
        const standing = standings.get(projection.name);
        if (!standing || standing.position !== (end?.commit ?? -1n))
          throw new Error(
            `${projection.name} stands at ${String(standing?.position)}, not at the end of the log`,
          );
        const verdict = await compareWithFreshFold(
          this.worker,
          projection,
          {
            schema: standing.schema,
            position: end,
            parked: new Map(
              parked
                .filter((one) => one.projection === projection.name)
                .map(({ stream, revision }) => [stream, BigInt(revision)]),
            ),
          },
          { store: { readAll: (options) => readAll(log, options) }, codec: this.#codec },
        );
        if (!verdict.equal)
          throw new Error(`${projection.name} is unlike a fresh fold: ${JSON.stringify(verdict, null, 2)}`);
      }
    } finally {
      await this.worker.query('ROLLBACK');
    }
  }

  /** Forgets what was delivered before. */
  async #empty(): Promise<Map<ProjectionName, Standing>> {
    const standings = await this.#standings();
    const tables = allProjections.flatMap(({ name }) =>
      projections[name].tables.map((table) => `${quoted(standings.get(name)?.schema ?? '')}.${table.name}`),
    );
    tables.push('projection.parked');
    // Rows of a few go faster than files, until those that are gone are in the way.
    const emptied =
      this.counts.orders % ordersPerTruncation === 0
        ? `TRUNCATE ${tables.join(', ')}`
        : tables.map((table) => `DELETE FROM ${table}`).join('; ');
    await this.admin.query(
      `${emptied}; UPDATE projection.generation
       SET commit_position = -1, prepare_position = -1, recorded_at = NULL, stopped_because = NULL`,
    );
    return this.#standings();
  }

  async #standings(): Promise<Map<ProjectionName, Standing>> {
    const { rows } = await this.admin.query<{
      projection: ProjectionName;
      generation: number;
      schema_name: string;
      commit_position: string;
    }>('SELECT projection, generation, schema_name, commit_position FROM projection.generation WHERE live');
    return new Map(
      rows.map(({ projection, generation, schema_name: schema, commit_position: position }) => [
        projection,
        { schema, generation, position: BigInt(position) },
      ]),
    );
  }

  async #parked(): Promise<Parked[]> {
    const { rows } = await this.admin.query<Parked>(
      'SELECT projection, stream, revision::int FROM projection.parked',
    );
    return sorted(rows);
  }
}

interface Parked {
  readonly projection: string;
  readonly stream: string;
  readonly revision: number;
}

const sorted = (parked: readonly Parked[]): Parked[] =>
  parked
    .map(({ projection, stream, revision }) => ({ projection, stream, revision }))
    .sort((a, b) => (`${a.projection} ${a.stream}` < `${b.projection} ${b.stream}` ? -1 : 1));

/** The read models that cannot take in a poison event of a kind. */
const poisoned: Readonly<Record<PoisonKind, (type: string) => readonly string[]>> = {
  NONSENSE: () => ['access', 'case'],
  MALFORMED: (type) =>
    allProjections.filter(({ eventTypes }) => eventTypes.includes(type)).map(({ name }) => name),
  REFUSED: () => ['access', 'case', 'retention', 'timeline'],
  ROWLESS: () => ['case', 'figures', 'timeline'],
};

/** Each poisoned stream stands still from its first poison on, in the read models that cannot take that in. */
function parkedBy(poison: DeliveryOrder['poison']): Parked[] {
  const first = new Map<string, Parked>();
  for (const { kind, stored } of poison)
    for (const projection of poisoned[kind](stored.type)) {
      const { stream } = stored;
      const revision = Number(stored.revision);
      const known = first.get(`${projection} ${stream}`);
      if (!known || revision < known.revision)
        first.set(`${projection} ${stream}`, { projection, stream, revision });
    }
  return sorted([...first.values()]);
}

async function* readAll(
  log: DeliveryOrder['log'],
  { eventTypes }: ReadAllOptions = {},
): AsyncGenerator<DeliveryOrder['log'][number]> {
  for (const stored of log)
    if (eventTypes?.includes(stored.type) ?? true) yield await Promise.resolve(stored);
}
