import type { Hash } from './hash.js';
import {
  bucketCount,
  bucketFrom,
  bucketOf,
  emptyBucket,
  extendChain,
  headsRoot,
  proveAbsence,
  proveHead,
  type AbsenceProof,
  type HeadBucket,
  type HeadProof,
  type HeadsVersion,
  type StreamHead,
} from './stream-heads.js';

/** The heads of all streams of a tree, made from its leaves one by one; tells what they are at any size on the way. */
export class FoldedHeads {
  readonly #byBucket = new Map<number, Map<string, StreamHead>>();
  readonly #made = {
    1: new Map<number, HeadBucket>(),
    2: new Map<number, HeadBucket>(),
  };

  /** Adds the next leaf of the tree. */
  add({ stream, revision }: Pick<StreamHead, 'stream' | 'revision'>, leaf: Hash): void {
    const bucket = bucketOf(stream);
    const heads = this.#byBucket.get(bucket) ?? new Map<string, StreamHead>();
    heads.set(stream, { stream, revision, chain: extendChain(heads.get(stream)?.chain, leaf) });
    this.#byBucket.set(bucket, heads);
    this.#made[1].delete(bucket);
    this.#made[2].delete(bucket);
  }

  root(version: HeadsVersion): Hash {
    return headsRoot(this.#buckets(version));
  }

  /** Proof of the head of a stream. @returns undefined when it has none */
  prove(
    stream: string,
    version: HeadsVersion,
  ): { readonly revision: bigint; readonly proof: HeadProof } | undefined {
    const heads = this.#headsBeside(stream);
    const own = heads.find((head) => head.stream === stream);
    return (
      own && {
        revision: own.revision,
        proof: proveHead(stream, heads, this.#buckets(version), version),
      }
    );
  }

  /** Proof, in version 2, that a stream has no head. @throws RangeError when it has one */
  proveAbsence(stream: string): AbsenceProof {
    return proveAbsence(stream, this.#headsBeside(stream), this.#buckets(2));
  }

  #headsBeside(stream: string): StreamHead[] {
    return [...(this.#byBucket.get(bucketOf(stream))?.values() ?? [])];
  }

  /** Those that no leaf changed are made once. */
  #buckets(version: HeadsVersion): HeadBucket[] {
    const made = this.#made[version];
    for (const [bucket, heads] of this.#byBucket)
      if (!made.has(bucket)) made.set(bucket, bucketFrom([...heads.values()], version));
    return Array.from({ length: bucketCount }, (_, bucket) => made.get(bucket) ?? emptyBucket);
  }
}
