import { jsonEvent } from '@eventstore/db-client';
import {
  move,
  professionals,
  registered,
  send,
  startDecisionTestBed,
  type DecisionTestBed,
} from '../../../../../test/support/decisions.js';
import { credentials } from '../../../../../test/support/event-store-client.js';
import {
  losesTheAnswer,
  unavailable,
  useScriptedNode,
} from '../../../../../test/support/scripted-node/index.js';
import { newCaseStream } from '../../../../../test/support/store-client.js';

const nodes = useScriptedNode();
let bed: DecisionTestBed;
beforeAll(async () => {
  bed = await startDecisionTestBed();
});
afterAll(() => bed.stop());

/** The next append is stored, but the answer does not come back. */
const loseTheNextAnswer = (): void => {
  nodes.node.script.append.push(losesTheAnswer((request) => nodes.node.log.append(request)));
};

describe('an append whose answer is lost, and whose repeat is told that the stream moved on', () => {
  it('looks to the client as if another writer had been first, though its event is there', async () => {
    const stream = newCaseStream();
    const event = jsonEvent({ type: 'CaseClosed', data: {} });
    loseTheNextAnswer();
    const client = nodes.naive();
    const append = () => client.appendToStream(stream, event, { expectedRevision: 'no_stream', credentials });
    await expect(append()).rejects.toMatchObject({ type: 'unavailable' });
    await expect(append()).rejects.toMatchObject({ type: 'wrong-expected-version' });
    expect(nodes.node.log.idsIn(stream)).toEqual([event.id]);
  });

  it('is one accepted command to Spil, at the revision where it stands, decided once', async () => {
    const { node } = nodes;
    const runner = bed.freshRunner(nodes.spil());
    const stream = await registered(runner);
    loseTheNextAnswer();
    const outcome = await send(runner, { stream, command: { type: 'move-and-leave', to: 'utrecht' } });
    expect(outcome).toMatchObject({ kind: 'accepted', revision: 2n, repeated: false });
    expect(node.log.idsIn(stream)).toHaveLength(3);
    expect(outcome).toMatchObject({
      events: node.log
        .idsIn(stream)
        .slice(1)
        .map((eventId) => ({ eventId })),
    });
  });

  it('is decided again by Spil when it was another writer after all', async () => {
    const { node } = nodes;
    const runner = bed.freshRunner(nodes.spil());
    const stream = await registered(runner);
    let others: Promise<unknown> = Promise.resolve();
    node.script.append.push((turn) => {
      others = send(bed.freshRunner(nodes.spil()), { stream, command: move('zwolle') }).then(() =>
        unavailable(turn),
      );
    });
    const outcome = await send(runner, { stream, command: move('utrecht') });
    await others;
    expect(outcome).toMatchObject({ kind: 'accepted', revision: 2n, repeated: false });
    const { state } = await bed.freshRunner(nodes.spil()).loadState(stream, professionals);
    expect(state.moves).toEqual(['zwolle', 'utrecht']);
  });
});
