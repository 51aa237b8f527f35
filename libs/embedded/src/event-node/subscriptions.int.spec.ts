import {
  END,
  eventTypeFilter,
  excludeSystemEvents,
  START,
  streamNameFilter,
  type AllStreamSubscription,
  type EventStoreDBClient,
  type Filter,
  type Position,
  type ResolvedEvent,
  type StreamSubscription,
} from '@eventstore/db-client';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { append, connect, events, newStream } from '../../../../test/support/event-store-client.js';
import { eventually } from '../../../../test/support/eventually.js';
import { startEventNode, type EventNode } from './start-event-node.js';

interface Follower {
  /** What arrived, in order: event ids and 'caught up'. */
  heard: (string | undefined)[];
  checkpoints: Position[];
}

describe('subscriptions to the event node, through the official client', () => {
  let database: FreshDatabase;
  let node: EventNode;
  let client: EventStoreDBClient;

  beforeEach(async () => {
    database = await freshDatabase();
    node = await startEventNode({ databaseUrl: database.url });
    client = connect(node.port);
  });

  afterEach(async () => {
    await client.dispose();
    await node.stop();
    await database.drop();
  });

  const restart = async (): Promise<void> => {
    await client.dispose();
    await node.stop();
    node = await startEventNode({ databaseUrl: database.url });
    client = connect(node.port);
  };

  function listen(
    subscription: StreamSubscription | AllStreamSubscription,
    checkpoints: Position[] = [],
  ): Follower {
    const heard: (string | undefined)[] = [];
    subscription.on('data', ({ event }: ResolvedEvent) => heard.push(event?.id));
    subscription.on('caughtUp', () => heard.push('caught up'));
    subscription.on('error', (error: Error) => heard.push(error.message));
    return { heard, checkpoints };
  }

  function followAll(filter: Filter, fromPosition: Position | typeof START | typeof END = START): Follower {
    const checkpoints: Position[] = [];
    const checkpointReached = (_: unknown, position: Position): Promise<void> => {
      checkpoints.push(position);
      return Promise.resolve();
    };
    return listen(
      client.subscribeToAll({ fromPosition, filter: { ...filter, checkpointReached } }),
      checkpoints,
    );
  }

  const idsOf = (given: { id: string }[]): string[] => given.map(({ id }) => id);

  it('gives what is stored, says it has caught up, and goes on live', async () => {
    const before = events(3);
    await append(client, newStream(), before);

    const follower = followAll(excludeSystemEvents());

    await eventually(() => expect(follower.heard).toEqual([...idsOf(before), 'caught up']));

    const after = events(2);
    await append(client, newStream(), after);

    await eventually(() => expect(follower.heard).toEqual([...idsOf(before), 'caught up', ...idsOf(after)]));
  });

  it('gives each event once when it catches up over many pages while others go on writing', async () => {
    const stored = events(1_500);
    await append(client, newStream(), stored);
    await restart();

    const follower = followAll(excludeSystemEvents());
    const live = Array.from({ length: 30 }, () => events(10));
    for (const batch of live) await append(client, newStream(), batch);
    const expected = idsOf([...stored, ...live.flat()]);

    await eventually(() => expect(follower.heard.filter((id) => id !== 'caught up')).toEqual(expected));
  });

  it('starts after the position given', async () => {
    await append(client, newStream(), events(2));
    const { position } = await append(client, newStream(), events(1));
    const after = events(2);
    await append(client, newStream(), after);

    const follower = followAll(excludeSystemEvents(), position ?? START);

    await eventually(() => expect(follower.heard).toEqual([...idsOf(after), 'caught up']));
  });

  it('from the end gives only what is new', async () => {
    await append(client, newStream(), events(2));

    const follower = followAll(excludeSystemEvents(), END);

    await eventually(() => expect(follower.heard).toEqual(['caught up']));

    const fresh = events(1);
    await append(client, newStream(), fresh);

    await eventually(() => expect(follower.heard).toEqual(['caught up', ...idsOf(fresh)]));
  });

  it.each<[string, Filter, number[]]>([
    ['event types by prefix', eventTypeFilter({ prefixes: ['CaseReg', 'Flag'] }), [0, 2]],
    ['event types by regular expression', eventTypeFilter({ regex: '^Case.*ed$' }), [0, 1]],
    ['stream names by prefix', streamNameFilter({ prefixes: ['signal-', 'theme-'] }), [2]],
    ['stream names by regular expression', streamNameFilter({ regex: '^c.se-' }), [0, 1]],
    ['prefixes that hold wildcards of SQL', eventTypeFilter({ prefixes: ['%', '_ase'] }), []],
  ])('filters %s, in the past and live', async (_, filter, wanted) => {
    const round = async (): Promise<string[]> => {
      const given = [events(1, 'CaseRegistered'), events(1, 'CaseClosed'), events(1, 'FlagRaised')].flat();
      const names = ['case', 'case', 'signal'];
      for (const [index, event] of given.entries()) await append(client, newStream(names[index]), event);
      return idsOf(given.filter((_event, index) => wanted.includes(index)));
    };
    const past = await round();
    await restart();

    const follower = followAll(filter);

    await eventually(() => expect(follower.heard).toEqual([...past, 'caught up']));

    const live = await round();
    const last = events(1, 'CaseRegistered Flag Case closed');
    await append(client, newStream(), last);

    await eventually(() =>
      expect(follower.heard.slice(past.length + 1).filter((id) => id !== last[0]?.id)).toEqual(live),
    );
  });

  it('tells a subscriber that wants none of the events how far the log is, in the past and live', async () => {
    const { position: stored } = await append(client, newStream(), events(1));
    await restart();
    const filter = eventTypeFilter({ prefixes: ['Nothing'], checkpointInterval: 1, maxSearchWindow: 1 });

    const follower = followAll(filter);

    await eventually(() =>
      expect(follower.checkpoints.at(-1)?.commit).toBeGreaterThanOrEqual(stored?.commit ?? 0n),
    );
    const { position: live } = await append(client, newStream(), events(1));

    await eventually(() => expect(follower.checkpoints.at(-1)).toEqual(live));
    expect(follower.heard).toEqual(['caught up']);
  });

  it('a checkpoint is a place to go on from: nothing is missed and nothing comes twice', async () => {
    const given = events(200);
    for (let start = 0; start < given.length; start += 10)
      await append(client, newStream(), given.slice(start, start + 10));

    const first = followAll(excludeSystemEvents({ checkpointInterval: 2 }));

    await eventually(() => expect(first.heard).toContain('caught up'));
    expect(first.checkpoints.length).toBeGreaterThanOrEqual(3);

    const [checkpoint] = first.checkpoints;
    const second = followAll(excludeSystemEvents(), checkpoint);

    await eventually(() => expect(second.heard).toContain('caught up'));

    const seenBefore = given.length + 1 - second.heard.length;
    expect(seenBefore).toBeGreaterThan(0);
    expect(second.heard).toEqual([...idsOf(given).slice(seenBefore), 'caught up']);
  });

  it.each(['(?=x)', '(', 'a**b(', '(\ud800'])(
    'refuses the regular expression %j, which could not be bounded',
    async (regex) => {
      const follower = followAll(eventTypeFilter({ regex }));

      await eventually(() => expect(follower.heard.join()).toContain('unusable filter expression'));
    },
  );

  it('is not held up by a regular expression that makes others backtrack for ever', async () => {
    await append(client, newStream(), events(1, `${'a'.repeat(40)}!`));

    const follower = followAll(eventTypeFilter({ regex: '^(a+)+$' }));

    await eventually(() => expect(follower.heard).toEqual(['caught up']));
  });

  it('follows one stream after a revision: stored first, then live', async () => {
    const stream = newStream();
    const stored = events(4);
    await append(client, stream, stored);

    const follower = listen(client.subscribeToStream(stream, { fromRevision: 1n }));

    await eventually(() => expect(follower.heard).toEqual([...idsOf(stored).slice(2), 'caught up']));

    const live = events(2);
    await append(client, newStream(), events(1));
    await append(client, stream, live);

    await eventually(() => expect(follower.heard.slice(3)).toEqual(idsOf(live)));
  });

  it('follows one stream from its end', async () => {
    const stream = newStream();
    await append(client, stream, events(3));

    const follower = listen(client.subscribeToStream(stream, { fromRevision: END }));

    await eventually(() => expect(follower.heard).toEqual(['caught up']));

    const live = events(2);
    await append(client, stream, live);

    await eventually(() => expect(follower.heard).toEqual(['caught up', ...idsOf(live)]));
  });

  it('says nothing more to who unsubscribes, or just stops listening', async () => {
    const stream = newStream();
    await append(client, stream, events(3));

    const subscription = client.subscribeToStream(stream);
    const follower = listen(subscription);

    await eventually(() => expect(follower.heard).toContain('caught up'));

    const heard = [...follower.heard];
    const ended = new Promise((resolve) => subscription.once('end', resolve));
    await subscription.unsubscribe();
    await ended;
    let looped = 0;
    for await (const { event } of client.subscribeToAll())
      if (event?.streamId === stream && ++looped === 2) break;
    await append(client, stream, events(1));

    expect(follower.heard).toEqual(heard);
  });

  it('follows a stream that does not exist yet', async () => {
    const stream = newStream();

    const follower = listen(client.subscribeToStream(stream));

    await eventually(() => expect(follower.heard).toEqual(['caught up']));

    const given = events(1);
    await append(client, stream, given);

    await eventually(() => expect(follower.heard).toEqual(['caught up', ...idsOf(given)]));
  });

  it('hears of one stream, however much is written to others in between', async () => {
    const stream = newStream();

    const follower = listen(client.subscribeToStream(stream, { fromRevision: END }));

    await eventually(() => expect(follower.heard).toEqual(['caught up']));

    for (let round = 0; round < 10; round++) await append(client, newStream(), events(1_000));
    const given = events(1);
    await append(client, stream, given);

    await eventually(() => expect(follower.heard).toEqual(['caught up', ...idsOf(given)]));
  });

  it('a slow reader gets everything, while others write more than the node keeps in memory', async () => {
    const subscription = client.subscribeToAll({ filter: streamNameFilter({ prefixes: ['bulk-'] }) });
    const heard: (string | undefined)[] = [];
    const firstEvent = new Promise<void>((resolve) => {
      subscription.once('data', ({ event }: ResolvedEvent) => {
        heard.push(event?.id);
        subscription.pause();
        resolve();
      });
    });
    const batches = Array.from({ length: 12 }, () => events(1_000));
    await append(client, newStream('bulk'), batches[0] ?? []);
    await firstEvent;
    for (const batch of batches.slice(1)) await append(client, newStream('bulk'), batch);
    subscription.on('data', ({ event }: ResolvedEvent) => heard.push(event?.id));
    subscription.resume();
    // Patience anew for every thousand: on a busy machine all of them take longer, while a reader that stalls hears no more at all.
    for (let count = 1_000; count <= 12_000; count += 1_000)
      await eventually(() => expect(heard.length).toBeGreaterThanOrEqual(count));

    expect(heard).toEqual(idsOf(batches.flat()));
  }, 180_000);
});
