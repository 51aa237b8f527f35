import { emptyRoot, leafHash, sha256, type Hash } from './hash.js';
import { framed } from './leaf.js';
import { append, emptyTree, hashOf, inclusionRanges, nodeSource, rootOf } from './tree.js';

/** Where a stream ends in a tree: what a list of its events alone cannot show. */
export interface StreamHead {
  readonly stream: string;
  /** Of its last event. */
  readonly revision: bigint;
}

/** A part of all stream heads: those whose names hash to the same number. */
export interface HeadBucket {
  /** How many streams are in it. */
  readonly size: number;
  readonly root: Hash;
}

/** Shows that the commitment to all stream heads holds this one. */
export interface HeadProof {
  /** Place of the stream among those of its bucket, by name. */
  readonly index: number;
  readonly bucket: HeadBucket;
  /** From the stream to the root of its bucket. */
  readonly path: readonly Hash[];
  /** From the bucket to the commitment. */
  readonly bucketPath: readonly Hash[];
}

/** Fixed, for a change of it is another commitment: few enough to hash all at every checkpoint, many enough to keep each small. */
export const bucketCount = 4_096;

export const emptyBucket: HeadBucket = { size: 0, root: emptyRoot };

export const bucketOf = (stream: string): number => sha256(Buffer.from(stream, 'utf8')).readUInt16BE() >> 4;

export const headLeafHash = ({ stream, revision }: StreamHead): Hash =>
  leafHash(framed('spil-head/1', stream, revision.toString()));

export const bucketLeafHash = (bucket: HeadBucket): Hash =>
  bucket === emptyBucket ? emptyBucketLeaf : hashOfBucket(bucket);

const hashOfBucket = ({ size, root }: HeadBucket): Hash =>
  leafHash(framed('spil-bucket/1', size.toString(), root));
const emptyBucketLeaf = hashOfBucket(emptyBucket);

/** @param heads of the streams of one bucket, in any order */
export function bucketFrom(heads: readonly StreamHead[]): HeadBucket {
  const { frontier } = append(emptyTree, sorted(heads).map(headLeafHash));
  return { size: frontier.size, root: rootOf(frontier) };
}

/** The commitment to all stream heads. @param buckets all of them, in order */
export const headsRoot = (buckets: readonly HeadBucket[]): Hash =>
  rootOf(append(emptyTree, checkedCount(buckets).map(bucketLeafHash)).frontier);

/**
 * @param heads of the streams of the bucket that the stream belongs to
 * @throws RangeError when the stream is not among them
 */
export function proveHead(
  stream: string,
  heads: readonly StreamHead[],
  buckets: readonly HeadBucket[],
): HeadProof {
  const ordered = sorted(heads);
  const index = ordered.findIndex((head) => head.stream === stream);
  return {
    index,
    bucket: bucketFrom(ordered),
    path: inclusionPath(index, ordered.map(headLeafHash)),
    bucketPath: inclusionPath(bucketOf(stream), checkedCount(buckets).map(bucketLeafHash)),
  };
}

function inclusionPath(index: number, leaves: readonly Hash[]): Hash[] {
  const source = nodeSource(append(emptyTree, leaves).nodes);
  return inclusionRanges(index, leaves.length).map((range) => hashOf(range, source));
}

/** By the bytes of their names, so that every program sorts them alike. */
const sorted = (heads: readonly StreamHead[]): StreamHead[] =>
  [...heads].sort((a, b) => Buffer.compare(Buffer.from(a.stream, 'utf8'), Buffer.from(b.stream, 'utf8')));

function checkedCount(buckets: readonly HeadBucket[]): readonly HeadBucket[] {
  if (buckets.length !== bucketCount)
    throw new RangeError(`${buckets.length} buckets instead of ${bucketCount}`);
  return buckets;
}
