import { randomUUID } from 'node:crypto';
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { claimsOf, type CaseworkPrincipal, type Principal } from '@spil/access';
import { cast, settle } from '../support/cast.js';
import { accepted, firstLineCase, send, stepDocument, type Accepted } from '../support/casework.js';
import { startSpil, type RunningSpil } from '../support/spil.js';
import { openSocket, post, sendHttp, subscribeOnce, type Outcome } from './transports.js';

const {
  raadslied,
  colleague,
  loket,
  strangeLawyer,
  board,
  auditor,
  admin,
  firmPrivacyOfficer,
  privacyOfficer,
} = cast;
const canary = 'Kanarie van der Aanval';

/**
 * What a hostile client tries, and what it gets. One running system takes it all; how long each refusal took is printed, and
 * decides nothing.
 */
describe('under attack', () => {
  let spil: RunningSpil;
  /** A case of the raadslieden at Utrecht, and another one of the same people. */
  let theirs: Accepted;
  let other: Accepted;
  const times: [string, number][] = [];

  const register = (principal: Principal, change: object = {}) =>
    accepted(spil, principal, 'registerCase', {
      ...firstLineCase,
      client: { name: canary },
      ...change,
    });
  beforeAll(async () => {
    spil = await startSpil();
    await settle(spil);
    theirs = await register(raadslied);
    other = await register(raadslied);
  }, 120_000);
  afterAll(async () => {
    console.info(times.map(([name, ms]) => `${ms.toFixed(1).padStart(8)} ms  ${name}`).join('\n'));
    await spil.stop();
    await spil.clean();
  });

  const byHttp = async (who: Principal, body: unknown) =>
    post(spil.graphqlUrl, await spil.tokenOf(who), body);
  const bySocket = async (who: Principal, payload: unknown) =>
    subscribeOnce(spil.graphqlUrl, await spil.tokenOf(who), payload);

  /** Notes the time, and that nothing was said that nobody may hear. */
  const told = (name: string, outcome: Outcome): string => {
    times.push([name, outcome.ms]);
    expect(outcome.text).not.toMatch(/node_modules|stacktrace|SELECT |Did you mean/);
    expect(outcome.text).not.toContain(canary);
    return outcome.code;
  };

  describe('a document that', () => {
    const many = (count: number, of: (n: number) => string) =>
      Array.from({ length: count }, (_, n) => of(n)).join(' ');
    const deep = (levels: number) => `${'a { '.repeat(levels)} b ${'} '.repeat(levels)}`;
    /** Fragments that each spread the next one twice; leaves two brackets open, as every row here does. */
    const bomb = (levels: number) =>
      `...F0 } } ${many(levels, (n) => `fragment F${n} on T { a { ...F${n + 1} } b { ...F${n + 1} } }`)} fragment F${levels} on T { a { z`;

    // What stands inside an object that both transports can ask for; `field` is a field of it, `type` its type.
    it.each<[string, (at: { field: string; type: string }) => string, string]>([
      ['nests 20 levels', () => deep(20), 'LIMIT_EXCEEDED'],
      ['nests 5,000 levels', () => deep(5_000), 'LIMIT_EXCEEDED'],
      ['asks one thing under 16 names', ({ field }) => many(16, (n) => `a${n}: ${field}`), 'LIMIT_EXCEEDED'],
      ['asks 300 `__typename`', () => many(300, (n) => `a${n}: __typename`), 'LIMIT_EXCEEDED'],
      ['asks 5,000 fields', ({ field }) => many(5_000, () => field), 'LIMIT_EXCEEDED'],
      ['asks 1,001 fields', ({ field }) => many(1_001, () => field), 'LIMIT_EXCEEDED'],
      [
        'bears 300 directives',
        ({ field }) => `${field} ${'@skip(if: false) '.repeat(300)}`,
        'LIMIT_EXCEEDED',
      ],
      ['spreads fragments that double 30 times', () => bomb(30), 'LIMIT_EXCEEDED'],
      [
        'spreads fragments in a circle',
        ({ type }) => `...A } } fragment A on ${type} { ...B } fragment B on ${type} { ... on ${type} { ...A`,
        'GRAPHQL_VALIDATION_FAILED',
      ],
      ['is 41,000 characters long', ({ field }) => `${field} #${'x'.repeat(41_000)}\n`, 'LIMIT_EXCEEDED'],
      ['guesses at fields', ({ field }) => `${field}e`, 'GRAPHQL_VALIDATION_FAILED'],
      ['asks for `__proto__`', () => '__proto__', 'GRAPHQL_VALIDATION_FAILED'],
      [
        'asks for the schema where it is not',
        () => '__schema { types { name } }',
        'GRAPHQL_VALIDATION_FAILED',
      ],
      ['does not end', () => '{ '.repeat(20), 'GRAPHQL_PARSE_FAILED'],
      ['has NUL in it', ({ field }) => `${field} \u0000`, 'GRAPHQL_PARSE_FAILED'],
    ])('%s', async (name, inside, code) => {
      const query = `{ me { ${inside({ field: 'role', type: 'Me' })} } }`;
      expect(told(`HTTP   ${name}`, await byHttp(raadslied, { query }))).toBe(code);
      const subscription = `subscription { caseTimeline(caseId: "${theirs.id}") { ${inside({ field: 'type', type: 'TimelineEntryType' })} } }`;
      expect(told(`socket ${name}`, await bySocket(raadslied, { query: subscription }))).toBe(code);
    });

    const close = (name: string) =>
      `${name}: closeCase(input: { commandId: "${randomUUID()}", caseId: "${theirs.id}", outcome: SOLVED, solution: ADVICE }) { __typename }`;
    it.each<[string, () => string, string, string]>([
      [
        'takes two steps at once',
        () => `mutation { ${close('a')} ${close('b')} }`,
        'LIMIT_EXCEEDED',
        'LIMIT_EXCEEDED',
      ],
      [
        'hides the second step in a fragment',
        () => `mutation { ...F } fragment F on Mutation { ${close('a')} ${close('b')} }`,
        'LIMIT_EXCEEDED',
        'LIMIT_EXCEEDED',
      ],
      [
        'follows two cases at once',
        () =>
          `subscription { ...F } fragment F on Subscription { a: caseTimeline(caseId: "${theirs.id}") { type } b: caseTimeline(caseId: "${theirs.id}") { type } }`,
        'LIMIT_EXCEEDED',
        'LIMIT_EXCEEDED',
      ],
      ['takes a step over a socket', () => `mutation { ${close('a')} }`, '', 'BAD_USER_INPUT'],
      ['asks over a socket', () => '{ cases { edges { node { id } } } }', '', 'BAD_USER_INPUT'],
    ])('%s', async (name, document, http, socket) => {
      if (http !== '')
        expect(told(`HTTP   ${name}`, await byHttp(raadslied, { query: document() }))).toBe(http);
      expect(told(`socket ${name}`, await bySocket(raadslied, { query: document() }))).toBe(socket);
      const status = await spil.query(raadslied, 'query ($id: Uuid!) { case(id: $id) { status } }', {
        id: theirs.id,
      });
      expect(status.data).toEqual({ case: { status: 'OPEN' } });
    });
  });

  describe('a request that', () => {
    const query = '{ me { role } }';
    const step = 'mutation { closeCase(input: {}) { __typename } }';
    interface Sent {
      readonly method: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
    const as = (contentType: string, body: string): Sent => ({
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    });
    const inUrl = (document: string) => `?query=${encodeURIComponent(document)}`;

    it.each<[string, string, Sent, string, number]>([
      [
        'is a batch',
        '',
        as('application/json', JSON.stringify([{ query }, { query }])),
        'LIMIT_EXCEEDED',
        400,
      ],
      [
        'is text, as any web page may send',
        '',
        as('text/plain', JSON.stringify({ query: step })),
        'BAD_USER_INPUT',
        400,
      ],
      ['is a form', '', as('application/x-www-form-urlencoded', inUrl(step).slice(1)), 'BAD_USER_INPUT', 400],
      [
        'is a form with files',
        '',
        as('multipart/form-data; boundary=x', `--x\r\n\r\n${step}\r\n--x--`),
        'BAD_USER_INPUT',
        400,
      ],
      ['asks by GET', inUrl(query), { method: 'GET' }, 'BAD_USER_INPUT', 405],
      ['takes a step by GET', inUrl(step), { method: 'GET' }, 'BAD_USER_INPUT', 405],
      [
        'puts a step into the URL of a POST',
        inUrl(step),
        as('application/json', '{}'),
        'BAD_USER_INPUT',
        400,
      ],
      ['is no JSON', '', as('application/json', '{"query"'), 'BAD_USER_INPUT', 400],
      ['is nothing', '', as('application/json', ''), 'BAD_USER_INPUT', 400],
      ['is null', '', as('application/json', 'null'), 'BAD_USER_INPUT', 400],
      ['has a document that is a number', '', as('application/json', '{"query":7}'), 'BAD_USER_INPUT', 400],
      [
        'has variables that are a list',
        '',
        as('application/json', JSON.stringify({ query, variables: [1] })),
        'BAD_REQUEST',
        400,
      ],
      [
        'names the operation `__proto__`',
        '',
        as('application/json', JSON.stringify({ query, operationName: '__proto__' })),
        'OPERATION_RESOLUTION_FAILURE',
        400,
      ],
      [
        'asks for a document by hash where there is no list',
        '',
        as(
          'application/json',
          JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }),
        ),
        'BAD_USER_INPUT',
        400,
      ],
      [
        'has 20 MB',
        '',
        as('application/json', JSON.stringify({ query, variables: { text: 'x'.repeat(20_000_000) } })),
        'LIMIT_EXCEEDED',
        413,
      ],
    ])('%s', async (name, path, request, code, status) => {
      const token = await spil.tokenOf(raadslied);
      const headers = { ...request.headers, authorization: `Bearer ${token}` };
      const outcome = await sendHttp(`${spil.graphqlUrl}${path}`, { ...request, headers });
      expect([told(`HTTP   ${name}`, outcome), outcome.status]).toEqual([code, status]);
    });

    it.each<[string, string, string]>([
      ['is a batch', JSON.stringify([{ id: '1', type: 'subscribe', payload: { query } }]), 'CLOSED 4400'],
      ['is no message', 'rommel', 'CLOSED 4400'],
      ['has no document', JSON.stringify({ id: '1', type: 'subscribe', payload: {} }), 'CLOSED 4400'],
      [
        'has 20 MB',
        JSON.stringify({
          id: '1',
          type: 'subscribe',
          payload: { query, variables: { text: 'x'.repeat(20_000_000) } },
        }),
        'CLOSED 1009',
      ],
    ])('%s, over a socket', async (name, text, code) => {
      const socket = await openSocket(spil.graphqlUrl, await spil.tokenOf(raadslied));
      expect(told(`socket ${name}`, await socket.sendRaw(text))).toBe(code);
    });
  });

  describe('a value that', () => {
    const list = (argument: string) => `{ cases(${argument}) { edges { node { id } } } }`;
    const wildcards = ['%', '_', '%%%', "' OR 1=1 --", '\\', '*', '{}'];

    it.each<[string, string, object, string?]>([
      ['asks for 101 rows', list('first: 101'), {}],
      ['asks for no rows', list('first: 0'), {}],
      ['asks for rows backwards', list('first: -1'), {}],
      ['asks for two billion rows', list('first: 2147483647'), {}, 'LIMIT_EXCEEDED'],
      ['asks for more rows than an integer holds', list('first: 99999999999'), {}],
      ['names a page that nobody gave', list('after: "AAAA"'), {}],
      ['names a page by a wildcard', list('after: "%"'), {}],
      [
        'names a page by NUL',
        'query ($a: String) { cases(after: $a) { edges { node { id } } } }',
        { a: '\u0000' },
      ],
      [
        'asks for a timeline of a billion events',
        `query ($id: Uuid!) { case(id: $id) { timeline(first: 1000000000) { type } } }`,
        {},
        'LIMIT_EXCEEDED',
      ],
      ['is an id that is none', 'query { case(id: "1 OR 1=1") { id } }', {}],
      [
        'is an id with NUL',
        'query ($id: Uuid!) { caseHistory(caseId: $id) { eventCount } }',
        { id: '\u0000' },
      ],
      [
        'is half a character',
        'query ($code: String!) { caseByRegistrationCode(code: $code) { status } }',
        { code: '\uD800' },
      ],
      [
        'is a code with NUL',
        'query ($code: String!) { caseByRegistrationCode(code: $code) { status } }',
        { code: 'K7M\u0000' },
      ],
      ['is a position beyond the log', list('atLeast: { position: "99999999999999999999" }'), {}],
      ...wildcards.flatMap((wild): [string, string, object][] => [
        [
          `filters cases by location ${wild}`,
          'query ($w: ReferenceId) { cases(filter: { locationId: $w }) { edges { node { id } } } }',
          { w: wild },
        ],
        [
          `filters cases by organisation ${wild}`,
          'query ($w: ReferenceId) { cases(filter: { organisationId: $w }) { edges { node { id } } } }',
          { w: wild },
        ],
        [
          `filters cases by coordinator ${wild}`,
          'query ($w: ReferenceId) { cases(filter: { coordinatorId: $w }) { edges { node { id } } } }',
          { w: wild },
        ],
        [
          `filters professionals by ${wild}`,
          'query ($w: ReferenceId) { professionals(organisationId: $w) { name { value } } }',
          { w: wild },
        ],
        [
          `filters figures by location ${wild}`,
          'query ($w: ReferenceId) { figures(locationId: $w) { latAnswers { yes } } }',
          { w: wild },
        ],
        [
          `filters figures by municipality ${wild}`,
          'query ($w: MunicipalityCode) { figures(clientMunicipality: $w) { latAnswers { yes } } }',
          { w: wild },
        ],
        [
          `asks for the policy of ${wild}`,
          'query ($w: ReferenceId!) { programmePolicy(locationId: $w) { __typename } }',
          { w: wild },
        ],
      ]),
    ])('%s', async (name, query, variables, code = 'BAD_USER_INPUT') => {
      const outcome = await byHttp(raadslied, { query, variables: { id: theirs.id, ...variables } });
      expect(told(`HTTP   ${name}`, outcome)).toBe(code);
    });

    it('has a thousand rows for every row', async () => {
      const query = '{ cases(first: 100) { edges { node { timeline(first: 100) { type } } } } }';
      const code = told('HTTP   a page for every row of a page', await byHttp(raadslied, { query }));
      expect(['LIMIT_EXCEEDED', 'GRAPHQL_VALIDATION_FAILED']).toContain(code);
    });

    it.each(['__proto__', 'constructor', 'prototype'])('puts %s into an input', async (key) => {
      const body = `{"query":${JSON.stringify(stepDocument('closeCase'))},"variables":{"input":{"commandId":"${randomUUID()}","caseId":"${theirs.id}","outcome":"SOLVED","solution":"ADVICE","${key}":{"role":"ADMIN"}}}}`;
      expect(told(`HTTP   ${key} in an input`, await byHttp(raadslied, body as unknown))).toBe(
        'BAD_USER_INPUT',
      );
    });

    it('puts `__proto__` beside the variables, and finds nobody changed', async () => {
      const body =
        '{"query":"{ me { role } }","variables":{"__proto__":{"role":"ADMIN"}},"__proto__":{"query":"{ x }"}}';
      const outcome = await byHttp(raadslied, body);
      expect([told('HTTP   __proto__ beside the variables', outcome), outcome.data]).toEqual([
        'ANSWERED',
        { me: { role: 'COORDINATOR' } },
      ]);
    });

    it.each([
      ['NUL', 'a\u0000b'],
      ['half a character', 'a\uDC00b'],
      ['an escape sequence of a terminal', 'a\u001b[2Jb'],
    ])('puts %s into a text', async (name, text) => {
      const registration = { commandId: randomUUID(), ...firstLineCase, clientQuestion: text };
      const body = { query: stepDocument('registerCase'), variables: { input: registration } };
      expect(told(`HTTP   ${name} in a text`, await byHttp(raadslied, body))).toBe('BAD_USER_INPUT');
    });
  });

  describe('a token that', () => {
    const claims = () => ({ ...claimsOf(raadslied) });
    const issued = async (change: { audience?: string; issuer?: string; alg?: string }) => {
      const [, payload = ''] = (await spil.tokenOf(raadslied)).split('.');
      const { iss, aud } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
        iss: string;
        aud: string;
      };
      return new SignJWT(claims())
        .setProtectedHeader({ alg: change.alg ?? 'EdDSA' })
        .setIssuer(change.issuer ?? iss)
        .setAudience(change.audience ?? aud)
        .setIssuedAt()
        .setExpirationTime('1h');
    };
    const otherKey = async () => (await generateKeyPair('EdDSA')).privateKey;
    const unsigned = async () => {
      const [, payload = ''] = (await spil.tokenOf(raadslied)).split('.');
      const known = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
      return new UnsecuredJWT({ ...known, role: 'ADMIN' }).encode();
    };
    const withOtherRole = async () => {
      const [header, payload = '', signature] = (await spil.tokenOf(raadslied)).split('.');
      const known = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
      const changed = Buffer.from(JSON.stringify({ ...known, role: 'ADMIN' })).toString('base64url');
      return `${String(header)}.${changed}.${String(signature)}`;
    };

    it.each<[string, () => Promise<string | undefined>]>([
      ['is missing', () => Promise.resolve(undefined)],
      ['is no token', () => Promise.resolve('rommel')],
      ['has expired', () => spil.tokenOf(raadslied, -3600)],
      ['is not signed (`alg: none`)', unsigned],
      ['was changed to another role', withOtherRole],
      ['is signed by another key', async () => (await issued({})).sign(await otherKey())],
      [
        'is for another audience',
        async () => (await issued({ audience: 'another-service' })).sign(await otherKey()),
      ],
      [
        'is of another issuer',
        async () => (await issued({ issuer: 'https://elsewhere.example' })).sign(await otherKey()),
      ],
      [
        'is signed by a shared secret (`alg: HS256`)',
        async () => (await issued({ alg: 'HS256' })).sign(Buffer.alloc(32, 'spil')),
      ],
    ])('%s', async (name, make) => {
      const token = await make();
      const query = '{ me { role } }';
      expect(told(`HTTP   token ${name}`, await post(spil.graphqlUrl, token, { query }))).toBe(
        'UNAUTHENTICATED',
      );
      const followed = { query: `subscription { caseTimeline(caseId: "${theirs.id}") { type } }` };
      expect(told(`socket token ${name}`, await subscribeOnce(spil.graphqlUrl, token, followed))).toBe(
        'CLOSED 4403',
      );
    });

    it('expires while its socket is open: what is followed ends, and nothing new begins', async () => {
      // Two seconds are left of the half minute by which clocks may differ.
      const socket = await openSocket(spil.graphqlUrl, await spil.tokenOf(raadslied, -28));
      const followed = { query: `subscription { caseTimeline(caseId: "${theirs.id}") { type } }` };
      expect((await socket.subscribe(followed)).data).toEqual({ caseTimeline: { type: 'CaseRegistered' } });
      expect(told('socket an expired token, going on', await socket.next())).toBe('UNAUTHENTICATED');
      expect(told('socket an expired token, once more', await socket.subscribe(followed))).toBe(
        'UNAUTHENTICATED',
      );
      socket.close();
    });
  });

  describe('somebody who', () => {
    const everything = `query ($id: Uuid!) {
      case(id: $id) { client { name { value } } timeline { type } registrations { facts { clientQuestion { value } } } }
      caseHistory(caseId: $id) { eventCount events { type } }
    }`;
    const nobodys = { data: { case: null, caseHistory: null }, code: 'ANSWERED' };

    it.each<[string, Principal]>([
      ['works elsewhere asks for a case', strangeLawyer],
      ['works at another desk asks for a case', loket],
      ['is on the board asks for a case', board],
      ['administers asks for a case', admin],
      ['guards the personal data of others asks for a case', firmPrivacyOfficer],
    ])('%s: it does not exist, nor does a random one', async (name, who) => {
      for (const id of [theirs.id, randomUUID()]) {
        const outcome = await byHttp(who, { query: everything, variables: { id } });
        expect({ code: told(`HTTP   ${name}`, outcome), data: outcome.data }).toEqual(nobodys);
        const followed = {
          query: 'subscription ($id: Uuid!) { caseTimeline(caseId: $id) { type } }',
          variables: { id },
        };
        expect(told(`socket ${name}`, await bySocket(who, followed))).toBe('COMPLETE');
      }
    });

    it('works elsewhere filters the list by the ids of others', async () => {
      for (const filter of [
        { organisationId: 'raadslieden' },
        { locationId: 'utrecht' },
        { coordinatorId: 'raadslied-1' },
      ]) {
        const query = 'query ($filter: CaseFilterInput) { cases(filter: $filter) { edges { node { id } } } }';
        const outcome = await byHttp(strangeLawyer, { query, variables: { filter } });
        expect(outcome.data).toEqual({ cases: { edges: [] } });
        told('HTTP   foreign ids in a filter', outcome);
      }
    });

    it.each<[string, Principal, string]>([
      ['is on the board lists cases', board, '{ cases { edges { node { id } } } }'],
      ['is on the board lists people', board, '{ professionals { name { value } } }'],
      ['audits lists cases', auditor, '{ cases { edges { node { id } } } }'],
      ['administers asks for figures', admin, '{ figures { latAnswers { yes } } }'],
    ])('%s', async (name, who, query) => {
      expect(told(`HTTP   ${name}`, await byHttp(who, { query }))).toBe('FORBIDDEN');
    });

    it('audits finds no word of a client in a history', async () => {
      const outcome = await byHttp(auditor, {
        query: 'query ($id: Uuid!) { caseHistory(caseId: $id) { eventCount events { type facts sealed } } }',
        variables: { id: theirs.id },
      });
      expect(told('HTTP   an auditor reads a history', outcome)).toBe('ANSWERED');
      expect(outcome.data).toMatchObject({ caseHistory: { eventCount: 1 } });
    });

    const steps = (caseId: string): [string, Readonly<Record<string, unknown>>][] => [
      ['closeCase', { caseId, outcome: 'SOLVED', solution: 'ADVICE' }],
      ['requestPiket', { caseId, askedKind: 'ADVOCATUUR', questionKind: 'LEGAL_CHECK' }],
      ['prepareHandover', { caseId, dossier: { summary: 'x' } }],
      ['acceptHandover', { caseId, handoverId: randomUUID() }],
      ['acceptReferral', { caseId, referralId: randomUUID() }],
    ];
    it('takes steps on the cases of others: refused as on a case that does not exist', async () => {
      const unknown = steps(randomUUID());
      for (const [index, [mutation, input]] of steps(theirs.id).entries()) {
        const [, same = {}] = unknown[index] ?? [];
        const [on, off] = [
          await send(spil, strangeLawyer, mutation, input),
          await send(spil, strangeLawyer, mutation, same),
        ];
        expect([mutation, on.data, on.errors?.[0]?.message]).toEqual([
          mutation,
          off.data,
          off.errors?.[0]?.message,
        ]);
        expect(on.data?.step.__typename).not.toBe('StepAccepted');
      }
    });

    it('names things of one case in a step on another: refused as things that do not exist', async () => {
      const asked = await accepted(spil, raadslied, 'requestPiket', {
        caseId: theirs.id,
        askedKind: 'ADVOCATUUR',
        questionKind: 'LEGAL_CHECK',
      });
      const [foreign] = asked.created;
      const withdraw = (piketRequestId: string | undefined) =>
        send(spil, raadslied, 'withdrawPiketRequest', { caseId: other.id, piketRequestId });
      const [on, off] = [await withdraw(foreign?.id), await withdraw(randomUUID())];
      expect(on.data?.step).toEqual(off.data?.step);
      expect(on.data?.step.__typename).toBe('StepRefused');
    });

    it('repeats the command of another: it is a command of their own, and answers nothing of the first', async () => {
      const commandId = randomUUID();
      const first = await register(raadslied, { commandId });
      const again = await register(raadslied, { commandId });
      expect(again.id).toBe(first.id);
      const second = await register(colleague, { commandId });
      expect(second.id).not.toBe(first.id);
      const closing = { caseId: first.id, outcome: 'SOLVED', solution: 'ADVICE', commandId };
      const onForeign = await send(spil, strangeLawyer, 'closeCase', closing);
      const onUnknown = await send(spil, strangeLawyer, 'closeCase', { ...closing, caseId: randomUUID() });
      expect(onForeign.data).toEqual(onUnknown.data);
    });

    /** A token that names somebody at an organisation where they do not work. */
    const elsewhere = <Someone extends Principal>(who: Someone, at: CaseworkPrincipal): Someone => {
      const { organisationId, organisationKind, locationId } = at;
      return { ...who, organisationId, organisationKind, locationId };
    };
    it.each<[string, Principal, Principal, () => object]>([
      ['registerCase', raadslied, elsewhere(raadslied, loket), () => firstLineCase],
      [
        'requestPiket',
        raadslied,
        elsewhere(raadslied, loket),
        () => ({ caseId: other.id, askedKind: 'ADVOCATUUR', questionKind: 'LEGAL_CHECK' }),
      ],
      [
        'requestErasure',
        privacyOfficer,
        elsewhere(privacyOfficer, strangeLawyer),
        () => ({ caseId: other.id, identityCheck: 'SEEN_IN_PERSON' }),
      ],
      [
        'setRetentionTerm',
        privacyOfficer,
        elsewhere(privacyOfficer, strangeLawyer),
        () => ({ years: 7, duty: false }),
      ],
      [
        'renameOrganisation',
        admin,
        { ...raadslied, subject: admin.subject },
        () => ({ organisationId: 'loket', name: 'Loket van een ander (fictief)' }),
      ],
    ])(
      'repeats the command %s of another under the same name: refused as a command of nobody',
      async (mutation, who, pretender, input) => {
        const repeated = { commandId: randomUUID(), ...input() };
        await accepted(spil, who, mutation, repeated);
        const [again, anew] = [
          await send(spil, pretender, mutation, repeated),
          await send(spil, pretender, mutation, { ...repeated, commandId: randomUUID() }),
        ];
        expect(again.data).toMatchObject({ step: { __typename: 'StepRefused', code: 'NOT_ALLOWED' } });
        expect(again.data).toEqual(anew.data);
      },
    );

    it('bears a token of a place where they do not work, and learns no more of its cases than of a random id', async () => {
      const pretender = elsewhere(raadslied, loket);
      const { id } = await register(loket);
      for (const [mutation, input] of [
        ['linkRegistration', { registrationCode: other.registrationCode }],
        ['closeCase', { outcome: 'SOLVED', solution: 'ADVICE' }],
      ] as const) {
        const [on, off] = [
          await send(spil, pretender, mutation, { caseId: id, ...input }),
          await send(spil, pretender, mutation, { caseId: randomUUID(), ...input }),
        ];
        expect(on.data).toMatchObject({ step: { __typename: 'StepRefused', code: 'NOT_ALLOWED' } });
        expect(on.data).toEqual(off.data);
      }
    });

    it('sees a case that they filed themselves, so that the refusals above mean something', async () => {
      const query = 'query ($id: Uuid!) { case(id: $id) { client { name { value } } } }';
      const { data } = await spil.query(raadslied, query, { id: theirs.id });
      expect(data).toEqual({ case: { client: { name: { value: canary } } } });
    });
  });
});
