import {
  bucketCount,
  bucketFrom,
  bucketOf,
  emptyBucket,
  headsRoot,
  type Hash,
  type HeadBucket,
  type StreamHead,
} from '@spil/proof';
import type { ProofDatabase } from './tree-rows.js';

/** Brings the stream heads up to the leaves from `from` up to `to`, and gives the commitment to all of them. */
export async function advanceHeads(db: ProofDatabase, from: number, to: number): Promise<Hash> {
  const { rows } = await db.query<{ stream: string; revision: string }>(
    `SELECT stream, max(revision) AS revision FROM proof.leaf
     WHERE index >= $1 AND index < $2 GROUP BY stream`,
    [from, to],
  );
  const changed = rows.map(({ stream }) => bucketOf(stream));
  await db.query(
    `INSERT INTO proof.stream_head (stream, bucket, revision)
     SELECT * FROM unnest($1::text[], $2::smallint[], $3::bigint[])
     ON CONFLICT (stream) DO UPDATE SET revision = EXCLUDED.revision`,
    [rows.map(({ stream }) => stream), changed, rows.map(({ revision }) => revision)],
  );
  const numbers = [...new Set(changed)];
  const heads = await headsByBucket(db, numbers);
  const renewed = numbers.map((bucket) => bucketFrom(heads.get(bucket) ?? []));
  await db.query(
    `INSERT INTO proof.head_bucket (bucket, size, root)
     SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])
     ON CONFLICT (bucket) DO UPDATE SET size = EXCLUDED.size, root = EXCLUDED.root`,
    [numbers, renewed.map(({ size }) => size), renewed.map(({ root }) => root)],
  );
  return headsRoot(await readBuckets(db));
}

/** All buckets, in order. */
export async function readBuckets(db: ProofDatabase): Promise<HeadBucket[]> {
  const { rows } = await db.query<{ bucket: number; size: string; root: Buffer }>(
    'SELECT bucket, size, root FROM proof.head_bucket',
  );
  const buckets = Array.from({ length: bucketCount }, () => emptyBucket);
  for (const { bucket, size, root } of rows) buckets[bucket] = { size: Number(size), root };
  return buckets;
}

/** Where the streams of some buckets end under the last checkpoint. */
export async function headsByBucket(
  db: ProofDatabase,
  buckets: readonly number[],
): Promise<Map<number, StreamHead[]>> {
  const { rows } = await db.query<{ bucket: number; stream: string; revision: string }>(
    'SELECT bucket, stream, revision FROM proof.stream_head WHERE bucket = ANY($1::smallint[])',
    [buckets],
  );
  const heads = new Map<number, StreamHead[]>();
  for (const { bucket, stream, revision } of rows) {
    const head = { stream, revision: BigInt(revision) };
    const others = heads.get(bucket);
    if (others) others.push(head);
    else heads.set(bucket, [head]);
  }
  return heads;
}
