import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { eventually } from '../support/eventually.js';
import { startFreezableProxy, type FreezableProxy } from '../support/freezable-proxy.js';
import { as, populate, startTestSystem, step, type TestSystem } from '../support/system.js';
import { testPrincipal } from '../support/tokens.js';
import { soonMs } from '../support/soon.js';

/** As many as a pool for requests opens. */
const connections = 8;

type Part = 'eventStore' | 'readDatabase' | 'keys' | 'audit';

describe('when something the service depends on is away', () => {
  let system: TestSystem;
  let proxies: Record<Part, FreezableProxy>;
  let caseId: string;

  beforeAll(async () => {
    proxies = {} as Record<Part, FreezableProxy>;
    system = await startTestSystem(async (config) => {
      const through = async (part: Part, text: string): Promise<string> => {
        const url = new URL(text);
        proxies[part] = await startFreezableProxy(Number(url.port));
        url.port = String(proxies[part].port);
        return url.href;
      };
      return {
        ...config,
        eventStore: { ...config.eventStore, url: await through('eventStore', config.eventStore.url) },
        readDatabaseUrl: await through('readDatabase', config.readDatabaseUrl),
        keysDatabaseUrl: await through('keys', config.keysDatabaseUrl),
        auditDatabaseUrl: await through('audit', config.auditDatabaseUrl),
      };
    });
    await populate(system);
    caseId = (await step(system, as('loket'), 'registerCase', registration())).id;
    await eventually(async () => expect((await show()).data?.case).toMatchObject({ id: caseId }));
  });
  afterAll(async () => {
    await system.stop();
    await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
  });

  const registration = () => ({
    registrationKind: 'FIRST_LINE_SIGNALERING_ONLY',
    channel: 'PHONE',
    primaryArea: 'ARBEIDSRECHT',
    client: { name: 'Fictieve Cliënt' },
  });
  const show = () =>
    system.ask(as('loket'), 'query ($id: Uuid!) { case(id: $id) { id client { name { state value } } } }', {
      id: caseId,
    });
  const list = () => system.ask(as('loket'), '{ cases { edges { node { id } } } }');
  const register = () =>
    system.ask(
      as('loket'),
      `mutation ($input: RegisterCaseInput!) { registerCase(input: $input) { __typename } }`,
      { input: { commandId: randomUUID(), ...registration() } },
    );
  const health = () => fetch(new URL('/health/ready', system.service.graphqlUrl));
  const ready = async () => (await health()).status;

  const uses: Record<Part, () => ReturnType<typeof show>> = {
    eventStore: register,
    readDatabase: list,
    keys: register,
    audit: show,
  };

  for (const part of ['eventStore', 'readDatabase', 'keys', 'audit'] as const)
    for (const [how, leave, back] of [
      ['gone', 'goAway', 'comeBack'],
      ['frozen', 'freeze', 'thaw'],
    ] as const)
      it(`answers UNAVAILABLE within 3 seconds while ${part} is ${how}, and recovers by itself`, async () => {
        proxies[part][leave]();
        const started = performance.now();
        const answer = await uses[part]();
        expect(performance.now() - started).toBeLessThan(soonMs);
        expect(answer.errors?.[0]?.extensions).toMatchObject({
          code: 'UNAVAILABLE',
          traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
        });
        expect(JSON.stringify(answer.errors)).not.toMatch(/select|ECONN|127\.0\.0\.1|timeout|node_modules/i);
        const unready = await health();
        expect([unready.status, await unready.json()]).toMatchObject([
          503,
          { status: 'error', details: { [part]: { status: 'down' } } },
        ]);

        proxies[part][back]();
        await eventually(async () => {
          expect((await uses[part]()).errors).toBeUndefined();
          expect(await ready()).toBe(200);
        });
      });

  it('answers UNAVAILABLE within 3 seconds also when it waits for a connection first, and then for an answer', async () => {
    const owner = new pg.Client({ connectionString: system.audit.ownerUrl });
    await owner.connect();
    try {
      await owner.query('BEGIN; LOCK TABLE access_log.disclosure IN ACCESS EXCLUSIVE MODE');
      const first = Array.from({ length: connections }, () => show());
      await eventually(async () => {
        const { rowCount } = await owner.query(
          `SELECT 1 FROM pg_locks WHERE relation = 'access_log.disclosure'::regclass AND NOT granted`,
        );
        expect(rowCount).toBe(connections);
      });

      const started = performance.now();
      const next = await Promise.all(Array.from({ length: connections }, () => show()));

      expect(performance.now() - started).toBeLessThan(soonMs);
      for (const { errors } of [...next, ...(await Promise.all(first))])
        expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAVAILABLE' });
    } finally {
      await owner.end();
    }
    await eventually(async () => expect((await show()).errors).toBeUndefined());
  });

  it('answers a scrape of its metrics also when a dependency answers one question and not the next', async () => {
    const scrape = async (): Promise<string> => {
      const response = await fetch(new URL('/metrics', system.service.graphqlUrl));
      expect(response.status).toBe(200);
      return response.text();
    };
    const known = [
      /^spil_projection_lag_seconds\{projection="case"\} \d/m,
      /^spil_access_reviews_overdue \d/m,
    ];
    const owners = [
      [system.audit.ownerUrl, 'access_log.review'],
      [system.readModel.ownerUrl, 'projection.generation'],
    ] as const;
    const locks: pg.Client[] = [];
    try {
      for (const [connectionString, table] of owners) {
        const owner = new pg.Client({ connectionString });
        locks.push(owner);
        await owner.connect();
        await owner.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
      }
      const unknown = await scrape();
      for (const dependency of ['event_store', 'read_database', 'keys', 'audit'])
        expect(unknown).toMatch(`spil_dependency_up{dependency="${dependency}"} 1`);
      expect(unknown).toMatch('spil_access_reviews_overdue Nan');
      for (const value of known) expect(unknown).not.toMatch(value);
    } finally {
      await Promise.all(locks.map((owner) => owner.end()));
    }
    await eventually(async () => {
      const again = await scrape();
      for (const value of known) expect(again).toMatch(value);
    });
  });

  it('shows nothing personal while the access log is away, and the rest', async () => {
    proxies.audit.goAway();
    const answer = await show();
    expect(JSON.stringify(answer)).not.toContain('Fictieve Cliënt');
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'UNAVAILABLE', dependency: 'AUDIT' });
    expect((await list()).errors).toBeUndefined();
    proxies.audit.comeBack();
    await eventually(async () => expect((await show()).errors).toBeUndefined());
  });

  it('keeps answering what does not need it', async () => {
    proxies.readDatabase.goAway();
    const { data } = await system.ask(
      testPrincipal.auditor,
      'query ($id: Uuid!) { caseHistory(caseId: $id) { eventCount } }',
      {
        id: caseId,
      },
    );
    expect(data?.caseHistory).toEqual({ eventCount: 1 });
    proxies.readDatabase.comeBack();
    await eventually(async () => expect((await list()).errors).toBeUndefined());
  });

  it('lives all the same', async () => {
    proxies.eventStore.goAway();
    expect((await fetch(new URL('/health/live', system.service.graphqlUrl))).status).toBe(200);
    proxies.eventStore.comeBack();
    await eventually(async () => expect(await ready()).toBe(200));
  });
});
