import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { connectEventStore, type EventStore, type StoredEvent } from '@spil/event-store';
import {
  checkpointBody,
  cosignedAt,
  eventLeafHash,
  FoldedHeads,
  formatNote,
  inclusionRanges,
  isSignedBy,
  newKeyFile,
  parseKeyFile,
  parseNote,
  parseSpilTreeHead,
  parseVerifierKey,
  provesInclusion,
  signatureTypes,
  signNote,
} from '@spil/proof';
import { freshAuditStore, type TestAuditStore } from './support/audit-store.js';
import { freshDatabase, type FreshDatabase } from './support/database.js';
import { spawnEventNode, type SpawnedEventNode } from './support/event-node.js';
import { eventually } from './support/eventually.js';
import { anEvent, newCaseStream, someEvents } from './support/store-client.js';
import { startWitness, type RunningWitness } from '../apps/witness/src/start-witness.js';
import {
  keepProof,
  type KeptProof,
  type ProofEvent,
  type ProofOptions,
} from '../apps/projection-worker/src/proof/keep-proof.js';
import {
  bundleOfStream,
  NotProvable,
  type MadeBundle,
} from '../apps/projection-worker/src/proof/make-bundle.js';
import { leafOf } from '../apps/projection-worker/src/proof/stored-leaf.js';
import { verifyTree } from '../apps/projection-worker/src/proof/verify-tree.js';
import { historyMetrics } from '../apps/operator/src/verify-metrics.js';
import { readHashes } from '../apps/projection-worker/src/proof/tree-rows.js';

const key = parseKeyFile(newKeyFile('log.example/spil'), signatureTypes.note);

describe('the proofs that the worker keeps', () => {
  let folder: string;
  let events: FreshDatabase;
  let node: SpawnedEventNode;
  let store: EventStore;
  let audit: TestAuditStore;
  let witness: RunningWitness;
  let proof: KeptProof;
  let told: ProofEvent[];

  const connect = (to: SpawnedEventNode): EventStore =>
    connectEventStore({
      connectionString: to.connectionString,
      credentials: { username: 'spil', password: 'only-for-tests' },
      heartbeatMs: 200,
    });
  const keep = (change: Partial<ProofOptions> = {}): KeptProof =>
    keepProof({
      store,
      url: audit.workerUrl,
      key,
      checkpointSeconds: 0.1,
      witnesses: [{ url: `http://127.0.0.1:${witness.port}`, key: parseVerifierKey(witness.publicKey) }],
      onEvent: (event) => told.push(event),
      ...change,
    });
  const add = async (count: number): Promise<string> => {
    const stream = newCaseStream();
    await store.append(stream, someEvents(count), 'no_stream');
    return stream;
  };
  const query = async <Row extends pg.QueryResultRow>(sql: string, url = audit.workerUrl): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const leaves = (): Promise<{ stream: string; revision: bigint; hash: Buffer }[]> =>
    query(
      'SELECT stream, revision, hash FROM proof.leaf JOIN proof.node USING (index) WHERE level = 0 ORDER BY index',
    );
  const bundled = async (stream: string, earlier?: number): Promise<MadeBundle> => {
    const db = new pg.Client({ connectionString: audit.workerUrl });
    await db.connect();
    try {
      return await bundleOfStream(stream, { db, store, earlier });
    } finally {
      await db.end();
    }
  };
  const signed = (size: number, kept = proof): Promise<unknown> =>
    eventually(() => expect(kept.status()).toMatchObject({ checkpointSize: size, treeSize: size }));

  beforeEach(async () => {
    told = [];
    folder = await mkdtemp(join(tmpdir(), 'spil-proof-'));
    [events, audit] = await Promise.all([freshDatabase(), freshAuditStore()]);
    node = await spawnEventNode({ databaseUrl: events.url });
    store = connect(node);
    witness = await startWitness({
      folder,
      name: 'witness.example/w',
      logs: [key],
      host: '127.0.0.1',
      port: 0,
    });
    proof = keep();
  });
  afterEach(async () => {
    await proof.stop();
    await store.close();
    await node.stop();
    await witness.stop();
    await Promise.all([audit.drop(), events.drop(), rm(folder, { recursive: true })]);
  });

  it('hold every event of the log, of whatever type, once and in log order', async () => {
    await add(3);
    await store.append('case-of-a-newer-release', [anEvent('NeverHeardOf')], 'no_stream');
    await add(5);
    await signed(9);
    const leaves = await query<{ stream: string; revision: string; hash: Buffer }>(
      'SELECT stream, revision, hash FROM proof.leaf JOIN proof.node USING (index) WHERE level = 0 ORDER BY index',
    );
    const log = [];
    for await (const stored of store.readAll()) log.push(stored);
    expect(leaves).toEqual(
      log.map((stored) => ({
        stream: stored.stream,
        revision: stored.revision.toString(),
        hash: eventLeafHash(leafOf(stored)),
      })),
    );
  });

  it('are under a checkpoint that the log signed and the witness cosigned', async () => {
    await add(4);
    const pool = new pg.Pool({ connectionString: audit.workerUrl });
    try {
      await eventually(async () => {
        const note = parseNote((await proof.checkpoint()) ?? '');
        expect(cosignedAt(note, parseVerifierKey(witness.publicKey))).toBeDefined();
        expect(isSignedBy(note, parseVerifierKey(proof.publicKey ?? ''))).toBe(true);
        const head = parseSpilTreeHead(note.body);
        const [leaf] = await readHashes(pool, [{ start: 2, end: 3 }]);
        const path = await readHashes(pool, inclusionRanges(2, head.size));
        expect(leaf && provesInclusion(leaf, 2, head, path)).toBe(true);
      });
    } finally {
      await pool.end();
    }
  });

  it('go on where they were after a restart, and only one worker writes them', async () => {
    await add(3);
    await signed(3);
    const second = keep();
    await add(2);
    await signed(5);
    expect(second.status().leading).toBe(false);
    await proof.stop();
    proof = second;
    await add(1);
    await signed(6);
    const [row] = await query<{ count: string }>('SELECT count(*) FROM proof.leaf');
    expect(row?.count).toBe('6');
  });

  it('go on from a checkpoint of before the events of each stream were named, and still link it', async () => {
    const early = await add(3);
    await signed(3);
    await proof.stop();
    const before = new FoldedHeads();
    for (const leaf of await leaves()) before.add(leaf, leaf.hash);
    const note = parseNote(
      (await query<{ note: string }>('SELECT note FROM proof.checkpoint WHERE size = 3'))[0]?.note ?? '',
    );
    const body = checkpointBody({ ...parseSpilTreeHead(note.body), heads: before.root(1), headsVersion: 1 });
    const older = formatNote({ body, signatures: [signNote(body, key)] });
    // On a busy machine there may be one over a part of the three, too.
    await query(
      `TRUNCATE proof.stream_head, proof.head_bucket, proof.cosignature;
       DELETE FROM proof.checkpoint WHERE size < 3;
       UPDATE proof.checkpoint SET note = ${pg.escapeLiteral(older)}`,
      audit.ownerUrl,
    );
    proof = keep({ witnesses: [] });
    const late = await add(2);
    await store.append(early, [anEvent()], 2n);
    await signed(6);

    const whole = new FoldedHeads();
    for (const leaf of await leaves()) whole.add(leaf, leaf.hash);
    const newest = parseSpilTreeHead(parseNote((await proof.checkpoint()) ?? '').body);
    expect(newest).toMatchObject({ size: 6, headsVersion: 2, heads: whole.root(2) });
    const made = await bundled(early, 3);
    const linked = expect.stringContaining(body) as unknown;
    expect(made.bundle.earlier).toMatchObject([{ size: 3, checkpoint: linked, head: { revision: '2' } }]);
    await expect(bundled(late, 3)).rejects.toThrow(NotProvable);
  });

  it('are in no bundle once the leaves are not what a checkpoint was signed for', async () => {
    const stream = await add(2);
    const other = await add(1);
    await signed(3);
    await query(`UPDATE proof.leaf SET stream = 'case-x' WHERE stream = '${other}'`, audit.ownerUrl);
    await expect(bundled(stream)).rejects.toMatchObject({ name: 'HeadsDiffer' });
  });

  it('show in the metrics of the nightly check an event that was rewritten in the middle', async () => {
    await add(3);
    await signed(3);
    const db = new pg.Client({ connectionString: audit.workerUrl });
    await db.connect();
    const told = async (readAll: EventStore['readAll']): Promise<string> =>
      historyMetrics(await verifyTree(db, { readAll }, () => undefined), new Date(0)).metrics();
    expect(await told(() => store.readAll())).toMatch(/^spil_verify_history_differences 0$/m);
    const rewritten = async function* (): AsyncGenerator<StoredEvent> {
      for await (const stored of store.readAll())
        yield stored.revision === 1n ? { ...stored, data: { was: 'another' } } : stored;
    };
    // The event itself, and the checkpoint that was signed over it.
    expect(await told(rewritten)).toMatch(/^spil_verify_history_differences 2$/m);
    await db.end();
  });

  it.each([
    ['a hash over others', `UPDATE proof.node SET hash = sha256(hash) WHERE level = 1 AND index = 0`],
    ['which event a leaf is', `UPDATE proof.leaf SET stream = 'case-x' WHERE index = 1`],
  ])(
    'show in the nightly check that %s was changed in them, of which bundles are made',
    async (_, change) => {
      await add(4);
      await signed(4);
      await query(change, audit.ownerUrl);
      const db = new pg.Client({ connectionString: audit.workerUrl });
      await db.connect();
      const verdict = await verifyTree(db, store, () => undefined);
      await db.end();
      expect(verdict).toMatchObject({
        equal: false,
        changed: 0,
        missing: 0,
        checkpointHolds: true,
        broken: 1,
      });
      expect(await historyMetrics(verdict, new Date(0)).metrics()).toMatch(
        /^spil_verify_history_differences 1$/m,
      );
    },
  );

  it('cannot be rewritten by the worker that keeps them', async () => {
    await add(2);
    await signed(2);
    for (const change of [
      'UPDATE proof.node SET hash = hash',
      'DELETE FROM proof.leaf',
      'UPDATE proof.checkpoint SET root = root',
      'DELETE FROM proof.cosignature',
      'TRUNCATE proof.node',
    ])
      await expect(query(change)).rejects.toMatchObject({ code: '42501' });
  });

  it('refuse to sign after an older event store was restored', async () => {
    await add(3);
    await signed(3);
    await proof.stop();
    const older = await freshDatabase();
    const restored = await spawnEventNode({ databaseUrl: older.url });
    const other = connect(restored);
    proof = keep({ store: other });
    await eventually(() =>
      expect(proof.status().refusedBecause).toMatch(
        /LogRewritten: the log no longer holds revision 2 of case-/,
      ),
    );
    expect(proof.status()).toMatchObject({ treeSize: 3 });
    await proof.stop();
    await other.close();
    await restored.stop();
    await older.drop();
  });

  it('refuse to sign a tree that was changed below the last checkpoint', async () => {
    await add(3);
    await signed(3);
    await query('UPDATE proof.node SET hash = sha256(hash) WHERE level = 1 AND index = 0', audit.ownerUrl);
    await add(1);
    await eventually(() =>
      expect(proof.status().refusedBecause).toMatch(/CheckpointRefused: .*no longer those/),
    );
    expect(proof.status().checkpointSize).toBe(3);
  });

  it('refuse to sign a tree that is smaller than the last checkpoint', async () => {
    await add(3);
    await signed(3);
    await proof.stop();
    await query(
      'TRUNCATE proof.leaf, proof.node; UPDATE proof.tree SET size = 0, commit_position = NULL, prepare_position = NULL',
      audit.ownerUrl,
    );
    const empty: ProofOptions['store'] = {
      readStream: (...asked) => store.readStream(...asked),
      subscribeAll: (asked) => store.subscribeAll({ ...asked, eventTypes: ['NeverWritten'] }),
    };
    proof = keep({ store: empty });
    await eventually(() =>
      expect(proof.status().refusedBecause).toMatch(/the tree has 0 leaves, and one over 3 was signed/),
    );
  });

  it('are the business of who leads: a worker that stands by again after an outage has nothing to refuse', async () => {
    await add(1);
    await signed(1);
    let failures = 0;
    const standby = keep({ onEvent: ({ kind }) => (failures += kind === 'failed' ? 1 : 0) });
    try {
      await eventually(async () =>
        expect(
          await query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND query LIKE 'SELECT pg_try_advisory_lock%' AND state = 'idle'`,
          ),
        ).toHaveLength(1),
      );
      await eventually(() => expect(failures).toBe(1));
      await eventually(() => expect(standby.status().refusedBecause).toBeUndefined());
      expect(standby.status().leading).toBe(false);
    } finally {
      await standby.stop();
    }
  });

  it('say so when a witness saw another history, as after the proofs themselves were restored', async () => {
    await add(3);
    await eventually(() => expect(proof.status().witnesses).toMatchObject([{ size: 3, refuses: false }]));
    await proof.stop();
    await query(
      `TRUNCATE proof.leaf, proof.node, proof.cosignature, proof.checkpoint, proof.stream_head, proof.head_bucket;
       UPDATE proof.tree SET size = 0, commit_position = NULL, prepare_position = NULL`,
      audit.ownerUrl,
    );
    const older = await freshDatabase();
    const rewritten = await spawnEventNode({ databaseUrl: older.url });
    const other = connect(rewritten);
    await other.append(newCaseStream(), someEvents(5), 'no_stream');
    proof = keep({ store: other });
    await eventually(() => expect(proof.status().witnesses).toMatchObject([{ size: 0, refuses: true }]));
    await eventually(() =>
      expect(told).toContainEqual(
        expect.objectContaining({
          kind: 'witness',
          cause: expect.stringMatching(/it answered 422/) as unknown,
        }),
      ),
    );
    await proof.stop();
    await other.close();
    await rewritten.stop();
    await older.drop();
  });
});
