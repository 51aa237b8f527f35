import {
  notLeader,
  useScriptedNode,
  type ScriptedNode,
} from '../../../../../test/support/scripted-node/index.js';
import { collect } from '../../../../../test/support/event-store-client.js';
import type { EventStore } from '../../port.js';
import { anEvent, collectStored, newCaseStream } from '../../../../../test/support/store-client.js';

const nodes = useScriptedNode();
const { type } = anEvent();

/** Makes another node, which has all that the first one has, the leader; the first one follows and falls behind. */
async function changeLeader(): Promise<ScriptedNode> {
  const leader = await nodes.another();
  leader.log.events.push(...nodes.node.log.events);
  nodes.node.leaderPort = leader.port;
  return leader;
}

const ways: [string, () => string][] = [
  ['one address', () => nodes.node.connectionString],
  ['discovery', () => nodes.node.connectionString.replace('esdb:', 'esdb+discover:')],
];

describe('a leader that becomes a follower', () => {
  it('fails the client’s append, though a leader is there, and answers its reads with what is no longer true', async () => {
    const stream = newCaseStream();
    const client = nodes.naive();
    await client.appendToStream(stream, []);
    const leader = await changeLeader();
    const event = anEvent();
    await nodes
      .spil({ connectionString: leader.connectionString })
      .append(newCaseStream(), [event], 'no_stream');
    expect(await collect(client.readAll())).toEqual([]);
    const append = client.appendToStream(stream, [], {
      requiresLeader: true,
      credentials: { username: 'a', password: 'b' },
    });
    await expect(append).rejects.toMatchObject({ type: 'not-leader' });
  });

  it.each(ways)(
    'is left by Spil for the new leader within the same append (by %s)',
    async (_way, address) => {
      const store = nodes.spil({ connectionString: address() });
      const stream = newCaseStream();
      await store.append(stream, [anEvent()], 'no_stream');
      const leader = await changeLeader();

      await expect(store.append(stream, [anEvent()], 0n)).resolves.toMatchObject({ revision: 1n });
      await expect(store.append(stream, [anEvent()], 1n)).resolves.toMatchObject({ revision: 2n });
      expect(leader.log.idsIn(stream)).toHaveLength(3);
      expect(nodes.node.log.idsIn(stream)).toHaveLength(1);
    },
  );

  const reads: [string, (store: EventStore, stream: string) => Promise<unknown>][] = [
    ['stream', async (store, stream) => (await collectStored(store.readStream(stream))).length],
    ['log', async (store) => (await collectStored(store.readAll())).length],
    [
      'events of a type',
      async (store) => (await collectStored(store.readAll({ eventTypes: [type] }))).length,
    ],
  ];
  it.each(ways.flatMap(([way, address]) => reads.map(([what, of]) => [what, way, address, of] as const)))(
    'is left by Spil for the new leader within the same read (of the %s, by %s)',
    async (_what, _way, address, countOf) => {
      const store = nodes.spil({ connectionString: address() });
      const stream = newCaseStream();
      await store.append(stream, [anEvent()], 'no_stream');
      const leader = await changeLeader();
      const other = nodes.spil({ connectionString: leader.connectionString });
      const { position } = await other.append(stream, [anEvent()], 0n);
      expect(await countOf(store, stream)).toBe(2);
      expect(await store.head()).toEqual(position);
    },
  );

  it.each(reads)(
    'in the middle of a read of Spil (of the %s) ends it: no event comes twice',
    async (_what, countOf) => {
      const { node } = nodes;
      const store = nodes.spil();
      const stream = newCaseStream();
      await store.append(stream, [anEvent(), anEvent()], 'no_stream');
      const refusal = notLeader(node.port);
      node.script.read.push((turn) => {
        turn.freezeAfter(1);
        turn.fail(refusal);
      });
      node.script.subscribe.push((turn) => {
        turn.deliver(1, 'freeze');
        turn.fail(refusal);
      });
      await expect(countOf(store, stream)).rejects.toThrow('unavailable');
    },
  );

  it('and whose successor is gone: Spil starts again from the address that it was given', async () => {
    const store = nodes.spil();
    const stream = newCaseStream();
    const leader = await changeLeader();
    await store.append(stream, [anEvent()], 'no_stream');
    leader.stop();
    nodes.node.leaderPort = nodes.node.port;
    const append = () => store.append(stream, [anEvent()], 'no_stream');
    await expect(append()).rejects.toThrow('unavailable');
    await expect(append()).resolves.toMatchObject({ revision: 0n });
  });

  it('without a new leader yet: Spil answers unavailable, not for ever', async () => {
    const store = nodes.spil();
    const stream = newCaseStream();
    const elected = await changeLeader();
    elected.leaderPort = nodes.node.port;
    await expect(store.append(stream, [anEvent()], 'no_stream')).rejects.toThrow('unavailable');
    await expect(collectStored(store.readStream(stream))).rejects.toThrow('unavailable');
    elected.leaderPort = elected.port;
    await expect(store.append(stream, [anEvent()], 'no_stream')).resolves.toMatchObject({ revision: 0n });
  });
});
