import { describeIssuers, roles, staffRoles } from './index.js';

const loket = { issuer: 'https://id.loket.example', audience: 'spil', organisations: ['o-1'] };
const raadslieden = {
  issuer: 'https://id.raadslieden.example',
  audience: 'spil',
  organisations: ['o-2', 'o-3'],
};
const board = { issuer: 'https://id.board.example', audience: 'spil', roles: ['BOARD', 'AUDITOR'] };

const problems = (...list: unknown[]) => describeIssuers(list).problems;

describe('a list of issuers', () => {
  it('gives each its organisations, and the roles of staff unless others are named', () => {
    expect(describeIssuers([loket, board])).toEqual({
      problems: [],
      issuers: [
        {
          ...loket,
          roles: staffRoles,
          claims: {},
          keys: { discoveryUrl: 'https://id.loket.example/.well-known/openid-configuration' },
        },
        { ...board, organisations: [], claims: {}, keys: expect.anything() as unknown },
      ],
    });
  });

  it('trusts none with oversight that is not named for it', () => {
    const [described] = describeIssuers([loket]).issuers;
    expect(roles.filter((role) => !described?.roles.includes(role))).toEqual(['BOARD', 'AUDITOR', 'ADMIN']);
  });

  it('takes a file of keys, or another address for discovery, instead of the one below the name', () => {
    const inner = 'http://keycloak:8080/realms/spil/.well-known/openid-configuration';
    const { issuers } = describeIssuers([
      { ...loket, jwksFile: 'loket.json' },
      { ...raadslieden, discoveryUrl: inner },
    ]);
    expect(issuers.map(({ keys }) => keys)).toEqual([{ jwksFile: 'loket.json' }, { discoveryUrl: inner }]);
  });

  it('demands TLS for keys, but not on this machine or at an address given on purpose', () => {
    for (const issuer of ['https://a.example', 'http://127.0.0.1:4180', 'http://localhost:4180'])
      expect(problems({ ...loket, issuer })).toEqual([]);
    for (const issuer of ['http://id.loket.example', 'http://127.0.0.1.example', 'ftp://a.example', 'loket'])
      expect(problems({ ...loket, issuer })).toEqual([
        expect.stringMatching(/^issuer 1 names in "issuer" what must be/),
      ]);
  });

  it('lets no organisation and no oversight role have two issuers', () => {
    expect(problems(loket, { ...raadslieden, organisations: ['o-2', 'o-1'] })).toEqual([
      'issuers 1 and 2 both vouch for organisation o-1; one must do',
    ]);
    expect(
      problems(board, { ...board, issuer: 'https://other.example', roles: ['ADMIN', 'AUDITOR'] }),
    ).toEqual(['issuers 1 and 2 both vouch for role AUDITOR; one must do']);
    expect(problems(loket, { ...raadslieden, organisations: '*' })).toEqual([
      'one issuer vouches for all organisations ("*"), so no other may vouch for any',
    ]);
    expect(problems({ ...loket, organisations: '*' }, board)).toEqual([]);
    expect(problems(loket, { ...loket, organisations: ['o-2'] })).toEqual([
      'issuer 2 has the name of an earlier one',
    ]);
  });

  it.each([
    ['no list', {}, 'holds no list of issuers'],
    ['an empty list', [], 'holds no list of issuers'],
    ['what is no object', ['https://a.example'], 'issuer 1 is no object'],
    ['no audience', [{ ...loket, audience: ' ' }], 'issuer 1 must have a text in "audience"'],
    [
      'a misspelt property',
      [{ ...loket, organizations: [] }],
      'issuer 1 has "organizations", which means nothing; is it misspelt?',
    ],
    [
      'no organisations',
      [{ ...loket, organisations: [] }],
      'issuer 1 must have in "organisations" a list of ids, or "*" for all',
    ],
    [
      'organisations that are no ids',
      [{ ...loket, organisations: [1] }],
      'issuer 1 must have in "organisations" a list of ids, or "*" for all',
    ],
    [
      'organisations of an issuer without staff',
      [{ ...board, organisations: '*' }],
      'issuer 1 vouches for nobody’s staff, so "organisations" means nothing; leave it out',
    ],
    [
      'an unknown role',
      [{ ...loket, roles: ['EMPEROR'] }],
      `issuer 1 must have in "roles" a list of some of ${roles.join(', ')}`,
    ],
    [
      'two places for keys',
      [{ ...loket, jwksFile: 'a', discoveryUrl: 'https://a.example' }],
      'issuer 1 has both "jwksFile" and "discoveryUrl"; one of them says where the keys are',
    ],
    [
      'a claim that is none',
      [{ ...loket, claims: { rank: 'r' } }],
      /^issuer 1 has in "claims" no name for one of sub, role/,
    ],
  ])('that has %s is refused in one line', (_what, list: unknown, problem) => {
    expect(describeIssuers(list).problems).toContainEqual(
      typeof problem === 'string' ? problem : expect.stringMatching(problem),
    );
  });
});
