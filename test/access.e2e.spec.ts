import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { WebSocket } from 'ws';
import type { Principal } from '@spil/access';
import { cast, settle } from './support/cast.js';
import {
  accepted,
  answerTo,
  caseAfter,
  firstLineCase,
  idOf,
  refused,
  type Accepted,
} from './support/casework.js';
import { databaseUrl } from './support/log-head.js';
import { startSpil, type RunningSpil } from './support/spil.js';
import { followTimeline, socketOf } from './support/timeline.js';

const { raadslied, colleague, raadsliedInZwolle, loket, lawyer, partner, strangeLawyer } = cast;
const { board, auditor, admin } = cast;
const canary = 'Kanarie van der Vogel';

describe('who sees what', () => {
  let spil: RunningSpil;
  let opened: Accepted;
  let last: Accepted;

  beforeAll(async () => {
    spil = await startSpil();
    await settle(spil);
    opened = last = await accepted(spil, raadslied, 'registerCaseWithConversation', {
      registration: {
        ...firstLineCase,
        client: { name: canary, phone: '06 11111111', address: `${canary}straat 1` },
        clientQuestion: `Wat mag ${canary}?`,
        opposingPartyName: `BV ${canary}`,
      },
      contact: { reachedKind: 'ADVOCATUUR', reachedProfessionalId: lawyer.professionalId },
      account: { result: 'ADVICE_GIVEN', advice: `Advies aan ${canary}` },
    });
  }, 120_000);
  afterAll(async () => {
    await spil.stop();
    await spil.clean();
  });

  const askAs = (who: Principal, document: string, variables: object = {}) =>
    spil.query(who, document, variables);
  const codeOf = async (who: Principal, document: string, variables: object = {}) =>
    (await askAs(who, document, variables)).errors?.[0]?.extensions.code;
  const listed = async (who: Principal): Promise<string[]> => {
    const document = `query ($atLeast: AtLeastInput) { cases(first: 100, atLeast: $atLeast) { edges { node { id } } } }`;
    const { cases } = await answerTo<{ cases: { edges: { node: { id: string } }[] } }>(spil, who, document, {
      atLeast: { position: last.position },
    });
    return cases.edges.map(({ node }) => node.id);
  };
  const caseAndHistory = `query ($id: Uuid!) {
    case(id: $id) { id client { name { value } } timeline { type } } caseHistory(caseId: $id) { eventCount } }`;
  const figures = '{ figures { registrations(by: LOCATION) { key count } } }';
  const history = `query ($id: Uuid!) { caseHistory(caseId: $id) {
    eventCount events { type actor { party { professionalId } } facts sealed } } }`;

  it('the organisation that registered the case, at its location: all of it', async () => {
    expect(
      await caseAfter(
        spil,
        colleague,
        opened,
        `
        client { name { state value } email { state value } }
        registrations { facts { clientQuestion { value } professionalQuestion { state } } }
        conversationAccounts { advice { value } motivation { state } }`,
      ),
    ).toEqual({
      client: { name: { state: 'VALUE', value: canary }, email: { state: 'EMPTY', value: null } },
      registrations: [
        {
          facts: {
            clientQuestion: { value: `Wat mag ${canary}?` },
            professionalQuestion: { state: 'EMPTY' },
          },
        },
      ],
      conversationAccounts: [{ advice: { value: `Advies aan ${canary}` }, motivation: { state: 'EMPTY' } }],
    });
    expect(await listed(colleague)).toEqual([opened.id]);
  });

  it.each([
    ['the same organisation at another location', raadsliedInZwolle],
    ['another organisation of the first line', loket],
    ['the lawyer who was called but did not register', lawyer],
    ['a lawyer elsewhere', strangeLawyer],
  ])('%s: the same as of a case that does not exist', async (_who, who) => {
    const seen = await askAs(who, caseAndHistory, { id: opened.id });
    const unknown = await askAs(who, caseAndHistory, { id: randomUUID() });
    expect(seen.data).toEqual({ case: null, caseHistory: null });
    expect([seen.data, seen.errors]).toEqual([unknown.data, unknown.errors]);
    expect(await listed(who)).toEqual([]);
    const flag = { kind: 'GOES_WELL', themes: [], gapInLegalAid: false, bestPracticeCandidate: false };
    const step = { ...flag, selfRelianceWronglyAssumed: false, registrationId: idOf(opened, 'registration') };
    expect(await refused(spil, who, 'flagForSignalering', { ...step, caseId: opened.id })).toEqual(
      await refused(spil, who, 'flagForSignalering', { ...step, caseId: randomUUID() }),
    );
  });

  it('the board: figures of every location, and no case, client, list, history or professional', async () => {
    expect((await askAs(board, figures)).data).toEqual({
      figures: { registrations: [{ key: 'utrecht', count: 1 }] },
    });
    expect((await askAs(board, caseAndHistory, { id: opened.id })).data).toEqual({
      case: null,
      caseHistory: null,
    });
    expect(await codeOf(board, '{ cases { edges { node { id } } } }')).toBe('FORBIDDEN');
    expect(await codeOf(board, '{ professionals { name { value } } }')).toBe('FORBIDDEN');
    const code = { code: opened.registrationCode };
    expect(
      await codeOf(board, 'query ($code: String!) { caseByRegistrationCode(code: $code) { status } }', code),
    ).toBe('FORBIDDEN');
  });

  it('an auditor: every history with its actors, no personal value, no case and no list', async () => {
    const answer = await askAs(auditor, history, { id: opened.id });
    expect(answer.data?.caseHistory).toMatchObject({
      eventCount: 3,
      events: [
        {
          type: 'CaseRegistered',
          actor: { party: { professionalId: raadslied.professionalId } },
          sealed: expect.arrayContaining([
            'client',
            'facts.clientQuestion',
            'facts.opposingPartyName',
          ]) as unknown,
        },
        { type: 'ContactSucceeded' },
        { type: 'PiketConversationRecorded', sealed: ['account.advice'] },
      ],
    });
    expect(JSON.stringify(answer)).not.toContain(canary);
    expect(
      (await askAs(auditor, 'query ($id: Uuid!) { case(id: $id) { id } }', { id: opened.id })).data,
    ).toEqual({
      case: null,
    });
    expect(await codeOf(auditor, '{ cases { edges { node { id } } } }')).toBe('FORBIDDEN');
  });

  it('an administrator: the professionals, and no case, list, history or figure', async () => {
    const { professionals } = await answerTo<{ professionals: { name: { state: string } }[] }>(
      spil,
      admin,
      '{ professionals { name { state } email { state } } }',
    );
    const people = Object.values(cast).filter(({ professionalId }) => professionalId !== undefined);
    expect(professionals).toHaveLength(people.length);
    expect(professionals[0]).toEqual({ name: { state: 'VALUE' }, email: { state: 'EMPTY' } });
    expect((await askAs(admin, caseAndHistory, { id: opened.id })).data).toEqual({
      case: null,
      caseHistory: null,
    });
    for (const document of ['{ cases { edges { node { id } } } }', figures])
      expect(await codeOf(admin, document)).toBe('FORBIDDEN');
  });

  it('a professional: the figures of the own location only', async () => {
    expect((await askAs(raadsliedInZwolle, figures)).data).toEqual({ figures: { registrations: [] } });
    const elsewhere = '{ figures(locationId: "utrecht") { registrations(by: AREA) { count } } }';
    expect(await codeOf(raadsliedInZwolle, elsewhere)).toBe('FORBIDDEN');
  });

  it('whoever takes part: the case, from then on', async () => {
    last = await accepted(spil, lawyer, 'registerCounterpart', { registrationCode: opened.registrationCode });
    expect(await caseAfter(spil, lawyer, last, 'client { name { value } }')).toEqual({
      client: { name: { value: canary } },
    });
    expect(await listed(partner)).toEqual([opened.id]);
    expect(await listed(strangeLawyer)).toEqual([]);
  });

  describe('over a socket', () => {
    it('a stranger follows nothing, as of a case that does not exist', async () => {
      for (const caseId of [opened.id, randomUUID()]) {
        const followed = await followTimeline(spil, strangeLawyer, caseId);
        expect(await followed.ended).toBeUndefined();
        await followed.close();
      }
    });

    it('there are no mutations and no queries', async () => {
      const client = await socketOf(spil, raadslied);
      for (const query of [
        `mutation { closeCase(input: { commandId: "${randomUUID()}", caseId: "${opened.id}", outcome: SOLVED, solution: ADVICE }) { __typename } }`,
        '{ me { role } }',
      ]) {
        const told = new Promise((resolve) => {
          client.subscribe({ query }, { next: resolve, error: resolve, complete: () => resolve('complete') });
        });
        expect(await told).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
      }
      await client.dispose();
      expect(await caseAfter(spil, raadslied, last, 'status')).toEqual({ status: 'OPEN' });
    });

    it('nobody gets in without a token', async () => {
      const socket = new WebSocket(spil.graphqlUrl.replace('http', 'ws'), 'graphql-transport-ws');
      const closed = new Promise<number>((resolve) => socket.once('close', resolve));
      socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
      expect(await closed).toBe(4403);
    });
  });

  describe('a hostile request', () => {
    const post = async (body: unknown, method = 'POST') => {
      const response = await fetch(spil.graphqlUrl, {
        method,
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await spil.tokenOf(raadslied)}`,
        },
        ...(method === 'POST' && { body: JSON.stringify(body) }),
      });
      const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
      return errors?.[0]?.extensions.code;
    };
    const close = (name: string) =>
      `${name}: closeCase(input: { commandId: "${randomUUID()}", caseId: "${opened.id}", outcome: SOLVED, solution: ADVICE }) { __typename }`;
    const deep = (levels: number) => `{ ${'a { '.repeat(levels)} b ${'} '.repeat(levels)} }`;

    it.each([
      ['nests too deep', () => ({ query: deep(13) })],
      ['nests absurdly deep', () => ({ query: deep(5_000) })],
      [
        'asks one thing under many names',
        () => ({ query: `{ ${Array.from({ length: 50 }, (_, n) => `a${n}: me { role }`).join(' ')} }` }),
      ],
      ['takes several steps at once', () => ({ query: `mutation { ${close('a')} ${close('b')} }` })],
      ['is a batch', () => [{ query: '{ me { role } }' }, { query: '{ me { role } }' }]],
      ['is too large', () => ({ query: '{ me { role } }', variables: { text: 'a'.repeat(300_000) } })],
      ['is too long a document', () => ({ query: `{ me { role } } #${'a'.repeat(41_000)}` })],
    ])('that %s is refused at once', async (_what, body) => {
      const started = performance.now();
      expect(await post(body())).toBe('LIMIT_EXCEEDED');
      expect(performance.now() - started).toBeLessThan(1_000);
    });

    it('that comes in a URL is refused', async () => {
      expect(await post(undefined, 'GET')).toBe('BAD_USER_INPUT');
    });
  });

  it('nobody who looks into the databases or the metrics: personal data are nowhere in the clear', async () => {
    let rows = 0;
    for (const database of ['spil_events', 'spil_read', 'spil_keys', 'spil_audit']) {
      const client = new pg.Client({ connectionString: await databaseUrl(spil, database) });
      await client.connect();
      const { rows: tables } = await client.query<{ name: string }>(
        `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
         WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
      );
      for (const { name } of tables) {
        const { rows: found } = await client.query<{ text: string }>(
          `SELECT row_to_json(t)::text AS text FROM ${name} t`,
        );
        rows += found.length;
        for (const { text } of found)
          for (const form of [canary, Buffer.from(canary).toString('hex')]) expect(text).not.toContain(form);
      }
      await client.end();
    }
    expect(rows).toBeGreaterThan(20);
    const metrics = await (await fetch(new URL('/metrics', spil.graphqlUrl))).text();
    expect(metrics).toContain('spil_');
    expect(metrics).not.toContain(canary);
  });
});
