import { randomUUID } from 'node:crypto';
import { eventually } from '../support/eventually.js';
import {
  as,
  people,
  populate,
  startTestSystem,
  type StepAnswer,
  type TestSystem,
} from '../support/system.js';
import { testPrincipal } from '../support/tokens.js';
import { filesWith, logFilesWith, rowsOf, tablesWith } from './data-files.js';
import { closed, erased, officers, taken, told } from './support.js';

/** How many cases sing; `SPIL_CANARIES=100` for the long run. */
const cases = Number(process.env.SPIL_CANARIES ?? 10);
/** In every canary of this run. */
const song = `kanarie${randomUUID().slice(0, 8)}`;

/** A canary in every personal field of many cases, through steps, errors and refusals; then everybody is forgotten. */
describe('a canary in every personal field', () => {
  let system: TestSystem;
  let printed = '';
  /** What callers were told that is not their own data back. */
  const complaints: string[] = [];
  const opened: StepAnswer[] = [];
  let sung = 0;
  const [loket, lawyer] = [as('loket'), as('lawyer')];
  const canary = (): string => `${song}-${(sung += 1)}`;

  const account = () => ({ result: 'ADVICE_GIVEN', advice: canary(), motivation: canary(), rating: 8 });
  const client = () => ({
    name: canary(),
    phone: canary(),
    email: canary(),
    address: canary(),
    safeContact: canary(),
    interpreterLanguage: canary(),
  });
  const facts = () => ({
    channel: 'PHONE',
    primaryArea: 'HUURRECHT',
    opposingPartyKind: 'LANDLORD',
    opposingPartyName: canary(),
    clientQuestion: canary(),
    professionalQuestion: canary(),
    signaleringRelevance: 'NO',
  });
  const idOf = (answer: StepAnswer, kind: string): string =>
    answer.created.find((one) => one.kind === kind)?.id ?? '';

  async function sing(): Promise<void> {
    const open = await taken(system, loket, 'registerCaseWithConversation', {
      registration: { registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT', client: client(), ...facts() },
      request: { askedKind: 'ADVOCATUUR', questionKind: 'LEGAL_CHECK' },
      contact: { reachedKind: 'ADVOCATUUR' },
      account: account(),
    });
    opened.push(open);
    const caseId = open.id;
    const counterpart = await taken(system, lawyer, 'registerCounterpart', {
      registrationCode: open.registrationCode,
      note: canary(),
      account: account(),
    });
    const registrationId = idOf(open, 'registration');
    const corrected = { caseId, reason: 'NEW_INFORMATION' };
    await taken(system, loket, 'correctRegistration', {
      ...corrected,
      registrationId,
      facts: facts(),
      signaleringRelevance: 'NO',
    });
    await taken(system, lawyer, 'correctConversation', {
      ...corrected,
      conversationId: idOf(open, 'conversation'),
      side: 'CONSULTED',
      account: account(),
    });
    await taken(system, loket, 'assessSelfReliance', {
      caseId,
      outcome: 'SELF_RELIANT',
      wronglyAssumed: false,
      indicators: canary(),
    });
    const referral = await taken(system, loket, 'referCase', {
      caseId,
      toOrganisationId: people.lawyer.organisationId,
      warmth: 'COLD',
      coldReason: canary(),
    });
    const referralId = idOf(referral, 'referral');
    const explanation = { reason: 'NO_CAPACITY', explanation: canary() };
    await taken(system, lawyer, 'declineReferral', { caseId, referralId, ...explanation });
    const prepared = await taken(system, loket, 'prepareHandover', {
      caseId,
      dossier: {
        caseSketch: canary(),
        adviceSoFar: canary(),
        documents: [canary()],
        senderContact: canary(),
      },
    });
    const handoverId = idOf(prepared, 'handover');
    await taken(system, loket, 'giveHandoverConsent', { caseId, handoverId, form: 'ORAL' });
    await taken(system, loket, 'offerHandover', {
      caseId,
      handoverId,
      toProfessionalId: people.elsewhere.professionalId,
    });
    const declined = { reason: 'NO_CAPACITY', explanation: canary() };
    await taken(system, as('elsewhere'), 'declineHandover', { caseId, handoverId, ...declined });
    await taken(system, lawyer, 'flagForSignalering', {
      caseId,
      registrationId: idOf(counterpart, 'registration'),
      kind: 'GOES_WELL',
      themes: ['TENANCY'],
      selfRelianceWronglyAssumed: false,
      gapInLegalAid: false,
      bestPracticeCandidate: false,
      note: canary(),
    });
    await complain(caseId);
    await closed(system, loket, caseId);
  }

  /** Errors and refusals, with a canary in all that can be written. */
  async function complain(caseId: string): Promise<void> {
    const registerCase = `mutation ($input: RegisterCaseInput!) { registerCase(input: $input) {
      __typename ... on StepRefused { code field facts { name values } message { nl en } } } }`;
    const commandId = randomUUID();
    const registration = { registrationKind: 'FIRST_LINE_SIGNALERING_ONLY', client: client(), ...facts() };
    const inputs: object[] = [
      { commandId, ...registration, channel: canary() },
      { commandId, ...registration, clientQuestion: canary().repeat(2_000) },
      { commandId, ...registration, [canary()]: canary() },
      { commandId: canary(), ...registration },
      { commandId, ...registration, registrationKind: 'SECOND_LINE_OWN_SIGNALERING' },
      { commandId, ...registration, occurredAt: '2014-01-01T00:00:00Z' },
    ];
    for (const input of inputs)
      complaints.push(JSON.stringify(await system.ask(loket, registerCase, { input })));
    const close = `mutation ($input: CloseCaseInput!) { closeCase(input: $input) { __typename ... on StepRefused { code facts { name values } } } }`;
    const unknown = { commandId, caseId: randomUUID(), outcome: canary(), solution: 'ADVICE' };
    complaints.push(JSON.stringify(await system.ask(loket, close, { input: unknown })));
    const query = `query ($id: Uuid!) { case(id: $id) { client { name { value } } } }`;
    for (const [principal, id] of [
      [as('elsewhere'), caseId],
      [testPrincipal.board, caseId],
      [loket, canary()],
    ] as const)
      complaints.push(JSON.stringify(await system.ask(principal, query, { id })));
  }

  const everything = (caseId: string) =>
    told(
      system,
      loket,
      `query ($id: Uuid!) { case(id: $id) {
        client { name { value } phone { value } email { value } address { value } safeContact { value } interpreterLanguage { value } }
        timeline { sealed { path text { state value } } } } }`,
      { id: caseId },
    );
  const figures = () =>
    told(
      system,
      testPrincipal.board,
      `{ figures { registrations(by: ORGANISATION_KIND) { key count } completeRegistrations(by: AREA) { key count }
         handovers { status count } ratings { side notAnswered distribution { rating count } } } }`,
    );
  const counted = () =>
    rowsOf<{ count: string }>(
      system.readModel.ownerUrl,
      'SELECT count(*) FROM read.case_row UNION ALL SELECT count(*) FROM read.timeline_entry',
    );
  const inReadModels = () =>
    rowsOf<{ c: string }>(
      system.readModel.ownerUrl,
      `SELECT DISTINCT value #>> '{}' AS c FROM (
         SELECT jsonb_path_query(document, '$.**.sealed.c') AS value FROM read.case_row
         UNION ALL SELECT jsonb_path_query(sealed, '$.**.sealed.c') FROM read.timeline_entry) found`,
    );
  /** Where the canary sings, of all that Spil keeps, says and prints. */
  async function heard(): Promise<string[]> {
    const [read, keys, events] = [
      system.readModel.ownerUrl,
      system.config.keysDatabaseUrl,
      system.eventsDatabaseUrl,
    ];
    const metrics = await fetch(new URL('/metrics', system.service.graphqlUrl));
    return [
      ...(printed.includes(song) ? ['logs'] : []),
      ...(complaints.some((answer) => answer.includes(song)) ? ['errors'] : []),
      ...((await metrics.text()).includes(song) ? ['metrics'] : []),
      ...(await tablesWith(read, song)),
      ...(await tablesWith(keys, song)),
      ...(await tablesWith(events, song)),
      ...(await filesWith(read, [song])),
      ...(await filesWith(keys, [song])),
      ...(await filesWith(events, [song])),
      ...(await logFilesWith(read, [song])),
    ];
  }

  beforeAll(async () => {
    const logging = { logLevel: 'debug', log: (line: string) => void (printed += line) } as const;
    system = await startTestSystem((config) => ({ ...config, ...logging }), logging);
    await populate(system);
    for (let at = 0; at < cases; at += 1) await sing();
  }, 600_000);

  afterAll(() => system.stop());

  it('is read by whom it is for', async () => {
    const { position } = opened.at(-1) ?? { position: '0' };
    expect(BigInt(position)).toBeGreaterThan(0n);
    for (const { id } of opened)
      await eventually(async () => {
        const text = JSON.stringify(await everything(id));
        expect(text.split(song).length - 1).toBeGreaterThanOrEqual(24);
      });
  }, 120_000);

  it('sings nowhere else: not in a log, an error, a metric, a name, a table or a file', async () => {
    expect(printed).toContain('request answered');
    expect(printed).toMatch(/"name":"projection-worker".*"msg":"caughtUp"/);
    expect(complaints.join('')).toContain('BAD_USER_INPUT');
    expect(await heard()).toEqual([]);
  }, 120_000);

  it('is silent within a minute of being forgotten, and so is its ciphertext; counts and figures stay', async () => {
    const ciphertexts = (await inReadModels()).map(({ c }) => c);
    const wrapped = await rowsOf<{ wrapped: Buffer }>(
      system.config.keysDatabaseUrl,
      `SELECT wrapped FROM key_store.data_key WHERE subject LIKE '["CASE"%'`,
    );
    expect(ciphertexts.length).toBeGreaterThanOrEqual(cases * 20);
    expect(wrapped.length).toBeGreaterThanOrEqual(2 * cases);
    const [figuresBefore, [casesBefore, entriesBefore]] = [await figures(), await counted()];

    const started = performance.now();
    await taken(system, officers.firm, 'setRetentionTerm', { years: 0, duty: false });
    for (const { id } of opened)
      for (const officer of [officers.loket, officers.firm]) await erased(system, officer, id);
    await eventually(async () => expect(await inReadModels()).toEqual([]));
    if (cases <= 10) expect(performance.now() - started).toBeLessThan(60_000);

    expect(await heard()).toEqual([]);
    expect(await filesWith(system.readModel.ownerUrl, ciphertexts)).toEqual([]);
    expect(
      await filesWith(
        system.config.keysDatabaseUrl,
        wrapped.map((row) => row.wrapped),
      ),
    ).toEqual([]);
    for (const { id } of opened) expect(JSON.stringify(await everything(id))).not.toContain(song);

    expect(await figures()).toEqual(figuresBefore);
    const [casesAfter, entriesAfter] = await counted();
    expect(casesAfter).toEqual(casesBefore);
    // Each organisation's order and its execution are entries of their own.
    expect(Number(entriesAfter?.count)).toBe(Number(entriesBefore?.count) + 4 * cases);
  }, 600_000);
});
