import type { EventStore, StoredEvent } from '@spil/event-store';
import { append, emptyTree, rootOf, type Frontier } from '@spil/proof';
import { leafHashOf } from './stored-leaf.js';
import { lastCheckpoint } from './sign-checkpoint.js';
import { loadTree, readLeaves, readNodes, type LeafRow, type ProofDatabase } from './tree-rows.js';

/** How the log compares with the tree that was made from it. */
export interface TreeVerdict {
  readonly equal: boolean;
  /** Leaves compared. */
  readonly leaves: number;
  readonly checkpointSize: number;
  /** Whether the log comes to the root that was signed last. */
  readonly checkpointHolds: boolean;
  /** How many events are not what their leaf was made from. */
  readonly changed: number;
  /** Leaves that name another event than the one that they were made from, and hashes over leaves that are not theirs. */
  readonly broken: number;
  /** The first of both. */
  readonly differences: readonly string[];
  /** Leaves of which the log has no event. */
  readonly missing: number;
}

const chunkSize = 2_000;
const mostExamples = 20;

/**
 * Makes the tree anew from the log and compares it with the stored one, leaf by leaf, and with the last checkpoint. Of the stored one
 * it looks too whether it is a tree over its own leaves: all proofs in bundles come from there.
 */
export async function verifyTree(
  db: ProofDatabase,
  store: Pick<EventStore, 'readAll'>,
  onProgress: (done: number, total: number) => void,
): Promise<TreeVerdict> {
  const { frontier } = await loadTree(db);
  const checkpoint = await lastCheckpoint(db);
  const checkpointSize = checkpoint?.size ?? 0;
  const differences: string[] = [];
  let [changed, broken] = [0, 0];
  let made: Frontier = emptyTree;
  let stored: Frontier = emptyTree;
  let atCheckpoint = checkpointSize === 0 ? made : undefined;
  const compare = async (events: readonly StoredEvent[]): Promise<void> => {
    const hashes = events.map(leafHashOf);
    const leaves: LeafRow[] = [];
    for await (const some of readLeaves(db, made.size, made.size + events.length)) leaves.push(...some);
    for (const [at, { stream, revision, hash }] of leaves.entries()) {
      const [event, its] = [events[at], hashes[at]];
      if (event === undefined || its === undefined) continue;
      const isChanged = !its.equals(hash);
      const isBroken = !isChanged && (event.stream !== stream || event.revision !== revision);
      if (isChanged || isBroken)
        differences.push(`leaf ${made.size + at}: revision ${event.revision} of ${event.stream}`);
      if (isChanged) changed += 1;
      if (isBroken) broken += 1;
    }
    const overLeaves = append(
      stored,
      leaves.map(({ hash }) => hash),
    );
    stored = overLeaves.frontier;
    const inner = overLeaves.nodes.filter(({ level }) => level > 0);
    const source = await readNodes(db, inner);
    for (const node of inner.filter((one) => !source(one).equals(one.hash))) {
      differences.push(`node ${node.index} of level ${node.level}`);
      broken += 1;
    }
    const left = checkpointSize - made.size;
    if (left >= 0 && left <= hashes.length) atCheckpoint = append(made, hashes.slice(0, left)).frontier;
    made = append(made, hashes).frontier;
    onProgress(made.size, frontier.size);
  };
  onProgress(0, frontier.size);
  let chunk: StoredEvent[] = [];
  for await (const event of store.readAll()) {
    if (made.size + chunk.length === frontier.size) break;
    chunk.push(event);
    if (chunk.length < chunkSize) continue;
    await compare(chunk);
    chunk = [];
  }
  await compare(chunk);
  const missing = frontier.size - made.size;
  const checkpointHolds =
    checkpoint === undefined || (atCheckpoint !== undefined && rootOf(atCheckpoint).equals(checkpoint.root));
  return {
    equal: changed + broken + missing === 0 && checkpointHolds,
    leaves: made.size,
    checkpointSize,
    checkpointHolds,
    changed,
    broken,
    differences: differences.slice(0, mostExamples),
    missing,
  };
}
