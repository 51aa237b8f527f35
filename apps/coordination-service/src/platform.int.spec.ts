import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { discoveryUrlOf, soleIssuer, type LocalIssuer } from '@spil/access';
import { generateKeyRing } from '@spil/event-store';
import { getIntrospectionQuery } from 'graphql';
import supertest from 'supertest';
import { WebSocket } from 'ws';
import { eventually } from '../../../test/support/eventually.js';
import { startIdentityProvider, type IdentityProvider } from '../../../test/support/identity-provider.js';
import { testIssuer, testPrincipal, testTokens } from '../../../test/support/tokens.js';
import { workSince } from '../../../test/support/work-done.js';
import { limits } from './api/limits.js';
import type { ServiceConfig } from './config.js';
import { createApplication } from './create-service.js';

const nowhere = 'postgres://nobody:nothing@127.0.0.1:1/nowhere';

describe('the GraphQL endpoint', () => {
  let tokens: LocalIssuer;
  let app: NestExpressApplication;
  let folder: string;
  const logged: string[] = [];

  const config = (): ServiceConfig => ({
    port: 0,
    host: '127.0.0.1',
    production: false,
    logLevel: 'warn',
    log: (line) => void logged.push(line),
    eventStore: { url: 'esdb://127.0.0.1:1?tls=false', user: 'admin', password: 'changeit' },
    readDatabaseUrl: nowhere,
    keysDatabaseUrl: nowhere,
    auditDatabaseUrl: nowhere,
    keyRingFile: join(folder, 'key-ring.json'),
    tombstonesFile: join(folder, 'tombstones.jsonl'),
    issuers: [soleIssuer({ ...testIssuer, keys: tokens.keys })],
  });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-service-'));
    await generateKeyRing(join(folder, 'key-ring.json'));
    tokens = await testTokens();
    app = await createApplication(config());
    await app.init();
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  interface Answer {
    data?: Record<string, unknown> | null;
    errors?: { message: string; extensions: Record<string, unknown> }[];
    extensions?: { traceId?: string };
  }
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    supertest(app.getHttpServer())
      .post('/graphql')
      .set(headers)
      .send(body as object);
  const ask = async (query: string, variables: Record<string, unknown> = {}) => {
    const token = await tokens.issueToken(testPrincipal.professional(), 60);
    const response = await post({ query, variables }, { authorization: `Bearer ${token}` });
    return { status: response.status, body: response.body as Answer };
  };
  const codes = (body: Answer) => body.errors?.map(({ extensions }) => extensions.code);

  it('answers who you are, with the trace id of the caller', async () => {
    const token = await tokens.issueToken(testPrincipal.professional(), 60);
    const response = await post(
      { query: '{ me { role locationId mayImport } }' },
      {
        authorization: `Bearer ${token}`,
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      },
    );
    expect(response.body).toEqual({
      data: { me: { role: 'PROFESSIONAL', locationId: 'utrecht', mayImport: false } },
      extensions: { traceId: '0af7651916cd43dd8448eb211c80319c' },
    });
  });

  it('answers nobody without a valid token, and says what is wrong with it', async () => {
    const query = '{ me { role } }';
    const expired = await tokens.issueToken(testPrincipal.board, -3600);
    const forged = await (await testTokens()).issueToken(testPrincipal.board, 60);
    const tried: Record<string, string>[] = [
      {},
      { authorization: 'Basic abc' },
      { authorization: `Bearer ${expired}` },
      { authorization: `Bearer ${forged}` },
    ];
    const faults = await Promise.all(
      tried.map(async (headers) => ((await post({ query }, headers)).body as Answer).errors?.[0]?.extensions),
    );
    expect(faults).toEqual(
      ['MISSING', 'FORGED', 'EXPIRED', 'FORGED'].map((fault) => ({
        code: 'UNAUTHENTICATED',
        fault,
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      })),
    );
  });

  it('takes the purpose that is stated, when it is one of the role', async () => {
    const token = await tokens.issueToken(testPrincipal.professional(), 60);
    const askFor = async (purpose: string) => {
      const headers = { authorization: `Bearer ${token}`, 'spil-purpose': purpose };
      return (await post({ query: '{ me { role } }' }, headers)).body as Answer;
    };
    expect((await askFor('SUBJECT_ACCESS')).data).toEqual({ me: { role: 'PROFESSIONAL' } });
    for (const theirs of ['AUDIT', 'curiosity', '']) {
      const refused = await askFor(theirs);
      expect([theirs, refused.data, codes(refused)]).toEqual([theirs, null, ['PURPOSE_REFUSED']]);
    }
  });

  describe('with an identity provider', () => {
    let provider: IdentityProvider;
    let service: NestExpressApplication;

    beforeEach(async () => {
      provider = await startIdentityProvider();
      provider.answer('with an error');
      const keys = { discoveryUrl: discoveryUrlOf(provider.issuer) };
      const issuers = [soleIssuer({ issuer: provider.issuer, audience: 'spil', keys })];
      service = await createApplication({ ...config(), issuers });
      await service.listen(0, '127.0.0.1');
    });
    afterEach(async () => {
      await service.close();
      await provider.stop();
    });
    const metrics = async () => (await supertest(service.getHttpServer()).get('/metrics')).text;

    it('that is away, starts all the same, calls no token forged, and tells its operators', async () => {
      const authorization = `Bearer ${await provider.tokenOf(testPrincipal.professional())}`;
      const response = await supertest(service.getHttpServer())
        .post('/graphql')
        .set({ authorization })
        .send({ query: '{ me { role } }' });
      expect([response.status, (response.body as Answer).errors?.[0]?.extensions]).toEqual([
        503,
        expect.objectContaining({ code: 'UNAVAILABLE', dependency: 'TOKEN_ISSUER' }),
      ]);
      expect(await metrics()).toContain(`spil_token_issuer_up{issuer="${provider.issuer}"} 0`);
    });

    it('that is away, sends sockets away to come back later, and not as strangers', async () => {
      const authorization = `Bearer ${await provider.tokenOf(testPrincipal.professional())}`;
      const { port } = service.getHttpServer().address() as AddressInfo;
      const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
      const closed = new Promise<number>((resolve) => socket.once('close', resolve));
      socket.once('open', () =>
        socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } })),
      );
      expect(await closed).toBe(1013);
    });

    it('that is there, has its keys before anybody asks', async () => {
      const present = await startIdentityProvider();
      const keys = { discoveryUrl: discoveryUrlOf(present.issuer) };
      const issuers = [soleIssuer({ issuer: present.issuer, audience: 'spil', keys })];
      const prepared = await createApplication({ ...config(), issuers });
      await prepared.init();
      await eventually(() => {
        expect(present.fetches()).toBe(1);
      });
      await present.stop();
      await prepared.close();
    });
  });

  it('refuses hostile documents within milliseconds', async () => {
    const nested = `${'{a'.repeat(9_000)}${'}'.repeat(9_000)}`;
    const hostile = {
      deep: `${'{me'.repeat(20)}${'}'.repeat(20)}`,
      'very deep': nested,
      'deep in values': `{ me(a: ${'['.repeat(19_000)}`,
      aliases: `{ ${Array.from({ length: 300 }, (_, i) => `a${i}: __typename`).join(' ')} }`,
      wide: `{ me { ${'role '.repeat(3_900)} } }`,
      long: `{ me { role } } #${'x'.repeat(limits.documentLength)}`,
      cyclic: '{ me { ...A } } fragment A on Me { ...B } fragment B on Me { ...A }',
      unfinished: '{ me { ',
      'no document': '',
    };
    for (const [kind, query] of Object.entries(hostile)) {
      const before = process.cpuUsage();
      const { status, body } = await ask(query);
      const ms = workSince(before);
      expect([kind, status]).toEqual([kind, 400]);
      expect([kind, body.data]).toEqual([kind, undefined]);
      expect([kind, ms < 300 ? 'fast' : ms]).toEqual([kind, 'fast']);
      expect(JSON.stringify(body)).not.toMatch(/node_modules|at .*:\d+:\d+|stacktrace/);
    }
  });

  it('refuses batches, GET, other content types, bodies that are no JSON and bodies that are too large', async () => {
    const server = app.getHttpServer();
    const query = '{ me { role } }';
    const answers = await Promise.all([
      post([{ query }, { query }]),
      supertest(server).get('/graphql').query({ query }),
      supertest(server).post('/graphql').set('content-type', 'text/plain').send(JSON.stringify({ query })),
      supertest(server).post('/graphql').set('content-type', 'application/json').send('{"query"'),
      post({ query, variables: { x: 'x'.repeat(limits.bodyBytes) } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 405, 400, 400, 413]);
    for (const { body } of answers)
      expect((body as Answer).errors?.[0]?.extensions).toMatchObject({
        code: expect.stringMatching(/^(LIMIT_EXCEEDED|BAD_USER_INPUT)$/) as string,
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      });
  });

  it('does not help to guess the schema with suggestions', async () => {
    const { body } = await ask('{ mee { rol } }');
    expect(codes(body)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(body.errors?.[0]?.message).toBe('Cannot query field "mee" on type "Query".');
  });

  it('describes its schema to tools while it is tried out, and not in production', async () => {
    expect((await ask(getIntrospectionQuery())).body.errors).toBeUndefined();
    const production = await createApplication({ ...config(), production: true });
    await production.init();
    const token = await tokens.issueToken(testPrincipal.board, 60);
    const response = await supertest(production.getHttpServer())
      .post('/graphql')
      .set('authorization', `Bearer ${token}`)
      .send({ query: getIntrospectionQuery() });
    await production.close();
    expect(codes(response.body as Answer)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it('logs why it cannot tell how far the read models are behind', async () => {
    logged.splice(0);
    await supertest(app.getHttpServer()).get('/health/ready');
    expect(logged.map((line) => JSON.parse(line) as unknown)).toContainEqual(
      expect.objectContaining({
        msg: 'how far the read models are behind cannot be told',
        err: expect.objectContaining({ kind: expect.stringMatching(/^[A-Z]/) as unknown }) as unknown,
      }),
    );
  });

  it('names what is missing when it is not ready', async () => {
    const response = await supertest(app.getHttpServer()).get('/health/ready');
    expect([response.status, response.body as unknown]).toEqual([
      503,
      expect.objectContaining({
        status: 'error',
        error: {
          audit: { status: 'down' },
          eventStore: { status: 'down' },
          keys: { status: 'down' },
          readDatabase: { status: 'down' },
          readModels: { status: 'down' },
        },
      }),
    ]);
  });

  it('counts what it answered, by outcome', async () => {
    await ask('{ me { role } }');
    const { text } = await supertest(app.getHttpServer()).get('/metrics');
    expect(text).toMatch(/spil_graphql_operation_seconds_count\{operation="query",outcome="ok"\} [1-9]/);
    expect(text).toMatch(/outcome="UNAUTHENTICATED"\} [1-9]/);
  });
});
