import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRequestPool } from '@spil/postgres';
import type pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { generateKeyRing, KeyRingFile } from './key-ring.js';
import { KeyStore } from './key-store.js';
import { DataKeyErased, KeyStoreUnavailable, TombstoneListMissing, type KeySubject } from './key-subject.js';
import { migrateKeyStore } from './schema.js';
import { TombstoneList } from './tombstone-list.js';
import { applyTombstones } from './tombstones.js';

describe('the list of destroyed keys', () => {
  let database: FreshDatabase;
  let folder: string;
  let pool: pg.Pool;
  const aCase = (): KeySubject => ({
    kind: 'CASE',
    clientId: randomUUID(),
    caseId: randomUUID(),
    organisationId: 'loket',
  });
  const listIn = (name: string): TombstoneList => new TombstoneList(join(folder, name));
  /** A list that was there from the first start on. */
  const begun = async (name: string): Promise<TombstoneList> => {
    await listIn(name).begin();
    return listIn(name);
  };
  /** A process that just started. */
  const started = (list: TombstoneList): KeyStore =>
    new KeyStore(pool, new KeyRingFile(join(folder, 'ring.json')), { tombstones: list });
  const backup = async () => (await pool.query('SELECT * FROM key_store.data_key')).rows as object[];
  /** Puts the key database back as it was: with its keys, and without what was destroyed since. */
  const restore = async (rows: readonly object[]): Promise<void> => {
    await pool.query('TRUNCATE key_store.data_key, key_store.tombstone');
    await pool.query(
      `INSERT INTO key_store.data_key SELECT * FROM jsonb_populate_recordset(null::key_store.data_key, $1)`,
      [JSON.stringify(rows.map((row) => ({ ...row, wrapped: wrappedOf(row) })))],
    );
  };
  const wrappedOf = (row: object): string =>
    'wrapped' in row && Buffer.isBuffer(row.wrapped) ? `\\x${row.wrapped.toString('hex')}` : '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-tombstones-'));
    await generateKeyRing(join(folder, 'ring.json'));
    database = await freshDatabase();
    await migrateKeyStore(database.url);
    pool = openRequestPool(database.url, () => undefined);
  });

  afterAll(async () => {
    await pool.end();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it('has a key before its destruction is acknowledged, once, for its owner only', async () => {
    const list = await begun('acknowledged');
    const subject = aCase();
    const { keyId } = await started(list).keyFor(subject);
    const tombstone = await started(list).destroyKey(subject);
    expect(tombstone.keyId).toBe(keyId);
    expect(await started(list).destroyKey(subject)).toEqual(tombstone);
    expect((await list.read())?.tombstones).toContainEqual(tombstone);
    expect((await stat(list.path)).mode & 0o777).toBe(0o600);
  });

  it('keeps destroyed what an old backup of the key database brings back, before a key is given out', async () => {
    const list = await begun('restored');
    const [forgotten, kept] = [aCase(), aCase()];
    const { keyId } = await started(list).keyFor(forgotten);
    const { keyId: keptKey } = await started(list).keyFor(kept);
    const old = await backup();
    await started(list).destroyKey(forgotten);
    await restore(old);
    const afterwards = started(list);
    expect(await afterwards.keysById([keyId, keptKey])).toEqual(
      new Map<string, unknown>([[keyId, 'ERASED'], [keptKey, expect.objectContaining({ subject: kept })]]), // prettier-ignore
    );
    await expect(started(list).keyFor(forgotten)).rejects.toThrow(DataKeyErased);
  });

  it('is made at the first start, and asked for at every later one', async () => {
    const fresh = await freshDatabase();
    await migrateKeyStore(fresh.url);
    const ofFresh = openRequestPool(fresh.url, () => undefined);
    const list = listIn('first-start');
    expect(await applyTombstones(ofFresh, list)).toEqual({ applied: 0, listed: 0, unfinished: 0 });
    expect(await list.read()).toEqual({ tombstones: [], unfinished: 0 });
    await rm(list.path);
    await expect(applyTombstones(ofFresh, list)).rejects.toThrow(TombstoneListMissing);
    await ofFresh.end();
    await fresh.drop();
  });

  it('is missed when it is gone: no key is given out, until somebody accepts the loss', async () => {
    const [forgotten, kept] = [aCase(), aCase()];
    const tombstone = await started(await begun('lost')).destroyKey(forgotten);
    await started(listIn('lost')).keyFor(kept);
    await rm(listIn('lost').path);
    await expect(started(listIn('lost')).keyFor(kept)).rejects.toThrow(TombstoneListMissing);
    await applyTombstones(pool, listIn('lost'), { acceptLostList: true });
    expect((await listIn('lost').read())?.tombstones).toContainEqual(tombstone);
    expect((await started(listIn('lost')).keyFor(kept)).key).toBeInstanceOf(Buffer);
  });

  it('takes in what only the key store knows', async () => {
    const tombstone = await started(await begun('first')).destroyKey(aCase());
    const list = await begun('completed');
    await started(list).ready();
    expect((await list.read())?.tombstones).toContainEqual(tombstone);
    expect(await applyTombstones(pool, list)).toEqual({ applied: 0, listed: 0, unfinished: 0 });
  });

  it('names keys of which the database keeps no copy either, in the samples that it plans by', async () => {
    const list = await begun('sampled');
    const subjects = Array.from({ length: 20 }, aCase);
    for (const subject of subjects) await started(list).keyFor(subject);
    await pool.query('ANALYZE key_store.data_key');
    const { rows } = await pool.query(
      `SELECT attname FROM pg_stats WHERE schemaname = 'key_store' AND attname = 'wrapped'`,
    );
    expect(rows).toEqual([]);
  });

  it('is read past a line that a crash left unfinished, and goes on after it', async () => {
    const list = await begun('torn');
    await started(list).destroyKey(aCase());
    await appendFile(list.path, '\n{"subject":"[\\"CAS');
    const tombstone = await started(list).destroyKey(aCase());
    const read = await list.read();
    expect(read?.unfinished).toBe(1);
    expect(read?.tombstones).toContainEqual(tombstone);
  });

  it.each([
    ['has no folder', join('no', 'such', 'folder')],
    ['is no file', '.'],
  ])('destroys nothing, and counts as unavailable, when it cannot be written: it %s', async (_, name) => {
    const subject = aCase();
    const { keyId } = await started(listIn('acknowledged')).keyFor(subject);
    await expect(started(listIn(name)).destroyKey(subject)).rejects.toThrow(KeyStoreUnavailable);
    const found = await started(listIn('acknowledged')).keysById([keyId]);
    expect(found.get(keyId)).toMatchObject({ subject });
  });

  it('gives out no key while the key store is away', async () => {
    const away = openRequestPool('postgres://nobody@127.0.0.1:1/nothing', () => undefined);
    const keys = new KeyStore(away, new KeyRingFile(join(folder, 'ring.json')), {
      tombstones: listIn('away'),
    });
    await expect(keys.ready()).rejects.toThrow(KeyStoreUnavailable);
    await away.end();
  });

  it('holds ids and times and nothing else', async () => {
    const lines = (await readFile(listIn('acknowledged').path, 'utf8')).split('\n').filter(Boolean);
    for (const line of lines)
      expect(Object.keys(JSON.parse(line) as object)).toEqual(['subject', 'keyId', 'destroyedAt']);
  });
});
