import fc from 'fast-check';
import { provesInclusion } from './verify-proof.js';
import {
  bucketCount,
  bucketFrom,
  bucketLeafHash,
  bucketOf,
  headLeafHash,
  headsRoot,
  proveHead,
  type StreamHead,
} from './stream-heads.js';

const allOf = (heads: readonly StreamHead[]) => {
  const byBucket = new Map<number, StreamHead[]>();
  for (const head of heads) {
    const bucket = bucketOf(head.stream);
    byBucket.set(bucket, [...(byBucket.get(bucket) ?? []), head]);
  }
  const inBucket = (bucket: number): StreamHead[] => byBucket.get(bucket) ?? [];
  const buckets = Array.from({ length: bucketCount }, (_, at) => bucketFrom(inBucket(at)));
  return { buckets, inBucket, root: headsRoot(buckets) };
};

const streams = (count: number): StreamHead[] =>
  Array.from({ length: count }, (_, at) => ({ stream: `case-${at}`, revision: BigInt(at % 7) }));

describe('the commitment to where the streams end', () => {
  const heads = streams(9_000);
  const { buckets, inBucket, root } = allOf(heads);
  const holds = (head: StreamHead, proof: ReturnType<typeof proveHead>): boolean =>
    provesInclusion(headLeafHash(head), proof.index, proof.bucket, proof.path) &&
    provesInclusion(
      bucketLeafHash(proof.bucket),
      bucketOf(head.stream),
      { size: bucketCount, root },
      proof.bucketPath,
    );

  it('proves the last revision of a stream, and no other', () => {
    fc.assert(
      fc.property(fc.nat({ max: heads.length - 1 }), (at) => {
        const head = heads[at] ?? { stream: '', revision: 0n };
        const proof = proveHead(head.stream, inBucket(bucketOf(head.stream)), buckets);
        expect(holds(head, proof)).toBe(true);
        expect(holds({ ...head, revision: head.revision + 1n }, proof)).toBe(false);
        expect(holds({ ...head, revision: head.revision - 1n }, proof)).toBe(false);
        expect(holds(head, { ...proof, bucket: { ...proof.bucket, size: proof.bucket.size + 1 } })).toBe(
          false,
        );
      }),
      { numRuns: 10 },
    );
  });

  it('is the same in whatever order the streams are given', () => {
    const bucket = inBucket(bucketOf('case-0'));
    expect(bucketFrom([...bucket].reverse())).toEqual(bucketFrom(bucket));
  });

  it('changes when any stream grows', () => {
    const grown = heads.map((head) => (head.stream === 'case-77' ? { ...head, revision: 99n } : head));
    expect(allOf(grown).root.equals(root)).toBe(false);
  });

  it('has no proof for a stream that is not there', () => {
    expect(() => proveHead('case-none', inBucket(bucketOf('case-none')), buckets)).toThrow(RangeError);
  });

  it('is not made of some of the buckets', () => {
    expect(() => headsRoot(buckets.slice(1))).toThrow(`instead of ${bucketCount}`);
  });
});
