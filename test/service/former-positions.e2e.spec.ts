import { randomUUID } from 'node:crypto';
import type { OrganisationPrincipal, Principal } from '@spil/access';
import { getNamedType } from 'graphql';
import { buildSchema } from '../../apps/coordination-service/src/schema.js';
import { eventually } from '../support/eventually.js';
import { documentFor, rootsOf, type Root } from '../support/schema-walk.js';
import { as, people, populate, startTestSystem, step, type TestSystem } from '../support/system.js';
import { testPrincipal } from '../support/tokens.js';

/** Answers, for who left, that are not a refusal; whatever is not here must be one. */
const otherwise: Readonly<Record<string, unknown>> = {
  me: expect.objectContaining({ role: expect.any(String) as unknown }),
  case: null,
  caseHistory: null,
  caseHistoryDiff: null,
  disclosure: null,
  accessLog: null,
  cases: expect.objectContaining({ edges: [] }),
  caseByRegistrationCode: expect.objectContaining({ status: 'NOT_LINKABLE', caseId: null }),
};
/** What a role has no business with is told to whoever has it, in place or not. */
const ofOfficers: Readonly<Record<string, unknown>> = { caseByRegistrationCode: 'FORBIDDEN' };

const officer = (name: 'loket' | 'colleague' | 'elsewhere'): OrganisationPrincipal => ({
  ...people[name],
  subject: `account-officer-${name}`,
  role: 'PRIVACY_OFFICER',
  mayImport: false,
});

describe('somebody whose token names a former position', () => {
  let system: TestSystem;
  let roots: Root[];
  let caseId: string;
  let registrationCode: string;
  let erasureId: string;

  beforeAll(async () => {
    roots = rootsOf(await buildSchema());
    system = await startTestSystem();
    await populate(system);
    const opened = await step(system, as('loket'), 'registerCase', {
      registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
      client: { name: 'Fictieve Cliënt' },
    });
    caseId = opened.id;
    registrationCode = opened.registrationCode ?? '';
    await step(system, as('loket'), 'closeCase', { caseId, outcome: 'SOLVED', solution: 'ADVICE' });
    const request = { caseId, identityCheck: 'SEEN_IN_PERSON' };
    erasureId = (await step(system, officer('colleague'), 'requestErasure', request)).id;
    await step(system, officer('colleague'), 'orderErasure', { erasureId });
    await eventually(async () => expect((await certificate(officer('colleague'))).status).toBe(200));

    const { organisationId, locationId } = people.lawyer;
    const { professionalId } = people.colleague;
    await step(system, testPrincipal.admin, 'moveProfessional', {
      professionalId,
      organisationId,
      locationId,
    });
    await step(system, testPrincipal.admin, 'deactivateProfessional', {
      professionalId: people.elsewhere.professionalId,
      reason: 'LEFT',
    });
    for (const name of ['colleague', 'elsewhere'] as const)
      await eventually(async () =>
        expect((await system.ask(officer(name), '{ retentionDue { years } }')).errors).toBeDefined(),
      );
  });
  afterAll(() => system.stop());

  const certificate = async (who: Principal): Promise<Response> =>
    fetch(new URL(`/erasures/${erasureId}/certificate.json`, system.service.graphqlUrl), {
      headers: { authorization: `Bearer ${await system.tokenOf(who)}` },
    });
  const document = (root: Root): string =>
    documentFor(root, {
      id: `"${root.field.name === 'erasure' ? erasureId : caseId}"`,
      caseId: `"${caseId}"`,
      first: '1',
      Uuid: `"${caseId}"`,
      String: `"${registrationCode}"`,
      month: '"2026-01"',
      ReferenceId: `"${people.loket.organisationId}"`,
      Instant: '"2199-01-01T00:00:00Z"',
    });
  const former: readonly (readonly [string, Principal])[] = [
    ['a privacy officer who works elsewhere now', officer('colleague')],
    ['a privacy officer who left', officer('elsewhere')],
    ['a local coordinator who works elsewhere now', as('colleague', { role: 'COORDINATOR' })],
    ['a professional who left', as('elsewhere')],
    // What an organisation may do follows from its kind: a provider cannot make lawyers of its people.
    [
      'a privacy officer whose organisation is of another kind',
      { ...officer('loket'), organisationKind: 'ADVOCATUUR' },
    ],
    [
      'a professional whose organisation is of another kind',
      { ...officer('loket'), role: 'PROFESSIONAL', organisationKind: 'ADVOCATUUR' },
    ],
  ];
  const formerOfficers = former.filter(([, { role }]) => role === 'PRIVACY_OFFICER');

  it.each(former)('gets nothing from any query: %s', async (_what, who) => {
    const queries = roots.filter(({ operation }) => operation === 'query');
    expect(queries.length).toBeGreaterThan(Object.keys(otherwise).length);
    for (const root of queries) {
      const { name } = root.field;
      const { data, errors } = await system.ask(who, document(root));
      const other = who.role === 'PRIVACY_OFFICER' ? { ...otherwise, ...ofOfficers } : otherwise;
      if (Object.hasOwn(other, name))
        expect([name, errors?.[0]?.extensions.code ?? data?.[name]]).toEqual([name, other[name]]);
      else
        expect([name, errors?.[0]?.extensions]).toEqual([
          name,
          expect.objectContaining({ code: 'FORBIDDEN', reason: 'TOKEN_NAMES_FORMER_POSITION' }),
        ]);
    }
  });

  it.each(former)('can change nothing that is not a step: %s', async (_what, who) => {
    const others = roots.filter(
      ({ operation, field }) => operation === 'mutation' && getNamedType(field.type).name !== 'StepPayload',
    );
    expect(others.length).toBeGreaterThan(0);
    for (const root of others) {
      const { errors } = await system.ask(who, document(root));
      expect([root.field.name, errors?.[0]?.extensions]).toEqual([
        root.field.name,
        expect.objectContaining({ code: 'FORBIDDEN', reason: 'TOKEN_NAMES_FORMER_POSITION' }),
      ]);
    }
  });

  it('gets no certificate of erasure, as if there were none', async () => {
    for (const [, who] of formerOfficers) expect((await certificate(who)).status).toBe(404);
  });

  it('takes no step', async () => {
    const input = {
      registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
    };
    for (const [what, who] of former) {
      const { code } = await step(system, who, 'registerCase', input);
      expect([what, code]).toEqual([what, expect.stringMatching(/^(NOT_ALLOWED|PROFESSIONAL_NOT_ACTIVE)$/)]);
    }
  });

  it('takes no decision of a privacy officer', async () => {
    for (const [mutation, input] of [
      ['requestErasure', { caseId, identityCheck: 'SEEN_IN_PERSON' }],
      ['orderErasure', { erasureId }],
      ['postponeErasure', { erasureId, ground: 'LEGAL_CLAIMS', until: '2199-01-01' }],
      ['refuseErasure', { erasureId, ground: 'LEGAL_CLAIMS' }],
      ['eraseAfterRetention', { caseId }],
      ['setRetentionTerm', { years: 1, duty: false }],
      ['liftConflictWall', { caseId, wallId: randomUUID() }],
      ['reviewEmergencyAccess', { caseId, emergencyId: randomUUID(), verdict: 'JUSTIFIED' }],
    ] as const)
      for (const [, who] of formerOfficers) {
        const { code } = await step(system, who, mutation, input);
        expect([mutation, code]).toEqual([
          mutation,
          expect.stringMatching(/^(NOT_ALLOWED|PROFESSIONAL_NOT_ACTIVE)$/),
        ]);
      }
  });
});
