import { randomBytes, randomUUID } from 'node:crypto';
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
  pendingSeal,
  type JsonValue,
  type KeySubject,
} from '@spil/event-store';
import { openRequestPool } from '@spil/postgres';
import type { SealedField } from '@spil/read-model';
import type { Pool } from 'pg';
import { policyVersion, shippedPolicy } from '@spil/access';
import { freshAuditStore, type TestAuditStore } from '../../../../test/support/audit-store.js';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { testPrincipal } from '../../../../test/support/tokens.js';
import type { RequestContext } from '../api/request-context.js';
import { PolicyRecord } from '../audit/policy-record.js';
import { createLogger } from '../operations/logger.js';
import { AccessLog } from './access-log.js';
import { PersonalData, personalFor, textOf } from './personal-data.js';

const logTo = (pool: Pool): AccessLog => new AccessLog(pool, new PolicyRecord(pool, createLogger('silent')));

describe('a personal field', () => {
  let database: FreshDatabase;
  let folder: string;
  let pool: Pool;
  let keys: KeyStore;
  let audit: TestAuditStore;
  let auditPool: Pool;
  let personal: PersonalData;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-personal-'));
    await generateKeyRing(join(folder, 'ring.json'));
    database = await freshDatabase();
    await migrateKeyStore(database.url);
    pool = openRequestPool(database.url, () => undefined);
    keys = new KeyStore(pool, await loadKeyRing(join(folder, 'ring.json')));
    audit = await freshAuditStore();
    auditPool = openRequestPool(audit.serviceUrl, () => undefined);
    personal = new PersonalData(keys, logTo(auditPool));
  });
  afterAll(async () => {
    await Promise.all([pool.end(), auditPool.end()]);
    await Promise.all([database.drop(), audit.drop()]);
    await rm(folder, { recursive: true });
  });

  const newSubject = (): KeySubject & { readonly kind: 'CASE' } => ({
    kind: 'CASE',
    clientId: randomUUID(),
    caseId: randomUUID(),
    organisationId: randomUUID(),
  });
  const request = (): RequestContext => ({
    authentication: { principal: testPrincipal.professional(), expiresAt: Date.now() + 60_000 },
    purpose: 'CASEWORK',
    traceId: randomBytes(16).toString('hex'),
    deadline: undefined,
    perRequest: new Map(),
  });

  /** Seals a value as an event does, and finds it as a read model does. */
  const sealed = async (value: JsonValue, subject: KeySubject = newSubject()): Promise<SealedField> => {
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
  const source = {
    action: 'case',
    subject: { kind: 'CLIENT', id: randomUUID() },
    caseId: randomUUID(),
  } as const;
  const shown = personalFor(true, source);
  const open = (field: ReturnType<typeof shown>) => personal.open(request(), field);
  const rowsOf = async ({ traceId }: RequestContext): Promise<Record<string, unknown>[]> => {
    const text = 'SELECT * FROM access_log.disclosure WHERE trace_id = $1';
    return (await auditPool.query<Record<string, unknown>>(text, [traceId])).rows;
  };

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
    const denied = personalFor(false, source);
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
    const away = openRequestPool('postgres://nobody@127.0.0.1:1/nowhere', () => undefined);
    const without = new PersonalData(
      new KeyStore(away, await loadKeyRing(join(folder, 'ring.json'))),
      logTo(auditPool),
    );
    await expect(without.open(request(), shown(await sealed('x')))).rejects.toThrow(KeyStoreUnavailable);
    await away.end();
  });

  it('is in the access log by the time that it is shown: who, for what, of whom and which', async () => {
    const context = request();
    const subject = newSubject();
    const client = await sealed({ name: 'Fictief', phone: null }, subject);
    const fields = [shown(client, 'name'), shown(client, 'phone'), shown(await sealed('Vraag', subject))];
    await Promise.all(fields.map((field) => personal.open(context, field)));
    expect(await rowsOf(context)).toEqual([
      expect.objectContaining({
        span_id: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown,
        action: 'case',
        activity: 'casework',
        purpose: 'CASEWORK',
        role: 'PROFESSIONAL',
        professional_id: testPrincipal.professional().professionalId,
        organisation_id: testPrincipal.professional().organisationId,
        subject_kind: 'CLIENT',
        subject_id: source.subject.id,
        case_id: source.caseId,
        controller_id: subject.organisationId,
        policy_version: policyVersion(shippedPolicy()),
        fields: ['HandoverPrepared.dossier.name', 'HandoverPrepared.dossier'],
      }),
    ]);
  });

  it('is written down as the data of the organisation under whose key it was sealed, one row for each', async () => {
    const context = request();
    const [own, other] = [newSubject(), newSubject()];
    const fields = [shown(await sealed('Van het Loket', own)), shown(await sealed('Van de advocaat', other))];
    await Promise.all(fields.map((field) => personal.open(context, field)));
    const controllers = (await rowsOf(context)).map((row) => row['controller_id']);
    expect(controllers.sort()).toEqual([own.organisationId, other.organisationId].sort());
  });

  it('of a professional is written down as the data of who employs them', async () => {
    const context = request();
    const professionalId = randomUUID();
    const details = await sealed({ name: 'Fictief' }, { kind: 'PROFESSIONAL', professionalId });
    const from = { action: 'professionals', subject: { kind: 'PROFESSIONAL', id: professionalId } } as const;
    const field = personalFor(true, { ...from, caseId: null, employerId: 'loket' })(details, 'name');
    await personal.open(context, field);
    expect(await rowsOf(context)).toMatchObject([{ subject_kind: 'PROFESSIONAL', controller_id: 'loket' }]);
  });

  it('is written down with a policy version of which the text is kept', async () => {
    const context = request();
    await personal.open(context, shown(await sealed('Fictief')));
    const { rows } = await auditPool.query(
      `SELECT policy, words FROM access_log.disclosure JOIN policies.text ON version = policy_version WHERE trace_id = $1`,
      [context.traceId],
    );
    const { policy, schema: words } = shippedPolicy();
    expect(rows).toEqual([{ policy, words }]);
  });

  it('is written down once for its state and its text, and not at all when there was nothing to show', async () => {
    const context = request();
    const field = shown(await sealed('Fictief'));
    await Promise.all([personal.open(context, field), personal.open(context, field)]);
    await personal.open(context, field);
    expect(await rowsOf(context)).toHaveLength(1);

    const other = request();
    const subject = newSubject();
    const erased = await sealed('weg', subject);
    await keys.destroyKey(subject);
    for (const nothing of [shown(null), shown(erased), personalFor(false, source)(erased)])
      await personal.open(other, nothing);
    expect(await rowsOf(other)).toEqual([]);
  });

  it('is not shown when it cannot be written down', async () => {
    const away = openRequestPool('postgres://nobody@127.0.0.1:1/nowhere', () => undefined);
    const unwritten = new PersonalData(keys, logTo(away));
    const tried = unwritten.open(request(), shown(await sealed('Fictief')));
    await expect(tried).rejects.toMatchObject({ code: 'UNAVAILABLE', extensions: { dependency: 'AUDIT' } });
    await away.end();

    const readOnly = new URL(audit.serviceUrl);
    readOnly.searchParams.set('options', '-c default_transaction_read_only=on');
    const pool = openRequestPool(readOnly.href, () => undefined);
    const refused = new PersonalData(keys, logTo(pool)).open(request(), shown(await sealed('Fictief')));
    await expect(refused).rejects.toMatchObject({ code: 'UNAVAILABLE', extensions: { dependency: 'AUDIT' } });
    await pool.end();
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
