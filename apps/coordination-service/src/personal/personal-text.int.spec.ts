import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseEvent, Sealed } from '@spil/domain';
import {
  createCodec,
  generateKeyRing,
  KeyStore,
  KeyStoreUnavailable,
  loadKeyRing,
  migrateKeyStore,
  openKeyStorePool,
  pendingSeal,
  Sealer,
  type JsonValue,
  type KeySubject,
} from '@spil/event-store';
import type { SealedField } from '@spil/read-model';
import type { Pool } from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import type { RequestContext } from '../api/request-context.js';
import { PersonalData, personalFor, textOf } from './personal-text.js';

describe('a personal field', () => {
  let database: FreshDatabase;
  let folder: string;
  let pool: Pool;
  let keys: KeyStore;
  let personal: PersonalData;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-personal-'));
    await generateKeyRing(join(folder, 'ring.json'));
    database = await freshDatabase();
    await migrateKeyStore(database.url);
    pool = openKeyStorePool(database.url, () => undefined);
    keys = new KeyStore(pool, await loadKeyRing(join(folder, 'ring.json')));
    personal = new PersonalData(new Sealer(keys));
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const newSubject = (): KeySubject => ({
    kind: 'CASE',
    clientId: randomUUID(),
    caseId: randomUUID(),
    organisationId: randomUUID(),
  });
  const request = (): RequestContext => ({
    authentication: { fault: 'MISSING' },
    purpose: undefined,
    traceId: '0'.repeat(32),
    deadline: undefined,
    perRequest: new Map(),
  });

  /** Seals a value as an event does, and finds it as a read model does. */
  const sealed = async (value: JsonValue, subject = newSubject()): Promise<SealedField> => {
    const stream = `case-${randomUUID()}`;
    const eventId = randomUUID();
    const prepared = {
      type: 'HandoverPrepared',
      dossier: pendingSeal(value, subject),
    } as unknown as CaseEvent;
    const metadata = {
      commandId: randomUUID(),
      correlationId: 'c',
      causationId: 'c',
      actor: { kind: 'SYSTEM', process: 'test' },
      mandate: 'CASEWORK',
      recordedAt: '2021-01-01T00:00:00.000Z',
      fingerprint: '',
    } as const;
    const { data } = await createCodec().encode(prepared, { stream, eventId }, metadata, keys);
    const { dossier } = JSON.parse(data) as { dossier: Sealed };
    return { stream, eventId, sealed: dossier };
  };
  const shown = personalFor(true);
  const open = (field: ReturnType<typeof shown>) => personal.open(request(), field);

  it('is its value to those who may see it', async () => {
    expect(await open(shown(await sealed('Fictieve vraag')))).toEqual({
      state: 'VALUE',
      value: 'Fictieve vraag',
    });
    const client = await sealed({ name: 'Fictief', phone: null });
    expect(await open(shown(client, 'name'))).toEqual({ state: 'VALUE', value: 'Fictief' });
    expect(await open(shown(client, 'phone'))).toEqual({ state: 'EMPTY', value: null });
    expect(await open(shown(client, 'constructor'))).toEqual({ state: 'EMPTY', value: null });
  });

  it('is empty when it was never filled in', async () => {
    expect(await open(shown(null))).toEqual({ state: 'EMPTY', value: null });
    expect(await open(shown(undefined, 'name'))).toEqual({ state: 'EMPTY', value: null });
  });

  it('is denied to others, who are not told whether it was filled in', async () => {
    const denied = personalFor(false);
    expect(await open(denied(await sealed('x')))).toEqual({ state: 'DENIED', value: null });
    expect(await open(denied(null))).toEqual({ state: 'DENIED', value: null });
  });

  it('is erased once the key of its client is destroyed, also while others of the request are not', async () => {
    const subject = newSubject();
    const fields = [await sealed('weg', subject), await sealed('blijft')].map((field) => shown(field));
    await keys.destroyKey(subject);
    const context = request();
    expect(await Promise.all(fields.map((field) => personal.open(context, field)))).toEqual([
      { state: 'ERASED', value: null },
      { state: 'VALUE', value: 'blijft' },
    ]);
  });

  it('that was moved to another event is an error of its own, and the others of the request are still shown', async () => {
    const whole = await sealed('heel');
    const moved = { ...(await sealed('verplaatst')), eventId: randomUUID() };
    const context = request();
    const [one, other] = await Promise.allSettled(
      [shown(whole), shown(moved)].map((field) => personal.open(context, field)),
    );
    expect(one).toMatchObject({ status: 'fulfilled', value: { value: 'heel' } });
    expect(other).toMatchObject({ status: 'rejected', reason: { name: 'BrokenSeal' } });
  });

  it('says that the keys are away rather than that it is empty', async () => {
    const away = openKeyStorePool('postgres://nobody@127.0.0.1:1/nowhere', () => undefined);
    const without = new PersonalData(
      new Sealer(new KeyStore(away, await loadKeyRing(join(folder, 'ring.json')))),
    );
    await expect(without.open(request(), shown(await sealed('x')))).rejects.toThrow(KeyStoreUnavailable);
    await away.end();
  });
});

describe('the text of what was sealed', () => {
  it('is the text, or the fields of an object and the items of a list, one a line', () => {
    expect(textOf('tekst', null)).toBe('tekst');
    expect(textOf({ name: 'Fictief', phone: null, documents: ['a', 'b'] }, null)).toBe(
      'name: Fictief\ndocuments: a\nb',
    );
    expect(textOf({ documents: ['a', 'b'] }, 'documents')).toBe('a\nb');
    expect([textOf('', null), textOf(null, null), textOf([], null), textOf('x', 'name')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect([textOf(7, null), textOf(false, null)]).toEqual(['7', 'false']);
  });
});
