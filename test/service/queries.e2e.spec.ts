import { randomUUID } from 'node:crypto';
import {
  as,
  people,
  populate,
  startTestSystem,
  step,
  type GraphQLAnswer,
  type TestSystem,
} from '../support/system.js';
import { testPrincipal } from '../support/tokens.js';

const canary = 'Kanarie van der Vogel';

describe('queries', () => {
  let system: TestSystem;
  let caseId: string;
  let code: string;
  let revision: string;

  beforeAll(async () => {
    system = await startTestSystem();
    await populate(system);
    const opened = await step(system, as('loket'), 'registerCase', {
      registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
      clientMunicipality: 'GM0344',
      client: { name: canary, phone: '06 00000000' },
      clientQuestion: `Mag dit, vraagt ${canary}?`,
      signaleringRelevance: 'NO',
    });
    caseId = opened.id;
    code = opened.registrationCode ?? '';
    revision = opened.revision;
  });
  afterAll(() => system.stop());

  const fresh = () => ({ id: caseId, atLeast: { caseId, revision } });
  const showCase = `query ($id: Uuid!, $atLeast: AtLeastInput) { case(id: $id, atLeast: $atLeast) {
    id status primaryArea stale revision waitingFor
    client { name { state value } email { state value } }
    registrations { facts { clientQuestion { state value } professionalQuestion { state value } } }
    timeline { revision type actor { kind party { professionalId } } facts sealed { path text { state value } } }
  } }`;

  it('show a case to the organisation that registered it, as fresh as asked, with its personal data', async () => {
    const { data, errors } = await system.ask(as('colleague'), showCase, fresh());
    expect(errors).toBeUndefined();
    expect(data?.case).toMatchObject({
      id: caseId,
      status: 'OPEN',
      primaryArea: 'HUURRECHT',
      stale: false,
      revision,
      client: { name: { state: 'VALUE', value: canary }, email: { state: 'EMPTY', value: null } },
      registrations: [
        {
          facts: {
            clientQuestion: { state: 'VALUE', value: `Mag dit, vraagt ${canary}?` },
            professionalQuestion: { state: 'EMPTY', value: null },
          },
        },
      ],
      timeline: [
        {
          revision: '0',
          type: 'CaseRegistered',
          actor: { kind: 'PROFESSIONAL', party: { professionalId: people.loket.professionalId } },
          sealed: expect.arrayContaining([
            { path: 'facts.clientQuestion', text: { state: 'VALUE', value: `Mag dit, vraagt ${canary}?` } },
          ]) as unknown,
        },
      ],
    });
  });

  it('answer the same for a case that one may not see as for one that does not exist', async () => {
    const strangers = [
      as('elsewhere'),
      as('lawyer'),
      testPrincipal.board,
      testPrincipal.admin,
      testPrincipal.auditor,
    ];
    for (const stranger of strangers)
      for (const asked of [fresh(), { id: randomUUID(), atLeast: { caseId: randomUUID(), revision } }])
        expect(await system.ask(stranger, showCase, asked)).toMatchObject({ data: { case: null } });
  });

  it('say so when they cannot be as fresh as asked', async () => {
    const { errors } = await system.ask(as('loket'), showCase, {
      id: caseId,
      atLeast: { caseId, revision: '99' },
    });
    expect(errors?.[0]?.extensions.code).toBe('NOT_YET_VISIBLE');
    const far = await system.ask(as('loket'), showCase, {
      id: caseId,
      atLeast: { position: '999999999999999' },
    });
    expect(far.errors?.[0]?.extensions).toMatchObject({
      code: 'NOT_YET_VISIBLE',
      behind: ['case', 'timeline'],
    });
  });

  it('refuse an `atLeast` that says too little or too much', async () => {
    for (const atLeast of [{}, { caseId }, { revision }, { position: '1', caseId }]) {
      const { errors } = await system.ask(as('loket'), showCase, { id: caseId, atLeast });
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ field: 'atLeast' }],
      });
    }
  });

  const list = `query ($filter: CaseFilterInput, $first: Int, $after: String) {
    cases(filter: $filter, first: $first, after: $after) {
      edges { cursor node { id client { name { value } } } } pageInfo { hasNextPage endCursor }
    } }`;

  it('list cases to those who may see them, and refuse lists to those who have no cases', async () => {
    await system.ask(as('loket'), showCase, fresh());
    const idsFor = async (who: ReturnType<typeof as>, filter = {}) => {
      const { data } = await system.ask(who, list, { filter });
      return (data?.cases as { edges: { node: { id: string } }[] }).edges.map(({ node }) => node.id);
    };
    expect(await idsFor(as('colleague'))).toEqual([caseId]);
    expect(await idsFor(as('colleague'), { area: 'HUURRECHT', status: 'OPEN', flagged: false })).toEqual([
      caseId,
    ]);
    expect(await idsFor(as('colleague'), { area: 'ARBEIDSRECHT' })).toEqual([]);
    expect(await idsFor(as('elsewhere'))).toEqual([]);
    expect(await idsFor(as('lawyer'))).toEqual([]);
    const board = await system.ask(testPrincipal.board, list);
    expect(board.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('refuse pages that are too large and cursors that no page gave, naming the argument', async () => {
    const problems = async (variables: object) =>
      (await system.ask(as('loket'), list, { ...variables })).errors?.[0]?.extensions;
    expect(await problems({ first: 101 })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ field: 'first', message: 'must not be greater than 100' }],
    });
    expect(await problems({ first: 0 })).toMatchObject({ fields: [{ field: 'first' }] });
    expect(await problems({ after: 'bm8gY3Vyc29y' })).toMatchObject({ fields: [{ field: 'after' }] });
    expect(await problems({ filter: { locationId: "x' OR 1=1" } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ field: 'filter.locationId' }],
    });
    expect(await problems({ filter: { area: canary } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ field: 'filter.area' }],
    });
  });

  const lookUp = 'query ($code: String!) { caseByRegistrationCode(code: $code) { status caseId } }';

  it('tell of a registration code only whether it links', async () => {
    const found = async (who: ReturnType<typeof as>, asked: string) =>
      (await system.ask(who, lookUp, { code: asked })).data?.caseByRegistrationCode;
    expect(await found(as('lawyer'), code)).toEqual({ status: 'LINKABLE', caseId: null });
    expect(await found(as('lawyer'), code.toLowerCase().replaceAll('-', ' '))).toMatchObject({
      status: 'LINKABLE',
    });
    expect(await found(as('loket'), code)).toEqual({ status: 'LINKABLE', caseId });
    const swapped = code.startsWith('2') ? code.replace('2', '3') : code.replace(code.charAt(0), '2');
    expect(await found(as('lawyer'), swapped)).toEqual({ status: 'MISTYPED', caseId: null });
    expect((await system.ask(testPrincipal.board, lookUp, { code })).errors?.[0]?.extensions.code).toBe(
      'FORBIDDEN',
    );
  });

  it('end the guessing of registration codes', async () => {
    const answers: GraphQLAnswer[] = [];
    for (let time = 0; time < 60; time += 1)
      answers.push(await system.ask(as('elsewhere'), lookUp, { code: '222-222-222' }));
    const limited = answers.filter(({ errors }) => errors?.[0]?.extensions.code === 'RATE_LIMITED');
    expect(limited.length).toBeGreaterThanOrEqual(20);
  });

  const history = `query ($caseId: Uuid!, $asOf: Instant) { caseHistory(caseId: $caseId, asOf: $asOf) {
    eventCount state { status primaryArea registrationCode openPiketRequests }
    events { revision type storedAt mandate correlationId actor { party { organisationId } } facts sealed }
  } }`;

  it('show an auditor the history of a case, with what is sealed marked and not opened', async () => {
    const answer = await system.ask(testPrincipal.auditor, history, { caseId });
    expect(answer.errors).toBeUndefined();
    expect(answer.data?.caseHistory).toMatchObject({
      eventCount: 1,
      state: { status: 'OPEN', primaryArea: 'HUURRECHT', registrationCode: code, openPiketRequests: 0 },
      events: [
        {
          type: 'CaseRegistered',
          mandate: 'CASEWORK',
          correlationId: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
          sealed: expect.arrayContaining(['client', 'facts.clientQuestion']) as unknown,
        },
      ],
    });
    expect(JSON.stringify(answer)).not.toContain(canary);
    expect(JSON.stringify(answer)).not.toMatch(/"(kid|ct|nonce)"/);
  });

  it('show the history as it stood before the case existed', async () => {
    const { data } = await system.ask(testPrincipal.auditor, history, {
      caseId,
      asOf: '2020-01-01T00:00:00Z',
    });
    expect(data?.caseHistory).toEqual({ eventCount: 0, state: null, events: [] });
  });

  it('show no history to the board, administrators and strangers', async () => {
    for (const stranger of [testPrincipal.board, testPrincipal.admin, as('lawyer')])
      expect((await system.ask(stranger, history, { caseId })).data).toEqual({ caseHistory: null });
  });

  const figures = `query ($locationId: ReferenceId, $period: PeriodInput, $asOf: Instant) {
    figures(locationId: $locationId, period: $period, asOf: $asOf) {
      users { organisationKind registered active }
      registrations(by: AREA) { key count }
      relevance(by: LOCATION) { key yes no }
      contactOutcome { withContact withoutContact }
    } }`;

  it('give the board figures of every location, and professionals those of their own', async () => {
    await system.ask(as('loket'), showCase, fresh());
    const { data, errors } = await system.ask(testPrincipal.board, figures);
    expect(errors).toBeUndefined();
    expect(data?.figures).toMatchObject({
      registrations: [{ key: 'HUURRECHT', count: 1 }],
      relevance: [{ key: 'utrecht', yes: 0, no: 1 }],
    });
    expect((await system.ask(as('elsewhere'), figures)).data?.figures).toMatchObject({ registrations: [] });
    const other = await system.ask(as('loket'), figures, { locationId: 'zwolle' });
    expect(other.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const admin = await system.ask(testPrincipal.admin, figures);
    expect(admin.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('refuse a period that ends before it begins', async () => {
    const { errors } = await system.ask(testPrincipal.board, figures, {
      period: { from: '2021-03-01', to: '2021-02-01' },
    });
    expect(errors?.[0]?.extensions).toMatchObject({ fields: [{ field: 'period.to' }] });
  });

  it('show reference data, and names only to those who work with people', async () => {
    const query = `{ locations { id municipalities } organisations { id }
      programmePolicy(locationId: "utrecht") { localDesk consultedLawyerMayReceiveFrom revision } }`;
    for (const who of [as('lawyer'), testPrincipal.board, testPrincipal.auditor, testPrincipal.admin])
      expect((await system.ask(who, query)).data).toMatchObject({
        locations: [{ id: 'utrecht' }, { id: 'zwolle' }],
        programmePolicy: { consultedLawyerMayReceiveFrom: [], revision: null },
      });
    const names = '{ professionals(locationId: "zwolle") { id name { state value } email { state } } }';
    expect((await system.ask(as('lawyer'), names)).data?.professionals).toEqual([
      {
        id: people.elsewhere.professionalId,
        name: { state: 'VALUE', value: 'Fictieve cccc' },
        email: { state: 'EMPTY' },
      },
    ]);
    for (const who of [testPrincipal.board, testPrincipal.auditor])
      expect((await system.ask(who, names)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('are ready, and say how far the read models are', async () => {
    const ready = await fetch(new URL('/health/ready', system.service.graphqlUrl));
    expect([ready.status, await ready.json()]).toMatchObject([
      200,
      {
        status: 'ok',
        details: { eventStore: { status: 'up' }, keys: { status: 'up' }, readModels: { status: 'up' } },
      },
    ]);
    const metrics = await (await fetch(new URL('/metrics', system.service.graphqlUrl))).text();
    expect(metrics).toMatch(/spil_projection_lag_seconds\{projection="case"\} 0/);
    expect(metrics).toMatch(/spil_event_store_append_seconds_count\{outcome="ok"\} \d+/);
    expect(metrics).not.toContain(canary);
  });
});
