import { migrateAuditStore } from '@spil/audit';
import { connectEventStore } from '@spil/event-store';
import { newKeyFile, parseKeyFile, signatureTypes } from '@spil/proof';
import { keepTree } from '../apps/projection-worker/src/proof/keep-tree.js';
import { signCheckpoint } from '../apps/projection-worker/src/proof/sign-checkpoint.js';
import { eventsPerCase, slot } from './support/cases.js';
import { seedLog } from './support/log.js';
import { credentials, withClient, type Bench } from './support/place.js';
import { perSecond, timed } from './support/report.js';
import { treeBesideCommands } from './tree-beside-commands.js';

/** What it costs to make a log provable: to commands and lists meanwhile, and to catch up with a log that is there. */
export async function proof(bench: Bench): Promise<void> {
  await catchingUp(bench);
  await treeBesideCommands(bench);
}

/** The tree catching up with a log, against reading it and doing nothing. */
async function catchingUp(bench: Bench): Promise<void> {
  const { report, scale } = bench;
  const cases = Math.round(10_000 * scale);
  const events = await bench.database('proof_events');
  const audit = await bench.database('proof_audit');
  await migrateAuditStore(audit, { serviceRole: 'bench_service', workerRole: 'bench_worker' });
  await bench.withNode(events, () => Promise.resolve());
  let count = 0;
  for (let at = 0; at < eventsPerCase; at += 1) count += await seedLog(events, slot(cases, at));
  await bench.withNode(events, async ({ connectionString }) => {
    const store = connectEventStore({ connectionString, credentials });
    try {
      let read = 0;
      const readMs = await timed(async () => {
        for await (const event of store.readAll()) read += event.revision >= 0n ? 1 : 0;
      });
      await withClient(audit, async (db) => {
        const done = new AbortController();
        const treeMs = await timed(() =>
          keepTree({
            store,
            db,
            signal: done.signal,
            onDrop: () => undefined,
            onGrown: ({ frontier }) => {
              if (frontier.size === count) done.abort();
            },
          }),
        );
        const key = parseKeyFile(newKeyFile('bench.example/log'), signatureTypes.note);
        const signMs = await timed(() => signCheckpoint(db, store, key));
        report.line(
          'tree over the log, catching up / readAll',
          readMs / treeMs,
          undefined,
          `${perSecond(count, treeMs)} events / ${perSecond(read, readMs)}; first checkpoint over ${count.toLocaleString('en')} events of ${cases.toLocaleString('en')} streams in ${Math.round(signMs)} ms`,
        );
      });
    } finally {
      await store.close();
    }
  });
}
