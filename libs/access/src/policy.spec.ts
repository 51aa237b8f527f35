import { createHash } from 'node:crypto';
import { consents, relations, type Consent, type Relation } from '@spil/domain';
import { referenceDecides } from '../../../test/support/access/reference-decider.js';
import {
  caseActions,
  caseStatuses,
  figureScope,
  generalActions,
  listScope,
  mandateFor,
  may,
  mayOnCase,
  mayWithStandings,
  openFormerPolicy,
  openPolicy,
  policyVersion,
  PolicyInvalid,
  purposeFor,
  purposes,
  roles,
  shippedPolicy,
  type CaseAction,
  type GeneralAction,
  type Principal,
  type Role,
} from './index.js';

const own = { organisationId: 'loket', locationId: 'utrecht' };

const principal = (role: Role, mayImport = false): Principal =>
  role === 'PROFESSIONAL' || role === 'COORDINATOR' || role === 'PRIVACY_OFFICER'
    ? {
        subject: 's',
        role,
        professionalId: 'p',
        organisationKind: 'JURIDISCH_LOKET',
        mayImport,
        ...own,
      }
    : { subject: 's', role, mayImport };

/** Consent plays a part where a relation rests on a handover. */
const consentsOf = (relation: Relation): readonly Consent[] =>
  relation === 'PARTICIPANT' || relation === 'OFFERED' ? consents : ['NOT_NEEDED'];

describe('the access matrix of a case', () => {
  for (const role of roles)
    for (const purpose of purposes.filter((stated) => purposeFor(role, stated) !== undefined))
      it(`is what the plain table says: ${role} for ${purpose}, in every relation, status and consent, walled or not`, () => {
        const decisions = { allowed: 0, denied: 0 };
        for (const relation of relations)
          for (const consent of consentsOf(relation))
            for (const status of caseStatuses)
              for (const action of caseActions)
                for (const walled of [false, true]) {
                  const standings = [
                    { relation, consent },
                    ...(walled ? [{ relation: 'WALLED', consent: 'NOT_NEEDED' } as const] : []),
                  ];
                  const words = standings.map((one) => `${one.relation}/${one.consent}/${status}` as const);
                  const allowed = mayWithStandings({ role, purpose, action }, words, status);
                  const expected = referenceDecides({ role, purpose, action, status, standings });
                  expect([role, purpose, action, words, allowed]).toEqual([
                    role,
                    purpose,
                    action,
                    words,
                    expected,
                  ]);
                  decisions[allowed ? 'allowed' : 'denied'] += 1;
                }
        expect(decisions.denied).toBeGreaterThan(0);
        if (role === 'BOARD' || role === 'ADMIN') expect(decisions.allowed).toBe(0);
      });

  it('gives nobody anything under a purpose that is not theirs', () => {
    const words = relations
      .filter((relation) => relation !== 'WALLED')
      .map((relation) => `${relation}/GIVEN/OPEN` as const);
    for (const role of roles)
      for (const purpose of purposes.filter((stated) => purposeFor(role, stated) === undefined))
        for (const action of caseActions) {
          const asked = { role, purpose, action };
          expect([asked, mayWithStandings(asked, words, 'OPEN')]).toEqual([asked, false]);
        }
  });

  it('is asked of somebody by the standings that are theirs, at that moment', () => {
    const standing = {
      relation: 'OWNER',
      consent: 'NOT_NEEDED',
      ...own,
      professionalId: null,
      until: null,
    } as const;
    const emergency = {
      ...standing,
      relation: 'EMERGENCY',
      organisationId: null,
      locationId: null,
      professionalId: 'p',
      until: '2021-03-01T12:00:00.000Z',
    } as const;
    const asker = {
      principal: principal('PROFESSIONAL'),
      purpose: 'CASEWORK',
      at: '2021-03-01T11:59:59.000Z',
    } as const;
    const see = (
      standings: Parameters<typeof mayOnCase>[2]['standings'],
      changes: Partial<typeof asker> | object = {},
    ) => mayOnCase({ ...asker, ...changes }, 'SEE_PERSONAL_DATA', { status: 'OPEN', standings });
    expect(see([standing])).toBe(true);
    expect(see([{ ...standing, locationId: 'zwolle' }])).toBe(false);
    expect(see([{ ...standing, organisationId: 'raad' }])).toBe(false);
    expect(see([{ ...standing, professionalId: 'q' }])).toBe(false);
    expect(see([standing], { principal: principal('BOARD') })).toBe(false);
    expect(see([emergency])).toBe(false);
    expect(see([emergency], { purpose: 'EMERGENCY' })).toBe(true);
    expect(see([emergency], { purpose: 'EMERGENCY', at: emergency.until })).toBe(false);
  });
});

describe('a conflict wall', () => {
  const wall = {
    relation: 'WALLED',
    consent: 'NOT_NEEDED',
    organisationId: null,
    locationId: null,
    professionalId: null,
    until: null,
  } as const;
  const walls = {
    person: { ...wall, professionalId: 'p' },
    organisation: { ...wall, organisationId: own.organisationId },
  };

  it.each([
    ['person', []],
    ['organisation', ['FORGET_CLIENT']],
  ] as const)('against the %s leaves somebody there %j', (against, left) => {
    const standings = [
      walls[against],
      ...relations
        .filter((relation) => relation !== 'WALLED')
        .map((relation) => ({ ...wall, relation, organisationId: own.organisationId })),
    ];
    for (const role of ['PROFESSIONAL', 'COORDINATOR', 'PRIVACY_OFFICER'] as const)
      for (const purpose of purposes.filter((stated) => purposeFor(role, stated) !== undefined)) {
        const asker = { principal: principal(role), purpose, at: '2021-03-01T11:59:59.000Z' };
        const actions = caseActions.filter((action) =>
          mayOnCase(asker, action, { status: 'OPEN', standings }),
        );
        const expected = role === 'PRIVACY_OFFICER' && purpose === 'DATA_PROTECTION' ? left : [];
        expect([role, purpose, actions]).toEqual([role, purpose, expected]);
      }
  });
});

describe('the policy text', () => {
  it('knows the words that the program uses, and no others', () => {
    const { schema } = shippedPolicy();
    const bare = schema.replaceAll(/\/\/.*$/gm, '');
    const enumOf = (name: string): string[] =>
      [...(new RegExp(`entity ${name} enum \\[([^\\]]*)\\]`).exec(bare)?.[1] ?? '').matchAll(/"(\w+)"/g)].map(
        ([, word]) => word ?? '',
      );
    expect(enumOf('Role')).toEqual([...roles]);
    expect(enumOf('Relation')).toEqual([...relations]);
    expect(enumOf('Consent')).toEqual([...consents]);
    expect(enumOf('Status')).toEqual([...caseStatuses]);
    expect(enumOf('Purpose')).toEqual([...purposes]);
    const actions = [...bare.matchAll(/action([^{]*?)appliesTo/g)].map(([, list]) =>
      (list ?? '').match(/\w+/g),
    );
    expect(actions).toEqual([[...caseActions], [...generalActions]]);
  });

  it('says of each rule in Dutch what it means', () => {
    const { policy } = shippedPolicy();
    const rules = policy.match(/^(?:permit|forbid) \(/gm) ?? [];
    expect(rules.length).toBeGreaterThan(10);
    expect(policy.match(/^@id\("[a-z-]+"\)\n@nl\("[^"]{20,}"\)\n(?:permit|forbid) \(/gm)).toHaveLength(
      rules.length,
    );
  });

  it.each([
    [
      'a word that the schema does not know',
      (text: string) => text.replace('Relation::"OWNER"', 'Relation::"OWNR"'),
    ],
    [
      'an action that there is not',
      (text: string) => text.replace('Action::"SEE_CASE"', 'Action::"SEE_ALL"'),
    ],
    ['a circumstance that there is not', (text: string) => text.replace('context.walled', 'context.wall')],
    ['a sentence that does not end', (text: string) => `${text}\npermit (principal`],
  ])('is refused with %s', (_what, spoil) => {
    const { policy, schema } = shippedPolicy();
    expect(spoil(policy)).not.toBe(policy);
    expect(() => openPolicy({ policy: spoil(policy), schema })).toThrow(PolicyInvalid);
  });

  it('of former days is asked with the words of today, and permits nothing that it has no word for', () => {
    const { policy, schema } = shippedPolicy();
    const former = openFormerPolicy({
      policy: `permit (principal, action == Action::"SEE_CASE", resource is Case) when { context.relation == Relation::"OWNER" };`,
      schema: schema
        .replace(/^ {2}SEE_HISTORY,.*$/m, '')
        .replace(/^ {2}"COORDINATOR",.*$/m, '')
        .replace(/^ {2}walled: Bool,$/m, ''),
    });
    expect(openPolicy({ policy, schema })).toBeDefined();
    const sees = (relation: 'OWNER' | 'COORDINATOR' | 'FORMER', action: CaseAction = 'SEE_CASE') =>
      mayWithStandings(
        { role: 'PROFESSIONAL', purpose: 'CASEWORK', action },
        [`${relation}/NOT_NEEDED/OPEN`],
        'OPEN',
        former,
      );
    expect([sees('OWNER'), sees('FORMER')]).toEqual([true, false]);
    expect([sees('COORDINATOR'), sees('OWNER', 'SEE_HISTORY')]).toEqual([false, false]);
  });

  it('is named by its digest, which changes with policy and words', () => {
    const { policy, schema } = shippedPolicy();
    const version = policyVersion({ policy, schema });
    expect(version).toBe(createHash('sha256').update(`${policy}${schema}`).digest('hex').slice(0, 16));
    expect(policyVersion({ policy: `${policy} `, schema })).not.toBe(version);
    expect(policyVersion({ policy, schema: `${schema} ` })).not.toBe(version);
  });

  it('decides otherwise once it says otherwise', () => {
    const { policy, schema } = shippedPolicy();
    const asked = { role: 'PROFESSIONAL', purpose: 'CASEWORK', action: 'SEE_CASE' } as const;
    const former = ['FORMER/NOT_NEEDED/OPEN'] as const;
    expect(mayWithStandings(asked, former, 'OPEN')).toBe(false);
    const kinder = `${policy}\npermit (principal, action == Action::"SEE_CASE", resource is Case) when { context.relation == Relation::"FORMER" };`;
    expect(mayWithStandings(asked, former, 'OPEN', openPolicy({ policy: kinder, schema }))).toBe(true);
    expect(
      mayWithStandings(
        asked,
        [...former, 'WALLED/NOT_NEEDED/OPEN'],
        'OPEN',
        openPolicy({ policy: kinder, schema }),
      ),
    ).toBe(false);
  });
});

describe('the access matrix beside cases', () => {
  const casework = [
    'REGISTER_CASE',
    'LIST_CASES',
    'SEE_FIGURES',
    'SEE_REFERENCE_DATA',
    'SEE_PROFESSIONALS',
  ] as const;
  const expected: Record<Role, readonly GeneralAction[]> = {
    PROFESSIONAL: casework,
    COORDINATOR: casework,
    PRIVACY_OFFICER: [
      'LIST_CASES',
      'SEE_REFERENCE_DATA',
      'SEE_PROFESSIONALS',
      'SEE_ACCESS_REVIEWS',
      'REVIEW_ACCESS_LOG',
      'FORGET_CLIENTS',
      'GIVE_SUBJECT_ACCESS',
    ],
    BOARD: ['SEE_FIGURES', 'SEE_REFERENCE_DATA'],
    AUDITOR: ['SEE_FIGURES', 'SEE_REFERENCE_DATA', 'SEE_REFUSALS', 'SEE_ACCESS_REVIEWS'],
    ADMIN: ['SEE_REFERENCE_DATA', 'SEE_PROFESSIONALS', 'CHANGE_REFERENCE_DATA', 'CHANGE_POLICY'],
  };
  for (const role of roles)
    for (const action of generalActions) {
      const allowed = expected[role].includes(action);
      it(`${allowed ? 'lets' : 'refuses'} ${role} ${action}`, () => {
        expect(may(principal(role), action)).toBe(allowed);
      });
    }
});

describe('lists', () => {
  it('hold what the same person may find one by one', () => {
    for (const role of ['PROFESSIONAL', 'COORDINATOR', 'PRIVACY_OFFICER'] as const)
      for (const purpose of purposes) {
        const scope = listScope(principal(role), purpose);
        expect(scope).toMatchObject({ ...own, professionalId: 'p' });
        const expected = caseStatuses.flatMap((status) =>
          relations.flatMap((relation) =>
            consents
              .filter((consent) =>
                referenceDecides({
                  role,
                  purpose,
                  action: 'LIST_CASE',
                  status,
                  standings: [{ relation, consent }],
                }),
              )
              .map((consent) => `${relation}/${consent}/${status}`),
          ),
        );
        expect(scope?.words).toEqual(expected);
      }
  });

  it('are for nobody without casework or data to protect', () => {
    for (const role of ['BOARD', 'AUDITOR', 'ADMIN'] as const)
      expect(listScope(principal(role), purposeFor(role))).toBeUndefined();
  });
});

describe('mandates', () => {
  it('are the own of each role, none for those who only look', () => {
    expect(roles.map((role) => mandateFor(principal(role)))).toEqual([
      'CASEWORK',
      'CASEWORK',
      'DATA_PROTECTION',
      undefined,
      undefined,
      'ADMINISTRATION',
    ]);
  });

  it('include import only where the token says so', () => {
    expect(roles.map((role) => mandateFor(principal(role), 'IMPORT'))).toEqual(roles.map(() => undefined));
    expect(roles.map((role) => mandateFor(principal(role, true), 'IMPORT'))).toEqual([
      'IMPORT',
      'IMPORT',
      'IMPORT',
      undefined,
      undefined,
      'IMPORT',
    ]);
  });

  it('never are those of a process or of another role', () => {
    for (const role of roles) expect(mandateFor(principal(role, true), 'PROCESS')).toBeUndefined();
    expect(mandateFor(principal('PROFESSIONAL', true), 'ADMINISTRATION')).toBeUndefined();
    expect(mandateFor(principal('ADMIN', true), 'CASEWORK')).toBeUndefined();
  });
});

describe('figures', () => {
  it('are of the own location for who works there, of all locations for board and auditors', () => {
    expect(roles.map((role) => figureScope(principal(role)))).toEqual([
      { kind: 'LOCATION', locationId: 'utrecht' },
      { kind: 'LOCATION', locationId: 'utrecht' },
      undefined,
      { kind: 'ALL' },
      { kind: 'ALL' },
      undefined,
    ]);
  });
});
