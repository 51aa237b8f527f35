import { randomUUID } from 'node:crypto';
import type { Principal } from '@spil/access';
import pg from 'pg';
import { eventually } from '../support/eventually.js';
import { as, people, populate, startTestSystem, step, type TestSystem } from '../support/system.js';
import { testPrincipal } from '../support/tokens.js';

/** Someone who works there, in the role of privacy officer. */
const privacyOfficer = (name: 'loket' | 'lawyer'): Principal => ({
  ...people[name],
  subject: 'account-privacy',
  role: 'PRIVACY_OFFICER',
  mayImport: false,
});

interface Row {
  readonly action: string;
  readonly professionalId: string | null;
  readonly fields: readonly string[];
}

describe('what auditors and privacy officers ask of the audit database', () => {
  let system: TestSystem;
  let caseId: string;
  const ofLoket = privacyOfficer('loket');
  const ofFirm = privacyOfficer('lawyer');

  beforeAll(async () => {
    system = await startTestSystem();
    await populate(system);
    const opened = await step(system, as('loket'), 'registerCase', {
      registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
      client: { name: 'Fictieve Cliënt', phone: '06 00000000' },
      clientQuestion: 'Fictieve vraag',
    });
    caseId = opened.id;
    for (const who of ['loket', 'colleague', 'elsewhere'] as const)
      await system.ask(
        as(who),
        `query ($id: Uuid!, $atLeast: AtLeastInput) { case(id: $id, atLeast: $atLeast) { id status client { name { value } phone { state } email { value } } } }`,
        { id: caseId, atLeast: { position: opened.position } },
      );
  });
  afterAll(() => system.stop());

  const log = async (principal: Principal, args: object): Promise<Row[] | null | undefined> => {
    const { data, errors } = await system.ask(
      principal,
      `query ($caseId: Uuid, $clientId: Uuid, $first: Int, $after: String) {
        accessLog(caseId: $caseId, clientId: $clientId, first: $first, after: $after) {
          edges { cursor node { disclosedAt action activity purpose role professionalId organisationId fields clientId traceId } } pageInfo { hasNextPage } } }`,
      { ...args },
    );
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    const connection = data?.accessLog as { edges: { node: Row }[] } | null;
    return connection && connection.edges.map(({ node }) => node);
  };

  describe('who saw my file', () => {
    it('names everyone who was shown something, which fields, and nobody who was not', async () => {
      const shown = {
        action: 'case',
        activity: 'casework',
        purpose: 'CASEWORK',
        role: 'PROFESSIONAL',
        organisationId: people.loket.organisationId,
        fields: ['CaseRegistered.client.name', 'CaseRegistered.client.phone'],
      };
      const rows = await log(ofLoket, { caseId });
      expect(rows).toMatchObject([
        { ...shown, professionalId: people.colleague.professionalId },
        { ...shown, professionalId: people.loket.professionalId },
      ]);
      expect(JSON.stringify(rows)).not.toMatch(/Fictieve|00000000/);
    });

    it('is told by client as well, and to auditors', async () => {
      const [row] = (await log(ofLoket, { caseId })) as unknown as { clientId: string }[];
      expect(await log(ofLoket, { clientId: row?.clientId })).toHaveLength(2);
      expect(await log(testPrincipal.auditor, { caseId })).toHaveLength(2);
    });

    it('does not exist for others, no more than a case that is none', async () => {
      const [row] = (await log(ofLoket, { caseId })) as unknown as { clientId: string }[];
      for (const who of [ofFirm, as('elsewhere'), testPrincipal.board, testPrincipal.admin]) {
        expect(await log(who, { caseId })).toBeNull();
        expect(await log(who, { clientId: row?.clientId })).toBeNull();
      }
      expect(await log(ofLoket, { caseId: randomUUID() })).toBeNull();
      expect(await log(ofLoket, { clientId: randomUUID() })).toBeNull();
    });

    it('has the shape of the standard for logging the processing of data', async () => {
      const client = new pg.Client({ connectionString: system.audit.serviceUrl });
      await client.connect();
      const { rows } = await client.query<Record<string, unknown>>(
        `SELECT * FROM access_log.dataverwerking WHERE name = 'case' LIMIT 1`,
      );
      await client.end();
      expect(rows).toEqual([
        {
          trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
          span_id: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown,
          parent_span_id: null,
          status: 'Unset',
          name: 'case',
          start_time: expect.any(Date) as unknown,
          end_time: expect.any(Date) as unknown,
          resource: { attributes: { 'service.name': 'coordination-service' } },
          attributes: {
            'dpl.core.processing_activity_id': 'urn:nl:spil:verwerkingsactiviteit:casework',
            'dpl.core.data_subject_id': expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
            'dpl.core.data_subject_id_type': 'urn:nl:spil:client',
          },
        },
      ]);
    });
  });

  describe('what was refused', () => {
    const refusals = async (principal: Principal, args = '') => {
      const whole = 'from: "2020-01-01T00:00:00Z", to: "2199-01-01T00:00:00Z", first: 100';
      return system.ask(
        principal,
        `{ refusals(${whole}${args}) { edges { node { kind operation code role professionalId caseId traceId } } } }`,
      );
    };
    const found = async (args: string) => {
      const { data } = await refusals(testPrincipal.auditor, args);
      return (data?.refusals as { edges: { node: unknown }[] }).edges.map(({ node }) => node);
    };

    it('holds a read that was denied, like one of a case that is none', async () => {
      const nowhere = randomUUID();
      await system.ask(as('elsewhere'), 'query ($id: Uuid!) { it: caseHistory(caseId: $id) { caseId } }', {
        id: nowhere,
      });
      const denied = { kind: 'READ', code: 'NOT_FOUND', professionalId: people.elsewhere.professionalId };
      await eventually(async () => {
        expect(
          await found(`, caseId: "${caseId}", professionalId: "${people.elsewhere.professionalId}"`),
        ).toContainEqual(expect.objectContaining({ ...denied, operation: 'case', caseId }));
        expect(await found(`, caseId: "${nowhere}"`)).toMatchObject([
          { ...denied, operation: 'caseHistory', caseId: nowhere },
        ]);
      });
    });

    it('holds a command that the rules refused, and one that is not for the role', async () => {
      await step(system, as('lawyer'), 'closeCase', { caseId, outcome: 'SOLVED', solution: 'ADVICE' });
      await system.ask(testPrincipal.board, '{ cases { edges { cursor } } }');
      await eventually(async () => {
        expect(await found(`, kind: COMMAND, caseId: "${caseId}"`)).toMatchObject([
          { operation: 'closeCase', code: 'CASE_NOT_FOUND', professionalId: people.lawyer.professionalId },
        ]);
        expect(await found(', code: "FORBIDDEN"')).toMatchObject([
          { kind: 'READ', operation: 'cases', role: 'BOARD', professionalId: null, caseId: null },
        ]);
      });
    });

    it('is for auditors only', async () => {
      for (const who of [as('loket'), ofLoket, testPrincipal.board, testPrincipal.admin])
        expect((await refusals(who)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    });
  });

  describe('the monthly review', () => {
    const twoMonthsAgo = (): { month: string; at: Date } => {
      const now = new Date();
      const at = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 2, 10, 12));
      return { month: at.toISOString().slice(0, 7), at };
    };
    const review = (principal: Principal, input: object) =>
      system.ask(
        principal,
        'mutation ($input: ReviewAccessLogInput!) { reviewAccessLog(input: $input) { month finding reviewedBy } }',
        { input: { commandId: randomUUID(), finding: 'NOTHING_REMARKABLE', ...input } },
      );
    const months = async (principal: Principal) =>
      (await system.ask(principal, '{ accessReviews { organisationId month overdue review { finding } } }'))
        .data?.accessReviews;
    const overdue = async () =>
      /^spil_access_reviews_overdue (\d+)/m.exec(
        await (await fetch(new URL('/metrics', system.service.graphqlUrl))).text(),
      )?.[1];

    it('is overdue, seen by who watches, and done by the privacy officer of the organisation', async () => {
      const { month, at } = twoMonthsAgo();
      const { organisationId } = people.loket;
      const owner = new pg.Client({ connectionString: system.audit.ownerUrl });
      await owner.connect();
      await owner.query(
        `INSERT INTO access_log.disclosure (trace_id, span_id, action, activity, purpose, account, role, organisation_id,
          subject_kind, subject_id, controller_id, fields, started_at, disclosed_at)
         VALUES (repeat('a', 32), repeat('b', 16), 'case', 'casework', 'CASEWORK', 'x', 'PROFESSIONAL', $1, 'CLIENT', 'c', $1, '{f}', $2, $2)`,
        [organisationId, at],
      );
      await owner.end();
      expect(await months(ofLoket)).toEqual([{ organisationId, month, overdue: true, review: null }]);
      expect(await months(ofFirm)).toEqual([]);
      expect(await overdue()).toBe('1');

      expect((await review(ofFirm, { organisationId, month })).errors?.[0]?.extensions.code).toBe(
        'FORBIDDEN',
      );
      expect((await review(as('loket'), { organisationId, month })).errors?.[0]?.extensions.code).toBe(
        'FORBIDDEN',
      );
      expect((await review(ofLoket, { organisationId, month })).data).toEqual({
        reviewAccessLog: { month, finding: 'NOTHING_REMARKABLE', reviewedBy: ofLoket.professionalId },
      });
      expect(await months(testPrincipal.auditor)).toEqual([
        { organisationId, month, overdue: false, review: { finding: 'NOTHING_REMARKABLE' } },
      ]);
      expect(await overdue()).toBe('0');
    });

    it('waits until a month is over', async () => {
      const { organisationId } = people.loket;
      const thisMonth = new Date().toISOString().slice(0, 7);
      expect(
        (await review(ofLoket, { organisationId, month: thisMonth })).errors?.[0]?.extensions,
      ).toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    });
  });
});
