import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { projectionNames, projections } from './schema/projections.js';
import { entityOf } from './schema/table.js';

/** A connected reader of the read models; every query function takes it first. */
export type ReadDatabase = DataSource;

/** What query functions on cases need of a database: a session of `asReader`, or a role that sees every row. */
export type ReadSession = Pick<EntityManager, 'query' | 'getRepository'> & {
  /** Of the transaction, where there is one. */
  readonly queryRunner?: QueryRunner;
};

/**
 * Connects as a role that reads. Queries that wait for a connection or run longer than the timeout fail.
 * @param options.poolSize connections at most; more than about 16 on one database lowers throughput
 */
export async function openReadDatabase(
  url: string,
  options: { readonly poolSize?: number; readonly statementTimeoutMs?: number } = {},
): Promise<ReadDatabase> {
  const timeout = options.statementTimeoutMs ?? 3_000;
  const source = new DataSource({
    type: 'postgres',
    url,
    poolSize: options.poolSize ?? 8,
    connectTimeoutMS: timeout,
    applicationName: 'spil-read',
    entities: projectionNames.flatMap((name) =>
      projections[name].tables.filter(({ published }) => published).map(entityOf),
    ),
    extra: {
      statement_timeout: timeout,
      query_timeout: timeout + 500,
      // Every query follows an index to few rows: starting helpers or a compiler takes longer than the reading, and there are many readers.
      options: '-c max_parallel_workers_per_gather=0 -c jit=off',
    },
  });
  return source.initialize();
}
