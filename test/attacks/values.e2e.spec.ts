import { randomUUID } from 'node:crypto';
import { cast } from '../support/cast.js';
import { firstLineCase, stepDocument } from '../support/casework.js';
import { underAttack } from './under-attack.js';

const { raadslied } = cast;

/** What a hostile client puts into arguments and inputs. */
describe('under attack', () => {
  const attack = underAttack();
  const { byHttp, told } = attack;

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
      const outcome = await byHttp(raadslied, { query, variables: { id: attack.theirs.id, ...variables } });
      expect(told(`HTTP   ${name}`, outcome)).toBe(code);
    });

    it('has a thousand rows for every row', async () => {
      const query = '{ cases(first: 100) { edges { node { timeline(first: 100) { type } } } } }';
      const code = told('HTTP   a page for every row of a page', await byHttp(raadslied, { query }));
      expect(['LIMIT_EXCEEDED', 'GRAPHQL_VALIDATION_FAILED']).toContain(code);
    });

    it.each(['__proto__', 'constructor', 'prototype'])('puts %s into an input', async (key) => {
      const body = `{"query":${JSON.stringify(stepDocument('closeCase'))},"variables":{"input":{"commandId":"${randomUUID()}","caseId":"${attack.theirs.id}","outcome":"SOLVED","solution":"ADVICE","${key}":{"role":"ADMIN"}}}}`;
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
});
