import { randomUUID } from 'node:crypto';
import type { Principal } from '@spil/access';
import { officers } from '../erasure/support.js';
import { eventually } from '../support/eventually.js';
import { busyMs } from '../support/soon.js';
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

const loket = as('loket');
const coordinator = as('colleague', { role: 'COORDINATOR' });
const lawyer = as('lawyer');
const elsewhere = as('elsewhere');
const officer: Principal = {
  ...people.colleague,
  subject: 'account-officer',
  role: 'PRIVACY_OFFICER',
  mayImport: false,
};

const everyWay = `query ($id: Uuid!, $code: String!) {
  case(id: $id) { id client { name { state value } } }
  caseHistory(caseId: $id) { eventCount }
  cases(first: 100) { edges { node { id client { name { state } } } } }
  caseByRegistrationCode(code: $code) { status caseId } }`;

/** A code that is well formed and that nobody has. */
const unknownCode = 'K7M-4QX-9TG';

describe('a case', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startTestSystem();
    await populate(system);
  });
  afterAll(() => system.stop());

  const accepted = async (
    ...order: [Principal, string, Record<string, unknown>, 'EMERGENCY'?]
  ): Promise<StepAnswer> => {
    const [who, mutation, input, purpose] = order;
    const answer = await step(system, who, mutation, input, purpose);
    expect([mutation, answer.code]).toEqual([mutation, undefined]);
    return answer;
  };
  const open = () =>
    accepted(loket, 'registerCase', {
      registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
      client: { name: 'Fictieve Cliënt' },
    });
  const made = (answer: StepAnswer, kind: string) => answer.created.find((one) => one.kind === kind)?.id;
  /** What somebody gets by every way in. */
  const seenBy = async (
    who: Principal,
    { id, registrationCode: code }: StepAnswer,
    purpose?: 'EMERGENCY',
  ) => {
    const { data, errors } = await system.ask(who, everyWay, { id, code }, purpose);
    expect(errors).toBeUndefined();
    const edges = (data?.cases as { edges: { node: { id: string } }[] }).edges;
    return { ...data, cases: edges.filter(({ node }) => node.id === id) };
  };
  const nothing = {
    case: null,
    caseHistory: null,
    cases: [],
    caseByRegistrationCode: { status: 'NOT_LINKABLE', caseId: null },
  };

  describe('with a conflict wall', () => {
    it.each([
      ['a professional', { professionalId: people.lawyer.professionalId }],
      ['an organisation', { organisationId: people.lawyer.organisationId }],
    ])('against %s does not exist for them, though they take part in it', async (_what, against) => {
      const opened = await open();
      await accepted(lawyer, 'registerCounterpart', { registrationCode: opened.registrationCode });
      await eventually(async () =>
        expect(await seenBy(lawyer, opened)).toMatchObject({ case: { id: opened.id }, cases: [{}] }),
      );

      const raised = await accepted(loket, 'raiseConflictWall', { caseId: opened.id, ...against });
      expect(raised.effective).toBe('APPLIED');
      expect(await seenBy(lawyer, opened)).toEqual(nothing);
      // Of one's own case, to which nothing could be linked: the other code must not even get that far.
      const own = await accepted(lawyer, 'registerCase', {
        registrationKind: 'SECOND_LINE_CLIENT_CAME_DIRECTLY',
        channel: 'PHONE',
        primaryArea: 'HUURRECHT',
      });
      const stepsOn = async (caseId: string, registrationCode: string) => [
        await step(system, lawyer, 'linkRegistration', { caseId: own.id, registrationCode }),
        await step(system, lawyer, 'linkRegistration', {
          caseId: own.id,
          registrationCode,
          conversationId: randomUUID(),
        }),
        await step(system, lawyer, 'closeCase', { caseId, outcome: 'SOLVED', solution: 'ADVICE' }),
        await step(system, lawyer, 'raiseConflictWall', {
          caseId,
          professionalId: people.loket.professionalId,
        }),
        await step(system, lawyer, 'registerCounterpart', { registrationCode }),
        await step(system, lawyer, 'takeEmergencyAccess', { caseId, reason: 'Fictief' }, 'EMERGENCY'),
        await step(
          system,
          lawyer,
          'takeEmergencyAccess',
          { registrationCode, reason: 'Fictief' },
          'EMERGENCY',
        ),
      ];
      expect(await stepsOn(opened.id, opened.registrationCode ?? '')).toEqual(
        await stepsOn(randomUUID(), unknownCode),
      );

      const lift = { caseId: opened.id, wallId: made(raised, 'wall') };
      expect(await step(system, loket, 'liftConflictWall', lift)).toMatchObject({ code: 'CASE_NOT_FOUND' });
      await accepted(coordinator, 'liftConflictWall', lift);
      await eventually(async () =>
        expect(await seenBy(lawyer, opened)).toMatchObject({ case: { id: opened.id }, cases: [{}] }),
      );
    });

    it('keeps its owning organisation, which could lift the wall no more', async () => {
      const { id: caseId } = await open();
      const { organisationId } = people.loket;
      expect(await step(system, loket, 'raiseConflictWall', { caseId, organisationId })).toMatchObject({
        code: 'CONFLICT_WALL_AGAINST_OWNER',
      });
      expect(await step(system, loket, 'raiseConflictWall', { caseId })).toMatchObject({
        code: 'CONFLICT_WALL_AGAINST_ONE',
      });
    });
  });

  describe('in an emergency', () => {
    const toReview = '{ emergencyAccessToReview { caseId emergencyId takenBy overdue reason { value } } }';

    it('opens to a professional without a role, under that purpose only, and is reviewed by someone else', async () => {
      const opened = await open();
      const { id: caseId } = opened;
      const order = { caseId, reason: 'Ontruiming morgenochtend (fictief)' };
      expect(await step(system, lawyer, 'takeEmergencyAccess', order)).toMatchObject({
        code: 'EMERGENCY_PURPOSE_NOT_STATED',
      });
      const taken = await accepted(lawyer, 'takeEmergencyAccess', order, 'EMERGENCY');
      await eventually(async () =>
        expect(await seenBy(lawyer, opened, 'EMERGENCY')).toMatchObject({
          case: { client: { name: { value: 'Fictieve Cliënt' } } },
          cases: [{}],
        }),
      );
      expect(await seenBy(lawyer, opened)).toMatchObject({ case: null, caseHistory: null, cases: [] });
      const close = { caseId, outcome: 'SOLVED', solution: 'ADVICE' };
      expect(await step(system, lawyer, 'closeCase', close)).toMatchObject({ code: 'CASE_NOT_FOUND' });

      const emergencyId = made(taken, 'emergency');
      for (const reviewer of [coordinator, officer])
        expect((await system.ask(reviewer, toReview)).data?.emergencyAccessToReview).toEqual([
          {
            caseId,
            emergencyId,
            takenBy: people.lawyer.professionalId,
            overdue: false,
            reason: { value: order.reason },
          },
        ]);
      for (const other of [loket, lawyer, testPrincipal.board])
        expect((await system.ask(other, toReview)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');

      const review = { caseId, emergencyId, verdict: 'NOT_JUSTIFIED', note: 'Fictief' };
      expect(await step(system, lawyer, 'reviewEmergencyAccess', review)).toMatchObject({
        code: 'CASE_NOT_FOUND',
      });
      expect((await accepted(officer, 'reviewEmergencyAccess', review)).effective).toBe('APPLIED');
      expect(await seenBy(lawyer, opened, 'EMERGENCY')).toMatchObject({ case: null, cases: [] });
      expect((await system.ask(coordinator, toReview)).data?.emergencyAccessToReview).toEqual([]);
    });
  });

  it('is told by no refusal of emergency access, which would open it without anybody being called to account', async () => {
    const { id: existing } = await open();
    for (const [minutes, code] of [
      [0, 'EMERGENCY_ACCESS_TOO_LONG'],
      [241, 'EMERGENCY_ACCESS_TOO_LONG'],
    ] as const)
      for (const caseId of [existing, randomUUID()]) {
        const order = { caseId, reason: 'Fictief', minutes };
        const refused = await step(system, lawyer, 'takeEmergencyAccess', order, 'EMERGENCY');
        expect([minutes, refused]).toEqual([minutes, { __typename: 'StepRefused', code, field: 'minutes' }]);
      }
    const fields = `{ __type(name: "TakeEmergencyAccessInput") { inputFields { name } } }`;
    const { data } = await system.ask(lawyer, fields);
    const { inputFields } = data?.__type as { inputFields: { name: string }[] };
    // It begins when it is recorded: a day before the case began would be refused for that.
    expect(inputFields.map(({ name }) => name)).not.toContain('occurredAt');
  });

  it('hands the client what was recorded in an emergency, by the organisation of who did', async () => {
    const { id: caseId } = await open();
    const order = { caseId, reason: 'Ontruiming vanavond (fictief)' };
    const { position } = await accepted(lawyer, 'takeEmergencyAccess', order, 'EMERGENCY');
    const { data } = await system.ask(
      officers.firm,
      `query ($caseId: Uuid!, $position: Position!) {
        subjectAccess(caseId: $caseId, atLeast: { position: $position }) { cases { caseId fields { text { value } } } } }`,
      { caseId, position },
      'SUBJECT_ACCESS',
    );
    expect(JSON.stringify(data?.subjectAccess)).toContain(order.reason);
    expect(JSON.stringify(data?.subjectAccess)).not.toContain('Fictieve Cliënt');
  });

  describe('for a privacy officer', () => {
    it('exists with its history and without personal data, which no purpose opens there', async () => {
      const { id, position } = await open();
      const query = `query ($id: Uuid!, $position: Position!) {
        case(id: $id, atLeast: { position: $position }) { client { name { state } } timeline { type } } }`;
      const shownFor = async (purpose?: 'SUBJECT_ACCESS') =>
        (await system.ask(officer, query, { id, position }, purpose)).data?.case;
      expect(await shownFor()).toEqual({
        client: { name: { state: 'DENIED' } },
        timeline: [{ type: 'CaseRegistered' }],
      });
      expect(await shownFor('SUBJECT_ACCESS')).toEqual(await shownFor());
      const close = { caseId: id, outcome: 'SOLVED', solution: 'ADVICE' };
      expect(await step(system, officer, 'closeCase', close)).toMatchObject({ code: 'CASE_NOT_FOUND' });
    });
  });

  describe('for who left', () => {
    it('is gone within 5 seconds, by every way in', async () => {
      const opened = await open();
      const { professionalId } = people.elsewhere;
      await accepted(loket, 'assignCoordinator', { caseId: opened.id, professionalId });
      await eventually(async () => expect(await seenBy(elsewhere, opened)).toMatchObject({ cases: [{}] }));
      await accepted(testPrincipal.admin, 'deactivateProfessional', { professionalId, reason: 'LEFT' });
      const left = performance.now();
      await eventually(async () => expect(await seenBy(elsewhere, opened)).toEqual(nothing));
      expect(performance.now() - left).toBeLessThan(5_000 + busyMs);
    });
  });
});
