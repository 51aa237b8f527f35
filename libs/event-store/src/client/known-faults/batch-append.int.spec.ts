import { eventually } from '../../../../../test/support/eventually.js';
import {
  startNaiveProcess,
  unavailable,
  useScriptedNode,
  within,
  type BatchAppendTurn,
  type ScriptedNode,
} from '../../../../../test/support/scripted-node/index.js';
import { anEvent, newCaseStream } from '../../../../../test/support/store-client.js';
import { EventStoreUnavailable } from '../../port.js';

const nodes = useScriptedNode();

/** Stores the next batch append of a node at once and leaves its answer for later. */
function answersLate(node: ScriptedNode): {
  turn: () => Promise<BatchAppendTurn>;
  answer: () => Promise<void>;
} {
  let held: BatchAppendTurn | undefined;
  node.script.batchAppend.push((turn) => {
    held = turn;
  });
  const turn = () =>
    eventually(() => {
      if (!held) throw new Error('no batch append came');
      return held;
    });
  return { turn, answer: async () => (await turn()).soundly() };
}

describe('a batch stream that breaks', () => {
  it('the client fails the healthy append of another client, and the late reply to that ends the process', async () => {
    const broken = nodes.node;
    const healthy = await nodes.another();
    const late = answersLate(healthy);
    broken.script.batchAppend.push((turn) => void late.turn().then(() => unavailable(turn)));
    const naive = startNaiveProcess('two clients', [broken, healthy]);

    await naive.printed('one: unavailable');
    await naive.printed('two: unavailable');
    await late.answer();
    expect(healthy.log.idsIn('case-two')).toHaveLength(1);
    await expect(naive.crashed).resolves.toContain('TypeError');
  });

  it('Spil’s appends have nothing to do with each other', async () => {
    const broken = nodes.node;
    const healthy = await nodes.another();
    broken.script.batchAppend.push(unavailable);
    broken.script.append.push(unavailable);
    let answer: () => void = () => undefined;
    healthy.script.append.push((turn) => (answer = turn.soundly));

    const stream = newCaseStream();
    const event = anEvent();
    const onHealthy = nodes
      .spil({ connectionString: healthy.connectionString })
      .append(stream, [event], 'no_stream');
    await eventually(() => expect(healthy.calls.append).toBe(1));
    const onBroken = nodes.spil().append(newCaseStream(), [anEvent()], 'no_stream');
    await expect(onBroken).rejects.toThrow(EventStoreUnavailable);
    answer();
    await expect(onHealthy).resolves.toMatchObject({ revision: 0n });
    expect(healthy.log.idsIn(stream)).toEqual([event.eventId]);
    expect(broken.calls.batchAppend + healthy.calls.batchAppend).toBe(0);
  });
});

describe('a reply that comes after the append was given up', () => {
  it('ends a process that uses the client', async () => {
    nodes.node.script.batchAppend.push((turn) => {
      turn.answer({ kind: 'too_late' });
      turn.soundly();
    });
    await expect(startNaiveProcess('one append', [nodes.node]).crashed).resolves.toContain('TypeError');
  });

  it('does nothing to Spil', async () => {
    const store = nodes.spil({ deadlineMs: 700 });
    const stream = newCaseStream();
    let answer: () => void = () => undefined;
    nodes.node.script.append.push((turn) => (answer = turn.soundly));
    const events = [anEvent()];
    await expect(store.append(stream, events, 'no_stream')).rejects.toThrow(EventStoreUnavailable);
    answer();
    expect(nodes.node.log.idsIn(stream)).toHaveLength(1);
    await eventually(() =>
      expect(store.append(stream, [anEvent()], 0n)).resolves.toMatchObject({ revision: 1n }),
    );
  });
});

describe('a batch stream that ends with OK', () => {
  it('leaves the client’s append waiting for ever, whatever deadline it was given', async () => {
    nodes.node.script.batchAppend.push((turn) => turn.end());
    const appended = nodes.naive().appendToStream(newCaseStream(), [], { deadline: 200 });
    await eventually(() => expect(nodes.node.calls.batchAppend).toBe(1));
    expect(await within(1_500, appended)).toBe('pending');
  });

  it('an append that is answered with nothing fails at Spil’s deadline', async () => {
    nodes.node.script.batchAppend.push((turn) => turn.end());
    nodes.node.script.append.push((turn) => turn.answerNothing());
    const store = nodes.spil({ deadlineMs: 700 });
    await expect(store.append(newCaseStream(), [anEvent()], 'no_stream')).rejects.toThrow(
      EventStoreUnavailable,
    );
  });
});
