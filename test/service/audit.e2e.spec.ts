import { randomUUID } from 'node:crypto';
import { policyVersion, shippedPolicy, type Principal } from '@spil/access';
import { recordPolicyUse } from '@spil/audit';
import pg from 'pg';
import { extractText, getDocumentProxy } from 'unpdf';
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
          edges { cursor node { disclosedAt policyVersion action activity purpose role professionalId organisationId fields clientId controllerId traceId } } pageInfo { hasNextPage } } }`,
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
        policyVersion: policyVersion(shippedPolicy()),
        activity: 'casework',
        purpose: 'CASEWORK',
        role: 'PROFESSIONAL',
        organisationId: people.loket.organisationId,
        controllerId: people.loket.organisationId,
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

  describe('the history of a case', () => {
    const diff = async (principal: Principal, args: string) =>
      (
        await system.ask(
          principal,
          `{ caseHistoryDiff(caseId: "${caseId}"${args}) { eventsBefore eventsAfter changes { path personal before after
            by { type revision policyRevision rulesVersion schemaVersion actor { party { professionalId } } mandate } } } }`,
        )
      ).data?.caseHistoryDiff as {
        eventsBefore: number;
        eventsAfter: number;
        changes: {
          path: string;
          personal: boolean;
          before: string | null;
          after: string | null;
          by: object;
        }[];
      } | null;
    const storedAt = async (revision: number): Promise<string> => {
      const { data } = await system.ask(
        testPrincipal.auditor,
        `{ caseHistory(caseId: "${caseId}") { events { storedAt } } }`,
      );
      return (data?.caseHistory as { events: { storedAt: string }[] }).events[revision]?.storedAt ?? '';
    };
    const rightsOn = async (principal: Principal, on: string) =>
      (
        await system.ask(
          principal,
          `{ disclosure(caseId: "${caseId}", on: "${on}") { rights { role professionalId organisationId locationId actions } } }`,
        )
      ).data?.disclosure as {
        rights: { organisationId: string | null; role: string; actions: string[] }[];
      } | null;

    beforeAll(async () => {
      await step(system, as('loket'), 'assessSelfReliance', {
        caseId,
        outcome: 'NOT_SELF_RELIANT',
        wronglyAssumed: false,
      });
      // The store's clock ticks in milliseconds, and what is asked for lies between two events.
      await eventually(async () => expect(new Date().toISOString() > (await storedAt(1))).toBe(true));
      await step(system, as('loket'), 'referCase', {
        caseId,
        toOrganisationId: people.lawyer.organisationId,
        warmth: 'COLD',
        coldReason: 'Fictieve reden',
      });
    });

    it('tells what changed between two moments, and by which event', async () => {
      const between = await diff(
        testPrincipal.auditor,
        `, from: "${await storedAt(0)}", to: "${await storedAt(1)}"`,
      );
      expect(between).toMatchObject({ eventsBefore: 1, eventsAfter: 2 });
      const assessed = between?.changes.find(({ path }) => path.endsWith('.outcome'));
      expect(assessed).toMatchObject({
        before: null,
        after: 'NOT_SELF_RELIANT',
        personal: false,
        by: {
          type: 'SelfRelianceAssessed',
          revision: '1',
          mandate: 'CASEWORK',
          actor: { party: { professionalId: people.loket.professionalId } },
        },
      });
    });

    it('tells of every field to which event it owes what it is, and of personal ones only that they are filled in', async () => {
      const why = await diff(testPrincipal.auditor, '');
      expect(why?.changes.find(({ path }) => path === 'registrationCode')).toMatchObject({
        by: { type: 'CaseRegistered', schemaVersion: 1, rulesVersion: 1 },
      });
      const personal = why?.changes.filter((change) => change.personal) ?? [];
      expect(personal.length).toBeGreaterThan(0);
      for (const { before, after } of personal) expect([before, after]).toEqual([null, 'FILLED_IN']);
      expect(JSON.stringify(why)).not.toContain('Fictieve');
    });

    it('tells who could see what on a date', async () => {
      const [then, now] = [
        await rightsOn(testPrincipal.auditor, await storedAt(1)),
        await rightsOn(testPrincipal.auditor, new Date(Date.now() + 60_000).toISOString()),
      ];
      const sees = (replay: typeof then) =>
        new Set(
          replay?.rights
            .filter(({ actions }) => actions.includes('SEE_CASE'))
            .map(({ organisationId }) => organisationId),
        );
      expect(sees(then)).toEqual(new Set([people.loket.organisationId]));
      expect(sees(now)).toEqual(new Set([people.loket.organisationId, people.lawyer.organisationId]));
      expect(now?.rights.find(({ role }) => role === 'AUDITOR')?.actions).toEqual([
        'SEE_HISTORY',
        'SEE_ACCESS_LOG',
      ]);
    });

    it('lists that data can be erased only for an organisation that recorded some', async () => {
      const rights = (await rightsOn(testPrincipal.auditor, new Date(Date.now() + 60_000).toISOString()))
        ?.rights;
      const named = rights?.map(({ organisationId }) => organisationId);
      expect(named).toContain(people.lawyer.organisationId);
      const erasing = rights?.filter(({ actions }) => actions.includes('FORGET_CLIENT'));
      expect(erasing?.map(({ role, organisationId }) => [role, organisationId])).toEqual([
        ['PRIVACY_OFFICER', people.loket.organisationId],
      ]);
    });

    it('tells who could see what by the policy text that was in force then, and names it', async () => {
      const { schema } = shippedPolicy();
      const text = {
        policy: 'permit (principal == Role::"AUDITOR", action == Action::"SEE_HISTORY", resource is Case);',
        schema,
      };
      const replayOn = async (on: string) => {
        const { data } = await system.ask(
          testPrincipal.auditor,
          `{ disclosure(caseId: "${caseId}", on: "${on}") { policy { version policy inForceFrom } rights { role actions } } }`,
        );
        return data?.disclosure as {
          policy: { version: string; policy: string; inForceFrom: string };
          rights: { role: string; actions: string[] }[];
        };
      };
      const inForceFrom = new Date();
      const pool = new pg.Pool({ connectionString: system.audit.serviceUrl });
      await recordPolicyUse(pool, { ...text, version: policyVersion(text), inForceFrom });
      await pool.end();

      const before = await replayOn(await storedAt(1));
      expect(before.policy).toMatchObject({
        version: policyVersion(shippedPolicy()),
        policy: shippedPolicy().policy,
      });
      expect(before.rights.map(({ role }) => role)).toContain('PROFESSIONAL');
      expect(await replayOn(inForceFrom.toISOString())).toEqual({
        policy: { version: policyVersion(text), policy: text.policy, inForceFrom: inForceFrom.toISOString() },
        rights: [{ role: 'AUDITOR', actions: ['SEE_HISTORY'] }],
      });
    });

    it('is put into words, as a page and as a PDF, without personal texts', async () => {
      for (const [format, mediaType, begins] of [
        ['HTML', 'text/html; charset=utf-8', '<!doctype html>'],
        ['PDF', 'application/pdf', '%PDF-'],
      ]) {
        const { data, errors } = await system.ask(
          testPrincipal.auditor,
          `{ caseHistory(caseId: "${caseId}") { document(language: nl, format: ${format}) { fileName mediaType content } } }`,
        );
        expect(errors).toBeUndefined();
        const { document } = data?.caseHistory as { document: { mediaType: string; content: string } };
        const file = Buffer.from(document.content, 'base64');
        const begin = file.toString('latin1', 0, begins?.length);
        expect([document.mediaType, begin]).toEqual([mediaType, begins]);
        const text =
          format === 'HTML'
            ? file.toString()
            : (await extractText(await getDocumentProxy(new Uint8Array(file)), { mergePages: true })).text;
        // A page breaks its lines in ids, too.
        expect(text.replaceAll(/\s/g, '')).toContain(caseId);
        expect(text).not.toContain('Fictieve');
      }
    });

    it('is nothing to who may not see it, and asks in order', async () => {
      expect(await diff(testPrincipal.board, '')).toBeNull();
      expect(await rightsOn(as('loket'), '2199-01-01T00:00:00Z')).toBeNull();
      const { errors } = await system.ask(
        testPrincipal.auditor,
        `{ caseHistoryDiff(caseId: "${caseId}", from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z") { caseId } }`,
      );
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
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

    it('holds a file that was asked for by client, an erasure and its certificate, none of which is there for the asker', async () => {
      const [clientId, erasureId] = [randomUUID(), randomUUID()];
      expect(await log(ofFirm, { clientId })).toBeNull();
      const { data } = await system.ask(ofFirm, `{ erasure(id: "${erasureId}") { id } }`);
      expect(data).toEqual({ erasure: null });
      const certificate = async (purpose: string): Promise<number> => {
        const url = new URL(`/erasures/${erasureId}/certificate.json`, system.service.graphqlUrl);
        const headers = { authorization: `Bearer ${await system.tokenOf(ofFirm)}`, 'spil-purpose': purpose };
        return (await fetch(url, { headers })).status;
      };
      expect(await certificate('DATA_PROTECTION')).toBe(404);
      expect(await certificate('CASEWORK')).toBe(403);
      await eventually(async () => {
        const noted = await found(`, professionalId: "${people.lawyer.professionalId}"`);
        for (const [operation, code] of [
          ['accessLog', 'NOT_FOUND'],
          ['erasure', 'NOT_FOUND'],
          ['certificate', 'NOT_FOUND'],
          ['certificate', 'PURPOSE_REFUSED'],
        ])
          expect(noted).toContainEqual(
            expect.objectContaining({ kind: 'READ', operation, code, caseId: null }),
          );
      });
    });

    it('holds a registration code that links nothing', async () => {
      const { data } = await system.ask(
        as('elsewhere'),
        '{ caseByRegistrationCode(code: "K7M-4QX-9TG") { status } }',
      );
      expect(data).toEqual({ caseByRegistrationCode: { status: 'NOT_LINKABLE' } });
      await eventually(async () => {
        expect(await found(', code: "NOT_LINKABLE"')).toMatchObject([
          { kind: 'READ', operation: 'caseByRegistrationCode', caseId: null },
        ]);
      });
    });

    it('holds what of a case was not for who got the rest of it, once for all its fields', async () => {
      const asked = `{ case(id: "${caseId}") { client { name { state value } phone { state } } timeline { type } } }`;
      const { data } = await system.ask(as('lawyer'), asked);
      expect(data).toEqual({
        case: {
          client: { name: { state: 'DENIED', value: null }, phone: { state: 'DENIED' } },
          timeline: null,
        },
      });
      await eventually(async () => {
        expect(await found(', code: "DENIED"')).toMatchObject([
          { kind: 'READ', operation: 'case', caseId, professionalId: people.lawyer.professionalId },
        ]);
      });
    });

    it('holds a command that the rules refused, and one that is not for the role', async () => {
      await step(system, as('elsewhere'), 'closeCase', { caseId, outcome: 'SOLVED', solution: 'ADVICE' });
      await system.ask(testPrincipal.board, '{ cases { edges { cursor } } }');
      await eventually(async () => {
        expect(await found(`, kind: COMMAND, caseId: "${caseId}"`)).toMatchObject([
          { operation: 'closeCase', code: 'CASE_NOT_FOUND', professionalId: people.elsewhere.professionalId },
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
      const commandId = randomUUID();
      const reviewed = await review(ofLoket, { commandId, organisationId, month });
      expect(reviewed.data).toEqual({
        reviewAccessLog: { month, finding: 'NOTHING_REMARKABLE', reviewedBy: ofLoket.professionalId },
      });
      const repeated = await review(ofLoket, { commandId, organisationId, month });
      expect(repeated.data).toEqual(reviewed.data);
      const other = { commandId, organisationId, month, finding: 'BREACH_REPORTED' };
      expect((await review(ofLoket, other)).errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ field: 'commandId' }],
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
