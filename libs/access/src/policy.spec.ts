import {
  caseActions,
  caseVisibility,
  figureScope,
  generalActions,
  mandateFor,
  may,
  mayOnCase,
  relationTo,
  roles,
  type CaseAccess,
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

const cases: Record<string, CaseAccess> = {
  'own organisation, own location': { ...own, participants: [] },
  'own organisation, own location, taking part too': { ...own, participants: ['loket'] },
  'own organisation, other location': { organisationId: 'loket', locationId: 'zwolle', participants: [] },
  'other organisation, own location': { organisationId: 'raad', locationId: 'utrecht', participants: [] },
  'other organisation, taking part': {
    organisationId: 'raad',
    locationId: 'zwolle',
    participants: ['loket'],
  },
  'other organisation, others taking part': {
    organisationId: 'raad',
    locationId: 'zwolle',
    participants: ['advocaten'],
  },
};
const related = [
  'own organisation, own location',
  'own organisation, own location, taking part too',
  'other organisation, taking part',
];

const expectedOnCase = (role: Role, relation: string): readonly CaseAction[] => {
  if (role === 'PROFESSIONAL' || role === 'COORDINATOR')
    return related.includes(relation)
      ? ['SEE_CASE', 'SEE_PERSONAL_DATA', 'SEE_HISTORY', 'ACT_ON_CASE', 'LINK_BY_CODE']
      : ['LINK_BY_CODE'];
  if (role === 'PRIVACY_OFFICER') return relation.startsWith('own organisation') ? ['SEE_ACCESS_LOG'] : [];
  return role === 'AUDITOR' ? ['SEE_HISTORY', 'SEE_ACCESS_LOG'] : [];
};

describe('the access matrix of a case', () => {
  for (const role of roles)
    for (const [relation, access] of Object.entries(cases))
      for (const action of caseActions) {
        const allowed = expectedOnCase(role, relation).includes(action);
        it(`${allowed ? 'lets' : 'refuses'} ${role} ${action} (${relation})`, () => {
          expect(mayOnCase(principal(role), action, access)).toBe(allowed);
        });
      }
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
    PRIVACY_OFFICER: ['SEE_REFERENCE_DATA', 'SEE_PROFESSIONALS', 'SEE_ACCESS_REVIEWS', 'REVIEW_ACCESS_LOG'],
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
  it('hold the cases that the same person may see one by one', () => {
    for (const role of roles)
      for (const access of Object.values(cases)) {
        const filter = caseVisibility(principal(role));
        const listed =
          filter !== undefined &&
          ((access.organisationId === filter.organisationId && access.locationId === filter.locationId) ||
            access.participants.includes(filter.organisationId));
        expect(listed).toBe(mayOnCase(principal(role), 'SEE_CASE', access));
      }
  });
});

describe('the relation to a case', () => {
  it('is none for everyone who oversees, whatever the case', () => {
    for (const role of ['BOARD', 'AUDITOR', 'ADMIN'] as const)
      for (const access of Object.values(cases)) expect(relationTo(principal(role), access)).toBe('NONE');
  });

  it('is the stronger one when an owner takes part as well', () => {
    expect(relationTo(principal('PROFESSIONAL'), { ...own, participants: ['loket'] })).toBe('OWNER');
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
