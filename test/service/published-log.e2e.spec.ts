import { soleIssuer } from '@spil/access';
import { migrateAuditStore } from '@spil/audit';
import {
  checkpointBody,
  formatNote,
  formatVerifierKey,
  newKeyFile,
  parseKeyFile,
  parseNote,
  isSignedBy,
  parseVerifierKey,
  signatureTypes,
  signNote,
} from '@spil/proof';
import pg from 'pg';
import { freshAuditStore, type TestAuditStore } from '../support/audit-store.js';
import { startServiceAlone, type ServiceAlone } from '../support/service-alone.js';
import { testIssuer, testTokens } from '../support/tokens.js';

const roles = { serviceRole: 'test_audit_service', workerRole: 'test_audit_worker' };
const key = parseKeyFile(newKeyFile('spil.example/log'), signatureTypes.note);

/** What the service shows of the log to auditors, who do not log in; it needs the audit database only. */
describe('the published log', () => {
  let store: TestAuditStore;
  let service: ServiceAlone;

  beforeAll(async () => {
    const { keys } = await testTokens();
    store = await freshAuditStore();
    service = await startServiceAlone({
      auditDatabaseUrl: store.serviceUrl,
      issuers: [soleIssuer({ ...testIssuer, keys })],
    });
  });
  afterAll(async () => {
    await service.stop();
    await store.drop();
  });

  const run = async (url: string, sql: string, values: unknown[] = []): Promise<void> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(sql, values);
    await client.end();
  };
  /** A checkpoint over so many events, with the root and heads of nothing, which nobody looks at here. */
  const noteOver = (size: number): string => {
    const hash = Buffer.alloc(32, size);
    const body = checkpointBody({ origin: key.name, size, root: hash, heads: hash, headsVersion: 2 });
    return formatNote({ body, signatures: [signNote(body, key)] });
  };
  const shown = async (what: 'checkpoint' | 'key') => {
    const response = await fetch(new URL(`/log/${what}`, service.graphqlUrl));
    return { status: response.status, text: await response.text() };
  };

  it('is not there before the first checkpoint', async () => {
    expect((await shown('checkpoint')).status).toBe(404);
    expect((await shown('key')).status).toBe(404);
  });

  it('is there with the checkpoint of a release that noted no key; the key is with the next one', async () => {
    await run(
      store.ownerUrl,
      `ALTER TABLE proof.checkpoint DROP COLUMN log_key;
       DELETE FROM public.audit_migration WHERE schema = 'proof' AND step = 2`,
    );
    const insert = 'INSERT INTO proof.checkpoint (size, root, note) VALUES ($1, $2, $3)';
    await run(store.workerUrl, insert, [1, Buffer.alloc(32, 1), noteOver(1)]);
    await migrateAuditStore(store.ownerUrl, roles);

    expect(await shown('checkpoint')).toEqual({ status: 200, text: noteOver(1) });
    expect((await shown('key')).status).toBe(404);

    await run(
      store.workerUrl,
      'INSERT INTO proof.checkpoint (size, root, note, log_key) VALUES ($1, $2, $3, $4)',
      [2, Buffer.alloc(32, 2), noteOver(2), formatVerifierKey(key)],
    );
    const checkpoint = await shown('checkpoint');
    expect(checkpoint).toEqual({ status: 200, text: noteOver(2) });
    const published = await shown('key');
    expect(published).toEqual({ status: 200, text: `${formatVerifierKey(key)}\n` });
    expect(isSignedBy(parseNote(checkpoint.text), parseVerifierKey(published.text))).toBe(true);
  });

  it('shows the newest checkpoint with the cosignatures that came in since', async () => {
    const line = `— witness.example ${Buffer.alloc(76, 7).toString('base64')}`;
    await run(
      store.workerUrl,
      `INSERT INTO proof.cosignature (size, witness, line, cosigned_at) VALUES (2, 'witness.example', $1, now())`,
      [line],
    );
    expect((await shown('checkpoint')).text).toBe(`${noteOver(2)}${line}\n`);
  });
});
