import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import type { LocalIssuer } from '@spil/access';
import {
  ensureDatabase,
  freePort,
  spawnEventNode,
  startPostgres,
  type RunningPostgres,
  type SpawnedEventNode,
} from '@spil/embedded';
import { interpolate, readCompose, secretsOf, type Compose } from './support/compose.js';
import { eventually } from './support/eventually.js';
import { layOutImage } from './support/image.js';
import { startProgram, type Program } from './support/program.js';
import { as, populate, step, type GraphQLAnswer } from './support/system.js';
import { serveDiscovery } from './support/discovery.js';
import { testIssuer, testTokens } from './support/tokens.js';

/**
 * What docker/compose.yaml with compose.tls.yaml runs, without Docker: the files of the image with production packages only, the
 * secrets of make-secrets.sh, the roles and databases of docker/postgres, the commands and variables of the Compose files. Only
 * the addresses differ, and the embedded node stands where the event store stands.
 */
describe('a deployment', () => {
  let folder: string;
  let compose: Compose;
  let postgres: RunningPostgres;
  let node: SpawnedEventNode;
  let issuer: LocalIssuer;
  let discovery: Awaited<ReturnType<typeof serveDiscovery>>;
  let servicePort: number;
  let workerPort: number;
  let service: Program;
  let worker: Program;
  const started: Program[] = [];
  const stops: (() => Promise<void>)[] = [];

  const image = () => join(folder, 'image');
  const secrets = () => join(folder, 'secrets');
  const fileOf = (secret: string): string =>
    join(secrets(), compose.secrets[secret]?.file.replace('./secrets/', '') ?? 'undeclared');
  const urlOf = (secret: string): Promise<string> => readFile(fileOf(secret), 'utf8');

  /** The environment of a service as Compose and the image give it, with files and addresses of this machine. */
  const environmentOf = (name: string): Record<string, string> => {
    const given = compose.services[name];
    if (given === undefined) throw new Error(`there is no service ${name}`);
    const operator = {
      SPIL_TOKEN_ISSUER: testIssuer.issuer,
      SPIL_TOKEN_AUDIENCE: testIssuer.audience,
      SPIL_TOKEN_DISCOVERY_URL: discovery.url,
    };
    const here = (value: string): string =>
      interpolate(value, operator)
        .replace(/\/run\/secrets\/([\w-]+)/g, (path, secret: string) =>
          secretsOf(given).includes(secret) ? fileOf(secret) : path,
        )
        .replace('/var/lib/spil/tombstones', join(folder, 'tombstones'))
        .replace('eventstore:2113', `127.0.0.1:${node.port}`);
    return {
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      NODE_ENV: 'production',
      SPIL_PORT: String(servicePort),
      SPIL_WORKER_PORT: String(workerPort),
      ...Object.fromEntries(
        Object.entries(given.environment ?? {}).map(([variable, value]) => [variable, here(value)]),
      ),
    };
  };
  const start = (name: string, changes: Record<string, string> = {}, ...args: string[]): Program => {
    const { entrypoint = ['/spil/spil'], command = [] } = compose.services[name] ?? {};
    // What is given by hand takes the place of the command.
    const [executable = '', ...rest] = [...entrypoint, ...(args.length > 0 ? args : command)];
    const program = startProgram(executable.replace('/spil', image()), rest, {
      ...environmentOf(name),
      ...changes,
    });
    started.push(program);
    return program;
  };
  const health = (question: string, name: string): Promise<number | null> =>
    startProgram(join(image(), 'spil'), ['health', question], environmentOf(name)).ended;
  const untilHealthy = (name: string): Promise<void> =>
    eventually(async () => {
      expect([name, await health('ready', name)]).toEqual([name, 0]);
    });

  const askAt = async (
    port: number,
    principal: Parameters<LocalIssuer['issueToken']>[0],
    query: string,
    variables: object = {},
  ) => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await issuer.issueToken(principal, 600)}`,
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphQLAnswer;
  };
  const api = {
    ask: (principal: Parameters<LocalIssuer['issueToken']>[0], query: string, variables?: object) =>
      askAt(servicePort, principal, query, variables),
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-deployment-'));
    await mkdir(join(folder, 'tombstones'));
    await chmod(folder, 0o711);
    compose = await readCompose('compose.yaml', 'compose.tls.yaml');
    [postgres, servicePort, workerPort, issuer] = await Promise.all([
      startPostgres({ dir: join(folder, 'postgres'), superuserPassword: 'only-for-tests', fast: true }),
      freePort(),
      freePort(),
      testTokens(),
      layOutImage(image()),
    ]);
    stops.push(() => postgres.stop());
    const made = spawnSync(
      'docker/make-secrets.sh',
      [
        '--dir',
        secrets(),
        '--keep-owner',
        '--postgres',
        `127.0.0.1:${postgres.port}`,
        '--tls',
        'eventstore,127.0.0.1',
      ],
      { encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(made.stderr);
    discovery = await serveDiscovery(testIssuer.issuer, issuer.keys);
    stops.push(() => discovery.stop());
    await initialisePostgres();
    node = await spawnEventNode({
      databaseUrl: postgres.url('events'),
      credentials: { user: 'admin', password: await readFile(fileOf('event-store-admin'), 'utf8') },
      tls: { certFile: fileOf('event-store-certificate'), keyFile: fileOf('event-store-certificate-key') },
    });
    stops.push(() => node.stop());
    expect(await start('migrate').ended).toBe(0);
    [worker, service] = [start('worker'), start('service')];
    await Promise.all([
      worker.printed(/^projection worker: health/),
      service.printed(/^coordination service: GraphQL/),
    ]);
  }, 90_000);

  afterAll(async () => {
    await Promise.all(started.map((program) => program.end('SIGKILL')));
    for (const stop of stops.reverse()) await stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 200 });
  });

  /** Runs docker/postgres as the Postgres image does; there the server reads its secrets as their owner, here it may not. */
  async function initialisePostgres(): Promise<void> {
    const readable = join(folder, 'run-secrets');
    await mkdir(readable, { mode: 0o755 });
    for (const secret of Object.keys(compose.secrets).filter((name) => name.startsWith('postgres-')))
      await writeFile(join(readable, secret), await readFile(fileOf(secret)), { mode: 0o644 });
    const sql = async (file: string) =>
      (await readFile(`docker/postgres/${file}`, 'utf8')).replaceAll('/run/secrets', readable);
    const admin = new pg.Client(postgres.url('postgres'));
    await admin.connect();
    try {
      // Twice: an operator runs it again to give the roles new passwords.
      for (const roles of [await sql('10-roles.sql'), await sql('10-roles.sql')]) await admin.query(roles);
      // One statement at a time, as psql sends them: a database cannot be made inside a transaction.
      for (const statement of (await sql('20-databases.sql')).split(';')) await admin.query(statement);
    } finally {
      await admin.end();
    }
    await ensureDatabase(postgres.url('postgres'), 'events');
  }

  it('finds every secret that it names, made for its owner only', async () => {
    for (const secret of Object.keys(compose.secrets))
      expect([secret, ((await stat(fileOf(secret))).mode & 0o777).toString(8)]).toEqual([secret, '600']);
  });

  it('registers a case and shows it', async () => {
    await populate(api);
    const { id, revision } = await step(api, as('loket'), 'registerCase', {
      registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
      clientMunicipality: 'GM0344',
      client: { name: 'Fictieve Cliënt', phone: '06 00000000' },
      clientQuestion: 'Mag de huur omhoog?',
      signaleringRelevance: 'NO',
    });
    const { data, errors } = await api.ask(
      as('loket'),
      'query ($id: Uuid!, $atLeast: AtLeastInput) { case(id: $id, atLeast: $atLeast) { status client { name { value } } } }',
      { id, atLeast: { caseId: id, revision } },
    );
    expect(errors).toBeUndefined();
    expect(data?.case).toEqual({ status: 'OPEN', client: { name: { value: 'Fictieve Cliënt' } } });
  });

  it('can be told to run the documents of its image only', async () => {
    const port = await freePort();
    const strict = start('service', {
      SPIL_TRUSTED_DOCUMENTS_FILE: join(image(), 'trusted-documents.json'),
      SPIL_PORT: String(port),
    });
    await strict.printed(/^coordination service: GraphQL/);
    const { errors } = await askAt(port, as('loket'), '{ me { role } }');
    expect(errors?.[0]?.extensions.code).toBe('DOCUMENT_NOT_TRUSTED');
    expect(await strict.end('SIGTERM')).toBe(0);
  });

  it('is healthy, and says so in the words of the health checks', async () => {
    await Promise.all([untilHealthy('worker'), untilHealthy('service')]);
    expect(await health('live', 'service')).toBe(0);
  });

  it('migrates again without harm', async () => {
    expect(await start('migrate').ended).toBe(0);
  });

  it('rebuilds and checks its read models with the operators’ tool', async () => {
    for (const command of ['rebuild', 'verify']) {
      const tool = start('operator', {}, command, '--all');
      expect([command, await tool.ended, tool.lines]).toEqual([command, 0, expect.any(Array)]);
    }
  });

  it('lets the service write no read model and take nothing back from its logs, and the worker see no key', async () => {
    const refusal = async (url: string, statement: string): Promise<unknown> => {
      const client = new pg.Client(url);
      try {
        await client.connect();
        await client.query(statement);
        return 'no refusal';
      } catch (error) {
        return (error as pg.DatabaseError).code;
      } finally {
        await client.end();
      }
    };
    const insufficientPrivilege = '42501';
    const [reader, writer, keys, log, proofs] = await Promise.all(
      [
        'read-service-url',
        'read-worker-url',
        'keys-service-url',
        'audit-service-url',
        'audit-worker-url',
      ].map(urlOf),
    );
    const atKeys = (url = '') => url.replace(/\/spil_read$/, '/spil_keys');
    expect(await refusal(reader ?? '', 'SELECT * FROM read.checkpoint')).toBe('no refusal');
    expect(await refusal(reader ?? '', 'UPDATE projection.generation SET live = false')).toBe(
      insufficientPrivilege,
    );
    expect(await refusal(reader ?? '', 'CREATE TABLE read.mine ()')).toBe(insufficientPrivilege);
    expect(await refusal(writer ?? '', 'DROP TABLE projection.generation')).toBe(insufficientPrivilege);
    expect(await refusal(atKeys(writer), 'SELECT 1')).toBe(insufficientPrivilege);
    expect(await refusal(atKeys(reader), 'SELECT 1')).toBe(insufficientPrivilege);
    expect(await refusal(keys ?? '', 'SELECT * FROM key_store.data_key')).toBe('no refusal');
    expect(await refusal(keys ?? '', 'DROP TABLE key_store.data_key')).toBe(insufficientPrivilege);
    expect(await refusal(atKeys(proofs), 'SELECT * FROM access_log.disclosure')).toBe(insufficientPrivilege);
    for (const table of ['access_log.disclosure', 'refusals.refusal']) {
      expect(await refusal(log ?? '', `SELECT * FROM ${table}`)).toBe('no refusal');
      for (const change of [`DELETE FROM ${table}`, `TRUNCATE ${table}`, `DROP TABLE ${table}`])
        expect([change, await refusal(log ?? '', change)]).toEqual([change, insufficientPrivilege]);
    }
  });

  it.each([
    [
      'service',
      { SPIL_KEYS_DATABASE_URL_FILE: '' },
      'coordination service: SPIL_KEYS_DATABASE_URL is not set (nor SPIL_KEYS_DATABASE_URL_FILE)',
    ],
    [
      'service',
      { SPIL_KEY_RING_FILE: '/dev/null' },
      'coordination service: SPIL_KEY_RING_FILE names an empty file',
    ],
    [
      'worker',
      { SPIL_EVENT_STORE_USER: '' },
      'projection worker: SPIL_EVENT_STORE_USER is not set (nor SPIL_EVENT_STORE_USER_FILE)',
    ],
    [
      'worker',
      { SPIL_WROKER_PORT: '1' },
      'projection worker: SPIL_WROKER_PORT is no variable of Spil; is it misspelt?',
    ],
    [
      'migrate',
      { SPIL_READ_OWNER_DATABASE_URL_FILE: '/nowhere' },
      'migrate: SPIL_READ_OWNER_DATABASE_URL_FILE names a file that cannot be read (ENOENT)',
    ],
  ])(
    'does not start the %s on a wrong variable, and says which in one line',
    async (name, changes: Record<string, string>, line) => {
      const program = start(name, changes);
      expect([await program.ended, program.lines]).toEqual([78, [line]]);
    },
  );

  it.each([
    ['service', 'coordination service', 'SPIL_HOST'],
    ['worker', 'projection worker', 'SPIL_WORKER_HOST'],
  ])('says why the %s cannot listen where it was told to', async (name, speaker, variable) => {
    const program = start(name, { [variable]: '192.0.2.1' });
    expect([await program.ended, program.lines]).toEqual([
      78,
      expect.arrayContaining([`${speaker}: ${variable} names an address that this machine does not have`]),
    ]);
    expect(program.lines.join('\n')).not.toMatch(/^ +at /m);
  });

  it('says which database a migration could not reach', async () => {
    const program = start('migrate', {
      SPIL_KEYS_OWNER_DATABASE_URL_FILE: '',
      SPIL_KEYS_OWNER_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    });
    expect([await program.ended, program.lines]).toEqual([
      1,
      ['migrate: SPIL_KEYS_OWNER_DATABASE_URL: connect ECONNREFUSED 127.0.0.1:1'],
    ]);
  });

  it('refuses to serve what a wrong password at the event store cannot reach', async () => {
    const port = await freePort();
    const wrong = start('service', {
      SPIL_EVENT_STORE_PASSWORD_FILE: fileOf('event-store-ops'),
      SPIL_PORT: String(port),
    });
    await wrong.printed(/^coordination service: GraphQL/);
    const response = await fetch(`http://127.0.0.1:${port}/health/ready`);
    expect([response.status, await response.json()]).toEqual([
      503,
      expect.objectContaining({
        error: expect.objectContaining({ eventStore: { status: 'down' } }) as unknown,
      }),
    ]);
    expect(await wrong.end('SIGTERM')).toBe(0);
  });

  it('ends in good order within seconds when it is told to', async () => {
    for (const program of [service, worker]) {
      const told = performance.now();
      expect(await program.end('SIGTERM')).toBe(0);
      expect(performance.now() - told).toBeLessThan(10_000);
    }
  });
});
