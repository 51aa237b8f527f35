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
    ['liftConflictWall', officer, 'SUBJECT_ACCESS', () => ({ caseId: opened.id, wallId: randomUUID() })],
  ])(
    'that a step is not for is refused, whatever the case: %s by %j for %s',
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
    const { data } = await system.ask(
      testPrincipal.auditor,
      `{ refusals(from: "2020-01-01T00:00:00Z", to: "2199-01-01T00:00:00Z", code: "PURPOSE_NOT_FOR_STEP") {
        edges { node { operation } } } }`,
    );
    const { edges } = data?.refusals as { edges: { node: { operation: string } }[] };
    expect(edges.map(({ node }) => node.operation)).toContain('setRetentionTerm');
  });

  it('of answering a client opens to a privacy officer no way to personal data but the one that collects the own part', async () => {
    const personal = /Fictieve (?:Cliënt|Wederpartij|notitie)/;
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
