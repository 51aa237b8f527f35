import { bundledAbsence, bundledHead, FoldedHeads, type BundledAbsence, type BundledHead } from '@spil/proof';
import type { SignedCheckpoint } from './sign-checkpoint.js';
import { readLeaves, type ProofDatabase } from './tree-rows.js';

/** The leaves do not come to what a checkpoint commits to about the streams. */
export class HeadsDiffer extends Error {
  constructor({ size }: SignedCheckpoint) {
    super(
      `the events of the streams are not those that the checkpoint over ${size} was signed for: the audit database was changed`,
    );
    this.name = 'HeadsDiffer';
  }
}

/**
 * Shows which events of a stream each of some checkpoints commits to. Only the newest heads are kept, so that this reads all
 * leaves once, up to the largest of the checkpoints.
 * @returns by size of the checkpoint; undefined for one of version 1 under which the stream has no event
 * @throws HeadsDiffer
 */
export async function pastHeads(
  db: ProofDatabase,
  stream: string,
  checkpoints: readonly SignedCheckpoint[],
  onProgress: (done: number, total: number) => void,
): Promise<Map<number, BundledHead | BundledAbsence | undefined>> {
  const ordered = [...checkpoints].sort((a, b) => a.size - b.size);
  const total = ordered.at(-1)?.size ?? 0;
  const heads = new FoldedHeads();
  const found = new Map<number, BundledHead | BundledAbsence | undefined>();
  let done = 0;
  for (const checkpoint of ordered) {
    for await (const leaves of readLeaves(db, done, checkpoint.size)) {
      for (const { hash, ...leaf } of leaves) heads.add(leaf, hash);
      done += leaves.length;
      onProgress(done, total);
    }
    const { size, headsVersion } = checkpoint;
    if (!heads.root(headsVersion).equals(checkpoint.heads)) throw new HeadsDiffer(checkpoint);
    const own = heads.prove(stream, headsVersion);
    const absence = own || headsVersion === 1 ? undefined : bundledAbsence(heads.proveAbsence(stream));
    found.set(size, own ? bundledHead(own.revision, own.proof) : absence);
  }
  return found;
}
