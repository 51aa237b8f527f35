import fc from 'fast-check';
import { FoldedHeads } from './folded-heads.js';
import { leafHash, sha256 } from './hash.js';
import { framed } from './leaf.js';
import { provesInclusion } from './verify-proof.js';
import {
  bucketCount,
  bucketFrom,
  bucketLeafHash,
  bucketOf,
  extendChain,
  headLeafHash,
  headsRoot,
  proveAbsence,
  proveHead,
  type HeadBucket,
  type HeadsVersion,
  type StreamHead,
} from './stream-heads.js';

const allOf = (heads: readonly StreamHead[], version: HeadsVersion) => {
  const byBucket = new Map<number, StreamHead[]>();
  for (const head of heads) {
    const bucket = bucketOf(head.stream);
    byBucket.set(bucket, [...(byBucket.get(bucket) ?? []), head]);
  }
  const beside = (stream: string): StreamHead[] => byBucket.get(bucketOf(stream)) ?? [];
  const buckets = Array.from({ length: bucketCount }, (_, at) => bucketFrom(byBucket.get(at) ?? [], version));
  return { buckets, beside, root: headsRoot(buckets) };
};

const chain = (text: string): Buffer => extendChain(undefined, leafHash(Buffer.from(text)));

const streams = (count: number): StreamHead[] =>
  Array.from({ length: count }, (_, at) => ({
    stream: `case-${at}`,
    revision: BigInt(at % 7),
    chain: chain(`case-${at}`),
  }));
const heads = streams(6_000);

describe.each([1, 2] as const)('the commitment to the streams, version %i,', (version) => {
  const { buckets, beside, root } = allOf(heads, version);
  const holds = (head: StreamHead, proof: ReturnType<typeof proveHead>): boolean =>
    provesInclusion(headLeafHash(head, version), proof.index, proof.bucket, proof.path) &&
    provesInclusion(
      bucketLeafHash(proof.bucket),
      bucketOf(head.stream),
      { size: bucketCount, root },
      proof.bucketPath,
    );

  it('proves the head of a stream, and no other', () => {
    fc.assert(
      fc.property(fc.nat({ max: heads.length - 1 }), (at) => {
        const head = heads[at] ?? { stream: '', revision: 0n, chain: chain('') };
        const proof = proveHead(head.stream, beside(head.stream), buckets, version);
        const other =
          version === 1 ? { ...head, revision: head.revision + 1n } : { ...head, chain: chain('other') };
        expect(holds(head, proof)).toBe(true);
        expect(holds(other, proof)).toBe(false);
        expect(holds(head, { ...proof, bucket: { ...proof.bucket, size: proof.bucket.size + 1 } })).toBe(
          false,
        );
      }),
      { numRuns: 10 },
    );
  });

  it('is the same in whatever order the streams are given', () => {
    const bucket = beside('case-0');
    expect(bucketFrom([...bucket].reverse(), version)).toEqual(bucketFrom(bucket, version));
  });

  it('changes when any stream grows', () => {
    const grown = { stream: 'case-77', revision: 99n, chain: chain('grown') };
    const others = heads.filter(({ stream }) => stream !== grown.stream);
    expect(allOf([...others, grown], version).root.equals(root)).toBe(false);
  });

  it('has no proof for a stream that is not there', () => {
    expect(() => proveHead('case-none', beside('case-none'), buckets, version)).toThrow(RangeError);
  });

  it('is not made of some of the buckets', () => {
    expect(() => headsRoot(buckets.slice(1))).toThrow(`instead of ${bucketCount}`);
  });

  it('is the same when it is folded leaf by leaf, at every size on the way', () => {
    const folded = new FoldedHeads();
    const log = Array.from({ length: 60 }, (_, at) => ({
      stream: `case-${at % 11}`,
      revision: BigInt(Math.floor(at / 11)),
      leaf: leafHash(Buffer.of(at)),
    }));
    const last = new Map<string, StreamHead>();
    for (const [at, { leaf, ...event }] of log.entries()) {
      folded.add(event, leaf);
      last.set(event.stream, { ...event, chain: extendChain(last.get(event.stream)?.chain, leaf) });
      if (at % 25 !== 7) continue;
      const whole = allOf([...last.values()], version);
      expect(folded.root(version)).toEqual(whole.root);
      expect(folded.prove('case-0', version)).toEqual({
        revision: last.get('case-0')?.revision,
        proof: proveHead('case-0', whole.beside('case-0'), whole.buckets, version),
      });
    }
    expect(folded.prove('case-none', version)).toBeUndefined();
  });
});

describe('the absence of a stream', () => {
  const { buckets, beside, root } = allOf(heads, 2);
  const bucketHolds = (stream: string, bucket: HeadBucket, path: readonly Buffer[]): boolean =>
    provesInclusion(bucketLeafHash(bucket), bucketOf(stream), { size: bucketCount, root }, path);

  it('is shown by those that stand side by side where it would stand', () => {
    for (let at = 0; at < 25; at++) {
      const stream = `case-none-${at}`;
      const { index, bucket, neighbours, bucketPath } = proveAbsence(stream, beside(stream), buckets);
      const places = [index - 1, index].filter((place) => place >= 0 && place < bucket.size);
      expect(neighbours).toHaveLength(places.length);
      const own = sha256(Buffer.from(stream));
      const order = neighbours.map(({ name }) => Buffer.compare(name, own));
      expect(order).toEqual(places.map((place) => (place < index ? -1 : 1)));
      for (const [one, { name, chain: of, path }] of neighbours.entries())
        expect(
          provesInclusion(leafHash(framed('spil-head/2', name, of)), places[one] ?? -1, bucket, path),
        ).toBe(true);
      expect(bucketHolds(stream, bucket, bucketPath)).toBe(true);
    }
  });

  it('is not shown of a stream that is there', () => {
    expect(() => proveAbsence('case-0', beside('case-0'), buckets)).toThrow(RangeError);
  });
});
