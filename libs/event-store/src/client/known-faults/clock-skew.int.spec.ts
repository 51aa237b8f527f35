import fc from 'fast-check';
import {
  context,
  move,
  registered,
  send,
  startDecisionTestBed,
  type DecisionTestBed,
} from '../../../../../test/support/decisions.js';
import { collect } from '../../../../../test/support/event-store-client.js';
import { useScriptedNode } from '../../../../../test/support/scripted-node/index.js';
import { anEvent, newCaseStream } from '../../../../../test/support/store-client.js';
import type { DecisionRunner } from '../../decision-runner/decision-runner.js';

const nodes = useScriptedNode();
let bed: DecisionTestBed;
beforeAll(async () => {
  bed = await startDecisionTestBed();
});
afterAll(() => bed.stop());

const start = Date.parse(context.recordedAt);
const minute = 60_000;

/** A stream of which one event was stored at each of these minutes of the store's clock. */
async function storedAt(minutes: readonly number[]): Promise<{ stream: string; runner: DecisionRunner }> {
  const runner = bed.freshRunner(nodes.spil());
  let next = 0;
  nodes.node.log.now = () => start + (minutes[next++] ?? 0) * minute;
  const stream = await registered(runner);
  for (let event = 1; event < minutes.length; event++)
    await send(runner, { stream, command: move('zwolle') });
  return { stream, runner };
}

const asOf = async (runner: DecisionRunner, stream: string, minutes: number): Promise<number[]> =>
  (await runner.readHistory(stream, { asOf: new Date(start + minutes * minute) })).map(({ revision }) =>
    Number(revision),
  );

describe('a store whose clock is set back', () => {
  it('gives a history with holes to who goes by the time of each event', async () => {
    const { stream } = await storedAt([0, 20, 5]);
    const moment = start + 10 * minute;
    const events = await collect(nodes.naive().readStream(stream));
    const naive = events.filter(({ event }) => event && event.created.getTime() <= moment);
    expect(naive.map(({ event }) => event?.revision)).toEqual([0n, 2n]);
  });

  it('gives Spil a history that was once true: the later event is later, whatever the clock said', async () => {
    const { stream, runner } = await storedAt([0, 20, 5]);
    expect(await asOf(runner, stream, 10)).toEqual([0]);
    expect(await asOf(runner, stream, 20)).toEqual([0, 1, 2]);
  });

  it('never takes an event out of a history again, however it jumps', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 1, maxLength: 6 }),
        fc.tuple(fc.integer({ min: -70, max: 70 }), fc.integer({ min: 0, max: 70 })),
        async (minutes, [moment, later]) => {
          const { stream, runner } = await storedAt(minutes);
          const then = await asOf(runner, stream, moment);
          const afterwards = await asOf(runner, stream, moment + later);
          expect(then).toEqual(then.map((_, index) => index));
          expect(afterwards.slice(0, then.length)).toEqual(then);
          const reached = minutes.findIndex((at) => at > moment);
          expect(then).toHaveLength(reached < 0 ? minutes.length : reached);
          expect(await asOf(runner, stream, Math.max(...minutes))).toHaveLength(minutes.length);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe.each([
  ['behind', -90],
  ['ahead', 90],
])('a store whose clock is %s', (_which, skewMinutes) => {
  it('leaves the time of recording as Spil set it, and decides alone what was there at a moment', async () => {
    const { stream, runner } = await storedAt([skewMinutes]);
    const [event] = await runner.readHistory(stream);
    expect(event?.metadata.recordedAt).toBe(context.recordedAt);
    expect(event?.storedAt.getTime()).toBe(start + skewMinutes * minute);
    expect(await asOf(runner, stream, skewMinutes - 1)).toEqual([]);
    expect(await asOf(runner, stream, skewMinutes)).toEqual([0]);
  });
});

describe('a store whose clock is a minute ahead', () => {
  beforeEach(() => {
    nodes.node.log.now = () => Date.now() + minute;
  });

  it('refuses the client’s append at once, as its deadline is a time of day', async () => {
    const append = nodes.naive().appendToStream(newCaseStream(), [], { deadline: 10_000 });
    await expect(append).rejects.toMatchObject({ type: 'deadline-exceeded' });
  });

  it('takes Spil’s append, whose deadline is a duration', async () => {
    const append = nodes.spil().append(newCaseStream(), [anEvent()], 'no_stream');
    await expect(append).resolves.toMatchObject({ revision: 0n });
  });
});
