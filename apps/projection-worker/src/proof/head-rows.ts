import {
  bucketCount,
  bucketFrom,
  bucketOf,
  emptyBucket,
  extendChain,
  headsRoot,
  type Hash,
  type HeadBucket,
  type StreamHead,
} from '@spil/proof';
import { readLeaves, type ProofDatabase } from './tree-rows.js';

/** Brings the stream heads up to the leaves from `from` up to `to`, and gives the commitment to all of them, in version 2. */
export async function advanceHeads(db: ProofDatabase, from: number, to: number): Promise<Hash> {
  const changed = new Set<number>();
  for await (const leaves of readLeaves(db, from, to)) {
    const heads = await storedHeads(db, [...new Set(leaves.map(({ stream }) => stream))]);
    for (const { stream, revision, hash } of leaves)
      heads.set(stream, { stream, revision, chain: extendChain(heads.get(stream)?.chain, hash) });
    await storeHeads(db, [...heads.values()]);
    for (const stream of heads.keys()) changed.add(bucketOf(stream));
  }
  const numbers = [...changed];
  const heads = await headsByBucket(db, numbers);
  const renewed = numbers.map((bucket) => bucketFrom(heads.get(bucket) ?? [], 2));
  await db.query(
    `INSERT INTO proof.head_bucket (bucket, size, root)
     SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])
     ON CONFLICT (bucket) DO UPDATE SET size = EXCLUDED.size, root = EXCLUDED.root`,
    [numbers, renewed.map(({ size }) => size), renewed.map(({ root }) => root)],
  );
  return headsRoot(await readBuckets(db));
}

interface HeadRow {
  readonly stream: string;
  readonly bucket: number;
  readonly revision: string;
  readonly chain: Buffer;
}

const headFrom = ({ stream, revision, chain }: HeadRow): StreamHead => ({
  stream,
  revision: BigInt(revision),
  chain,
});

async function storedHeads(db: ProofDatabase, streams: readonly string[]): Promise<Map<string, StreamHead>> {
  const { rows } = await db.query<HeadRow>(
    'SELECT stream, bucket, revision, chain FROM proof.stream_head WHERE stream = ANY($1::text[])',
    [streams],
  );
  return new Map(rows.map((row) => [row.stream, headFrom(row)]));
}

async function storeHeads(db: ProofDatabase, heads: readonly StreamHead[]): Promise<void> {
  await db.query(
    `INSERT INTO proof.stream_head (stream, bucket, revision, chain)
     SELECT * FROM unnest($1::text[], $2::smallint[], $3::bigint[], $4::bytea[])
     ON CONFLICT (stream) DO UPDATE SET revision = EXCLUDED.revision, chain = EXCLUDED.chain`,
    [
      heads.map(({ stream }) => stream),
      heads.map(({ stream }) => bucketOf(stream)),
      heads.map(({ revision }) => revision.toString()),
      heads.map(({ chain }) => chain),
    ],
  );
}

/** All buckets, in order. */
async function readBuckets(db: ProofDatabase): Promise<HeadBucket[]> {
  const { rows } = await db.query<{ bucket: number; size: string; root: Buffer }>(
    'SELECT bucket, size, root FROM proof.head_bucket',
  );
  const buckets = Array.from({ length: bucketCount }, () => emptyBucket);
  for (const { bucket, size, root } of rows) buckets[bucket] = { size: Number(size), root };
  return buckets;
}

async function headsByBucket(
  db: ProofDatabase,
  buckets: readonly number[],
): Promise<Map<number, StreamHead[]>> {
  const { rows } = await db.query<HeadRow>(
    'SELECT bucket, stream, revision, chain FROM proof.stream_head WHERE bucket = ANY($1::smallint[])',
    [buckets],
  );
  const heads = new Map<number, StreamHead[]>();
  for (const row of rows) {
    const others = heads.get(row.bucket);
    if (others) others.push(headFrom(row));
    else heads.set(row.bucket, [headFrom(row)]);
  }
  return heads;
}
