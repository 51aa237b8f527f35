import { randomUUID } from 'node:crypto';
import type { Principal, Purpose } from '@spil/access';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { documentFor, rootsOf } from '../support/schema-walk.js';
import { buildSchema } from '../../apps/coordination-service/src/schema.js';
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

const officer: Principal = {
  ...people.colleague,
  subject: 'account-officer',
  role: 'PRIVACY_OFFICER',
  mayImport: false,
};
/** Somebody whom no look at the professionals finds. */
const unknown: Principal = { ...officer, professionalId: '99999999-9999-4999-8999-999999999999' };

describe('a stated purpose', () => {
  let system: TestSystem;
  let opened: StepAnswer;

  beforeAll(async () => {
    system = await startTestSystem();
    await populate(system);
    opened = await step(system, as('loket'), 'registerCase', {
      registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
      client: { name: 'Fictieve Cliënt' },
      opposingPartyName: 'Fictieve Wederpartij',
    });
    opened = {
      ...opened,
      position: (
        await step(system, as('lawyer'), 'registerCounterpart', {
          registrationCode: opened.registrationCode,
          note: 'Fictieve notitie van de advocaat',
        })
      ).position,
    };
    const emergency = { caseId: opened.id, reason: 'Fictieve noodreden' };
    const { position } = await step(system, as('lawyer'), 'takeEmergencyAccess', emergency, 'EMERGENCY');
    opened = { ...opened, position };
  });
  afterAll(() => system.stop());

  const registration = {
    registrationKind: 'FIRST_LINE_SIGNALERING_ONLY',
    channel: 'PHONE',
    primaryArea: 'HUURRECHT',
  };
  const closing = { outcome: 'SOLVED', solution: 'ADVICE' };

  it.each<[string, Principal, Purpose, () => Readonly<Record<string, unknown>>]>([
    ['registerCase', as('loket'), 'SUBJECT_ACCESS', () => registration],
    ['registerCase', as('loket'), 'EMERGENCY', () => registration],
    ['closeCase', as('loket'), 'SUBJECT_ACCESS', () => ({ caseId: opened.id, ...closing })],
    ['closeCase', as('loket'), 'EMERGENCY', () => ({ caseId: randomUUID(), ...closing })],
    ['registerCounterpart', as('lawyer'), 'EMERGENCY', () => ({ registrationCode: opened.registrationCode })],
    [
      'linkRegistration',
      as('lawyer'),
      'SUBJECT_ACCESS',
      () => ({ caseId: opened.id, registrationCode: opened.registrationCode }),
    ],
    ['setRetentionTerm', officer, 'SUBJECT_ACCESS', () => ({ years: 3, duty: false })],
    [
      'requestErasure',
      officer,
      'SUBJECT_ACCESS',
      () => ({ caseId: opened.id, identityCheck: 'SEEN_IN_PERSON' }),
    ],
    ['requestErasure', unknown, 'SUBJECT_ACCESS', () => ({ caseId: opened.id, identityCheck: 'DIGID' })],
    ['eraseProfessional', unknown, 'SUBJECT_ACCESS', () => ({ professionalId: randomUUID() })],
    ['liftConflictWall', officer, 'SUBJECT_ACCESS', () => ({ caseId: opened.id, wallId: randomUUID() })],
  ])(
    'that a step is not for is refused, whatever the case and whoever asks: %s by %j for %s',
    async (mutation, who, purpose, input) => {
      expect(await step(system, who, mutation, input(), purpose)).toMatchObject({
        __typename: 'StepRefused',
        code: 'PURPOSE_NOT_FOR_STEP',
      });
    },
  );

  it('that a review of the access log is not for is refused as well', async () => {
    const { errors } = await system.ask(
      officer,
      `mutation ($input: ReviewAccessLogInput!) { reviewAccessLog(input: $input) { month } }`,
      {
        input: {
          commandId: randomUUID(),
          organisationId: officer.organisationId,
          month: '2026-01',
          finding: 'NOTHING_REMARKABLE',
        },
      },
      'SUBJECT_ACCESS',
    );
    expect(errors?.[0]?.extensions.code).toBe('PURPOSE_REFUSED');
  });

  it('is written down when it refuses', async () => {
    const before = new Date().toISOString();
    const refused = await step(
      system,
      officer,
      'setRetentionTerm',
      { years: 4, duty: false },
      'SUBJECT_ACCESS',
    );
    expect(refused).toMatchObject({ code: 'PURPOSE_NOT_FOR_STEP' });
    const { data } = await system.ask(
      testPrincipal.auditor,
      `{ refusals(from: "${before}", to: "2199-01-01T00:00:00Z", code: "PURPOSE_NOT_FOR_STEP") {
        edges { node { operation } } } }`,
    );
    const { edges } = data?.refusals as { edges: { node: { operation: string } }[] };
    expect(edges.map(({ node }) => node.operation)).toEqual(['setRetentionTerm']);
  });

  it('of answering a client opens to a privacy officer no way to personal data but the one that collects the own part, and reviewing none but the reason of an emergency', async () => {
    const personal = /Fictieve (?:Cliënt|Wederpartij|notitie|noodreden)/;
    const roots = rootsOf(await buildSchema());
    const about = {
      id: `"${opened.id}"`,
      caseId: `"${opened.id}"`,
      Uuid: `"${opened.id}"`,
      first: '1',
      atLeast: `{ position: "${opened.position}" }`,
      String: `"${String(opened.registrationCode)}"`,
      ReferenceId: '"utrecht"',
      Instant: '"2199-01-01T00:00:00Z"',
    };
    for (const root of roots.filter(({ operation }) => operation === 'query')) {
      const answer = await system.ask(officer, documentFor(root, about), {}, 'SUBJECT_ACCESS');
      const { name } = root.field;
      if (name === 'case' || name === 'cases') expect([name, answer.errors]).toEqual([name, undefined]);
      if (name === 'subjectAccess') {
        expect(JSON.stringify(answer.data)).toContain('Fictieve Cliënt');
        expect(JSON.stringify(answer.data)).not.toContain('Fictieve notitie van de advocaat');
      } else expect([name, JSON.stringify(answer)]).toEqual([name, expect.not.stringMatching(personal)]);
    }

    const review = '{ emergencyAccessToReview { reason { value } } }';
    expect((await system.ask(officer, review)).data?.emergencyAccessToReview).toEqual([
      { reason: { value: 'Fictieve noodreden' } },
    ]);

    const token = await system.tokenOf(officer);
    const client = createClient({
      url: system.service.graphqlUrl.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}`, purpose: 'SUBJECT_ACCESS' },
      retryAttempts: 0,
    });
    const subscription = roots.find(({ field }) => field.name === 'caseTimeline');
    if (subscription === undefined) throw new Error('there is no timeline to follow');
    const { value } = (await client.iterate({ query: documentFor(subscription, about) }).next()) as {
      value: { data?: unknown };
    };
    expect(JSON.stringify(value.data)).toContain('CaseRegistered');
    expect(JSON.stringify(value.data)).not.toMatch(personal);
    await client.dispose();
  });
});
