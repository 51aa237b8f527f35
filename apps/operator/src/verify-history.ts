import { withProgressBar } from '@spil/progress';
import { verifyTree } from '../../projection-worker/src/proof/verify-tree.js';
import { exitCodes, type Answer } from './answer.js';
import { withProofs } from './proofs.js';
import { withEventStore, type Spil } from './spil.js';
import { historyMetrics, writeMetrics } from './verify-metrics.js';

/** Makes the tree of proofs anew from the log and compares it with the one that was kept and signed. */
export async function verifyHistory(spil: Spil, metricsFile: string | undefined): Promise<Answer> {
  const verdict = await withEventStore(spil, ({ store }) =>
    withProofs(spil, (db) =>
      withProgressBar('history', 'events', (progress) => verifyTree(db, store, progress)),
    ),
  );
  await writeMetrics(metricsFile, historyMetrics(verdict, new Date()));
  const { equal, leaves, checkpointSize, checkpointHolds, changed, differences, missing } = verdict;
  return {
    exit: equal ? exitCodes.ok : exitCodes.failed,
    json: { ...verdict },
    text: [
      `${leaves} events compared with the tree.`,
      ...differences.map((difference) => `CHANGED ${difference}`),
      ...(missing > 0 ? [`MISSING the last ${missing} events of the tree are not in the log`] : []),
      checkpointHolds
        ? `The log is the one that the checkpoint over ${checkpointSize} events was signed for.`
        : `The log is NOT the one that the checkpoint over ${checkpointSize} events was signed for.`,
      equal
        ? 'The history is as it was recorded.'
        : changed + missing === 0 && checkpointHolds
          ? 'The log is as it was recorded, but the proofs were changed after they were made: bundles of them prove nothing. Was the audit database changed or damaged? Look for a backup.'
          : 'The event log was changed after it was recorded: keep everything as it is, and find out by whom.',
    ].join('\n'),
  };
}
