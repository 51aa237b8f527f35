import { randomUUID } from 'node:crypto';
import {
  move,
  professionals,
  registered,
  send,
  startDecisionTestBed,
  type DecisionTestBed,
} from '../../../../test/support/decisions.js';
import { soonMs } from '../../../../test/support/soon.js';
import { failureOf } from '../../../../test/support/store-client.js';
import { EventStoreUnavailable, WrongExpectedRevision, type EventStore } from '../port.js';

let bed: DecisionTestBed;
let store: EventStore;
const freshRunner: DecisionTestBed['freshRunner'] = (...args) => bed.freshRunner(...args);

beforeAll(async () => {
  bed = await startDecisionTestBed();
  store = bed.store;
});
afterAll(() => bed.stop());

const eventTypesOf = async (stream: string): Promise<string[]> =>
  (await freshRunner().readHistory(stream)).map(({ event }) => event.type);

/** The real store, whose answer to an append is lost as often as asked; `reached` says whether the append itself arrived. */
function losingAnswers(
  times: number,
  reached: boolean,
  then: () => Promise<void> = () => Promise.resolve(),
): EventStore {
  let left = times;
  return {
    ...store,
    async append(...args) {
      if (left-- <= 0) return store.append(...args);
      if (reached) await store.append(...args);
      await then();
      throw new EventStoreUnavailable('append');
    },
  };
}

describe('an append whose answer was lost', () => {
  it.each([true, false])('ends in one result (it had arrived: %s)', async (arrived) => {
    const stream = await registered(freshRunner());
    const runner = freshRunner(losingAnswers(1, arrived));
    const outcome = await send(runner, { stream, command: { type: 'move-and-leave', to: 'utrecht' } });
    expect(outcome).toMatchObject({ kind: 'accepted', revision: 2n, repeated: false });
    expect(await eventTypesOf(stream)).toHaveLength(3);
  });

  it('is found again behind what others appended meanwhile', async () => {
    const stream = await registered(freshRunner());
    const losing = losingAnswers(1, true, async () => {
      await send(freshRunner(), { stream, command: move('zwolle') });
    });
    /** As a store that has forgotten the ids: the retry is answered with a wrong revision. */
    let appends = 0;
    const forgetful: EventStore = {
      ...losing,
      append: (...args) =>
        ++appends === 2 ? Promise.reject(new WrongExpectedRevision(stream, 2n)) : losing.append(...args),
    };
    const outcome = await send(freshRunner(forgetful), { stream, command: move('utrecht') });
    expect(outcome).toMatchObject({ kind: 'accepted', revision: 1n, repeated: false });
    expect((await freshRunner().loadState(stream, professionals)).state.moves).toEqual(['utrecht', 'zwolle']);
  });

  it('is decided again when another writer took its place', async () => {
    const stream = await registered(freshRunner());
    const losing = losingAnswers(1, false, async () => {
      await send(freshRunner(), { stream, command: move('zwolle') });
    });
    const outcome = await send(freshRunner(losing), { stream, command: move('utrecht') });
    expect(outcome).toMatchObject({ kind: 'accepted', revision: 2n });
    expect((await freshRunner().loadState(stream, professionals)).state.moves).toEqual(['zwolle', 'utrecht']);
  });

  it('twice is reported as unknown, and the same command sent again answers what happened', async () => {
    const stream = await registered(freshRunner());
    const sent = { stream, command: move('utrecht'), commandId: randomUUID() };
    await expect(send(freshRunner(losingAnswers(2, true)), sent)).rejects.toThrow(EventStoreUnavailable);
    expect(await send(freshRunner(), sent)).toMatchObject({ kind: 'accepted', revision: 1n, repeated: true });
    expect(await eventTypesOf(stream)).toHaveLength(2);
  });
});

describe('a node that is away', () => {
  it('killed or frozen: a command is answered as unavailable within three seconds, and goes through afterwards', async () => {
    const runner = freshRunner();
    const stream = await registered(runner);
    const unavailable = async (): Promise<void> => {
      for (const one of [runner, freshRunner()]) {
        const { error, afterMs } = await failureOf(() => send(one, { stream, command: move('utrecht') }));
        expect(error).toBeInstanceOf(EventStoreUnavailable);
        expect(afterMs).toBeLessThan(soonMs);
      }
    };
    await bed.node.kill9();
    await unavailable();
    await bed.restartNode();
    expect(await send(runner, { stream, command: move('zwolle') })).toMatchObject({ kind: 'accepted' });

    process.kill(bed.node.pid, 'SIGSTOP');
    await unavailable();
    process.kill(bed.node.pid, 'SIGCONT');
    expect(await send(runner, { stream, command: move('nijmegen') })).toMatchObject({ kind: 'accepted' });
    const { state } = await freshRunner().loadState(stream, professionals);
    expect(state.moves.filter((to) => to !== 'utrecht')).toEqual(['zwolle', 'nijmegen']);
  });
});
