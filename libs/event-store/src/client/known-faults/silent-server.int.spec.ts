import { EventStoreDBClient } from '@eventstore/db-client';
import { credentials } from '../../../../../test/support/event-store-client.js';
import { startTcpProxy } from '../../../../../test/support/tcp-proxy.js';
import { eventually } from '../../../../../test/support/eventually.js';
import { never, useScriptedNode, within } from '../../../../../test/support/scripted-node/index.js';
import {
  anEvent,
  collectStored,
  failureOf,
  newCaseStream,
  someEvents,
} from '../../../../../test/support/store-client.js';
import { EventStoreUnavailable } from '../../port.js';
import { soonMs } from '../../../../../test/support/soon.js';

const nodes = useScriptedNode();

describe('a node that takes calls and never answers', () => {
  it('leaves the client waiting, past the deadline it was given', async () => {
    const { node } = nodes;
    node.script.batchAppend.push(never);
    node.script.read.push(never, never);
    const client = nodes.naive();
    const options = { deadline: 200 };
    const first = async (events: AsyncIterable<unknown>): Promise<unknown> => {
      for await (const event of events) return event;
      return undefined;
    };
    const waiting = [
      client.appendToStream(newCaseStream(), [], options),
      first(client.readStream(newCaseStream(), options)),
      first(client.readAll(options)),
    ];
    await eventually(() => expect([node.calls.batchAppend, node.calls.read]).toEqual([1, 2]));
    expect(await Promise.all(waiting.map((work) => within(1_500, work)))).toEqual([
      'pending',
      'pending',
      'pending',
    ]);
  });

  it('is unavailable to every call of Spil within the deadline, and answers the next ones', async () => {
    const { node } = nodes;
    const stream = newCaseStream();
    const store = nodes.spil({ deadlineMs: 700 });
    node.script.append.push(never);
    node.script.read.push(never, never, never);
    const failures = await Promise.all(
      [
        () => store.append(stream, [anEvent()], 'no_stream'),
        () => collectStored(store.readStream(stream)),
        () => collectStored(store.readAll()),
        () => store.head(),
      ].map(failureOf),
    );
    for (const { error, afterMs } of failures) {
      expect(error).toBeInstanceOf(EventStoreUnavailable);
      expect(afterMs).toBeLessThan(soonMs);
    }
    await eventually(() => store.append(stream, [anEvent()], 'no_stream'));
    expect(await eventually(() => collectStored(store.readStream(stream)))).toHaveLength(1);
  });

  it('is unavailable also when it falls silent in the middle of a read', async () => {
    const store = nodes.spil({ deadlineMs: 700 });
    const stream = newCaseStream();
    await eventually(() => store.append(stream, someEvents(5), 'no_stream'));
    nodes.node.script.read.push((turn) => turn.freezeAfter(3));
    const revisions: bigint[] = [];
    const { error } = await failureOf(async () => {
      for await (const { revision } of store.readStream(stream)) revisions.push(revision);
    });
    expect(error).toBeInstanceOf(EventStoreUnavailable);
    expect(revisions).toEqual([0n, 1n, 2n]);
  });
});

describe('a connection on which nothing passes any more', () => {
  const throughProxy = async () => {
    const proxy = await startTcpProxy(nodes.node.port);
    return { proxy, connectionString: `esdb://127.0.0.1:${proxy.port}?tls=false` };
  };

  it('fails the client’s calls one after the other', async () => {
    const { proxy, connectionString } = await throughProxy();
    const client = EventStoreDBClient.connectionString(connectionString);
    const append = () => client.appendToStream(newCaseStream(), [], { credentials, deadline: 700 });
    await eventually(append);
    proxy.silenceNewest();
    for (let round = 0; round < 3; round++)
      await expect(append()).rejects.toMatchObject({ type: 'deadline-exceeded' });
    await proxy.close();
  });

  it('costs Spil one call; the next one goes over another connection', async () => {
    const { proxy, connectionString } = await throughProxy();
    const store = nodes.spil({ connectionString });
    const append = () => store.append(newCaseStream(), [anEvent()], 'no_stream');
    await append();
    proxy.silenceNewest();
    await expect(append()).rejects.toThrow(EventStoreUnavailable);
    await expect(append()).resolves.toMatchObject({ revision: 0n });
    await store.close();
    await proxy.close();
  });
});
