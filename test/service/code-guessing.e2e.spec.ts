import { randomBytes, randomUUID } from 'node:crypto';
import { registrationCodeFrom } from '@spil/domain';
import { createService } from '../../apps/coordination-service/src/index.js';
import { eventually } from '../support/eventually.js';
import { nowhere } from '../support/service-alone.js';
import {
  as,
  populate,
  startTestSystem,
  step,
  type GraphQLAnswer,
  type StepAnswer,
  type TestSystem,
} from '../support/system.js';

describe('registration codes', () => {
  let system: TestSystem;
  let opened: StepAnswer;

  beforeAll(async () => {
    system = await startTestSystem();
    await populate(system);
    opened = await step(system, as('loket'), 'registerCase', {
      registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
    });
  });
  afterAll(() => system.stop());

  const guess = (): string => registrationCodeFrom(randomBytes(8));
  const join = (who: 'lawyer' | 'elsewhere', registrationCode: string, commandId = randomUUID()) =>
    system.ask(
      as(who),
      `mutation ($input: RegisterCounterpartInput!) { step: registerCounterpart(input: $input) {
        __typename ... on StepRefused { code } } }`,
      { input: { commandId, registrationCode } },
    );
  const rightCode = (): string => opened.registrationCode ?? '';

  it('that are right can be used as often as one works', async () => {
    const commandId = randomUUID();
    // Far more than there are tries, and than come back by waiting meanwhile.
    for (let time = 0; time < 80; time += 1) {
      const answer = await join('lawyer', rightCode(), commandId);
      expect(answer.errors).toBeUndefined();
      expect(answer).toMatchObject({ data: { step: { __typename: 'StepAccepted' } } });
    }
  });

  describe('reveal nothing of the case to who has no more than the code:', () => {
    /** What a step with a code is answered, by somebody in Zwolle who stands outside of every case. */
    const refusalOf = async (mutation: string, input: Record<string, unknown>) => {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
      const { data, errors } = await system.ask(
        as('elsewhere'),
        `mutation ($input: ${type}) { step: ${mutation}(input: $input) {
          __typename ... on StepRefused { code rule field facts { name values } } } }`,
        { input: { commandId: randomUUID(), ...input } },
      );
      expect(errors).toBeUndefined();
      return data?.step;
    };
    const accepted = async (who: 'loket' | 'lawyer' | 'elsewhere', mutation: string, input: object) => {
      const answer = await step(system, as(who), mutation, { ...input });
      expect([mutation, answer.code]).toEqual([mutation, undefined]);
      return answer;
    };
    const register = (who: 'loket' | 'lawyer' | 'elsewhere', registrationKind: string) =>
      accepted(who, 'registerCase', { registrationKind, channel: 'PHONE', primaryArea: 'HUURRECHT' });

    it('one of a registration that was linked is answered as one that nobody has', async () => {
      const host = await register('loket', 'FIRST_LINE_CONVERSATION_SOUGHT');
      const guest = await register('lawyer', 'SECOND_LINE_RESPONSE_WITHOUT_CODE');
      await accepted('lawyer', 'linkRegistration', {
        caseId: guest.id,
        registrationCode: host.registrationCode,
      });
      const registrationCode = guest.registrationCode;
      const nobodys = { registrationCode: guess() };
      // Of an own case to which nothing could be linked: what stands against that must not tell the codes apart either.
      const own = await register('elsewhere', 'FIRST_LINE_CONVERSATION_SOUGHT');
      for (const [mutation, input] of [
        ['registerCounterpart', {}],
        ['linkRegistration', { caseId: own.id }],
      ] as const)
        expect(await refusalOf(mutation, { ...input, registrationCode })).toEqual(
          await refusalOf(mutation, { ...input, ...nobodys }),
        );
    });

    it('one of a closed case does not tell when that was closed, or when it began', async () => {
      const { id: caseId, registrationCode } = await register('loket', 'FIRST_LINE_CONVERSATION_SOUGHT');
      const occurredAt = new Date(Date.now() - 86_400_000).toISOString();
      await accepted('loket', 'closeCase', { caseId, outcome: 'SOLVED', solution: 'ADVICE' });
      expect(await refusalOf('registerCounterpart', { registrationCode })).toMatchObject({
        code: 'CASE_CLOSED',
        facts: [],
      });
      const late = { registrationCode, occurredAt, account: { result: 'ADVICE_GIVEN' } };
      expect(await refusalOf('registerCounterpart', late)).toMatchObject({
        code: 'OCCURRED_BEFORE_STEP',
        facts: [],
      });
    });
  });

  it('that are mistyped use up no tries, in an emergency neither', async () => {
    const right = rightCode();
    const mistyped = right.slice(0, -1) + (right.endsWith('2') ? '3' : '2');
    const long = right.repeat(20);
    const takeAccess = (registrationCode: string) =>
      system.ask(
        as('colleague'),
        `mutation ($input: TakeEmergencyAccessInput!) { step: takeEmergencyAccess(input: $input) {
          __typename ... on StepRefused { code } } }`,
        { input: { commandId: randomUUID(), registrationCode, reason: 'Fictief' } },
        'EMERGENCY',
      );
    const lookUp = `{ caseByRegistrationCode(code: "${mistyped}") { status } }`;
    for (let time = 0; time < 60; time += 1) {
      expect(await takeAccess(mistyped)).toMatchObject({ data: { step: { code: 'CASE_NOT_FOUND' } } });
      expect(await system.ask(as('colleague'), lookUp)).toMatchObject({
        data: { caseByRegistrationCode: { status: 'MISTYPED' } },
      });
    }
    expect((await takeAccess(long)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('cannot be found by guessing, with any step, and count together', async () => {
    const limitedBy = (ask: () => ReturnType<typeof join>) =>
      eventually(async () => {
        await Promise.all(Array.from({ length: 40 }, () => join('elsewhere', guess())));
        expect((await ask()).errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
      });
    await limitedBy(() => join('elsewhere', rightCode()));
    await limitedBy(() =>
      system.ask(
        as('elsewhere'),
        `mutation ($input: TakeEmergencyAccessInput!) { step: takeEmergencyAccess(input: $input) { __typename } }`,
        { input: { commandId: randomUUID(), registrationCode: rightCode(), reason: 'Fictief' } },
        'EMERGENCY',
      ),
    );
    await limitedBy(() =>
      system.ask(as('elsewhere'), `{ caseByRegistrationCode(code: "${rightCode()}") { status } }`),
    );
    expect((await join('lawyer', guess())).errors).toBeUndefined();
  });

  it('cannot be found by guessing at two processes of the service in turn', async () => {
    const second = await createService(system.config);
    const lookUp = async (graphqlUrl: string) => {
      const token = await system.tokenOf(as('colleague'));
      const response = await fetch(graphqlUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query: `{ caseByRegistrationCode(code: "${guess()}") { status } }` }),
      });
      return ((await response.json()) as GraphQLAnswer).errors?.[0]?.extensions.code ?? 'ANSWERED';
    };
    const answers: unknown[] = [];
    for (let time = 0; time < 60; time += 1)
      answers.push(await lookUp(time % 2 === 0 ? system.service.graphqlUrl : second.graphqlUrl));
    await second.close();
    // While they are all answered a few come back, one every two seconds.
    const answered = answers.filter((code) => code === 'ANSWERED').length;
    expect(new Set(answers)).toEqual(new Set(['ANSWERED', 'RATE_LIMITED']));
    expect([answered >= 30, answered < 40]).toEqual([true, true]);
  });

  it('can be used while nobody counts for all processes', async () => {
    const alone = await createService({ ...system.config, auditDatabaseUrl: nowhere });
    const token = await system.tokenOf(as('lawyer'));
    const response = await fetch(alone.graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: `{ caseByRegistrationCode(code: "${rightCode()}") { status } }` }),
    });
    expect(await response.json()).toMatchObject({ data: { caseByRegistrationCode: { status: 'LINKABLE' } } });
    await alone.close();
  });
});
