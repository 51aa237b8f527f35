import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRequestPool } from '@spil/postgres';
import type pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { dropFromKeyRing, generateKeyRing, KeyRingFile, loadKeyRing, rotateKeyRing } from './key-ring.js';
import { KeyStore } from './key-store.js';
import type { DataKey, KeySubject } from './key-subject.js';
import { keyUse, rewrapKeys } from './rewrap.js';
import { migrateKeyStore } from './schema.js';

describe('a rotation of the key-encryption key', () => {
  let database: FreshDatabase;
  let folder: string;
  let ringFile: string;
  let pool: pg.Pool;
  let before: string;
  const subjects: KeySubject[] = Array.from({ length: 30 }, () => ({
    kind: 'CASE',
    clientId: randomUUID(),
    caseId: randomUUID(),
    organisationId: 'loket',
  }));
  let made: DataKey[];

  /** A process that has nothing cached. */
  const freshStore = (): KeyStore => new KeyStore(pool, new KeyRingFile(ringFile));
  /** One after the other: each has its deadline, which thirty at once may miss on a machine that others use as well. */
  const keysFrom = async (store: () => KeyStore): Promise<DataKey[]> => {
    const keys: DataKey[] = [];
    for (const subject of subjects) keys.push(await store().keyFor(subject));
    return keys;
  };
  const keysNow = () => keysFrom(freshStore);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-rotation-'));
    ringFile = join(folder, 'ring.json');
    await generateKeyRing(ringFile);
    before = (await loadKeyRing(ringFile)).activeKekId();
    database = await freshDatabase();
    await migrateKeyStore(database.url);
    pool = openRequestPool(database.url, () => undefined);
    made = await keysNow();
  });

  afterAll(async () => {
    await pool.end();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it('reaches a process that runs, which goes on reading what the old key wrapped', async () => {
    const running = new KeyStore(pool, new KeyRingFile(ringFile));
    const [first] = subjects;
    if (first === undefined) throw new Error('no subject');
    await running.keyFor(first);
    const after = await rotateKeyRing(ringFile);
    await running.keyFor({ kind: 'PROFESSIONAL', professionalId: 'made-after-the-rotation' });
    expect(await keyUse(pool)).toEqual(new Map([[before, 30], [after, 1]])); // prettier-ignore
    expect(await keysNow()).toEqual(made);
  });

  it('wraps every data key anew beside a running service, changes none, and finds nothing left to do', async () => {
    const running = new KeyStore(pool, new KeyRingFile(ringFile));
    const told: number[] = [];
    const [rewrapped, during] = await Promise.all([
      rewrapKeys(pool, new KeyRingFile(ringFile), (done) => told.push(done)),
      keysFrom(() => running),
    ]);
    expect(rewrapped).toBe(30);
    expect(during).toEqual(made);
    expect(told).toEqual([0, 30]);
    expect(await rewrapKeys(pool, new KeyRingFile(ringFile))).toBe(0);
    expect((await keyUse(pool)).has(before)).toBe(false);
    expect(await keysNow()).toEqual(made);
  });

  it('ends when the old key goes, and the active one never does', async () => {
    await dropFromKeyRing(ringFile, before);
    expect(await readFile(ringFile, 'utf8')).not.toContain(before);
    expect(await keysNow()).toEqual(made);
    const active = (await loadKeyRing(ringFile)).activeKekId();
    await expect(dropFromKeyRing(ringFile, active)).rejects.toThrow('rotate first');
  });
});
