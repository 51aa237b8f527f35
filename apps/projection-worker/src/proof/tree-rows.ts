import type pg from 'pg';
import type { Position, StoredEvent } from '@spil/event-store';
import {
  append,
  consistencyRanges,
  frontierAt,
  hashOf,
  nodesOf,
  nodeSource,
  type Frontier,
  type Hash,
  type NodeId,
  type NodeSource,
  type Range,
} from '@spil/proof';
import { leafHashOf, type LastLeaf } from './stored-leaf.js';

/** A connection to the audit database, or a pool of them. */
export interface ProofDatabase {
  query<Row extends pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<Row>>;
}

/** The tree as the database has it. */
export interface StoredTree {
  readonly frontier: Frontier;
  /** How far in the log its leaves reach; undefined while it has none. */
  readonly position: Position | undefined;
  readonly lastLeaf: LastLeaf | undefined;
}

/** Another worker grew the tree meanwhile. Nothing was written. */
export class TreeMoved extends Error {
  constructor() {
    super('another worker grew the tree');
    this.name = 'TreeMoved';
  }
}

export async function loadTree(db: ProofDatabase): Promise<StoredTree> {
  const { rows } = await db.query<{
    size: string;
    commit_position: string | null;
    prepare_position: string | null;
    stream: string | null;
    revision: string | null;
    hash: Buffer | null;
  }>(
    `SELECT size, commit_position, prepare_position, stream, revision, hash
     FROM proof.tree
     LEFT JOIN proof.leaf ON leaf.index = size - 1
     LEFT JOIN proof.node ON node.level = 0 AND node.index = size - 1`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the tree has no row; was its database migrated?');
  const { commit_position: commit, prepare_position: prepare, stream, revision, hash } = row;
  const size = Number(row.size);
  if (size > 0 && (stream === null || revision === null || hash === null))
    throw new Error(`the tree of ${size} leaves lacks its last one`);
  return {
    frontier: frontierAt(size, await readNodes(db, nodesOf({ start: 0, end: size }))),
    position:
      commit === null || prepare === null ? undefined : { commit: BigInt(commit), prepare: BigInt(prepare) },
    lastLeaf:
      stream === null || revision === null || hash === null
        ? undefined
        : { stream, revision: BigInt(revision), hash },
  };
}

/**
 * Appends events to the tree, within the caller's transaction.
 * @param events in log order, all of them later than the tree reaches
 * @throws TreeMoved
 */
export async function growTree(
  db: ProofDatabase,
  tree: StoredTree,
  events: readonly StoredEvent[],
): Promise<StoredTree> {
  const last = events.at(-1);
  if (last === undefined) return tree;
  const hashes = events.map(leafHashOf);
  const { frontier, nodes } = append(tree.frontier, hashes);
  const { size } = tree.frontier;
  const moved = await db.query(
    'UPDATE proof.tree SET size = $2, commit_position = $3, prepare_position = $4 WHERE size = $1',
    [size, frontier.size, last.position.commit.toString(), last.position.prepare.toString()],
  );
  if (moved.rowCount !== 1) throw new TreeMoved();
  await db.query(
    `INSERT INTO proof.leaf (index, stream, revision)
     SELECT $1::bigint + ordinality - 1, stream, revision
     FROM unnest($2::text[], $3::bigint[]) WITH ORDINALITY AS added (stream, revision, ordinality)`,
    [size, events.map(({ stream }) => stream), events.map(({ revision }) => revision.toString())],
  );
  await db.query(
    `INSERT INTO proof.node (level, index, hash)
     SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])`,
    [nodes.map(({ level }) => level), nodes.map(({ index }) => index), nodes.map(({ hash }) => hash)],
  );
  const lastHash = hashes.at(-1);
  return {
    frontier,
    position: last.position,
    lastLeaf: lastHash && { stream: last.stream, revision: last.revision, hash: lastHash },
  };
}

/** A leaf and the event that it was made from. */
export interface LeafRow {
  readonly stream: string;
  readonly revision: bigint;
  readonly hash: Hash;
}

/** Leaves read in one go, which bounds the memory that they take. */
const leavesAtOnce = 10_000;

/** The leaves from `from` up to and without `to`, in order, some at a time. */
export async function* readLeaves(db: ProofDatabase, from: number, to: number): AsyncGenerator<LeafRow[]> {
  for (let at = from; at < to; at += leavesAtOnce) {
    const end = Math.min(at + leavesAtOnce, to);
    const { rows } = await db.query<{ stream: string; revision: string; hash: Buffer }>(
      `SELECT stream, revision, hash FROM proof.leaf
       JOIN proof.node ON node.level = 0 AND node.index = leaf.index
       WHERE leaf.index >= $1 AND leaf.index < $2 ORDER BY leaf.index`,
      [at, end],
    );
    if (rows.length !== end - at) throw new Error(`leaves from ${at} up to ${end} are not all there`);
    yield rows.map(({ stream, revision, hash }) => ({ stream, revision: BigInt(revision), hash }));
  }
}

/** Reads the hashes of complete subtrees in one go. The source throws for one that is not there. */
export async function readNodes(db: ProofDatabase, nodes: readonly NodeId[]): Promise<NodeSource> {
  const { rows } = await db.query<{ level: number; index: string; hash: Buffer }>(
    `SELECT level, index, hash FROM proof.node
     JOIN unnest($1::smallint[], $2::bigint[]) AS wanted (level, index) USING (level, index)`,
    [nodes.map(({ level }) => level), nodes.map(({ index }) => index)],
  );
  return nodeSource(rows.map(({ level, index, hash }) => ({ level, index: Number(index), hash })));
}

/** Hashes of ranges of leaves, which reads a logarithm of the tree for each. */
export async function readHashes(db: ProofDatabase, ranges: readonly Range[]): Promise<Hash[]> {
  const source = await readNodes(db, ranges.flatMap(nodesOf));
  return ranges.map((range) => hashOf(range, source));
}

/** Proof that the tree of `to` leaves begins with the first `from`. */
export const readConsistency = (db: ProofDatabase, from: number, to: number): Promise<Hash[]> =>
  readHashes(db, consistencyRanges(from, to));

export const readFrontier = async (db: ProofDatabase, size: number): Promise<Frontier> =>
  frontierAt(size, await readNodes(db, nodesOf({ start: 0, end: size })));
