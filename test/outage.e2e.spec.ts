import { randomUUID } from 'node:crypto';
import { cast, settle } from './support/cast.js';
import { accepted, answerTo, firstLineCase, send, stepDocument, type Accepted } from './support/casework.js';
import { eventually } from './support/eventually.js';
import { openLog } from './support/log-head.js';
import { eventNodeOf, postgresOf, startStandby, type Processes } from './support/processes.js';
import { startSpil, type RunningSpil } from './support/spil.js';
import { followTimeline } from './support/timeline.js';
import { soonMs } from './support/soon.js';

const { raadslied, colleague, lawyer, board } = cast;
const people = [raadslied, colleague] as const;

/** A command that somebody goes on sending until it is answered. */
interface Command {
  readonly who: (typeof people)[number];
  readonly input: { readonly commandId: string };
}
const newCommand = (number: number): Command => ({
  who: people[number % 2] ?? raadslied,
  input: { ...firstLineCase, commandId: randomUUID() },
});

/** Everything here happens to real processes: they are killed and frozen while people work. */
describe('an outage', () => {
  let spil: RunningSpil;
  const opened: Accepted[] = [];

  beforeAll(async () => {
    spil = await startSpil();
    await settle(spil);
    opened.push(await accepted(spil, raadslied, 'registerCase', firstLineCase));
  }, 120_000);
  afterAll(async () => {
    await spil.stop();
    await spil.clean();
  });

  const once = async ({ who, input }: Command) => send(spil, who, 'registerCase', input);
  /** Sends a command until it is answered; every answer until then must say that it cannot be, not that it failed. */
  const untilAnswered = (
    command: Command,
    took: (milliseconds: number) => void = () => undefined,
  ): Promise<Accepted> =>
    eventually(async () => {
      const { answer, milliseconds } = await timed(() => once(command));
      took(milliseconds);
      const { data, errors } = answer;
      if (errors !== undefined && errors[0]?.extensions.code !== 'UNAVAILABLE')
        throw new Error(`not what an outage may answer: ${JSON.stringify(errors)}`);
      if (data?.step.__typename !== 'StepAccepted') throw new Error('not yet');
      return data.step;
    });
  /** How a query or command is answered, and within how many milliseconds. */
  const timed = async <T>(work: () => Promise<T>): Promise<{ answer: T; milliseconds: number }> => {
    const started = performance.now();
    const answer = await work();
    return { answer, milliseconds: performance.now() - started };
  };
  /** People who open one case after the other, and how long the slowest answer took, be it `UNAVAILABLE`. */
  const startWork = (count: number) => {
    const acknowledged: Accepted[] = [];
    let working = true;
    let slowest = 0;
    const person = async (number: number): Promise<void> => {
      while (working) {
        const command = newCommand(number);
        const step = await untilAnswered(command, (milliseconds) => {
          slowest = Math.max(slowest, milliseconds);
        });
        acknowledged.push(step);
      }
    };
    const people = Promise.all(Array.from({ length: count }, (_, number) => person(number)));
    return {
      /** Resolves once everybody may have been answered anew. */
      goesOn: async () => {
        const enough = acknowledged.length + 2 * count;
        await Promise.race([people, eventually(() => expect(acknowledged.length).toBeGreaterThan(enough))]);
      },
      slowest: () => slowest,
      finish: async () => {
        working = false;
        await people;
        return acknowledged;
      },
    };
  };
  /** Every acknowledged case is in the log and in the read models once, and nothing else is. */
  const nothingLostOrDoubled = async () => {
    const log = await openLog(spil);
    const ids = opened.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) {
      const types = await log.typesIn(`case-${id}`);
      expect(types.filter((type) => type === 'CaseRegistered')).toHaveLength(1);
    }
    await log.close();
    const last = opened.reduce((a, b) => (BigInt(a.position) > BigInt(b.position) ? a : b));
    const atLeast = { position: last.position };
    const { figures } = await eventually(() =>
      answerTo<{ figures: { registrations: { count: number }[] } }>(
        spil,
        board,
        'query ($atLeast: AtLeastInput) { figures(atLeast: $atLeast) { registrations(by: LOCATION) { count } } }',
        { atLeast },
      ),
    );
    expect(figures.registrations).toEqual([{ count: ids.length }]);
    expect((await listed(atLeast)).sort()).toEqual(ids.sort());
  };
  const listed = async (atLeast: object): Promise<string[]> => {
    const document = `query ($atLeast: AtLeastInput, $after: String) { cases(first: 100, atLeast: $atLeast, after: $after) {
      edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
    const ids: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { cases }: { cases: Page } = await answerTo<{ cases: Page }>(spil, raadslied, document, {
        atLeast,
        after,
      });
      ids.push(...cases.edges.map(({ node }) => node.id));
      ({ endCursor: after, hasNextPage: more } = cases.pageInfo);
    }
    return ids;
  };
  interface Page {
    edges: { node: { id: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  }

  const parts: [string, () => Promise<Processes>, string][] = [
    ['the event node', () => eventNodeOf(spil), 'query ($id: Uuid!) { case(id: $id) { id } }'],
    ['Postgres', () => postgresOf(spil), '{ cases { edges { node { id } } } }'],
  ];
  describe.each(parts)('while %s is frozen', (_what, processesOf, query) => {
    let frozen: Processes | undefined;
    let command: Command;
    /** What as many take when nothing is frozen: the work of two cores that others use too, and no part of the outage. */
    let untroubled: number;
    const manyAtOnce = async ({ who, input }: Command) => {
      const token = await spil.tokenOf(who);
      const register = () =>
        spil.queryWith<{ step: Accepted }>(token, stepDocument('registerCase'), { input });
      return timed(() => Promise.all(Array.from({ length: 30 }, register)));
    };
    beforeAll(async () => {
      const earlier = newCommand(1);
      opened.push(await untilAnswered(earlier));
      untroubled = (await manyAtOnce(earlier)).milliseconds;
      command = newCommand(0);
      frozen = await processesOf();
      frozen.signal('SIGSTOP');
    });
    afterAll(() => frozen?.signal('SIGCONT'));

    it('commands and queries are answered UNAVAILABLE within 3 seconds', async () => {
      for (const ask of [() => once(command), () => spil.query(raadslied, query, { id: opened[0]?.id })]) {
        const { answer, milliseconds } = await timed(ask);
        expect(answer.errors?.[0]?.extensions.code).toBe('UNAVAILABLE');
        expect(milliseconds).toBeLessThan(soonMs);
      }
    });

    it('also when many come at once', async () => {
      const { answer, milliseconds } = await manyAtOnce(command);
      for (const { errors } of answer) expect(errors?.[0]?.extensions.code).toBe('UNAVAILABLE');
      expect(milliseconds - untroubled).toBeLessThan(soonMs);
    });

    it('and afterwards the same command is carried out once, without a restart', async () => {
      frozen?.signal('SIGCONT');
      frozen = undefined;
      const first = await untilAnswered(command);
      expect(await untilAnswered(command)).toEqual(first);
      opened.push(first);
      await nothingLostOrDoubled();
    });
  });

  it('of the event node does not end a subscription: what happens afterwards is told', async () => {
    const caseId = opened[0]?.id ?? '';
    const followed = await followTimeline(spil, colleague, caseId);
    expect(await followed.received(1)).toEqual(['CaseRegistered']);
    (await eventNodeOf(spil)).signal('SIGKILL');
    const input = { caseId, outcome: 'PARTLY', wronglyAssumed: false, commandId: randomUUID() };
    await eventually(() => accepted(spil, raadslied, 'assessSelfReliance', input));
    expect(await followed.received(2)).toEqual(['CaseRegistered', 'SelfRelianceAssessed']);
    await followed.close();
  });

  it('of the event node, killed again and again while people work, loses and doubles nothing', async () => {
    const commands = Array.from({ length: 40 }, (_, number) => newCommand(number));
    for (const half of [commands.slice(0, 20), commands.slice(20)]) {
      const answers = Promise.all(half.map((command) => untilAnswered(command)));
      (await eventually(() => eventNodeOf(spil))).signal('SIGKILL');
      opened.push(...(await answers));
    }
    await nothingLostOrDoubled();
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'of the event node (%s), whose port and log another process takes over while people work, loses and doubles nothing',
    async (signal) => {
      const work = startWork(4);
      await work.goesOn();
      const standby = await startStandby(spil);
      (await eventNodeOf(spil)).signal(signal);
      const replacement = await standby.leading;
      await work.goesOn();
      // And back: Spil starts a node of its own as soon as this one lets go of the log.
      await replacement.stop();
      await work.goesOn();
      opened.push(...(await work.finish()));
      expect(work.slowest()).toBeLessThan(soonMs);
      await nothingLostOrDoubled();
    },
  );

  it('of the whole of Spil in the middle of the work loses no acknowledged command and doubles none', async () => {
    const commands = Array.from({ length: 60 }, (_, number) => newCommand(number));
    const acknowledged = new Map<Command, Accepted>();
    let enough: () => void = () => undefined;
    const someAnswered = new Promise<void>((resolve) => (enough = resolve));
    const sent = commands.map(async (command) => {
      const { data } = await once(command);
      if (data?.step.__typename !== 'StepAccepted') return;
      acknowledged.set(command, data.step);
      if (acknowledged.size === 20) enough();
    });
    await someAnswered;
    await spil.kill9();
    // Whoever was still waiting lost the connection, and does not know what became of the command.
    const outcomes = await Promise.allSettled(sent);
    expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true);

    spil = await spil.restart();
    for (const command of commands) {
      const answer = await untilAnswered(command);
      const before = acknowledged.get(command);
      if (before !== undefined) expect(answer).toEqual(before);
      opened.push(answer);
    }
    await nothingLostOrDoubled();
  });

  it('leaves the registration codes of all cases working', async () => {
    for (const { registrationCode } of opened.slice(0, 25)) {
      const { caseByRegistrationCode } = await answerTo<{ caseByRegistrationCode: { status: string } }>(
        spil,
        lawyer,
        'query ($code: String!) { caseByRegistrationCode(code: $code) { status } }',
        { code: registrationCode },
      );
      expect(caseByRegistrationCode.status).toBe('LINKABLE');
    }
  });
});
