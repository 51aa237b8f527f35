import type { Principal } from '@spil/access';
import { as, populate, startTestSystem, type StepAnswer, type TestSystem } from '../support/system.js';
import { closed, erased, officers, taken } from './support.js';

interface Told {
  readonly data?: {
    readonly subjectAccess: {
      readonly clientId: string;
      readonly cases: readonly {
        readonly caseId: string;
        readonly fields: readonly {
          readonly name: string;
          readonly text: { readonly state: string; readonly value: string | null };
        }[];
      }[];
    } | null;
  } | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

describe('a client who asks what is held', () => {
  let system: TestSystem;
  let opened: StepAnswer;

  beforeAll(async () => {
    system = await startTestSystem();
    await populate(system);
    opened = await taken(system, as('loket'), 'registerCaseWithConversation', {
      registration: {
        registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
        channel: 'PHONE',
        primaryArea: 'HUURRECHT',
        client: { name: 'Gijs Voorbeeld (fictief)' },
        clientQuestion: 'Mag dit?',
      },
      request: { askedKind: 'ADVOCATUUR', questionKind: 'LEGAL_CHECK' },
      contact: { reachedKind: 'ADVOCATUUR' },
      account: { result: 'ADVICE_GIVEN', advice: 'Van het Loket' },
    });
    const { position } = await taken(system, as('lawyer'), 'registerCounterpart', {
      registrationCode: opened.registrationCode,
      account: { result: 'ADVICE_GIVEN', advice: 'Van de advocaat' },
    });
    opened = { ...opened, position };
  }, 60_000);

  afterAll(() => system.stop());

  async function told(principal: Principal, purpose = 'SUBJECT_ACCESS', caseId = opened.id): Promise<Told> {
    const response = await fetch(system.service.graphqlUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await system.tokenOf(principal)}`,
        'spil-purpose': purpose,
      },
      body: JSON.stringify({
        query: `query ($caseId: Uuid!, $position: Position!) {
          subjectAccess(caseId: $caseId, atLeast: { position: $position }) {
            clientId cases { caseId fields { name recordedIn occurredAt text { state value } } } } }`,
        variables: { caseId, position: opened.position },
      }),
    });
    return (await response.json()) as Told;
  }
  const filledIn = (answer: Told) =>
    (answer.data?.subjectAccess?.cases ?? []).flatMap(({ fields }) =>
      fields.filter(({ text }) => text.state !== 'EMPTY').map(({ name, text }) => [name, text.value]),
    );

  it('gets what each organisation recorded itself, from that organisation', async () => {
    expect(filledIn(await told(officers.loket))).toEqual(
      expect.arrayContaining([
        ['client.name', 'Gijs Voorbeeld (fictief)'],
        ['facts.clientQuestion', 'Mag dit?'],
        ['account.advice', 'Van het Loket'],
      ]),
    );
    expect(filledIn(await told(officers.firm))).toEqual([['account.advice', 'Van de advocaat']]);
  });

  it('is told so by privacy officers, under that purpose, and of cases that they hold something in', async () => {
    const codeOf = ({ errors }: Told) => errors?.[0]?.extensions.code;
    expect(codeOf(await told(officers.loket, 'DATA_PROTECTION'))).toBe('BAD_USER_INPUT');
    expect(codeOf(await told(as('loket')))).toBe('FORBIDDEN');
    const other = await taken(system, as('loket'), 'registerCase', {
      registrationKind: 'FIRST_LINE_SIGNALERING_ONLY',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
    });
    opened = { ...opened, position: other.position };
    expect((await told(officers.firm, 'SUBJECT_ACCESS', other.id)).data).toEqual({ subjectAccess: null });
  });

  it('hears afterwards that it was erased', async () => {
    const { position } = await closed(system, as('loket'), opened.id);
    opened = { ...opened, position };
    await erased(system, officers.loket, opened.id);
    const states = (await told(officers.loket)).data?.subjectAccess?.cases.flatMap(({ fields }) =>
      fields.map(({ text }) => text.state),
    );
    expect(new Set(states)).toEqual(new Set(['ERASED']));
    expect(filledIn(await told(officers.firm))).toEqual([['account.advice', 'Van de advocaat']]);
  });
});
