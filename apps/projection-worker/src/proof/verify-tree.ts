import type { EventStore, StoredEvent } from '@spil/event-store';
import { append, emptyTree, rootOf, type Frontier } from '@spil/proof';
import { leafHashOf } from './stored-leaf.js';
import { lastCheckpoint } from './sign-checkpoint.js';
import { loadTree, readNodes, type ProofDatabase } from './tree-rows.js';

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
  /** The first of them. */
  readonly differences: readonly string[];
  /** Leaves of which the log has no event. */
  readonly missing: number;
}

const chunkSize = 2_000;
const mostExamples = 20;

/** Makes the tree anew from the log and compares it with the stored one, leaf by leaf, and with the last checkpoint. */
export async function verifyTree(
  db: ProofDatabase,
  store: Pick<EventStore, 'readAll'>,
  onProgress: (done: number, total: number) => void,
): Promise<TreeVerdict> {
  const { frontier } = await loadTree(db);
  const checkpoint = await lastCheckpoint(db);
  const checkpointSize = checkpoint?.size ?? 0;
  const differences: string[] = [];
  let made: Frontier = emptyTree;
  let atCheckpoint = checkpointSize === 0 ? made : undefined;
  const compare = async (events: readonly StoredEvent[]): Promise<void> => {
    const ids = events.map((_, at) => ({ level: 0, index: made.size + at }));
    const source = await readNodes(db, ids);
    const hashes = events.map(leafHashOf);
    for (const [at, id] of ids.entries()) {
      const [stored, hash] = [events[at], hashes[at]];
      if (stored && hash && !source(id).equals(hash))
        differences.push(`leaf ${id.index}: revision ${stored.revision} of ${stored.stream}`);
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
    equal: differences.length === 0 && missing === 0 && checkpointHolds,
    leaves: made.size,
    checkpointSize,
    checkpointHolds,
    changed: differences.length,
    differences: differences.slice(0, mostExamples),
    missing,
  };
}
