import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseEvent, ProfessionalEvent } from '@spil/domain';
import { openRequestPool } from '@spil/postgres';
import type pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { startDecisionTestBed, type DecisionTestBed } from '../../../../test/support/decisions.js';
import { connectEventStore } from '../client/connect.js';
import { createCodec } from '../codec/codec.js';
import type { EventStore } from '../port.js';
import { erasuresInLog } from './erasures-in-log.js';
import { generateKeyRing, KeyRingFile } from './key-ring.js';
import { KeyStore } from './key-store.js';
import { DataKeyErased, KeyStoreUnavailable, type KeySubject } from './key-subject.js';
import { migrateKeyStore } from './schema.js';
import { TombstoneList } from './tombstone-list.js';

type OfCase = Extract<KeySubject, { kind: 'CASE' }>;

/** The list and the key store are both of before; only the log knows. */
describe('erasures that the log tells of', () => {
  let folder: string;
  let bed: DecisionTestBed;
  let store: EventStore;
  let keys: FreshDatabase;
  let pool: pg.Pool;
  const aCase = (): OfCase => ({
    kind: 'CASE',
    clientId: randomUUID(),
    caseId: randomUUID(),
    organisationId: 'loket',
  });
  /** A process that just started. */
  const started = (log: EventStore = store): KeyStore =>
    new KeyStore(pool, new KeyRingFile(join(folder, 'ring.json')), {
      tombstones: new TombstoneList(join(folder, 'list')),
      log,
    });

  async function tell(stream: string, events: readonly (CaseEvent | ProfessionalEvent)[]): Promise<void> {
    const encoded = events.map((event) =>
      createCodec().encode(
        event,
        { stream, eventId: randomUUID() },
        {
          commandId: randomUUID(),
          correlationId: randomUUID(),
          causationId: randomUUID(),
          actor: { kind: 'SYSTEM', process: 'erasure' },
          mandate: 'PROCESS',
          recordedAt: event.occurredAt,
          fingerprint: 'none',
        },
        started(),
      ),
    );
    await store.append(stream, await Promise.all(encoded), 'no_stream');
  }
  const erased = ({ clientId, caseId, organisationId }: OfCase, keyId: string | null): Promise<void> => {
    const fact = { caseId, organisationId, erasureId: randomUUID(), occurredAt: '2026-02-03T10:00:00.000Z' };
    return tell(`case-${caseId}`, [
      { type: 'ClientErasureOrdered', ...fact, organisationId: 'raadslieden', clientId: randomUUID() },
      { type: 'ClientErasureOrdered', ...fact, clientId },
      { type: 'ClientDataErased', ...fact, keyId },
    ]);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-log-erasures-'));
    await generateKeyRing(join(folder, 'ring.json'));
    keys = await freshDatabase();
    await migrateKeyStore(keys.url);
    bed = await startDecisionTestBed();
    store = bed.store;
    pool = openRequestPool(keys.url, () => undefined);
  });

  afterAll(async () => {
    await bed.stop();
    await pool.end();
    await keys.drop();
    await rm(folder, { recursive: true });
  });

  it('are carried out again, and noted on the list, before a key is given out', async () => {
    const [forgotten, kept] = [aCase(), aCase()];
    const { keyId } = await started().keyFor(forgotten);
    const { keyId: keptKey } = await started().keyFor(kept);
    await erased(forgotten, keyId);
    expect(await started().keysById([keyId, keptKey])).toEqual(
      new Map<string, unknown>([[keyId, 'ERASED'], [keptKey, expect.objectContaining({ subject: kept })]]), // prettier-ignore
    );
    await expect(started().keyFor(forgotten)).rejects.toThrow(DataKeyErased);
    expect((await new TombstoneList(join(folder, 'list')).read())?.tombstones).toContainEqual(
      expect.objectContaining({ keyId, destroyedAt: '2026-02-03T10:00:00.000Z' }),
    );
  });

  it('hold for a client of whom the key store knows no key (any more) as well', async () => {
    const subject = aCase();
    await erased(subject, null);
    await expect(started().keyFor(subject)).rejects.toThrow(DataKeyErased);
  });

  it('hold for a professional', async () => {
    const professionalId = randomUUID();
    const { keyId } = await started().keyFor({ kind: 'PROFESSIONAL', professionalId });
    await tell(`professional-${professionalId}`, [
      { type: 'ProfessionalDetailsErased', professionalId, keyId, occurredAt: '2026-02-03T10:00:00.000Z' },
    ]);
    expect((await started().keysById([keyId])).get(keyId)).toBe('ERASED');
  });

  it('are read from where the key store last was, and all again in a log that is another', async () => {
    await erased(aCase(), randomUUID());
    const all = await erasuresInLog(store, null);
    expect(all.tombstones.length).toBeGreaterThan(1);
    expect(await erasuresInLog(store, all.mark)).toEqual({ tombstones: [], mark: all.mark });
    await erased(aCase(), randomUUID());
    expect((await erasuresInLog(store, all.mark)).tombstones).toHaveLength(1);
    if (all.mark === null) throw new Error('the log is not empty');
    const elsewhere = { ...all.mark, eventId: randomUUID() };
    expect((await erasuresInLog(store, elsewhere)).tombstones).toHaveLength(all.tombstones.length + 1);
  });

  it('let no key go out while the log cannot be asked', async () => {
    const away = connectEventStore({
      connectionString: 'esdb://127.0.0.1:1?tls=false',
      credentials: { username: 'spil', password: 'only-for-tests' },
      deadlineMs: 500,
    });
    await expect(started(away).ready()).rejects.toThrow(KeyStoreUnavailable);
    await away.close();
  });
});
