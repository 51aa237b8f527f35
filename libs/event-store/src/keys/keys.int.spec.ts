import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sealed } from '@spil/domain';
import { openRequestPool } from '@spil/postgres';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { eventually } from '../../../../test/support/eventually.js';
import { startFreezableProxy } from '../../../../test/support/freezable-proxy.js';
import { sealValue } from '../codec/envelope.js';
import { generateKeyRing, KeyRing, loadKeyRing } from './key-ring.js';
import { KeyStore } from './key-store.js';
import { DataKeyErased, KeyStoreUnavailable, type KeySubject } from './key-subject.js';
import { migrateKeyStore } from './schema.js';
import { Sealer } from './sealer.js';
import { soonMs } from '../../../../test/support/soon.js';

let database: FreshDatabase;
let folder: string;
let ring: KeyRing;
const pools: pg.Pool[] = [];

const connectTo = (url: string): pg.Pool => {
  const pool = openRequestPool(url, () => undefined);
  pools.push(pool);
  return pool;
};
/** A key store with nothing cached, as a process that just started has. */
const freshStore = (keyRing = ring): KeyStore => new KeyStore(connectTo(database.url), keyRing);
const aCase = (): KeySubject => ({
  kind: 'CASE',
  clientId: randomUUID(),
  caseId: randomUUID(),
  organisationId: randomUUID(),
});
const place = { stream: 'case-1', eventId: 'event-1' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spil-keys-'));
  await generateKeyRing(join(folder, 'ring.json'));
  ring = await loadKeyRing(join(folder, 'ring.json'));
  database = await freshDatabase();
  await Promise.all([migrateKeyStore(database.url), migrateKeyStore(database.url)]);
});

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
  await rm(folder, { recursive: true });
});

async function sealFor(subject: KeySubject, text: string): Promise<Sealed> {
  const key = await freshStore().keyFor(subject);
  return sealValue(text, key, { ...place, wireType: 'T', path: 'f' }) as unknown as Sealed;
}

describe('key ring', () => {
  it('is generated readable by its owner only and never overwritten', async () => {
    const path = join(folder, 'ring.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await expect(generateKeyRing(path)).rejects.toMatchObject({ code: 'EEXIST' });
  });

  it('shows nothing of a malformed file in its error', async () => {
    const path = join(folder, 'malformed.json');
    await writeFile(path, '{"active":"canary",');
    await expect(loadKeyRing(path)).rejects.toThrow(/is not a key ring/);
    await expect(loadKeyRing(path)).rejects.not.toThrow(/canary/);
  });

  it('still unwraps after a rotation, while the old key is on the ring', async () => {
    const [first, second] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const subject = aCase();
    const made = await freshStore(new KeyRing('2020', new Map([['2020', first]]))).keyFor(subject);
    const rotated = new KeyRing('2021', new Map([['2020', first], ['2021', second]])); // prettier-ignore
    expect(await freshStore(rotated).keyFor(subject)).toEqual(made);
    await expect(
      freshStore(new KeyRing('2021', new Map([['2021', second]]))).keyFor(subject),
    ).rejects.toThrow("lacks key '2020'");
  });

  it('does not unwrap a key that was moved to another row', () => {
    const wrapped = ring.wrap(Buffer.alloc(32, 7), 'row 1');
    expect(ring.unwrap(wrapped, 'row 1')).toEqual(Buffer.alloc(32, 7));
    expect(() => ring.unwrap(wrapped, 'row 2')).toThrow();
  });
});

describe('key store', () => {
  it('makes one key per subject, also when many ask at once', async () => {
    const subject = aCase();
    const keys = await Promise.all(Array.from({ length: 12 }, () => freshStore().keyFor(subject)));
    expect(new Set(keys.map(({ keyId, key }) => `${keyId} ${key.toString('hex')}`)).size).toBe(1);
  });

  it('gives each organisation in a case a key of its own', async () => {
    const subject = aCase();
    const store = freshStore();
    const other = await store.keyFor({ ...subject, organisationId: randomUUID() } as KeySubject);
    expect(other.key).not.toEqual((await store.keyFor(subject)).key);
  });

  it('stores no key unwrapped', async () => {
    const { keyId, key } = await freshStore().keyFor(aCase());
    const { rows } = await connectTo(database.url).query<{ wrapped: Buffer }>(
      'SELECT wrapped FROM key_store.data_key WHERE key_id = $1',
      [keyId],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.wrapped.includes(key)).toBe(false);
  });

  it('never makes a destroyed key again, not even one that was never made', async () => {
    const [used, unused] = [aCase(), aCase()];
    const store = freshStore();
    await store.keyFor(used);
    await store.destroyKey(used);
    await store.destroyKey(used);
    await store.destroyKey(unused);
    for (const subject of [used, unused]) {
      await expect(store.keyFor(subject)).rejects.toThrow(DataKeyErased);
      await expect(freshStore().keyFor(subject)).rejects.toThrow(DataKeyErased);
    }
  });

  it('tells the cases of a client in which one organisation has a key, and those in which it had one', async () => {
    const store = freshStore();
    const client = { kind: 'CASE', clientId: randomUUID() } as const;
    const of = (caseId: string, organisationId: string) => ({ ...client, caseId, organisationId });
    for (const one of [of('a', 'own'), of('b', 'own'), of('c', 'other')]) await store.keyFor(one);
    await store.destroyKey(of('b', 'own'));
    await store.destroyKey(of('d', 'own'));
    await store.destroyKey(of('e', 'other'));
    expect(await store.casesOf(client.clientId, 'own')).toEqual(['a']);
    expect(await store.casesEverOf(client.clientId, 'own')).toEqual(['a', 'b', 'd']);
    expect(await store.casesEverOf(randomUUID(), 'own')).toEqual([]);
  });

  it('leaves no key behind when making and destroying race', async () => {
    const subjects = Array.from({ length: 10 }, aCase);
    await Promise.all(
      subjects.flatMap((subject) => [
        freshStore().keyFor(subject).catch((error: unknown) => expect(error).toBeInstanceOf(DataKeyErased)), // prettier-ignore
        freshStore().destroyKey(subject),
      ]),
    );
    for (const subject of subjects) await expect(freshStore().keyFor(subject)).rejects.toThrow(DataKeyErased);
  });
});

describe('sealer', () => {
  it('opens a value where it belongs and nowhere else, and tells whose it is', async () => {
    const subject = aCase();
    const sealed = await sealFor(subject, 'Fictieve Naam');
    const sealer = new Sealer(freshStore());
    expect(await sealer.unseal(sealed, place)).toEqual({ status: 'VALUE', value: 'Fictieve Naam', subject });
    await expect(sealer.unseal(sealed, { ...place, stream: 'case-2' })).rejects.toThrow(
      'does not belong here',
    );
  });

  it('answers erased for a destroyed key and opens the others, in the order asked', async () => {
    const [erased, kept] = [aCase(), aCase()];
    const [first, second] = [await sealFor(erased, 'weg'), await sealFor(kept, 'blijft')];
    const store = freshStore();
    await store.destroyKey(erased);
    const answers = await new Sealer(store).unsealMany([
      { sealed: second, ...place },
      { sealed: first, ...place },
    ]);
    expect(answers).toEqual([{ status: 'VALUE', value: 'blijft', subject: kept }, { status: 'ERASED' }]);
  });

  it('refuses a value whose key the store never had', async () => {
    const stranger = { keyId: randomUUID(), key: Buffer.alloc(32) };
    const sealed = sealValue('x', stranger, { ...place, wireType: 'T', path: 'f' }) as unknown as Sealed;
    await expect(new Sealer(freshStore()).unseal(sealed, place)).rejects.toThrow('never had its key');
  });
});

describe('an unreachable key store', () => {
  const withinThreeSeconds = async (url: string): Promise<void> => {
    const started = performance.now();
    await expect(new KeyStore(connectTo(url), ring).keyFor(aCase())).rejects.toThrow(KeyStoreUnavailable);
    expect(performance.now() - started).toBeLessThan(soonMs);
  };

  it('is reported within three seconds when nobody listens', async () => {
    await withinThreeSeconds('postgres://nobody@127.0.0.1:1/nothing');
  });

  it('is reported when its connections were given up, as while the service stops', async () => {
    const pool = openRequestPool(database.url, () => undefined);
    const keys = new KeyStore(pool, ring);
    await keys.ready();
    await pool.end();
    await expect(keys.keyFor(aCase())).rejects.toThrow(KeyStoreUnavailable);
  });

  it('is reported within three seconds when it accepts and never answers', async () => {
    const silent: Server = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    await withinThreeSeconds(`postgres://nobody@127.0.0.1:${address.port}/nothing`);
    silent.close();
  });

  // An error of a connection that nobody listens for would end this process, as it would end the service.
  it('is reported when its connection breaks in the middle of its work; the next call goes over another one', async () => {
    const proxy = await startFreezableProxy(Number(new URL(database.url).port));
    const url = new URL(database.url);
    url.port = String(proxy.port);
    const pool = connectTo(url.href);
    const store = new KeyStore(pool, ring);
    const blocking = await connectTo(database.url).connect();
    await blocking.query(
      'BEGIN; LOCK TABLE key_store.tombstone, key_store.data_key IN ACCESS EXCLUSIVE MODE',
    );
    const waiting = store.destroyKey(aCase());
    const reported = expect(waiting).rejects.toThrow(KeyStoreUnavailable);
    await eventually(async () => {
      const { rows } = await blocking.query(
        'SELECT FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())',
      );
      expect(rows).toHaveLength(1);
    });
    proxy.goAway();
    await reported;
    await blocking.query('ROLLBACK');
    blocking.release();
    proxy.comeBack();
    await expect(store.keyFor(aCase())).resolves.toHaveProperty('keyId');
    await pool.end();
    pools.splice(pools.indexOf(pool), 1);
    await proxy.close();
  });
});
