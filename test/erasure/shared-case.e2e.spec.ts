import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { eventually } from '../support/eventually.js';
import {
  as,
  people,
  populate,
  startTestSystem,
  step,
  type StepAnswer,
  type TestSystem,
} from '../support/system.js';
import { testPrincipal } from '../support/tokens.js';
import { closed, erased, officers, taken, told, type Erasure } from './support.js';

/**
 * A client with three cases, of which one is shared by two organisations: the Loket forgets the client, the law firm does not.
 * The people are fictitious.
 */
describe('erasing a client with three cases of which one is shared', () => {
  let system: TestSystem;
  let clientId: string;
  let alone: StepAnswer;
  let second: StepAnswer;
  let shared: StepAnswer;
  let joined: StepAnswer;
  let erasure: Erasure;
  let before: unknown;

  const [loket, lawyer] = [as('loket'), as('lawyer')];
  const registration = {
    registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
    channel: 'PHONE',
    primaryArea: 'HUURRECHT',
    client: { name: 'Ada Voorbeeld (fictief)', phone: '06 00000000' },
    clientQuestion: 'Mag de verhuurder dit?',
  };
  const account = (advice: string) => ({ result: 'ADVICE_GIVEN', advice, rating: 8 });
  const personal = 'state value';
  const shown = async (principal: typeof loket, id: string) =>
    (
      await told<{
        case: {
          client: { name: { state: string; value: string | null }; phone: { state: string } };
          registrations: { note: { state: string; value: string | null } | null }[];
          conversationAccounts: { side: string; advice: { state: string; value: string | null } }[];
          timeline: { type: string; sealed: { path: string; text: { state: string } }[] }[];
        };
      }>(
        system,
        principal,
        `query ($id: Uuid!) { case(id: $id) {
          client { name { ${personal} } phone { state } }
          conversationAccounts { side advice { ${personal} } }
          timeline { type sealed { path text { state } } } } }`,
        { id },
      )
    ).case;
  const figures = () =>
    told<{ figures: { registrations: { key: string; count: number }[] } }>(
      system,
      testPrincipal.board,
      `{ figures { registrations(by: ORGANISATION_KIND) { key count } completeRegistrations(by: AREA) { key count }
         ratings { side notAnswered distribution { rating count } } } }`,
    );

  beforeAll(async () => {
    system = await startTestSystem();
    await populate(system);
    alone = await taken(system, loket, 'registerCase', registration);
    clientId = (
      await told<{ case: { clientId: string } }>(
        system,
        loket,
        `query ($id: Uuid!, $position: Position!) { case(id: $id, atLeast: { position: $position }) { clientId } }`,
        { id: alone.id, position: alone.position },
      )
    ).case.clientId;
    second = await taken(system, loket, 'registerCase', { ...registration, knownClientId: clientId });
    shared = await taken(system, loket, 'registerCaseWithConversation', {
      registration: { ...registration, knownClientId: clientId },
      request: { askedKind: 'ADVOCATUUR', questionKind: 'LEGAL_CHECK' },
      contact: { reachedKind: 'ADVOCATUUR' },
      account: account('Advies van het Loket'),
    });
    joined = await taken(system, lawyer, 'registerCounterpart', {
      registrationCode: shared.registrationCode,
      account: account('Advies van de advocaat'),
    });
    for (const { id } of [alone, second, shared]) await closed(system, loket, id);
    before = await eventually(async () => {
      const counted = await figures();
      const counts = counted.figures.registrations.map(({ count }) => count);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
      return counted;
    });
    // Written down in the access log: the firm is shown the shared case, and the Loket its own cases.
    for (const principal of [lawyer, loket])
      await eventually(async () => {
        const { client, conversationAccounts } = await shown(principal, shared.id);
        expect(client.name.state).toBe('VALUE');
        expect(conversationAccounts).toHaveLength(2);
      });
    await shown(loket, alone.id);
    erasure = await erased(system, officers.loket, alone.id);
  }, 120_000);

  afterAll(() => system.stop());

  it('names every case of the client on the certificate, and until when backups may hold a wrapped key', () => {
    expect(erasure).toMatchObject({ state: 'COMPLETED', clientId });
    const { certificate } = erasure;
    expect(certificate?.erased.map(({ caseId }) => caseId).sort()).toEqual(
      [alone.id, second.id, shared.id].sort(),
    );
    expect(new Set(certificate?.erased.map(({ keyId }) => keyId)).size).toBe(3);
    const days = (Date.parse(certificate?.backupsUntil ?? '') - Date.parse(certificate?.completedAt ?? '')) / 86_400_000; // prettier-ignore
    expect(days).toBeLessThanOrEqual(30);
    expect(days).toBeGreaterThan(28);
  });

  it('names the organisations that were shown something, for they are to hear of it, and those of each case', async () => {
    const firm = { organisationId: people.lawyer.organisationId, name: 'Advocaten (fictief)' };
    const { certificate } = erasure;
    expect(certificate?.recipients).toEqual([firm]);
    const byCase = new Map(certificate?.erased.map(({ caseId, recipients }) => [caseId, recipients]));
    expect(byCase.get(shared.id)).toEqual([firm.organisationId]);
    expect([byCase.get(alone.id), byCase.get(second.id)]).toEqual([[], []]);

    const file = await fetch(new URL(`/erasures/${erasure.id}/certificate.json`, system.service.graphqlUrl), {
      headers: { authorization: `Bearer ${await system.tokenOf(officers.loket)}` },
    });
    expect(await file.json()).toMatchObject({ recipients: [firm], erased: certificate?.erased });
  });

  it('changed no figure', async () => {
    expect(await figures()).toEqual(before);
  });

  it("leaves the law firm's account readable and says that the Loket's fields are erased, to both", async () => {
    for (const principal of [lawyer, loket]) {
      const answer = await eventually(async () => {
        const found = await shown(principal, shared.id);
        expect(found.client.name).toEqual({ state: 'ERASED', value: null });
        return found;
      });
      const adviceOf = (side: string) => answer.conversationAccounts.find((one) => one.side === side)?.advice;
      expect(adviceOf('ASKING')).toEqual({ state: 'ERASED', value: null });
      expect(adviceOf('CONSULTED')).toEqual({ state: 'VALUE', value: 'Advies van de advocaat' });
      expect(answer.client.phone.state).toBe('ERASED');
    }
  });

  it('wrote down what was read as the data of the organisation that recorded it', async () => {
    const log = new pg.Client({ connectionString: system.audit.serviceUrl });
    await log.connect();
    const { rows } = await log.query<{ controller: string; field: string }>(
      `SELECT DISTINCT controller_id AS controller, unnest(fields) AS field FROM access_log.disclosure
       WHERE case_id = $1 AND organisation_id = $2`,
      [shared.id, loket.organisationId],
    );
    await log.end();
    const recordedBy = ({ organisationId }: typeof loket) =>
      rows.filter(({ controller }) => controller === organisationId).map(({ field }) => field);
    const ofLoket = recordedBy(loket);
    expect(ofLoket).toContain('CaseRegistered.client.name');
    expect(ofLoket).toContain('PiketConversationRecorded.account.advice');
    expect(recordedBy(lawyer)).toEqual(['PiketConversationRecorded.account.advice']);
  });

  it("makes the firm review the month in which the Loket read the firm's text, and nothing else of it", async () => {
    const { organisationId } = officers.firm;
    const owner = new pg.Client({ connectionString: system.audit.ownerUrl });
    await owner.connect();
    await owner.query(
      `UPDATE access_log.disclosure SET disclosed_at = disclosed_at - interval '2 months'
       WHERE case_id = $1 AND organisation_id = $2`,
      [shared.id, loket.organisationId],
    );
    await owner.end();
    const reviews = await told<{ accessReviews: { organisationId: string }[] }>(
      system,
      officers.firm,
      '{ accessReviews { organisationId } }',
    );
    expect(reviews.accessReviews).toEqual([{ organisationId }]);
  });

  it('says erased in every entry of the timeline, and records that it was done', async () => {
    const { timeline } = await shown(loket, alone.id);
    expect(timeline.map(({ type }) => type).slice(-2)).toEqual(['ClientErasureOrdered', 'ClientDataErased']);
    const states = timeline.flatMap(({ sealed }) => sealed.map(({ text }) => text.state));
    expect(states.length).toBeGreaterThan(0);
    expect(new Set(states)).toEqual(new Set(['ERASED']));
  });

  it('leaves no ciphertext under a destroyed key in any read model', async () => {
    const reader = new pg.Client({ connectionString: system.readModel.ownerUrl });
    await reader.connect();
    try {
      for (const [table, column] of [
        ['case_row', 'document'],
        ['timeline_entry', 'sealed'],
      ] as const)
        for (const { keyId } of erasure.certificate?.erased ?? []) {
          const { rows } = await reader.query<{ count: string }>(
            `SELECT count(*) FROM read.${table} WHERE ${column}::text LIKE '%"kid": "' || $1 || '"%'`,
            [keyId],
          );
          expect([table, rows[0]?.count]).toEqual([table, '0']);
        }
    } finally {
      await reader.end();
    }
  });

  it('refuses to record anything personal of the Loket in these cases, and takes the firm further', async () => {
    const { channel, primaryArea, clientQuestion } = registration;
    const correction = {
      caseId: alone.id,
      registrationId: alone.created.find(({ kind }) => kind === 'registration')?.id,
      facts: { channel, primaryArea, clientQuestion },
      signaleringRelevance: 'NO',
      reason: 'NEW_INFORMATION',
    };
    await expect(step(system, loket, 'correctRegistration', correction)).resolves.toMatchObject({
      __typename: 'StepRefused',
      code: 'CLIENT_DATA_ERASED',
    });
    await expect(
      step(system, lawyer, 'flagForSignalering', {
        caseId: shared.id,
        kind: 'GOES_WELL',
        themes: ['TENANCY'],
        registrationId: joined.created.find(({ kind }) => kind === 'registration')?.id,
        selfRelianceWronglyAssumed: false,
        gapInLegalAid: false,
        bestPracticeCandidate: false,
        note: 'Fijne samenwerking',
      }),
    ).resolves.toMatchObject({ __typename: 'StepAccepted' });
  });

  it('answers a repeat of a command from before by its id alone', async () => {
    const commandId = randomUUID();
    const opened = await taken(system, loket, 'registerCase', { commandId, ...registration });
    await closed(system, loket, opened.id);
    await erased(system, officers.loket, opened.id);
    await expect(step(system, loket, 'registerCase', { commandId, ...registration })).resolves.toMatchObject({
      __typename: 'StepAccepted',
      id: opened.id,
      registrationCode: opened.registrationCode,
    });
  });

  it('lets the client come back in a new case, under a key of its own', async () => {
    const again = await taken(system, loket, 'registerCase', { ...registration, knownClientId: clientId });
    const answer = await eventually(() => shown(loket, again.id));
    expect(answer.client.name).toEqual({ state: 'VALUE', value: 'Ada Voorbeeld (fictief)' });
  });
});
