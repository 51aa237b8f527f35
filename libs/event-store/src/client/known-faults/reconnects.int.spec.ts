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

/** What is open once everything on its way out is gone. */
function settled(): { readonly handles: readonly string[]; readonly heap: number } {
  const handles = process
    .getActiveResourcesInfo()
    .filter((kind) => ['TCPSocketWrap', 'Timeout'].includes(kind))
    .sort();
  expect(handles.filter((kind) => kind === 'TCPSocketWrap').length).toBeLessThanOrEqual(2);
  collectGarbage();
  return { handles, heap: process.memoryUsage().heapUsed };
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
    const store = nodes.spil();
    const { signal } = new AbortController();
    // What is made once and kept is made by the first ones.
    await lose(store, 20, signal);
    const before = await eventually(settled);
    await lose(store, 100, signal);
    const after = await eventually(() => {
      const now = settled();
      expect(now.handles).toEqual(before.handles);
      return now;
    });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(after.heap - before.heap).toBeLessThan(3 * megabyte);
  });
});
