import {
  startNaiveProcess,
  unavailable,
  useScriptedNode,
} from '../../../../../test/support/scripted-node/index.js';
import { eventually } from '../../../../../test/support/eventually.js';
import { deliveredIds, follow, newCaseStream, someEvents } from '../../../../../test/support/store-client.js';

const nodes = useScriptedNode();

describe('an error that nobody listens for', () => {
  it('of a read that nobody waits for ends a process that uses the client', async () => {
    nodes.node.script.read.push(unavailable);
    const naive = startNaiveProcess('a read nobody waits for', [nodes.node]);
    await expect(naive.crashed).resolves.toContain('UnavailableError');
  });

  it('of a subscription whose loop has no error listener ends a process that uses the client', async () => {
    nodes.node.script.subscribe.push(unavailable);
    const naive = startNaiveProcess('a subscription without an error listener', [nodes.node]);
    await expect(naive.crashed).resolves.toContain('UnavailableError');
  });

  // An error without a listener would end this process too, and the test with it.
  it('does not exist in Spil: neither of a read left unread or half-way, nor of a subscription', async () => {
    const { node } = nodes;
    const store = nodes.spil();
    const stream = newCaseStream();
    const sent = someEvents(3);
    await store.append(stream, sent, 'no_stream');

    node.script.read.push(unavailable);
    const unread = store.readStream(stream);
    expect(node.calls.read).toBe(0);
    await expect(unread[Symbol.asyncIterator]().next()).rejects.toThrow('unavailable');

    let fail: () => void = () => undefined;
    node.script.read.push((turn) => {
      turn.freezeAfter(2);
      fail = () => unavailable(turn);
    });
    for await (const { revision } of store.readStream(stream)) if (revision === 0n) break;
    fail();

    node.script.subscribe.push(unavailable, unavailable);
    const drops: unknown[] = [];
    const items = await follow(
      store,
      { after: undefined, eventTypes: ['CaseClosed'], onDrop: (cause) => drops.push(cause) },
      (soFar) => deliveredIds(soFar).length === sent.length,
    );
    expect(deliveredIds(items)).toEqual(sent.map(({ eventId }) => eventId));
    expect(drops).toHaveLength(2);
    await eventually(() => expect(node.script.read).toHaveLength(0));
  });
});
