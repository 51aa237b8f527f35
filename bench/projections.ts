import { EventStoreDBClient } from '@eventstore/db-client';
import type { Event } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore, pongoSingleStreamProjection } from '@event-driven-io/emmett-postgresql';
import { connectEventStore, createCodec, type Codec, type EventStore } from '@spil/event-store';
import { inTransaction } from '@spil/postgres';
import { createGeneration, makeLive, projections as readModels, type Database } from '@spil/read-model';
import pg from 'pg';
import { casesProjection } from '../apps/projection-worker/src/cases/cases.projection.js';
import { allProjections } from '../apps/projection-worker/src/projections.js';
import { fillGeneration } from '../apps/projection-worker/src/runtime/bulk-fill.js';
import { runFeed } from '../apps/projection-worker/src/runtime/feed.js';
import { takeOver } from '../apps/projection-worker/src/runtime/load-writer.js';
import type { Projection } from '../apps/projection-worker/src/runtime/projection.js';
import { rebuildProjection } from '../apps/projection-worker/src/runtime/rebuild.js';
import { caseIdOf, eventOf, eventsPerCase, slot } from './support/cases.js';
import { seedLog } from './support/log.js';
import { credentials, withClient, type Bench } from './support/place.js';
import { perSecond, timed } from './support/report.js';

/** Rebuild of a log, then catching up on what came after: every open case makes one step, no two alike in a row. */
export async function projections(bench: Bench): Promise<void> {
  const { report, scale } = bench;
  const cases = Math.round(12_000 * scale);
  const events = await bench.database('projection_events');
  const read = await bench.readDatabase('projection_read');
  await bench.withNode(events, () => Promise.resolve());
  let before = 0;
  for (let at = 0; at < eventsPerCase - 1; at += 1) before += await seedLog(events, slot(cases, at));
  report.note(
    `projections: ${cases.toLocaleString('en')} open cases of up to ${eventsPerCase} events, all under way at once; a log of ${before.toLocaleString('en')} events, then one more of each case`,
  );
  const emmettPerSecond = await emmettProjection(bench, Math.max(200, Math.round(3_000 * scale)));

  await bench.withNode(events, async ({ connectionString }) => {
    const store = connectEventStore({ connectionString, credentials });
    const client = EventStoreDBClient.connectionString(connectionString);
    try {
      const codec = createCodec();
      const inLog = new Map<string, number>();
      let readEvents = 0;
      const readMs = await timed(async () => {
        for await (const { event } of client.readAll({ credentials })) {
          if (!event) continue;
          readEvents += 1;
          inLog.set(event.type, (inLog.get(event.type) ?? 0) + 1);
        }
      });
      const takenBy = ({ eventTypes }: Projection): number =>
        eventTypes.reduce((sum, type) => sum + (inLog.get(type) ?? 0), 0);
      const ms: Record<string, number> = {};
      for (const projection of allProjections)
        ms[projection.name] = await timed(() => fillAndSwitch(projection, read.owner, { store, codec }));
      const copied = await copyAgain(read.owner);
      const total = Object.values(ms).reduce((sum, each) => sum + each, 0);
      // Each of the read models reads the events that it takes; together they write all of the rows.
      const taken = allProjections.reduce((sum, projection) => sum + takenBy(projection), 0);
      const best = Math.max((readMs / readEvents) * taken, copied.ms);
      report.line(
        'rebuild of all read models / min(readAll, COPY)',
        best / total,
        { atLeast: 0.8 },
        `${perSecond(taken, total)} events / readAll ${perSecond(readEvents, readMs)}, COPY ${perSecond(copied.rows, copied.ms)} rows; ${allProjections
          .filter((projection) => takenBy(projection) > 0)
          .map((projection) => {
            const { name } = projection;
            return `${name} ${perSecond(takenBy(projection), ms[name] ?? Number.NaN)}`;
          })
          .join(', ')}`,
      );
      report.line(
        'rebuild of the case read model / emmett projection',
        ((takenBy(casesProjection) / (ms.case ?? Number.NaN)) * 1_000) / emmettPerSecond,
        { atLeast: 12 },
        `${perSecond(takenBy(casesProjection), ms.case ?? Number.NaN)} / ${Math.round(emmettPerSecond)}/s`,
      );
      const { seconds } = await rebuildProjection(casesProjection, { store, codec, ownerUrl: read.owner });
      report.line(
        'rebuild of the case read model: comparing / filling',
        seconds.compare / seconds.fill,
        undefined,
        `${seconds.compare.toFixed(1)} s / ${seconds.fill.toFixed(1)} s`,
      );
    } finally {
      await client.dispose();
      await store.close();
    }
  });

  const due = await seedLog(events, slot(cases, eventsPerCase - 1));
  await withClient(bench.adminUrl, (admin) =>
    admin.query('CREATE DATABASE projection_raw TEMPLATE projection_read'),
  );
  const rawUrl = new URL(read.owner);
  rawUrl.pathname = '/projection_raw';
  await bench.withNode(events, async ({ connectionString }) => {
    const store = connectEventStore({ connectionString, credentials });
    try {
      const written: { sql: string; parameters: unknown[] }[] = [];
      const ms = await withClient(read.worker, (client) => catchUp(client, store, written));
      const rawMs = await withClient(rawUrl.href, (client) => timed(() => replay(client, written)));
      report.line(
        'catch-up of all read models / raw unnest upsert',
        rawMs / ms,
        { atLeast: 0.6 },
        `${perSecond(due, ms)} events / ${perSecond(due, rawMs)} for their rows alone`,
      );
      report.line(
        'catch-up of all read models / emmett projection',
        ((due / ms) * 1_000) / emmettPerSecond,
        { atLeast: 6 },
        `${perSecond(due, ms)} / ${Math.round(emmettPerSecond)}/s (one document per case)`,
      );
    } finally {
      await store.close();
    }
  });
}

/** What a rebuild does beside comparing, which has a line of its own. */
async function fillAndSwitch(
  projection: Projection,
  ownerUrl: string,
  log: { readonly store: EventStore; readonly codec: Codec },
): Promise<void> {
  const head = await log.store.head();
  await withClient(ownerUrl, async (client) => {
    const generation = await inTransaction(client, () => createGeneration(client, projection.name));
    await fillGeneration({
      ...log,
      client,
      projection,
      generation,
      head,
      documents: Number.POSITIVE_INFINITY,
      onProgress: () => undefined,
    });
    await inTransaction(client, () => makeLive(client, generation));
  });
}

/** Feeds the read models as the worker does, until they are level with the log; keeps the statements that wrote rows. */
async function catchUp(
  client: pg.Client,
  store: ReturnType<typeof connectEventStore>,
  written: { sql: string; parameters: unknown[] }[],
): Promise<number> {
  const db: Database = {
    query: (statement, parameters) => {
      const [sql, own] = typeof statement === 'string' ? [statement, []] : [statement.text, statement.values];
      if (/^(INSERT INTO "|DELETE FROM "|BEGIN|COMMIT)/.test(sql))
        written.push({ sql, parameters: parameters ?? own });
      return client.query(statement, parameters);
    },
  };
  const writers: Awaited<ReturnType<typeof takeOver>>[] = [];
  for (const projection of allProjections) writers.push(await takeOver(db, projection));
  const stop = new AbortController();
  return timed(() =>
    runFeed({
      store,
      codec: createCodec(),
      db,
      writers,
      signal: stop.signal,
      onCaughtUp: () => stop.abort(),
    }),
  );
}

async function replay(
  client: pg.Client,
  written: readonly { sql: string; parameters: unknown[] }[],
): Promise<void> {
  for (const { sql, parameters } of written) await client.query(sql, parameters);
}

/** Copies the rows of all read models into bare tables once more, within the database's own reach. */
async function copyAgain(ownerUrl: string): Promise<{ readonly rows: number; readonly ms: number }> {
  return withClient(ownerUrl, async (client) => {
    const { rows: live } = await client.query<{ projection: keyof typeof readModels; schema: string }>(
      'SELECT projection, schema_name AS schema FROM projection.generation WHERE live',
    );
    const { rows: settings } = await client.query<{ folder: string }>(
      `SELECT current_setting('data_directory') AS folder`,
    );
    // Goes when the database does.
    const folder = settings[0]?.folder ?? '';
    let rows = 0;
    let ms = 0;
    for (const { projection, schema } of live)
      for (const { name } of readModels[projection].tables) {
        const file = `'${folder}/${schema}_${name}.bench'`;
        await client.query(`COPY "${schema}".${name} TO ${file}`);
        await client.query(`CREATE TABLE bench_copy (LIKE "${schema}".${name})`);
        const start = performance.now();
        const { rowCount } = await client.query(`COPY bench_copy FROM ${file}`);
        ms += performance.now() - start;
        rows += rowCount ?? 0;
        await client.query('DROP TABLE bench_copy');
      }
    return { rows, ms };
  });
}

interface EmmettCase extends Record<string, unknown> {
  readonly steps: number;
  readonly last: unknown;
}

/** One document per case, in batches of a thousand and with the index on the global position that emmett lacks. */
async function emmettProjection(bench: Bench, cases: number): Promise<number> {
  const url = await bench.database('projection_emmett');
  const store = getPostgreSQLEventStore(url);
  await store.schema.migrate();
  const types = new Set<string>();
  let count = 0;
  for (const step of [0, 1, 2, 3]) {
    for (let from = 0; from < cases; from += 100)
      await Promise.all(
        Array.from({ length: Math.min(100, cases - from) }, (_, at) => {
          const { type, ...data } = eventOf(from + at, step);
          types.add(type);
          count += 1;
          return store.appendToStream(`case-${caseIdOf(from + at)}`, [{ type, data: { ...data } }]);
        }),
      );
  }
  await withClient(url, (client) => client.query('CREATE INDEX ON emt_messages (global_position)'));
  const consumer = store.consumer({ pulling: { batchSize: 1_000, pullingFrequencyInMs: 1 } });
  consumer.projector({
    processorId: 'bench',
    projection: pongoSingleStreamProjection<EmmettCase, Event<string, Record<string, unknown>>>({
      collectionName: 'cases',
      canHandle: [...types],
      initialState: () => ({ steps: 0, last: null }),
      evolve: (document: EmmettCase, { data }: { readonly data: unknown }) => ({
        ...document,
        steps: document.steps + 1,
        last: data,
      }),
    }),
    startFrom: 'BEGINNING',
    stopAfter: ({ metadata }) => metadata.globalPosition >= BigInt(count),
  });
  const ms = await timed(() => consumer.start());
  await consumer.close();
  await store.close();
  return (count / ms) * 1_000;
}
