import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { eventually } from '../../../../../test/support/eventually.js';
import { unavailable, useScriptedNode } from '../../../../../test/support/scripted-node/index.js';
import { anEvent, newCaseStream } from '../../../../../test/support/store-client.js';
import type { EventStore } from '../../port.js';

const nodes = useScriptedNode();

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const megabyte = 1 << 20;

/** What this process holds open, of other suites too. */
function open(): { readonly sockets: number; readonly timers: number } {
  const kinds = process.getActiveResourcesInfo();
  const count = (kind: string): number => kinds.filter((one) => one === kind).length;
  return { sockets: count('TCPSocketWrap'), timers: count('Timeout') };
}

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Loses so many connections: each costs the writer its client, and the subscription ends after one event more. */
async function lose(store: EventStore, connections: number, signal: AbortSignal): Promise<void> {
  const { script } = nodes.node;
  const after = await store.head();
  const sent: string[] = [];
  for (let round = 0; round < connections; round++) {
    script.subscribe.push((turn) => turn.deliver(1, 'end'));
    const event = anEvent();
    script.append.push(unavailable);
    await expect(store.append(newCaseStream(), [event], 'no_stream')).rejects.toThrow('unavailable');
    await store.append(newCaseStream(), [event], 'no_stream');
    sent.push(event.eventId);
  }
  let drops = 0;
  const delivered: string[] = [];
  const options = { ...(after && { after }), eventTypes: ['CaseClosed'], signal, onDrop: () => drops++ };
  for await (const item of store.subscribeAll({ after: undefined, ...options })) {
    if (item.kind === 'event') delivered.push(item.event.eventId);
    if (drops === connections) break;
  }
  expect(delivered).toEqual(sent);
}

describe('a hundred lost connections', () => {
  it('of a writer and a subscription leave no listener, connection, timer or memory behind', async () => {
    const { sockets } = open();
    const store = nodes.spil();
    const { signal } = new AbortController();
    /** Both ends of the one connection that is kept; what was closed lingers for a moment. */
    const settled = () =>
      eventually(() => {
        expect(open().sockets).toBeLessThanOrEqual(sockets + 2);
        return open();
      });
    // What is made once and kept is made by the first ones.
    await lose(store, 20, signal);
    const before = await settled();
    const heapBefore = heapUsed();
    await lose(store, 100, signal);
    await settled();
    await eventually(() => expect(open().timers).toBeLessThanOrEqual(before.timers));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(heapUsed() - heapBefore).toBeLessThan(3 * megabyte);
  });
});
