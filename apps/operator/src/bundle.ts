import { readFile } from 'node:fs/promises';
import { withProgressBar } from '@spil/progress';
import { parseNote, parseTreeHead } from '@spil/proof';
import {
  bundleOfLog,
  bundleOfStream,
  type BundleRequest,
  type MadeBundle,
} from '../../projection-worker/src/proof/make-bundle.js';
import { exitCodes, UsageError, type Answer } from './answer.js';
import { withProofs } from './proofs.js';
import { uuid } from './case-stream.js';
import { withEventStore, type Spil } from './spil.js';
import { writeWhole } from './write-whole.js';

/** What the bundle is to hold, and where it goes. */
export interface BundleOptions {
  readonly case?: string;
  readonly until?: string;
  readonly all?: true;
  readonly out: string;
  /** File with a checkpoint that the auditor holds. */
  readonly earlier?: string;
}

/** Writes an audit bundle: a history with everything that is needed to check it without Spil. */
export async function bundle(spil: Spil, options: BundleOptions): Promise<Answer> {
  const earlier = await earlierSize(options.earlier);
  const made = await withEventStore(spil, ({ store }) =>
    withProofs(spil, (db) =>
      withProgressBar('bundle', 'events', (onProgress) => make(options, { db, store, earlier, onProgress })),
    ),
  );
  await writeWhole(options.out, `${JSON.stringify(made.bundle, null, 1)}\n`, 0o600);
  const count = made.bundle.events.length;
  return {
    exit: exitCodes.ok,
    json: { file: options.out, events: count, checkpointSize: made.checkpointSize, later: made.later },
    text: [
      `${options.out} holds ${count} events under the checkpoint over ${made.checkpointSize}.`,
      ...(made.later > 0
        ? [`${made.later} newer events are not under a checkpoint yet: try again in a minute.`]
        : []),
      'Check it on any machine with: node verify-bundle.mjs FILE --log-key KEY (tools/verify-bundle.mjs)',
    ].join('\n'),
  };
}

/** @throws UsageError unless exactly one thing is asked for */
export function checkBundle({ case: caseId, until, all }: BundleOptions): void {
  if ([caseId, until, all].filter((one) => one !== undefined).length !== 1)
    throw new UsageError('say what to bundle: --case ID, --until POSITION or --all');
  if (caseId !== undefined && !uuid.test(caseId))
    throw new UsageError(`'${caseId}' is no case id: that is a UUID`);
  if (until !== undefined && !/^\d{1,19}$/.test(until))
    throw new UsageError(`'${until}' is no position in the log: that is a number`);
}

function make(options: BundleOptions, request: BundleRequest): Promise<MadeBundle> {
  if (options.case !== undefined) return bundleOfStream(`case-${options.case}`, request);
  const until = options.until === undefined ? undefined : BigInt(options.until);
  return bundleOfLog(until === undefined ? undefined : { commit: until, prepare: until }, request);
}

async function earlierSize(file: string | undefined): Promise<number | undefined> {
  return file === undefined ? undefined : parseTreeHead(parseNote(await readFile(file, 'utf8')).body).size;
}
