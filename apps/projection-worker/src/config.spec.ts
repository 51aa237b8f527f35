import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@spil/config';
import { formatVerifierKey, newKeyFile, parseKeyFile, signatureTypes } from '@spil/proof';
import { migrationConfig, workerConfig } from './config.js';

const problemsOf = (read: () => unknown): readonly string[] => {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('the configuration of the worker', () => {
  const complete = {
    SPIL_EVENT_STORE_URL: 'esdb+discover://cluster.example:2113?nodePreference=follower',
    SPIL_EVENT_STORE_USER: 'admin',
    SPIL_EVENT_STORE_PASSWORD: 'hunter2',
    SPIL_READ_DATABASE_URL: 'postgres://spil_worker:secret@127.0.0.1/spil_read',
  };

  it('needs the event store and the read models, and no owner of them', () => {
    expect(workerConfig(complete)).toEqual({
      eventStore: { url: complete.SPIL_EVENT_STORE_URL, user: 'admin', password: 'hunter2' },
      readDatabaseUrl: complete.SPIL_READ_DATABASE_URL,
      serviceRole: 'spil_service',
      port: 4001,
      host: '127.0.0.1',
      logLevel: 'info',
    });
  });

  describe('of proofs', () => {
    let folder: string;
    const file = async (name: string, content: string): Promise<string> => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    };
    const audited = {
      ...complete,
      SPIL_AUDIT_DATABASE_URL: 'postgres://spil_audit_worker@127.0.0.1/spil_audit',
    };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'spil-config-'));
    });
    afterAll(() => rm(folder, { recursive: true }));

    it('takes a signing key, a rhythm and witnesses', async () => {
      const witness = formatVerifierKey(
        parseKeyFile(newKeyFile('witness.example/w'), signatureTypes.cosignature),
      );
      const { proof } = workerConfig({
        ...audited,
        SPIL_CHECKPOINT_KEY_FILE: await file('key', newKeyFile('spil.example/log')),
        SPIL_CHECKPOINT_SECONDS: '5',
        SPIL_WITNESSES_FILE: await file(
          'witnesses',
          JSON.stringify([{ url: 'https://w.example/', key: witness }]),
        ),
      });
      expect(proof).toMatchObject({
        key: { name: 'spil.example/log' },
        checkpointSeconds: 5,
        witnesses: [{ url: 'https://w.example', key: { name: 'witness.example/w' } }],
      });
    });

    it('needs a signing key in production', () => {
      expect(problemsOf(() => workerConfig({ ...audited, NODE_ENV: 'production' }))).toEqual([
        'SPIL_CHECKPOINT_KEY_FILE is not set',
      ]);
    });

    it('says what is wrong with a file and does not repeat it', async () => {
      const files = {
        SPIL_CHECKPOINT_KEY_FILE: await file('secret', 'hunter2'),
        SPIL_WITNESSES_FILE: await file('list', '[{"url":"w.example"}]'),
      };
      expect(problemsOf(() => workerConfig({ ...audited, ...files }))).toEqual([
        'SPIL_CHECKPOINT_KEY_FILE names a file that cannot be used: a key file is JSON, and this one is not',
        expect.stringMatching(/^SPIL_WITNESSES_FILE names a file that cannot be used: must hold entries/),
      ]);
    });
  });

  it('names every variable that is missing or wrong, one a line', () => {
    const wrong = { SPIL_EVENT_STORE_URL: 'http://node', SPIL_WORKER_PORT: 'x', SPIL_WORKER_PROT: '1' };
    expect(problemsOf(() => workerConfig(wrong))).toEqual([
      'SPIL_WORKER_PROT is no variable of Spil; is it misspelt?',
      'SPIL_EVENT_STORE_URL must begin with esdb://HOST, esdb+discover://HOST or the same with kurrentdb',
      'SPIL_EVENT_STORE_USER is not set (nor SPIL_EVENT_STORE_USER_FILE)',
      'SPIL_EVENT_STORE_PASSWORD is not set (nor SPIL_EVENT_STORE_PASSWORD_FILE)',
      'SPIL_READ_DATABASE_URL is not set (nor SPIL_READ_DATABASE_URL_FILE)',
      'SPIL_WORKER_PORT must be a port number between 0 and 65535',
    ]);
  });
});

describe('the configuration of a migration', () => {
  it('needs the owners of all databases, and gives the roles of a deployment their rights', () => {
    const owners = {
      SPIL_READ_OWNER_DATABASE_URL: 'postgres://owner:secret@127.0.0.1/spil_read',
      SPIL_KEYS_OWNER_DATABASE_URL: 'postgres://keys_owner:secret@127.0.0.1/spil_keys',
      SPIL_AUDIT_OWNER_DATABASE_URL: 'postgres://audit_owner:secret@127.0.0.1/spil_audit',
    };
    expect(migrationConfig(owners)).toEqual({
      readOwnerDatabaseUrl: owners.SPIL_READ_OWNER_DATABASE_URL,
      workerRole: 'spil_worker',
      serviceRole: 'spil_service',
      keysOwnerDatabaseUrl: owners.SPIL_KEYS_OWNER_DATABASE_URL,
      keysServiceRole: 'spil_keys',
      auditOwnerDatabaseUrl: owners.SPIL_AUDIT_OWNER_DATABASE_URL,
      auditServiceRole: 'spil_audit_service',
      auditWorkerRole: 'spil_audit_worker',
    });
    expect(problemsOf(() => migrationConfig({}))).toEqual([
      'SPIL_READ_OWNER_DATABASE_URL is not set (nor SPIL_READ_OWNER_DATABASE_URL_FILE)',
      'SPIL_KEYS_OWNER_DATABASE_URL is not set (nor SPIL_KEYS_OWNER_DATABASE_URL_FILE)',
      'SPIL_AUDIT_OWNER_DATABASE_URL is not set (nor SPIL_AUDIT_OWNER_DATABASE_URL_FILE)',
    ]);
  });
});
