import { jest } from '@jest/globals';
import { AccessFreshness } from '../../apps/coordination-service/src/freshness/access-freshness.js';
import { createService, type RunningService } from '../../apps/coordination-service/src/index.js';
import { eventually } from '../support/eventually.js';
import {
  as,
  people,
  populate,
  startTestSystem,
  step,
  type GraphQLAnswer,
  type TestSystem,
} from '../support/system.js';

describe('an access table that lags', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startTestSystem();
    await populate(system);
  });
  afterAll(() => system.stop());

  const listed = async (who: 'loket' | 'lawyer') => {
    const query = '{ cases { edges { node { id client { name { state } } } } } }';
    const { data } = await system.ask(as(who), query);
    const { edges } = data?.cases as {
      edges: { node: { id: string; client: { name: { state: string } } } }[];
    };
    return edges.map(({ node }) => [node.id, node.client.name.state]);
  };

  it('leaves a revocation pending and lists without personal data, while the case itself is closed at once', async () => {
    const opened = await step(system, as('loket'), 'registerCase', {
      registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
      client: { name: 'Fictieve Cliënt' },
    });
    await step(system, as('lawyer'), 'registerCounterpart', { registrationCode: opened.registrationCode });
    await eventually(async () => expect(await listed('lawyer')).toEqual([[opened.id, 'VALUE']]));

    await system.worker.stop();
    const raised = await step(system, as('loket'), 'raiseConflictWall', {
      caseId: opened.id,
      organisationId: people.lawyer.organisationId,
    });
    expect([raised.__typename, raised.effective]).toEqual(['StepAccepted', 'PENDING']);
    const one = await system.ask(as('lawyer'), 'query ($id: Uuid!) { case(id: $id) { id } }', {
      id: opened.id,
    });
    expect(one.data).toEqual({ case: null });
    await eventually(async () => {
      for (const who of ['lawyer', 'loket'] as const)
        expect(await listed(who)).toEqual([[opened.id, 'DENIED']]);
    });
  });

  /** The same system, asked through another process of the service. */
  const through = ({ graphqlUrl }: RunningService): Pick<TestSystem, 'ask'> => ({
    ask: async (principal, query, variables = {}) => {
      const authorization = `Bearer ${await system.tokenOf(principal)}`;
      const response = await fetch(graphqlUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as GraphQLAnswer;
    },
  });

  it('of which it cannot be told how far it is leaves a revocation pending, and the log says why', async () => {
    const lines: string[] = [];
    const log = (line: string): void => void lines.push(line);
    const telling = await createService({ ...system.config, logLevel: 'warn', log });
    const unknown = jest
      .spyOn(AccessFreshness.prototype, 'holds')
      .mockRejectedValue(new TypeError('a fault'));
    try {
      const opened = await step(system, as('loket'), 'registerCase', {
        registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
        channel: 'PHONE',
        primaryArea: 'HUURRECHT',
      });
      const wall = { caseId: opened.id, organisationId: people.lawyer.organisationId };
      expect((await step(through(telling), as('loket'), 'raiseConflictWall', wall)).effective).toBe(
        'PENDING',
      );
    } finally {
      unknown.mockRestore();
      await telling.close();
    }
    expect(lines.join('')).toContain('"kind":"TypeError"');
  });
});
