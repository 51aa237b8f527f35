import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Principal } from '@spil/access';
import { spawnEventNode } from '@spil/embedded';
import { generateKeyRing, migrateKeyStore } from '@spil/event-store';
import { freshAuditStore } from './audit-store.js';
import { freshDatabase } from './database.js';
import { startProgram, type Program } from './program.js';
import { freshReadModel } from './read-model.js';
import type { GraphQLAnswer, TestSystem } from './system.js';
import { testIssuer, testTokensIn } from './tokens.js';

/** Service and worker as the programs that a deployment runs, each configured by its environment alone. */
export interface Deployment extends Pick<TestSystem, 'ask'> {
  /** What an operator's tool is given: everything that a service or a worker is, as the read models' owner. */
  readonly environment: Readonly<Record<string, string>>;
  /** Sends an operation with further headers. */
  askWith(
    headers: Readonly<Record<string, string>>,
    principal: Principal,
    query: string,
    variables?: object,
  ): Promise<GraphQLAnswer>;
  /** Ends both programs as an orchestrator does, and waits until they have. */
  stop(): Promise<void>;
}

const program = (app: string, environment: Readonly<Record<string, string>>): Program =>
  startProgram(process.execPath, [`dist/apps/${app}/src/main.js`], {
    PATH: process.env.PATH ?? '',
    ...environment,
  });

/** Starts both on databases and an event node of their own; `change` adds to their environment. */
export async function startDeployment(change: Readonly<Record<string, string>> = {}): Promise<Deployment> {
  const folder = await mkdtemp(join(tmpdir(), 'spil-deployment-'));
  const [events, keys, readModel, audit] = await Promise.all([
    freshDatabase(),
    freshDatabase(),
    freshReadModel(),
    freshAuditStore(),
  ]);
  const node = await spawnEventNode({ databaseUrl: events.url });
  await migrateKeyStore(keys.url);
  const keyRing = join(folder, 'key-ring.json');
  await generateKeyRing(keyRing);
  const { issuer, file } = await testTokensIn(folder);
  const environment = {
    SPIL_EVENT_STORE_URL: node.connectionString,
    SPIL_EVENT_STORE_USER: 'spil',
    SPIL_EVENT_STORE_PASSWORD: 'only-for-tests',
    SPIL_READ_DATABASE_URL: readModel.workerUrl,
    SPIL_READ_OWNER_DATABASE_URL: readModel.ownerUrl,
    SPIL_READ_SERVICE_ROLE: 'test_read_service',
    SPIL_KEYS_DATABASE_URL: keys.url,
    SPIL_AUDIT_DATABASE_URL: audit.serviceUrl,
    SPIL_KEY_RING_FILE: keyRing,
    SPIL_TOMBSTONES_FILE: join(folder, 'tombstones.jsonl'),
    SPIL_TOKEN_ISSUER: testIssuer.issuer,
    SPIL_TOKEN_AUDIENCE: testIssuer.audience,
    SPIL_TOKEN_LOCAL_ISSUER_FILE: file,
    ...change,
  };
  const worker = program('projection-worker', {
    ...environment,
    SPIL_AUDIT_DATABASE_URL: audit.workerUrl,
    SPIL_WORKER_PORT: '0',
  });
  const service = program('coordination-service', {
    ...environment,
    SPIL_READ_DATABASE_URL: readModel.serviceUrl,
    SPIL_PORT: '0',
    SPIL_LOG_LEVEL: 'silent',
  });
  const url = /http:\S+/.exec(await service.printed(/GraphQL on/))?.[0];
  if (url === undefined) throw new Error('the service did not say where GraphQL is');

  const askWith: Deployment['askWith'] = async (headers, principal, query, variables = {}) => {
    const token = await issuer.issueToken(principal, 600);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphQLAnswer;
  };
  return {
    environment: { ...environment, SPIL_GRAPHQL_URL: url },
    askWith,
    ask: (principal, query, variables) => askWith({}, principal, query, variables),
    stop: async () => {
      await Promise.all([service.end('SIGTERM'), worker.end('SIGTERM')]);
      await node.stop();
      await Promise.all([readModel.drop(), audit.drop(), events.drop(), keys.drop()]);
      await rm(folder, { recursive: true });
    },
  };
}
