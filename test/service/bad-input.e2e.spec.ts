import { randomUUID } from 'node:crypto';
import { as, populate, startTestSystem, type TestSystem } from '../support/system.js';

const canary = 'Kanarie van der Vogel';

describe('bad input', () => {
  let system: TestSystem;
  const log: string[] = [];

  beforeAll(async () => {
    system = await startTestSystem((config) => ({
      ...config,
      logLevel: 'debug',
      log: (line) => void log.push(line),
    }));
    await populate(system);
  });
  afterAll(() => system.stop());

  const register = (input: Record<string, unknown>, asked = 'registerCase') =>
    system.ask(
      as('loket', { mayImport: false }),
      `mutation ($input: ${asked.charAt(0).toUpperCase()}${asked.slice(1)}Input!) {
        ${asked}(input: $input) { __typename ... on StepRefused { code field } ... on StepAccepted { id } } }`,
      {
        input: {
          commandId: randomUUID(),
          registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
          channel: 'PHONE',
          primaryArea: 'HUURRECHT',
          client: { name: canary },
          ...input,
        },
      },
    );
  const cases = async () => {
    const { data } = await system.ask(as('loket'), '{ cases(first: 100) { edges { node { id } } } }');
    return (data?.cases as { edges: unknown[] }).edges.length;
  };

  const wrong: [string, Record<string, unknown>, string, string | RegExp][] = [
    ['blank text', { clientQuestion: ' \n ' }, 'clientQuestion', 'must not be blank'],
    ['a missing name', { client: {} }, 'client.name', 'is required'],
    ['absurd length', { clientQuestion: canary.repeat(1000) }, 'clientQuestion', /at most \d+ characters/],
    ['NUL in text', { clientQuestion: `${canary}\u0000` }, 'clientQuestion', 'contains a control character'],
    ['half a character', { clientQuestion: `${canary}\ud800` }, 'clientQuestion', /half a character/],
    ['a line break in a name', { client: { name: `${canary}\nx` } }, 'client.name', /line break/],
    ['an unknown area', { primaryArea: canary }, 'primaryArea', 'is not one of the values of LegalArea'],
    [
      'an unknown municipality',
      { clientMunicipality: '0363' },
      'clientMunicipality',
      /CBS municipality code/,
    ],
    ['an unparseable date', { occurredAt: 'gisteren' }, 'occurredAt', /expected a moment/],
    ['a date that does not exist', { occurredAt: '2021-02-30T00:00:00Z' }, 'occurredAt', /expected a moment/],
    ['a command id that is none', { commandId: canary }, 'commandId', 'expected a UUID'],
    ['a field that does not exist', { bsn: canary }, 'bsn', 'is not a field of this input'],
    [
      'too many areas',
      { furtherAreas: Array.from({ length: 51 }, () => 'ANDERS') },
      'furtherAreas',
      /no more than/,
    ],
    ['a number for text', { clientQuestion: 7 }, 'clientQuestion', 'does not fit the type String'],
  ];

  it.each(wrong)(
    'is refused naming the field, and nothing is recorded: %s',
    async (_what, input, field, message) => {
      const before = await cases();
      const { data, errors } = await register(input);
      expect(data ?? null).toBeNull();
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [
          {
            field,
            message: typeof message === 'string' ? message : (expect.stringMatching(message) as unknown),
          },
        ],
      });
      expect(JSON.stringify(errors)).not.toContain(canary);
      expect(await cases()).toBe(before);
    },
  );

  it('is refused by the domain as an answer, naming the field: a date in the future', async () => {
    const { data } = await register({ occurredAt: '2150-01-01T00:00:00Z' });
    expect(data?.registerCase).toMatchObject({ __typename: 'StepRefused', code: 'OCCURRED_IN_FUTURE' });
  });

  it('is refused as a second mutation in one request', async () => {
    const { data, errors } = await system.ask(
      as('loket'),
      `mutation { ${Array.from({ length: 15 }, (_, i) => `m${i}: reopenCase(input: {}) { __typename }`).join(' ')} }`,
    );
    expect([data ?? null, errors?.[0]?.extensions.code]).toEqual([null, 'LIMIT_EXCEEDED']);
  });

  it('leaves no personal data in the log, nor in the metrics', async () => {
    expect((await register({ clientQuestion: canary })).errors).toBeUndefined();
    await register({ primaryArea: canary });
    await fetch(`${system.service.graphqlUrl}?query=${encodeURIComponent(canary)}`);
    await fetch(new URL(`/${encodeURIComponent(canary)}`, system.service.graphqlUrl), {
      headers: { traceparent: canary, 'user-agent': canary },
    });
    const metrics = await (await fetch(new URL('/metrics', system.service.graphqlUrl))).text();
    expect(log.some((line) => line.includes('operation answered'))).toBe(true);
    expect(log.join('') + metrics).not.toMatch(/Kanarie|Vogel/);
    expect(metrics).toMatch(/spil_refusals_total\{code="OCCURRED_IN_FUTURE"\} 1/);
  });
});

describe('a service that is told to stop', () => {
  it('answers what it has begun, takes nothing more, and lets go of everything', async () => {
    const system = await startTestSystem();
    await populate(system);
    const slow = system.ask(
      as('loket'),
      'query ($at: AtLeastInput) { cases(atLeast: $at) { edges { cursor } } }',
      {
        at: { position: '999999999999999' },
      },
    );
    const begun = system.ask(as('loket'), '{ me { role } }');
    await begun;
    const stopped = system.service.close();
    expect((await slow).errors?.[0]?.extensions.code).toBe('NOT_YET_VISIBLE');
    await stopped;
    await expect(fetch(system.service.graphqlUrl)).rejects.toThrow('fetch failed');
    await system.stop();
  });
});
