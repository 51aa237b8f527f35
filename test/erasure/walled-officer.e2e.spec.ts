import { randomUUID } from 'node:crypto';
import type { Principal } from '@spil/access';
import { jest } from '@jest/globals';
import { derivedId } from '@spil/event-store';
import pg from 'pg';
import { CaseGate } from '../../apps/coordination-service/src/cases/case-gate.js';
import {
  as,
  people,
  populate,
  startTestSystem,
  step,
  type StepAnswer,
  type TestSystem,
} from '../support/system.js';
import { certified, closed, erased, erasureOf, officers, taken, told } from './support.js';

/** Another privacy officer of the same organisation. */
const another: Principal = {
  ...people.elsewhere,
  subject: 'account-privacy-another',
  role: 'PRIVACY_OFFICER',
  mayImport: false,
};

interface Due {
  readonly cases: readonly { readonly caseId: string; readonly cursor: string }[];
}

describe('a privacy officer who acts for the other party in a case', () => {
  let system: TestSystem;
  let open: StepAnswer;
  let walled: StepAnswer;
  let position: string;
  const officer = officers.loket;

  const register = (knownClientId?: string): Promise<StepAnswer> =>
    taken(system, as('loket'), 'registerCase', {
      registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
      ...(knownClientId === undefined ? { client: { name: 'Noor Voorbeeld (fictief)' } } : { knownClientId }),
      clientQuestion: 'Mag dit?',
    });
  const clientOf = async ({ id, position: at }: StepAnswer): Promise<string> => {
    const { case: found } = await told<{ case: { clientId: string } }>(
      system,
      as('loket'),
      'query ($id: Uuid!, $at: Position!) { case(id: $id, atLeast: { position: $at }) { clientId } }',
      { id, at },
    );
    return found.clientId;
  };
  const wallOff = (caseId: string, against: object): Promise<StepAnswer> =>
    taken(system, as('loket'), 'raiseConflictWall', { caseId, ...against });

  beforeAll(async () => {
    system = await startTestSystem();
    await populate(system);
    open = await register();
    walled = await register(await clientOf(open));
    await wallOff(walled.id, { professionalId: officer.professionalId });
    for (const { id } of [open, walled]) await closed(system, as('loket'), id);
    ({ position } = await taken(system, another, 'setRetentionTerm', { years: 0, duty: false }));
  }, 60_000);
  afterAll(() => system.stop());

  const dueRowsOf = async (who: Principal, first = 50, by?: string, after?: string) =>
    (
      await told<{ retentionDue: Due }>(
        system,
        who,
        `query ($at: Position!, $first: Int, $by: Day, $after: String) {
          retentionDue(first: $first, by: $by, after: $after, atLeast: { position: $at }) { cases { caseId cursor } } }`,
        { at: position, first, by, after },
      )
    ).retentionDue.cases;
  const dueTo = async (...asked: Parameters<typeof dueRowsOf>): Promise<string[]> =>
    (await dueRowsOf(...asked)).map(({ caseId }) => caseId);
  const subjectCases = async (who: Principal, caseId: string): Promise<string[] | null> => {
    const { data, errors } = await system.ask(
      who,
      `query ($caseId: Uuid!, $at: Position!) {
        subjectAccess(caseId: $caseId, atLeast: { position: $at }) { cases { caseId } } }`,
      { caseId, at: position },
      'SUBJECT_ACCESS',
    );
    expect(errors).toBeUndefined();
    const found = data?.subjectAccess as { cases: { caseId: string }[] } | null;
    return found && found.cases.map((one) => one.caseId);
  };
  const erasuresOf = async (who: Principal, after?: string) =>
    (
      await told<{
        erasures: {
          id: string;
          cursor: string;
          leftToColleagues: string[];
          certificate: { erased: { caseId: string }[] } | null;
        }[];
      }>(
        system,
        who,
        `query ($at: Position!, $after: String) { erasures(after: $after, atLeast: { position: $at }) {
          id cursor leftToColleagues certificate { erased { caseId } } } }`,
        { at: position, after },
      )
    ).erasures;
  const certificate = async (who: Principal, id: string): Promise<Response> =>
    fetch(new URL(`/erasures/${id}/certificate.json`, system.service.graphqlUrl), {
      headers: { authorization: `Bearer ${await system.tokenOf(who)}` },
    });

  it('finds it in no list of what is due, and a colleague does', async () => {
    expect(await dueTo(officer)).toEqual([open.id]);
    expect(new Set(await dueTo(another))).toEqual(new Set([open.id, walled.id]));
    // A page is as full as there are cases to see.
    expect(await dueTo(officer, 1)).toEqual([open.id]);
  });

  it('collects nothing of it for the client, and a colleague does', async () => {
    expect(await subjectCases(officer, open.id)).toEqual([open.id]);
    expect(await subjectCases(officer, walled.id)).toBeNull();
    expect(new Set(await subjectCases(another, open.id))).toEqual(new Set([open.id, walled.id]));
  });

  it('looks as often for it as for a case that there is not, so that the time it takes tells nothing', async () => {
    const looks = jest.spyOn(CaseGate.prototype, 'look');
    const lookedAt = async (caseId: string): Promise<string[]> => {
      looks.mockClear();
      expect(await subjectCases(officer, caseId)).toBeNull();
      return looks.mock.calls.map(([, , id]) => (id === caseId ? 'it' : 'another'));
    };
    expect(await lookedAt(randomUUID())).toEqual(['it']);
    expect(await lookedAt(walled.id)).toEqual(['it']);
    looks.mockRestore();
  });

  it('leaves a refusal where nothing was collected, like for a case that there is not, and rows of the access log where something was', async () => {
    const collected = async (caseId: string): Promise<string> => {
      const { extensions } = await system.ask(
        officer,
        `query ($caseId: Uuid!, $at: Position!) {
          subjectAccess(caseId: $caseId, atLeast: { position: $at }) { cases { fields { text { value } } } } }`,
        { caseId, at: position },
        'SUBJECT_ACCESS',
      );
      return extensions?.traceId ?? '';
    };
    const log = new pg.Client({ connectionString: system.audit.serviceUrl });
    await log.connect();
    const noted = async (traceId: string) => ({
      refused: (
        await log.query<object>(
          'SELECT kind, operation, code, case_id FROM refusals.refusal WHERE trace_id = $1',
          [traceId],
        )
      ).rows,
      shown: (
        await log.query<{ case_id: string }>(
          'SELECT DISTINCT case_id FROM access_log.disclosure WHERE trace_id = $1',
          [traceId],
        )
      ).rows.map((row) => row.case_id),
    });
    for (const caseId of [walled.id, randomUUID()])
      expect(await noted(await collected(caseId))).toEqual({
        refused: [{ kind: 'READ', operation: 'subjectAccess', code: 'NOT_FOUND', case_id: caseId }],
        shown: [],
      });
    expect(await noted(await collected(open.id))).toEqual({ refused: [], shown: [open.id] });
    await log.end();
  });

  it('is answered like for a case that there is not', async () => {
    for (const mutation of ['requestErasure', 'eraseAfterRetention']) {
      const input = (caseId: string) => ({
        caseId,
        ...(mutation === 'requestErasure' && { identityCheck: 'SEEN_IN_PERSON' }),
      });
      const answer = await step(system, officer, mutation, input(walled.id));
      expect(answer).toMatchObject({ code: 'NOTHING_HELD_IN_CASE', field: 'caseId' });
      expect(answer).toEqual(await step(system, officer, mutation, input(randomUUID())));
    }
  });

  it('erases the other cases of the client, and a colleague finds which are left', async () => {
    const request = { caseId: open.id, identityCheck: 'SEEN_IN_PERSON' };
    const { id } = await taken(system, another, 'requestErasure', request);
    ({ position } = await taken(system, officer, 'orderErasure', { erasureId: id }));
    const { certificate: made } = await certified(system, officer, id);
    expect(made?.erased.map(({ caseId }) => caseId)).toEqual([open.id]);
    expect(made?.kept).toEqual([]);
    expect(await erasuresOf(officer)).toMatchObject([{ id, leftToColleagues: [] }]);
    expect(await erasuresOf(another)).toMatchObject([{ id, leftToColleagues: [walled.id] }]);
    expect(await dueTo(another)).toEqual([walled.id]);
  });

  it('learns nothing of an erasure of it by a colleague', async () => {
    const before = await erasuresOf(officer);
    const { id, ...answer } = await taken(system, another, 'eraseAfterRetention', { caseId: walled.id });
    ({ position } = answer);
    await certified(system, another, id);
    expect((await certificate(another, id)).status).toBe(200);

    expect((await certificate(officer, id)).status).toBe(404);
    expect(await erasuresOf(officer)).toEqual(before);
    expect(await told(system, officer, 'query ($id: Uuid!) { erasure(id: $id) { id } }', { id })).toEqual({
      erasure: null,
    });
    for (const [mutation, input] of [
      ['orderErasure', {}],
      ['refuseErasure', { ground: 'LEGAL_CLAIMS' }],
      // As Spil itself names the step that ends an erasure: whoever knows the erasure's id can work it out.
      ['refuseErasure', { ground: 'LEGAL_CLAIMS', commandId: derivedId('system:erasure', id, 'complete') }],
      ['postponeErasure', { ground: 'LEGAL_CLAIMS', until: '2199-01-01' }],
    ] as const) {
      const refused = await step(system, officer, mutation, { erasureId: id, ...input });
      expect([mutation, refused]).toMatchObject([mutation, { code: 'ERASURE_NOT_FOUND' }]);
      const none = await step(system, officer, mutation, { erasureId: randomUUID(), ...input });
      expect([mutation, refused]).toEqual([mutation, none]);
    }
  });

  describe('on a request about the client as a whole', () => {
    const lateSteps = async (erasureId: string) => {
      const answers: unknown[] = [];
      for (const [mutation, input] of [
        ['refuseErasure', { ground: 'LEGAL_CLAIMS' }],
        ['postponeErasure', { ground: 'LEGAL_CLAIMS', until: '2199-01-01' }],
      ] as const)
        answers.push([mutation, (await step(system, officer, mutation, { erasureId, ...input })).code]);
      return answers;
    };
    const answering = (code: string) => [
      ['refuseErasure', code],
      ['postponeErasure', code],
    ];
    /** A closed case of a new client, who may have another one besides that is shut to the officer. */
    const client = async (second: 'walled' | 'none') => {
      const one = await register();
      const other = second === 'none' ? undefined : await register(await clientOf(one));
      if (other !== undefined) await wallOff(other.id, { professionalId: officer.professionalId });
      for (const { id } of [one, ...(other ? [other] : [])]) await closed(system, as('loket'), id);
      return one;
    };
    const request = (caseId: string): Promise<StepAnswer> =>
      taken(system, another, 'requestErasure', { caseId, identityCheck: 'SEEN_IN_PERSON' });

    it('is answered after the order as if there were no other case', async () => {
      for (const second of ['walled', 'none'] as const) {
        const one = await client(second);
        const { id } = await request(one.id);
        await taken(system, officer, 'orderErasure', { erasureId: id });
        await certified(system, officer, id);
        expect([second, await lateSteps(id)]).toEqual([second, answering('ERASURE_ALREADY_DECIDED')]);
      }
    });

    it('is answered as if there were no other case also once the one case was erased separately', async () => {
      for (const second of ['walled', 'none'] as const) {
        const one = await client(second);
        const { id } = await request(one.id);
        await taken(system, officer, 'postponeErasure', {
          erasureId: id,
          ground: 'LEGAL_CLAIMS',
          until: '2199-01-01',
        });
        const { id: separate } = await taken(system, another, 'eraseAfterRetention', { caseId: one.id });
        await certified(system, another, separate);
        const refused = { erasureId: id, ground: 'LEGAL_CLAIMS' };
        expect((await step(system, officer, 'refuseErasure', refused)).__typename).toBe('StepAccepted');
      }
    });

    it('turns down the other cases only, and a colleague finds which are left', async () => {
      for (const second of ['walled', 'none'] as const) {
        const one = await client(second);
        const { id } = await request(one.id);
        const refused = { erasureId: id, ground: 'LEGAL_CLAIMS' };
        ({ position } = await taken(system, officer, 'refuseErasure', refused));
        const seenBy = async (who: Principal) => (await erasuresOf(who)).find((erasure) => erasure.id === id);
        const left = await seenBy(another);
        expect([second, left?.leftToColleagues.length]).toEqual([second, second === 'walled' ? 1 : 0]);
        expect(await seenBy(officer)).toMatchObject({ id, leftToColleagues: [] });
        for (const caseId of left?.leftToColleagues ?? []) await erased(system, another, caseId);
      }
    });

    it('is answered as for none where every case is walled, also once a colleague had them erased', async () => {
      const one = await register();
      await wallOff(one.id, { professionalId: officer.professionalId });
      await closed(system, as('loket'), one.id);
      const { id } = await request(one.id);
      await taken(system, another, 'orderErasure', { erasureId: id });
      await certified(system, another, id);
      expect(await lateSteps(id)).toEqual(answering('ERASURE_NOT_FOUND'));
      expect(await erasureOf(system, officer, id)).toBeNull();
    });
  });

  it('reads a list on from any place in it, also from where the shut one stands, and does not meet that', async () => {
    const request = (caseId: string) =>
      taken(system, another, 'requestErasure', { caseId, identityCheck: 'SEEN_IN_PERSON' });
    const [before, between, after] = [await register(), await register(), await register()];
    await wallOff(between.id, { professionalId: officer.professionalId });
    for (const { id } of [before, between, after]) await closed(system, as('loket'), id);
    const seen = await request(before.id);
    const hidden = await request(between.id);
    ({ position } = hidden);

    const all = await dueRowsOf(another);
    const from = (caseId: string) => all.find((row) => row.caseId === caseId)?.cursor;
    expect(await dueTo(another, 50, undefined, from(before.id))).toEqual([between.id, after.id]);
    for (const { id } of [before, between])
      expect(await dueTo(officer, 50, undefined, from(id))).toEqual([after.id]);

    const [newest, ...older] = await erasuresOf(another);
    expect([newest?.id, older[0]?.id]).toEqual([hidden.id, seen.id]);
    for (const who of [another, officer])
      expect((await erasuresOf(who, newest?.cursor))[0]).toMatchObject({ id: seen.id });
    for (const list of ['retentionDue(after: "AAAA") { years }', 'erasures(after: "AAAA") { id }'])
      expect((await system.ask(officer, `{ ${list} }`)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('is another than one whose organisation does: what it holds itself must not be kept for ever', async () => {
    const opened = await register();
    await taken(system, as('lawyer'), 'registerCounterpart', {
      registrationCode: opened.registrationCode,
      note: 'Fictieve notitie',
    });
    await wallOff(opened.id, { organisationId: people.lawyer.organisationId });
    ({ position } = await closed(system, as('loket'), opened.id));
    expect(await dueTo(officers.firm, 50, '2199-01-01')).toEqual([opened.id]);
    expect(await subjectCases(officers.firm, opened.id)).toBeNull();
    expect(
      await told(
        system,
        officers.firm,
        'query ($id: Uuid!) { case(id: $id) { id } caseHistory(caseId: $id) { eventCount } }',
        {
          id: opened.id,
        },
      ),
    ).toEqual({ case: null, caseHistory: null });
    const request = { caseId: opened.id, identityCheck: 'SEEN_IN_PERSON' };
    const { id } = await taken(system, officers.firm, 'requestErasure', request);
    // The firm's duty to keep the file stands against it for five years, wall or no wall.
    expect(await step(system, officers.firm, 'orderErasure', { erasureId: id })).toMatchObject({
      code: 'ERASURE_NOT_YET',
    });
  });
});
