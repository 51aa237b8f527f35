import { randomUUID } from 'node:crypto';
import type { Principal } from '@spil/access';
import type { FormattedExecutionResult } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { limits } from '../../apps/coordination-service/src/api/limits.js';
import { as, people, populate, startTestSystem, step, type TestSystem } from '../support/system.js';
import { testPrincipal } from '../support/tokens.js';

const timeline = `subscription ($caseId: Uuid!, $after: Revision) { caseTimeline(caseId: $caseId, after: $after) {
  revision type sealed { path text { state value } } } }`;

interface Entry {
  readonly revision: string;
  readonly type: string;
}

describe("a subscription to a case's timeline", () => {
  let system: TestSystem;
  const clients: Client[] = [];

  beforeAll(async () => {
    system = await startTestSystem();
    await populate(system);
  });
  afterAll(async () => {
    for (const client of clients) await client.dispose();
    await system.stop();
  });

  const openCase = async () =>
    (
      await step(system, as('loket'), 'registerCase', {
        registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
        channel: 'EMAIL',
        primaryArea: 'HUURRECHT',
        clientQuestion: 'Fictieve vraag',
      })
    ).id;
  const assess = (caseId: string) =>
    step(system, as('loket'), 'assessSelfReliance', {
      caseId,
      outcome: 'NOT_SELF_RELIANT',
      wronglyAssumed: false,
    });

  const connect = async (principal: Principal, ttlSeconds = 3600): Promise<Client> => {
    const token = await system.tokens.issueToken(principal, ttlSeconds);
    const client = createClient({
      url: system.service.graphqlUrl.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
      lazy: true,
    });
    clients.push(client);
    return client;
  };
  const follow = async (principal: Principal, variables: Record<string, unknown>) =>
    (await connect(principal)).iterate<{ caseTimeline: Entry }>({ query: timeline, variables });
  const next = async (entries: AsyncIterator<FormattedExecutionResult<{ caseTimeline: Entry }, unknown>>) => {
    const result = await entries.next();
    return result.done === true ? 'ENDED' : (result.value.data?.caseTimeline ?? result.value.errors);
  };

  it('tells what happened so far and every step after that, once and in order', async () => {
    const caseId = await openCase();
    const entries = await follow(as('colleague'), { caseId });
    expect(await next(entries)).toMatchObject({
      revision: '0',
      type: 'CaseRegistered',
      sealed: [{ path: 'facts.clientQuestion', text: { state: 'VALUE', value: 'Fictieve vraag' } }],
    });
    await assess(caseId);
    expect(await next(entries)).toMatchObject({ revision: '1', type: 'SelfRelianceAssessed' });
    await step(system, as('loket'), 'assignCoordinator', {
      caseId,
      professionalId: people.loket.professionalId,
    });
    expect(await next(entries)).toMatchObject({ revision: '2', type: 'CoordinatorAssigned' });
    await entries.return?.();
  });

  it('goes on after the revision that was seen last', async () => {
    const caseId = await openCase();
    await assess(caseId);
    const entries = await follow(as('loket'), { caseId, after: '0' });
    expect(await next(entries)).toMatchObject({ revision: '1' });
    await entries.return?.();
  });

  it('ends at once, without a word, for a case that one may not see or that is not there', async () => {
    const caseId = await openCase();
    for (const stranger of [as('elsewhere'), as('lawyer'), testPrincipal.board, testPrincipal.auditor])
      expect(await next(await follow(stranger, { caseId }))).toBe('ENDED');
    expect(await next(await follow(as('loket'), { caseId: randomUUID() }))).toBe('ENDED');
  });

  it('ends when access ends, before the next entry is shown', async () => {
    const caseId = await openCase();
    const referred = await step(system, as('loket'), 'referCase', {
      caseId,
      toOrganisationId: people.lawyer.organisationId,
      toProfessionalId: people.lawyer.professionalId,
      warmth: 'COLD',
    });
    const referralId = referred.created.find(({ kind }) => kind === 'referral')?.id;
    await step(system, as('lawyer'), 'acceptReferral', { caseId, referralId });
    const entries = await follow(as('lawyer'), { caseId, after: '1' });
    expect(await next(entries)).toMatchObject({ type: 'ReferralAccepted' });
    const { organisationId } = people.lawyer;
    await step(system, as('loket'), 'raiseConflictWall', { caseId, organisationId });
    expect(await next(entries)).toBe('ENDED');
  });

  it('is not opened without a valid token', async () => {
    for (const connectionParams of [{}, { authorization: 'Bearer forged' }]) {
      const client = createClient({
        url: system.service.graphqlUrl.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        connectionParams,
        retryAttempts: 0,
      });
      const entries = client.iterate({ query: timeline, variables: { caseId: randomUUID() } });
      await expect(entries.next()).rejects.toMatchObject({ code: 4403 });
      await client.dispose();
    }
  });

  const refusalOf = async (query: string, variables: Record<string, unknown> = {}) => {
    const entries = (await connect(as('loket'))).iterate({ query, variables });
    return entries.next().then(
      ({ value }) => (value as FormattedExecutionResult).errors?.map((error) => error.extensions?.code),
      (errors: unknown) =>
        (errors as { extensions: { code: string; traceId: string } }[]).map(({ extensions }) => [
          extensions.code,
          extensions.traceId.length,
        ]),
    );
  };

  it('shares its socket with no query and no mutation', async () => {
    expect(await refusalOf('{ me { role } }')).toEqual([['BAD_USER_INPUT', 32]]);
    expect(await refusalOf('mutation { reopenCase(input: {}) { __typename } }')).toEqual([
      ['BAD_USER_INPUT', 32],
    ]);
  });

  it('is refused beyond the limits of a document, as over HTTP', async () => {
    const deep = `subscription { caseTimeline(caseId: "x") ${'{a'.repeat(20)}${'}'.repeat(20)} }`;
    const aliased = `subscription { caseTimeline(caseId: "x") { ${Array.from({ length: 300 }, (_, i) => `a${i}: __typename`).join(' ')} } }`;
    const twice =
      'subscription { a: caseTimeline(caseId: "x") { type } b: caseTimeline(caseId: "x") { type } }';
    for (const hostile of [deep, aliased, twice])
      expect(await refusalOf(hostile)).toEqual([['LIMIT_EXCEEDED', 32]]);
    expect(await refusalOf('subscription { caseTimeline(caseId: "x") { tipe } }')).toEqual(
      expect.arrayContaining([['GRAPHQL_VALIDATION_FAILED', 32]]),
    );
    expect(await refusalOf(timeline, { caseId: 'no uuid' })).toEqual(['BAD_USER_INPUT']);
  });

  it('is one of so many that a socket holds', async () => {
    const caseId = await openCase();
    const client = await connect(as('loket'));
    const followed = Array.from({ length: limits.subscriptionsPerSocket + 1 }, () =>
      client.iterate<{ caseTimeline: Entry }>({ query: timeline, variables: { caseId } }),
    );
    const firsts = await Promise.allSettled(followed.map((entries) => entries.next()));
    expect(firsts.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    for (const entries of followed) await entries.return?.();
  });

  it('ends with its token', async () => {
    const caseId = await openCase();
    const client = await connect(as('loket'), -28);
    const entries = client.iterate<{ caseTimeline: Entry }>({
      query: timeline,
      variables: { caseId, after: '0' },
    });
    await expect(entries.next()).rejects.toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED', fault: 'EXPIRED' } },
    ]);
  });

  it('closes the socket on messages that are too large or no messages', async () => {
    for (const message of ['x'.repeat(limits.socketMessageBytes + 1), 'no json', '{"type":"nothing"}']) {
      const socket = new WebSocket(system.service.graphqlUrl.replace('http', 'ws'), 'graphql-transport-ws');
      await new Promise((opened) => socket.once('open', opened));
      const closed = new Promise<number>((resolve) => socket.once('close', resolve));
      socket.send(message);
      expect([1009, 4400, 4500]).toContain(await closed);
    }
  });

  it('leaves a socket for another path alone', async () => {
    const socket = new WebSocket(
      system.service.graphqlUrl.replace('http', 'ws').replace('/graphql', '/graphqlx'),
    );
    const failure = await new Promise<Error>((failed) => socket.once('error', failed));
    expect(failure.message).toMatch(/socket hang up|ECONNRESET/);
  });
});
