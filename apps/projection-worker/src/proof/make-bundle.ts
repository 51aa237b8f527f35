import {
  bundledEvent,
  earlierHead,
  eventLeafHash,
  formatNote,
  inclusionRanges,
  type AuditBundle,
  type BundledEvent,
  type BundleScope,
  type EarlierHead,
  type Hash,
} from '@spil/proof';
import { eventSchemas, type EventStore, type Position, type StoredEvent } from '@spil/event-store';
import { HeadsDiffer, pastHeads } from './past-heads.js';
import {
  checkpointOfSize,
  firstCheckpointOver,
  lastCheckpoint,
  type SignedCheckpoint,
} from './sign-checkpoint.js';
import { leafOf } from './stored-leaf.js';
import { readConsistency, readHashes, readNodes, type ProofDatabase } from './tree-rows.js';

export interface BundleRequest {
  /** Audit database, within a transaction that sees one moment. */
  readonly db: ProofDatabase;
  readonly store: Pick<EventStore, 'readStream' | 'readAll'>;
  /** Size of a checkpoint that the auditor holds, to be linked with the newest. */
  readonly earlier: number | undefined;
  /** Told how many events of the log were read. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** There is nothing to prove yet, or not this. The message says what to do. */
export class NotProvable extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'NotProvable';
  }
}

/** An event is not the one that its leaf in the tree was made from. */
export class LeafDiffers extends Error {
  constructor({ stream, revision }: { readonly stream: string; readonly revision: bigint }) {
    super(`revision ${revision} of ${stream} is not what the tree was made from: the event log was changed`);
    this.name = 'LeafDiffers';
  }
}

/** A bundle, and how many events came too late to be in it. */
export interface MadeBundle {
  readonly bundle: AuditBundle;
  readonly checkpointSize: number;
  readonly later: number;
}

/**
 * Everything of one stream that the newest checkpoint covers, with a proof for each event and for which events the stream has.
 * @throws NotProvable, LeafDiffers, HeadsDiffer
 */
export async function bundleOfStream(stream: string, request: BundleRequest): Promise<MadeBundle> {
  const { db, store } = request;
  const checkpoint = await newest(db);
  const { size } = checkpoint;
  const { rows } = await db.query<{ index: string; hash: Buffer }>(
    `SELECT leaf.index, hash FROM proof.leaf JOIN proof.node ON level = 0 AND node.index = leaf.index
     WHERE stream = $1 AND leaf.index < $2 ORDER BY revision`,
    [stream, size],
  );
  const leaves = rows.map(({ index, hash }) => ({ index: Number(index), hash }));
  if (leaves.length === 0) throw new NotProvable(`${stream} has no event under the last checkpoint`);
  const events: BundledEvent[] = [];
  let later = 0;
  for await (const stored of store.readStream(stream)) {
    const leaf = leaves[Number(stored.revision)];
    if (leaf === undefined) {
      later += 1;
      continue;
    }
    const event = leafOf(stored);
    if (!eventLeafHash(event).equals(leaf.hash)) throw new LeafDiffers(stored);
    const path = await readHashes(db, inclusionRanges(leaf.index, size));
    events.push(bundledEvent(leaf.index, event, path));
  }
  const last = events.at(-1);
  if (last === undefined || events.length < leaves.length)
    throw new LeafDiffers({ stream, revision: BigInt(events.length) });
  const covering = await coveringCheckpoints(
    db,
    events.map(({ index }) => index),
    size,
  );
  const linked = [...covering, ...(await askedForOf(events[0], request, checkpoint, covering))];
  const heads = await pastHeads(db, stream, [...linked, checkpoint], request.onProgress ?? (() => undefined));
  const head = heads.get(size);
  if (head === undefined || !('revision' in head)) throw new HeadsDiffer(checkpoint);
  const earlier = await Promise.all(linked.map((one) => linkedHead(db, one, size, heads.get(one.size))));
  const scope: BundleScope = { kind: 'stream', stream, head };
  return { bundle: assembled(scope, checkpoint, earlier, events), checkpointSize: size, later };
}

/**
 * Every event of the log up to a position, or up to the newest checkpoint.
 * @throws NotProvable, LeafDiffers
 */
export async function bundleOfLog(until: Position | undefined, request: BundleRequest): Promise<MadeBundle> {
  const { db, store } = request;
  const checkpoint = await newest(db);
  const { size } = checkpoint;
  const events: BundledEvent[] = [];
  let later = 0;
  for await (const chunk of chunks(store.readAll())) {
    const due = chunk.filter((stored, at) => !isBeyond(stored, until) && events.length + at < size);
    later += chunk.filter((stored) => !isBeyond(stored, until)).length - due.length;
    const ids = due.map((_, at) => ({ level: 0, index: events.length + at }));
    const source = await readNodes(db, ids);
    for (const [at, stored] of due.entries()) {
      const event = leafOf(stored);
      if (!eventLeafHash(event).equals(source(ids[at] ?? { level: 0, index: -1 })))
        throw new LeafDiffers(stored);
      events.push(bundledEvent(events.length, event));
    }
    request.onProgress?.(events.length, size);
    if (due.length < chunk.length && until !== undefined) break;
  }
  if (events.length < size && until === undefined)
    throw new NotProvable(`the log has ${events.length} events, and ${size} are under the last checkpoint`);
  const scope: BundleScope = { kind: 'log', size: events.length };
  const link =
    events.length < size ? [earlierHead(events.length, await readConsistency(db, events.length, size))] : [];
  const earlier = [...link, ...(await askedFor(db, request.earlier, checkpoint, link))];
  return { bundle: assembled(scope, checkpoint, earlier, events), checkpointSize: size, later };
}

async function newest(db: ProofDatabase): Promise<SignedCheckpoint> {
  const checkpoint = await lastCheckpoint(db);
  if (checkpoint === undefined) throw new NotProvable('no checkpoint was signed yet; try again in a minute');
  return checkpoint;
}

const assembled = (
  scope: BundleScope,
  { note }: SignedCheckpoint,
  earlier: readonly EarlierHead[],
  events: readonly BundledEvent[],
): AuditBundle => ({
  format: 'spil-audit-bundle/2',
  scope,
  checkpoint: formatNote(note),
  earlier,
  events,
  eventTypes: descriptionsOf(events),
});

/** A JSON Schema for each version of each type that occurs, of those that this release knows. */
function descriptionsOf(events: readonly BundledEvent[]): AuditBundle['eventTypes'] {
  const found: Record<string, Record<string, unknown>> = {};
  for (const { type, metadata } of events) {
    const { schemaVersion } = (
      typeof metadata === 'string' && metadata !== '' ? JSON.parse(metadata) : {}
    ) as {
      schemaVersion?: unknown;
    };
    const version = String(schemaVersion);
    const schema = eventSchemas[type]?.[version];
    if (schema !== undefined) found[type] = { ...found[type], [version]: schema };
  }
  return found;
}

/** The first checkpoint over each event, which shows since when it existed at the latest; without the newest. */
async function coveringCheckpoints(
  db: ProofDatabase,
  indexes: readonly number[],
  newestSize: number,
): Promise<SignedCheckpoint[]> {
  const found: SignedCheckpoint[] = [];
  for (const index of indexes) {
    if (found.some(({ size }) => index < size)) continue;
    const covering = await firstCheckpointOver(db, index);
    if (covering !== undefined && covering.size < newestSize) found.push(covering);
  }
  return found;
}

/** The checkpoint that the auditor of a stream asked to be linked, unless it is linked already. @throws NotProvable */
async function askedForOf(
  first: BundledEvent | undefined,
  { db, earlier: asked }: BundleRequest,
  { size }: SignedCheckpoint,
  already: readonly SignedCheckpoint[],
): Promise<SignedCheckpoint[]> {
  if (asked === undefined || asked === size || already.some((one) => one.size === asked)) return [];
  refuseBeyond(asked, size);
  const own = await checkpointOfSize(db, asked);
  if (own === undefined) throw new NotProvable(`the log signed no checkpoint over ${asked} events`);
  if (own.headsVersion === 1 && first !== undefined && first.index >= asked)
    throw new NotProvable(
      `${first.stream} began after the checkpoint over ${asked} events, and one of that form (heads/v1) cannot show it: leave --earlier away, or bundle the whole log`,
    );
  return [own];
}

/** The state that the auditor of the log asked to be linked, unless it is linked already. @throws NotProvable */
async function askedFor(
  db: ProofDatabase,
  asked: number | undefined,
  { size }: SignedCheckpoint,
  already: readonly EarlierHead[],
): Promise<EarlierHead[]> {
  if (asked === undefined || asked === size || already.some((one) => one.size === asked)) return [];
  refuseBeyond(asked, size);
  const own = await checkpointOfSize(db, asked);
  const proof: readonly Hash[] = await readConsistency(db, asked, size);
  return [earlierHead(asked, proof, own && formatNote(own.note))];
}

function refuseBeyond(asked: number, size: number): void {
  if (asked > size) throw new NotProvable(`the last checkpoint is over ${size} events, fewer than ${asked}`);
}

async function linkedHead(
  db: ProofDatabase,
  { size, note }: SignedCheckpoint,
  newestSize: number,
  head: EarlierHead['head'],
): Promise<EarlierHead> {
  return earlierHead(size, await readConsistency(db, size, newestSize), formatNote(note), head);
}

const isBeyond = ({ position }: StoredEvent, until: Position | undefined): boolean =>
  until !== undefined && position.commit > until.commit;

async function* chunks(events: AsyncIterable<StoredEvent>): AsyncGenerator<StoredEvent[]> {
  let chunk: StoredEvent[] = [];
  for await (const event of events) {
    chunk.push(event);
    if (chunk.length < 2_000) continue;
    yield chunk;
    chunk = [];
  }
  yield chunk;
}
