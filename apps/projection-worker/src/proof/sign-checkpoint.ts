import type { EventStore } from '@spil/event-store';
import {
  checkpointBody,
  formatNote,
  parseNote,
  parseSpilTreeHead,
  rootOf,
  signNote,
  type Note,
  type SigningKey,
  type SpilTreeHead,
} from '@spil/proof';
import { advanceHeads } from './head-rows.js';
import { confirmLastLeaf } from './stored-leaf.js';
import { loadTree, readFrontier, type ProofDatabase } from './tree-rows.js';

/** A checkpoint as it is stored: signed, and with the cosignatures that have come in. */
export interface SignedCheckpoint extends SpilTreeHead {
  readonly note: Note;
  readonly signedAt: Date;
}

/** The tree is not one that grew out of the last signed checkpoint. Signing it would say that two histories are true. */
export class CheckpointRefused extends Error {
  constructor(what: string) {
    super(`no checkpoint is signed: ${what}`);
    this.name = 'CheckpointRefused';
  }
}

/**
 * Signs the tree as it stands, when it grew since the last checkpoint, within the caller's transaction (repeatable read). A
 * checkpoint is stored before anyone sees it.
 * @returns the newest checkpoint; undefined while the tree is empty
 * @throws CheckpointRefused, LogRewritten, EventStoreUnavailable
 */
export async function signCheckpoint(
  db: ProofDatabase,
  store: Pick<EventStore, 'readStream'>,
  key: SigningKey,
): Promise<SignedCheckpoint | undefined> {
  const tree = await loadTree(db);
  const last = await lastCheckpoint(db);
  const { size } = tree.frontier;
  if (last) await refuseUnlessGrown(db, last, size, key);
  if (size === (last?.size ?? 0)) return last;
  await confirmLastLeaf(store, tree.lastLeaf);
  // A checkpoint of version 1 left no heads of version 2 to go on from.
  const from = last?.headsVersion === 2 ? last.size : 0;
  const heads = await advanceHeads(db, from, size);
  const root = rootOf(tree.frontier);
  const head: SpilTreeHead = { origin: key.name, size, root, heads, headsVersion: 2 };
  const body = checkpointBody(head);
  const note: Note = { body, signatures: [signNote(body, key)] };
  const { rows } = await db.query<{ signed_at: Date }>(
    'INSERT INTO proof.checkpoint (size, root, note) VALUES ($1, $2, $3) RETURNING signed_at',
    [size, root, formatNote(note)],
  );
  return { ...head, note, signedAt: rows[0]?.signed_at ?? new Date() };
}

/** The checkpoint over the most leaves; undefined before the first. */
export const lastCheckpoint = (db: ProofDatabase): Promise<SignedCheckpoint | undefined> =>
  checkpointWhere(db, 'ORDER BY size DESC LIMIT 1', []);

/** The first checkpoint that covers a leaf. */
export const firstCheckpointOver = (
  db: ProofDatabase,
  index: number,
): Promise<SignedCheckpoint | undefined> =>
  checkpointWhere(db, 'WHERE size > $1 ORDER BY size LIMIT 1', [index]);

/** The checkpoint over exactly so many leaves. */
export const checkpointOfSize = (db: ProofDatabase, size: number): Promise<SignedCheckpoint | undefined> =>
  checkpointWhere(db, 'WHERE size = $1', [size]);

async function checkpointWhere(
  db: ProofDatabase,
  which: string,
  values: readonly number[],
): Promise<SignedCheckpoint | undefined> {
  const { rows } = await db.query<{ note: string; signed_at: Date; lines: string[] }>(
    `SELECT note, signed_at,
       ARRAY(SELECT line FROM proof.cosignature WHERE cosignature.size = checkpoint.size ORDER BY witness) AS lines
     FROM proof.checkpoint ${which}`,
    [...values],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const note = parseNote(`${row.note}${row.lines.map((line) => `${line}\n`).join('')}`);
  return { ...parseSpilTreeHead(note.body), note, signedAt: row.signed_at };
}

async function refuseUnlessGrown(
  db: ProofDatabase,
  last: SignedCheckpoint,
  size: number,
  key: SigningKey,
): Promise<void> {
  if (last.origin !== key.name)
    throw new CheckpointRefused(`the last one is of the log ${last.origin}, and the key is of ${key.name}`);
  if (size < last.size)
    throw new CheckpointRefused(`the tree has ${size} leaves, and one over ${last.size} was signed`);
  if (!rootOf(await readFrontier(db, last.size)).equals(last.root))
    throw new CheckpointRefused(
      `the first ${last.size} leaves are no longer those of the last signed checkpoint`,
    );
}
