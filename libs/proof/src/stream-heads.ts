import { emptyRoot, leafHash, sha256, type Hash } from './hash.js';
import { framed } from './leaf.js';
import { append, emptyTree, hashOf, inclusionRanges, nodeSource, rootOf } from './tree.js';

/** What a stream holds in a tree: which events, and so where it ends. A list of its events alone cannot show that. */
export interface StreamHead {
  readonly stream: string;
  /** Of its last event. */
  readonly revision: bigint;
  /** Over the leaves of its events, in order: see `extendChain`. */
  readonly chain: Hash;
}

/** Form of the commitment: 2 names the events of every stream, 1 (no longer signed) only the revision of the last. */
export type HeadsVersion = 1 | 2;

/** A part of all stream heads: those whose names hash to the same number. */
export interface HeadBucket {
  /** How many streams are in it. */
  readonly size: number;
  readonly root: Hash;
}

/** Shows that the commitment to all stream heads holds this one. */
export interface HeadProof {
  /** Place of the stream among those of its bucket. */
  readonly index: number;
  readonly bucket: HeadBucket;
  /** From the stream to the root of its bucket. */
  readonly path: readonly Hash[];
  /** From the bucket to the commitment. */
  readonly bucketPath: readonly Hash[];
}

/** Shows that the commitment holds no head of a stream: those left and right of its place stand side by side. */
export interface AbsenceProof {
  /** The place that the stream would have among those of its bucket. */
  readonly index: number;
  readonly bucket: HeadBucket;
  /** The streams before and at that place, as far as there are any; only hashes, for they are nobody's business. */
  readonly neighbours: readonly {
    readonly name: Hash;
    readonly chain: Hash;
    readonly path: readonly Hash[];
  }[];
  readonly bucketPath: readonly Hash[];
}

/** Fixed, for a change of it is another commitment: few enough to hash all at every checkpoint, many enough to keep each small. */
export const bucketCount = 4_096;

export const emptyBucket: HeadBucket = { size: 0, root: emptyRoot };

const nameHash = (stream: string): Hash => sha256(Buffer.from(stream, 'utf8'));

export const bucketOf = (stream: string): number => nameHash(stream).readUInt16BE() >> 4;

/** The chain over the events of a stream with one more. @param chain undefined before the first */
export const extendChain = (chain: Hash | undefined, leaf: Hash): Hash =>
  sha256(framed('spil-chain/1', chain ?? '', leaf));

export const headLeafHash = ({ stream, revision, chain }: StreamHead, version: HeadsVersion): Hash =>
  leafHash(
    version === 1
      ? framed('spil-head/1', stream, revision.toString())
      : framed('spil-head/2', nameHash(stream), chain),
  );

export const bucketLeafHash = (bucket: HeadBucket): Hash =>
  bucket === emptyBucket ? emptyBucketLeaf : hashOfBucket(bucket);

const hashOfBucket = ({ size, root }: HeadBucket): Hash =>
  leafHash(framed('spil-bucket/1', size.toString(), root));
const emptyBucketLeaf = hashOfBucket(emptyBucket);

/** @param heads of the streams of one bucket, in any order */
export function bucketFrom(heads: readonly StreamHead[], version: HeadsVersion): HeadBucket {
  const leaves = sorted(heads, version).map((head) => headLeafHash(head, version));
  const { frontier } = append(emptyTree, leaves);
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
  version: HeadsVersion,
): HeadProof {
  const ordered = sorted(heads, version);
  const index = ordered.findIndex((head) => head.stream === stream);
  const leaves = ordered.map((head) => headLeafHash(head, version));
  return {
    index,
    bucket: bucketFrom(ordered, version),
    path: inclusionPath(index, leaves),
    bucketPath: inclusionPath(bucketOf(stream), checkedCount(buckets).map(bucketLeafHash)),
  };
}

/**
 * In version 2 only: in version 1 the neighbours would have to be named.
 * @param heads of the streams of the bucket that the stream would belong to
 * @throws RangeError when the stream is among them
 */
export function proveAbsence(
  stream: string,
  heads: readonly StreamHead[],
  buckets: readonly HeadBucket[],
): AbsenceProof {
  if (heads.some((head) => head.stream === stream)) throw new RangeError('the stream has a head');
  const ordered = sorted(heads, 2);
  const own = nameHash(stream);
  const index = ordered.filter((head) => Buffer.compare(nameHash(head.stream), own) < 0).length;
  const leaves = ordered.map((head) => headLeafHash(head, 2));
  const beside = ordered.map((head, at) => ({ ...head, at })).slice(Math.max(index - 1, 0), index + 1);
  return {
    index,
    bucket: bucketFrom(ordered, 2),
    neighbours: beside.map((head) => ({
      name: nameHash(head.stream),
      chain: head.chain,
      path: inclusionPath(head.at, leaves),
    })),
    bucketPath: inclusionPath(bucketOf(stream), checkedCount(buckets).map(bucketLeafHash)),
  };
}

function inclusionPath(index: number, leaves: readonly Hash[]): Hash[] {
  const source = nodeSource(append(emptyTree, leaves).nodes);
  return inclusionRanges(index, leaves.length).map((range) => hashOf(range, source));
}

/** By bytes, so that every program sorts them alike: of the hashes of their names, in version 1 of the names. */
function sorted(heads: readonly StreamHead[], version: HeadsVersion): StreamHead[] {
  const keyed = heads.map((head) => ({
    head,
    key: version === 1 ? Buffer.from(head.stream, 'utf8') : nameHash(head.stream),
  }));
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ head }) => head);
}

function checkedCount(buckets: readonly HeadBucket[]): readonly HeadBucket[] {
  if (buckets.length !== bucketCount)
    throw new RangeError(`${buckets.length} buckets instead of ${bucketCount}`);
  return buckets;
}
