import { randomUUID } from 'node:crypto';
import { cast } from '../support/cast.js';
import { openSocket, sendHttp } from './transports.js';
import { underAttack } from './under-attack.js';

const { raadslied } = cast;

/** What a hostile client sends: documents that cost, and requests that no program of ours would make. */
describe('under attack', () => {
  const attack = underAttack();
  const { byHttp, bySocket, told } = attack;

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
      const subscription = `subscription { caseTimeline(caseId: "${attack.theirs.id}") { ${inside({ field: 'type', type: 'TimelineEntryType' })} } }`;
      expect(told(`socket ${name}`, await bySocket(raadslied, { query: subscription }))).toBe(code);
    });

    const close = (name: string) =>
      `${name}: closeCase(input: { commandId: "${randomUUID()}", caseId: "${attack.theirs.id}", outcome: SOLVED, solution: ADVICE }) { __typename }`;
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
          `subscription { ...F } fragment F on Subscription { a: caseTimeline(caseId: "${attack.theirs.id}") { type } b: caseTimeline(caseId: "${attack.theirs.id}") { type } }`,
        'LIMIT_EXCEEDED',
        'LIMIT_EXCEEDED',
      ],
      ['takes a step over a socket', () => `mutation { ${close('a')} }`, '', 'BAD_USER_INPUT'],
      ['asks over a socket', () => '{ cases { edges { node { id } } } }', '', 'BAD_USER_INPUT'],
    ])('%s', async (name, document, http, socket) => {
      if (http !== '')
        expect(told(`HTTP   ${name}`, await byHttp(raadslied, { query: document() }))).toBe(http);
      expect(told(`socket ${name}`, await bySocket(raadslied, { query: document() }))).toBe(socket);
      const status = await attack.spil.query(raadslied, 'query ($id: Uuid!) { case(id: $id) { status } }', {
        id: attack.theirs.id,
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
      const token = await attack.spil.tokenOf(raadslied);
      const headers = { ...request.headers, authorization: `Bearer ${token}` };
      const outcome = await sendHttp(`${attack.spil.graphqlUrl}${path}`, { ...request, headers });
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
      const socket = await openSocket(attack.spil.graphqlUrl, await attack.spil.tokenOf(raadslied));
      expect(told(`socket ${name}`, await socket.sendRaw(text))).toBe(code);
    });
  });
});
