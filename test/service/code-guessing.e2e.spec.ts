import { randomBytes, randomUUID } from 'node:crypto';
import { registrationCodeFrom } from '@spil/domain';
import { eventually } from '../support/eventually.js';
import { as, populate, startTestSystem, step, type StepAnswer, type TestSystem } from '../support/system.js';

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
    for (let time = 0; time < 35; time += 1)
      expect(await join('lawyer', rightCode(), commandId)).toMatchObject({
        data: { step: { __typename: 'StepAccepted' } },
      });
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
});
