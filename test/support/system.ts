import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { soleIssuer, type LocalIssuer, type Principal, type Purpose } from '@spil/access';
import { spawnEventNode, type SpawnedEventNode } from '@spil/embedded';
import { generateKeyRing, migrateKeyStore } from '@spil/event-store';
import {
  createService,
  type RunningService,
  type ServiceConfig,
} from '../../apps/coordination-service/src/index.js';
import {
  startWorker,
  type RunningWorker,
  type WorkerConfig,
} from '../../apps/projection-worker/src/index.js';
import { freshAuditStore, type TestAuditStore } from './audit-store.js';
import { freshDatabase } from './database.js';
import { freshReadModel, type TestReadModel } from './read-model.js';
import { testIssuer, testPrincipal, testTokens } from './tokens.js';

export interface GraphQLAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: { readonly traceId: string };
}

/** The whole product in one process, on a real Postgres and a real event node, for tests through its API. */
export interface TestSystem {
  readonly service: RunningService;
  readonly worker: RunningWorker;
  /** Where its parts are, as the service was told. */
  readonly config: ServiceConfig;
  /** Of the database behind the event node. */
  readonly eventsDatabaseUrl: string;
  readonly node: SpawnedEventNode;
  readonly readModel: TestReadModel;
  readonly audit: TestAuditStore;
  readonly tokens: LocalIssuer;
  tokenOf(principal: Principal): Promise<string>;
  ask(
    principal: Principal,
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    /** What for; the role's own purpose when left out. */
    purpose?: Purpose,
  ): Promise<GraphQLAnswer>;
  /** Stops the service and leaves the rest running; `startService` starts it again. */
  stopService(): Promise<void>;
  startService(): Promise<void>;
  stop(): Promise<void>;
}

const eventStoreUser = { user: 'spil', password: 'only-for-tests' };

/** Starts it all; `change` alters the service's configuration, `ofWorker` says how the worker logs and signs. */
export async function startTestSystem(
  change: (config: ServiceConfig) => ServiceConfig | Promise<ServiceConfig> = (config) => config,
  ofWorker: Pick<WorkerConfig, 'log' | 'logLevel' | 'proof'> = {},
): Promise<TestSystem> {
  const folder = await mkdtemp(join(tmpdir(), 'spil-system-'));
  const keyRingFile = join(folder, 'key-ring.json');
  const [events, keys, readModel, audit, tokens] = await Promise.all([
    freshDatabase(),
    freshDatabase(),
    freshReadModel(),
    freshAuditStore(),
    testTokens(),
    generateKeyRing(keyRingFile),
  ]);
  await migrateKeyStore(keys.url);
  const node = await spawnEventNode({ databaseUrl: events.url });
  const worker: RunningWorker = await startWorker({
    eventStore: { url: node.connectionString, ...eventStoreUser },
    readDatabaseUrl: readModel.workerUrl,
    auditDatabaseUrl: audit.workerUrl,
    serviceRole: 'test_read_service',
    port: 0,
    ...ofWorker,
  });
  const config: ServiceConfig = {
    port: 0,
    host: '127.0.0.1',
    production: false,
    logLevel: 'silent',
    eventStore: {
      url: node.connectionString,
      user: eventStoreUser.user,
      password: eventStoreUser.password,
    },
    readDatabaseUrl: readModel.serviceUrl,
    keysDatabaseUrl: keys.url,
    auditDatabaseUrl: audit.serviceUrl,
    keyRingFile,
    tombstonesFile: join(folder, 'tombstones.jsonl'),
    issuers: [soleIssuer({ ...testIssuer, keys: tokens.keys })],
  };
  const changed = await change(config);
  let service: RunningService | undefined = await createService(changed);
  const running = (): RunningService => {
    if (service === undefined) throw new Error('the service was stopped');
    return service;
  };
  const stopService = async (): Promise<void> => {
    await service?.close();
    service = undefined;
  };

  const tokenOf = (principal: Principal) => tokens.issueToken(principal, 3600);
  return {
    worker,
    get service() {
      return running();
    },
    config: changed,
    eventsDatabaseUrl: events.url,
    stopService,
    startService: async () => {
      service = await createService(changed);
    },
    node,
    readModel,
    audit,
    tokens,
    tokenOf,
    ask: async (principal, query, variables = {}, purpose) => {
      const response = await fetch(running().graphqlUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await tokenOf(principal)}`,
          ...(purpose !== undefined && { 'spil-purpose': purpose }),
        },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as GraphQLAnswer;
    },
    stop: async () => {
      await stopService();
      await worker.stop();
      await node.stop();
      await Promise.all([readModel.drop(), audit.drop(), events.drop(), keys.drop()]);
      await rm(folder, { recursive: true });
    },
  };
}

/** What a step answered, with every field that tests look at. */
export interface StepAnswer {
  readonly __typename: 'StepAccepted' | 'StepRefused';
  readonly id: string;
  readonly revision: string;
  readonly position: string;
  readonly registrationCode: string | null;
  readonly effective: 'APPLIED' | 'PENDING';
  readonly created: readonly { readonly kind: string; readonly id: string }[];
  readonly code?: string;
  readonly field?: string | null;
}

/** Sends a step; throws when it is answered by an error rather than by a payload. */
export async function step(
  system: Pick<TestSystem, 'ask'>,
  principal: Principal,
  mutation: string,
  input: Readonly<Record<string, unknown>>,
  purpose?: Purpose,
): Promise<StepAnswer> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const answer = await system.ask(
    principal,
    `mutation ($input: ${type}) { step: ${mutation}(input: $input) {
      __typename
      ... on StepAccepted { id revision position registrationCode effective created { kind id } }
      ... on StepRefused { code field }
    } }`,
    { input: { commandId: randomUUID(), ...input } },
    purpose,
  );
  const result = answer.data?.step as StepAnswer | undefined;
  if (result === undefined) throw new Error(`${mutation} answered ${JSON.stringify(answer.errors)}`);
  return result;
}

/** Locations, organisations and people to work with: a Juridisch Loket and a law firm in Utrecht, another Loket in Zwolle. */
export async function populate(system: Pick<TestSystem, 'ask'>) {
  const steps: (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ['registerLocation', { locationId: 'utrecht', ...place('Utrecht', 'GM0344') }],
    ['registerLocation', { locationId: 'zwolle', ...place('Zwolle', 'GM0193') }],
    [
      'registerOrganisation',
      {
        organisationId: people.loket.organisationId,
        name: 'Loket (fictief)',
        organisationKind: 'JURIDISCH_LOKET',
      },
    ],
    [
      'registerOrganisation',
      {
        organisationId: people.lawyer.organisationId,
        name: 'Advocaten (fictief)',
        organisationKind: 'ADVOCATUUR',
      },
    ],
  ];
  for (const [mutation, input] of steps) await accepted(system, mutation, input);
  for (const { professionalId, organisationId, locationId } of Object.values(people))
    await accepted(system, 'registerProfessional', {
      professionalId,
      organisationId,
      locationId,
      details: { name: `Fictieve ${professionalId.slice(0, 4)}`, phone: '030 000 00 00' },
    });
}

async function accepted(
  system: Pick<TestSystem, 'ask'>,
  mutation: string,
  input: Readonly<Record<string, unknown>>,
) {
  const answer = await step(system, testPrincipal.admin, mutation, input);
  if (answer.__typename !== 'StepAccepted')
    throw new Error(`${mutation} was refused: ${String(answer.code)}`);
}

const place = (name: string, municipality: string) => ({
  name,
  municipalities: [municipality],
  arrondissement: 'MIDDEN-NEDERLAND',
});

const loket = {
  organisationId: '22222222-2222-4222-8222-222222222222',
  organisationKind: 'JURIDISCH_LOKET',
} as const;
const firm = {
  organisationId: '33333333-3333-4333-8333-333333333333',
  organisationKind: 'ADVOCATUUR',
} as const;

/** Who works where. */
export const people = {
  loket: { ...loket, professionalId: 'aaaa1111-1111-4111-8111-111111111111', locationId: 'utrecht' },
  colleague: { ...loket, professionalId: 'bbbb1111-1111-4111-8111-111111111111', locationId: 'utrecht' },
  elsewhere: { ...loket, professionalId: 'cccc1111-1111-4111-8111-111111111111', locationId: 'zwolle' },
  lawyer: { ...firm, professionalId: 'dddd1111-1111-4111-8111-111111111111', locationId: 'utrecht' },
} as const;

/** The principal of one of the people. */
export const as = (
  name: keyof typeof people,
  changes: { role?: 'PROFESSIONAL' | 'COORDINATOR'; mayImport?: boolean } = {},
) => testPrincipal.professional({ subject: `account-${name}`, ...people[name], ...changes });
