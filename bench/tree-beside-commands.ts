import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { listScope } from '@spil/access';
import { migrateAuditStore } from '@spil/audit';
import { asReader, casesPage, checkpoints, openReadDatabase, type ReadDatabase } from '@spil/read-model';
import { startProgram } from '../test/support/program.js';
import { atOnce } from './support/at-once.js';
import { historyOf, openCommandPath, withKeys, worker, type CommandPath } from './support/command-path.js';
import { seedLog } from './support/log.js';
import { credentials, withClient, type Bench } from './support/place.js';
import { perSecond, quantile, timed } from './support/report.js';

const rounds = 5;
/** The first is for warming up and does not count. */
const allRounds = rounds + 1;
const concurrency = 16;

/** An event node with a worker beside it, both in processes of their own, and commands and lists on them. */
interface Side {
  readonly path: CommandPath;
  readonly read: ReadDatabase;
  /** Resolves once all that the worker keeps reaches a position. */
  readonly reached: (position: bigint) => Promise<void>;
}

/** What the tree takes from the commands and the lists beside it, and how much later all is kept: a worker with and one without. */
export async function treeBesideCommands(bench: Bench): Promise<void> {
  const { report, scale } = bench;
  const cases = Math.max(64, Math.round(400 * scale));
  const measured = {
    proven: { commandsMs: 0, keptMs: 0, pages: [] as number[] },
    plain: { commandsMs: 0, keptMs: 0, pages: [] as number[] },
  };
  await withSide(bench, cases, 'proven', (proven) =>
    withSide(bench, cases, 'plain', async (plain) => {
      const sides = [
        ['proven', proven],
        ['plain', plain],
      ] as const;
      for (let round = 0; round < allRounds; round += 1)
        for (const [name, side] of round % 2 === 0 ? sides : sides.toReversed()) {
          const { commandsMs, keptMs, pages } = await load(side, cases);
          if (round === 0) continue;
          measured[name].commandsMs += commandsMs;
          measured[name].keptMs += keptMs;
          measured[name].pages.push(...pages);
        }
    }),
  );
  const { proven, plain } = measured;
  const done = cases * rounds;
  report.line(
    'commands beside a worker that keeps the tree / without',
    plain.commandsMs / proven.commandsMs,
    undefined,
    `${perSecond(done, proven.commandsMs)} / ${perSecond(done, plain.commandsMs)} through the command bus, ${concurrency} at once, one reader of lists`,
  );
  report.line(
    'the same until all of it is kept',
    plain.keptMs / proven.keptMs,
    undefined,
    `${perSecond(done, proven.keptMs)} events in the read models and the tree / ${perSecond(done, plain.keptMs)} in the read models`,
  );
  const [withTree, without] = [quantile(proven.pages, 0.5), quantile(plain.pages, 0.5)];
  report.line(
    'list page meanwhile, with the tree / without',
    withTree / without,
    undefined,
    `p50 ${withTree.toFixed(2)} ms / ${without.toFixed(2)} ms, ${proven.pages.length} and ${plain.pages.length} pages of 50`,
  );
}

/** A command in every case, with somebody who reads one page of the list after the other meanwhile. */
async function load({ path, read, reached }: Side, cases: number) {
  const scope = listScope(worker, 'CASEWORK');
  if (scope === undefined) throw new Error('a professional has no list');
  const reader = { kind: 'LIST', ...scope } as const;
  const pages: number[] = [];
  let last = 0n;
  let over = false;
  const readLists = async (): Promise<void> => {
    while (!over)
      pages.push(
        await timed(async () => {
          const { edges } = await asReader(read, reader, (session) =>
            casesPage(session, { filter: {}, reader, first: 50 }),
          );
          if (edges.length !== 50) throw new Error(`a page of ${edges.length} cases`);
        }),
      );
  };
  const reading = readLists();
  const started = performance.now();
  await atOnce(cases, concurrency, async (at) => {
    const position = await path.attempt(at);
    if (position > last) last = position;
  }).finally(() => {
    over = true;
  });
  const commandsMs = performance.now() - started;
  await reading;
  await reached(last);
  return { commandsMs, keptMs: performance.now() - started, pages };
}

async function withSide(
  bench: Bench,
  cases: number,
  name: 'proven' | 'plain',
  work: (side: Side) => Promise<void>,
): Promise<void> {
  const events = await bench.database(`${name}_events`);
  const keysUrl = await bench.database(`${name}_keys`);
  const urls = await bench.readDatabase(`${name}_read`);
  const audit = name === 'proven' ? await bench.database(`${name}_audit`) : undefined;
  if (audit !== undefined)
    await migrateAuditStore(audit, { serviceRole: 'bench_service', workerRole: 'bench_worker' });
  await bench.withNode(events, () => Promise.resolve());
  await seedLog(events, historyOf(cases));
  await bench.withNode(events, ({ connectionString }) =>
    withKeys(keysUrl, async (keys) => {
      const program = startProgram(
        process.execPath,
        [join('dist', 'apps', 'projection-worker', 'src', 'main.js')],
        {
          SPIL_EVENT_STORE_URL: connectionString,
          SPIL_EVENT_STORE_USER: credentials.username,
          SPIL_EVENT_STORE_PASSWORD: credentials.password,
          SPIL_READ_DATABASE_URL: urls.worker,
          SPIL_READ_SERVICE_ROLE: 'bench_service',
          SPIL_WORKER_PORT: '0',
          SPIL_LOG_LEVEL: 'warn',
          ...(audit !== undefined && { SPIL_AUDIT_DATABASE_URL: audit }),
        },
      );
      const path = await openCommandPath({ connectionString, keys });
      const read = await openReadDatabase(urls.service);
      const reached = async (position: bigint): Promise<void> => {
        while (!(await isKept(read, audit, position))) await pause(10);
      };
      try {
        await path.settle();
        await program.printed(/^projection worker: health on port/);
        await reached(await path.attempt(0));
        await work({ path, read, reached });
      } finally {
        await read.destroy();
        await path.close();
        await program.end('SIGTERM');
      }
    }),
  );
}

async function isKept(read: ReadDatabase, audit: string | undefined, position: bigint): Promise<boolean> {
  if ((await checkpoints(read)).some((at) => (at.position?.commit ?? -1n) < position)) return false;
  return audit === undefined || (await treeReaches(audit)) >= position;
}

const treeReaches = (audit: string): Promise<bigint> =>
  withClient(audit, async (client) => {
    const { rows } = await client.query<{ at: string | null }>(
      'SELECT commit_position AS at FROM proof.tree',
    );
    return BigInt(rows[0]?.at ?? -1);
  });
