import { reviewMonths, type ReviewMonth } from '@spil/audit';
import type { EventStore, Position } from '@spil/event-store';
import { openRequestPool, withConnection } from '@spil/postgres';
import { checkpoints, isReached, parkedStreams, type Checkpoint, type ParkedStream } from '@spil/read-model';
import { beyondLogText, isBeyondLog } from '../../projection-worker/src/runtime/log-end.js';
import { exitCodes, messageOf, type Answer } from './answer.js';
import { columns } from './read-models.js';
import { withEventStore, withReadModels, type Spil } from './spil.js';

/** Whether a part answers; `error` says why not. */
type Look<Found> =
  { readonly reachable: true; readonly found: Found } | { readonly reachable: false; readonly error: string };

interface ReadModelStatus {
  readonly name: string;
  readonly version: number;
  readonly position: bigint | null;
  /** Log positions between the head and here, 0 when no event of ours lies there; null when the head is not known. */
  readonly lagPositions: bigint | null;
  /** Age of the oldest event that is not taken in; 0 when there is none. */
  readonly lagSeconds: number | null;
  readonly stoppedBecause: string | null;
}

/** How a Spil is doing: what answers, how far the read models are, what is parked. */
export async function status(spil: Spil): Promise<Answer> {
  return withEventStore(spil, async ({ store }) => {
    const [head, models, keys, audit] = await Promise.all([
      look(() => store.head()),
      look(() =>
        withReadModels(spil, async (database) => ({
          checkpoints: await checkpoints(database),
          parked: await parkedStreams(database),
        })),
      ),
      spil.keysUrl === undefined ? undefined : look(() => answers(spil.keysUrl ?? '')),
      spil.auditUrl === undefined ? undefined : look(() => overdueReviews(spil.auditUrl ?? '')),
    ]);
    const end = head.reachable ? head.found : undefined;
    const readModels = models.reachable
      ? await Promise.all(
          models.found.checkpoints.map((checkpoint) =>
            statusOf(checkpoint, head.reachable ? store : undefined, end),
          ),
        )
      : [];
    const parked = models.reachable ? models.found.parked : [];
    const parts = { eventStore: head, readDatabase: models, keys, audit };
    const unreachable = Object.values(parts).some((part) => part?.reachable === false);
    const overdue = audit?.reachable ? audit.found : [];
    const ailing =
      parked.length > 0 ||
      overdue.length > 0 ||
      readModels.some(({ stoppedBecause }) => stoppedBecause !== null);
    return {
      exit: unreachable ? exitCodes.unavailable : ailing ? exitCodes.failed : exitCodes.ok,
      json: {
        spil: spil.name,
        head: end?.commit ?? null,
        eventStore: reachability(head),
        readDatabase: reachability(models),
        keys: keys ? reachability(keys) : null,
        audit: audit ? reachability(audit) : null,
        readModels,
        parked,
        overdueAccessReviews: overdue,
      },
      text: [
        `Spil, ${spil.name}`,
        columns([
          ['event store', said(head), end ? `head at position ${end.commit}` : ''],
          ['read database', said(models), ''],
          ['keys', keys ? said(keys) : 'not named by SPIL_KEYS_DATABASE_URL', ''],
          ['audit', audit ? said(audit) : 'not named by SPIL_AUDIT_DATABASE_URL', ''],
        ]),
        ...(models.reachable ? ['', readModelTable(readModels), '', parkedTable(parked)] : []),
        ...(audit?.reachable ? ['', overdueTable(overdue)] : []),
      ].join('\n'),
    };
  });
}

async function look<Found>(ask: () => Promise<Found>): Promise<Look<Found>> {
  try {
    return { reachable: true, found: await ask() };
  } catch (error) {
    return { reachable: false, error: messageOf(error) };
  }
}

const reachability = (part: Look<unknown>): object =>
  part.reachable ? { reachable: true } : { reachable: false, error: part.error };

const said = (part: Look<unknown>): string =>
  part.reachable ? 'reachable' : `NOT REACHABLE: ${part.error.replaceAll('\n', ' ')}`;

const answers = (url: string): Promise<unknown> =>
  withConnection(
    { connectionString: url, application_name: 'spil-status', connectionTimeoutMillis: 3_000 },
    (client) => client.query('SELECT 1'),
  );

async function statusOf(
  { projection, version, position, stoppedBecause }: Checkpoint,
  store: EventStore | undefined,
  head: Position | undefined,
): Promise<ReadModelStatus> {
  const common = { name: projection, version, position: position?.commit ?? null, stoppedBecause };
  if (store === undefined) return { ...common, lagPositions: null, lagSeconds: null };
  if (isBeyondLog(position, head))
    return { ...common, lagPositions: 0n, lagSeconds: 0, stoppedBecause: beyondLogText(head) };
  if (head === undefined || (position && isReached(head, position)))
    return { ...common, lagPositions: 0n, lagSeconds: 0 };
  for await (const next of store.readAll({ ...(position && { after: position }), maxCount: 1 }))
    return {
      ...common,
      lagPositions: head.commit - (position?.commit ?? 0n),
      lagSeconds: Math.max(0, Math.round((Date.now() - next.storedAt.getTime()) / 1_000)),
    };
  // What lies between is the store's own bookkeeping.
  return { ...common, lagPositions: 0n, lagSeconds: 0 };
}

const readModelTable = (models: readonly ReadModelStatus[]): string =>
  columns([
    ['read model', 'version', 'position', 'positions behind', 'seconds behind', ''],
    ...models.map(({ name, version, position, lagPositions, lagSeconds, stoppedBecause }) => [
      name,
      String(version),
      position?.toString() ?? 'nothing yet',
      lagPositions?.toString() ?? 'unknown',
      lagSeconds?.toString() ?? 'unknown',
      stoppedBecause === null ? '' : `STOPPED: ${stoppedBecause}`,
    ]),
  ]);

const parkedTable = (parked: readonly ParkedStream[]): string =>
  parked.length === 0
    ? 'No case is parked.'
    : `${parked.length} parked; once the cause is mended: spil retry <stream>\n${columns(
        parked.map(({ stream, projection, revision, type, error, parkedAt }) => [
          stream,
          projection,
          `at revision ${revision} (${type})`,
          parkedAt.toISOString(),
          error,
        ]),
      )}`;

/** Months in which an organisation should have reviewed who saw what, and has not. */
async function overdueReviews(url: string): Promise<OverdueReview[]> {
  const pool = openRequestPool(url, () => undefined);
  try {
    return (await reviewMonths(pool))
      .filter(({ overdue }) => overdue)
      .map(({ organisationId, month, dueBy }) => ({ organisationId, month, dueBy }));
  } finally {
    await pool.end();
  }
}

type OverdueReview = Pick<ReviewMonth, 'organisationId' | 'month' | 'dueBy'>;

const overdueTable = (overdue: readonly OverdueReview[]): string =>
  overdue.length === 0
    ? 'No review of who saw what is overdue.'
    : `${overdue.length} reviews of who saw what are overdue; the privacy officers record them with reviewAccessLog\n${columns(
        overdue.map(({ organisationId, month, dueBy }) => [
          month,
          organisationId,
          `due ${dueBy.toISOString().slice(0, 10)}`,
        ]),
      )}`;
