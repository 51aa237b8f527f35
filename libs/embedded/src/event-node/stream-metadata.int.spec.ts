import { BACKWARDS, END, jsonEvent, metastreamOf, type StreamMetadata } from '@eventstore/db-client';
import { collect, events, newStream } from '../../../../test/support/event-store-client.js';
import { eventually } from '../../../../test/support/eventually.js';
import { useEventNode } from '../../../../test/support/node-under-test.js';

describe('the metadata of a stream', () => {
  const under = useEventNode();
  const existing = async (count: number): Promise<string> => {
    const stream = newStream();
    await under.client.appendToStream(stream, events(count));
    return stream;
  };
  const revisions = async (stream: string, options = {}): Promise<(bigint | undefined)[]> =>
    (await collect(under.client.readStream(stream, options))).map(({ event }) => event?.revision);

  it('comes back as it was set, with keys of the caller', async () => {
    const stream = newStream();
    const metadata: StreamMetadata<{ retentionOf: string }> = {
      maxAge: 3_600,
      maxCount: 12,
      truncateBefore: 1,
      cacheControl: 15,
      acl: { readRoles: ['admin'], writeRoles: ['admin'] },
      retentionOf: '🗄',
    };

    await under.client.setStreamMetadata(stream, metadata);

    expect(await under.client.getStreamMetadata(stream)).toMatchObject({ streamName: stream, metadata });
  });

  it('is empty for a stream that has none', async () => {
    const stream = newStream();

    expect(await under.client.getStreamMetadata(stream)).toEqual({ streamName: stream });
  });

  it('is set under an expected revision of its own', async () => {
    const stream = newStream();
    await under.client.setStreamMetadata(stream, { maxCount: 3 }, { expectedRevision: 'no_stream' });

    await expect(
      under.client.setStreamMetadata(stream, { maxCount: 4 }, { expectedRevision: 'no_stream' }),
    ).rejects.toMatchObject({ type: 'wrong-expected-version', actualVersion: 0n });
    await under.client.setStreamMetadata(stream, { maxCount: 5 }, { expectedRevision: 0n });

    expect((await under.client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 5 });
  });

  it('shows only its newest version', async () => {
    const stream = newStream();
    for (const maxCount of [3, 4, 5]) await under.client.setStreamMetadata(stream, { maxCount });

    expect(await revisions(metastreamOf(stream))).toEqual([2n]);
  });

  it.each<[string, StreamMetadata, bigint[]]>([
    ['only so many of the last events are read', { maxCount: 2 }, [3n, 4n]],
    ['a stream shorter than that is read whole', { maxCount: 9 }, [0n, 1n, 2n, 3n, 4n]],
    ['what is truncated is not read', { truncateBefore: 3 }, [3n, 4n]],
    ['truncated beyond its end, it is empty', { truncateBefore: 7 }, []],
    ['the stricter of two limits counts', { maxCount: 3, truncateBefore: 4 }, [4n]],
    ['an age that none has reached changes nothing', { maxAge: 3_600 }, [0n, 1n, 2n, 3n, 4n]],
    ['a limit of nothing is no limit', { maxCount: 0, maxAge: 0 }, [0n, 1n, 2n, 3n, 4n]],
  ])('%s', async (_, metadata, expected) => {
    const stream = await existing(5);

    await under.client.setStreamMetadata(stream, metadata);

    for (const look of ['now', 'after a restart']) {
      if (look !== 'now') await under.restart();
      expect(await revisions(stream)).toEqual(expected);
      expect(await revisions(stream, { direction: BACKWARDS, fromRevision: END })).toEqual(
        [...expected].reverse(),
      );
    }
  });

  it('limits a read that begins among the events that are gone', async () => {
    const stream = await existing(5);
    await under.client.setStreamMetadata(stream, { truncateBefore: 3 });

    expect(await revisions(stream, { fromRevision: 1n })).toEqual([3n, 4n]);
    expect(await revisions(stream, { fromRevision: 1n, maxCount: 1 })).toEqual([3n]);
    expect(await revisions(stream, { fromRevision: 2n, direction: BACKWARDS })).toEqual([]);
  });

  it('hides events that have grown too old', async () => {
    const stream = await existing(2);
    await under.client.setStreamMetadata(stream, { maxAge: 1 });

    await eventually(async () => expect(await revisions(stream)).toEqual([]));
    await under.client.appendToStream(stream, events(1), { expectedRevision: 1n });
    expect(await revisions(stream)).toEqual([2n]);
  });

  it('hides from a subscriber what it hides from a reader, but nothing that comes live', async () => {
    const stream = await existing(5);
    await under.client.setStreamMetadata(stream, { maxCount: 2 });
    const heard: (bigint | undefined)[] = [];
    const subscription = under.client.subscribeToStream(stream);
    subscription.on('data', ({ event }) => heard.push(event?.revision));
    await new Promise((resolve) => subscription.once('caughtUp', resolve));

    await under.client.appendToStream(stream, events(4));

    await eventually(() => expect(heard).toEqual([3n, 4n, 5n, 6n, 7n, 8n]));
    await subscription.unsubscribe();
  });

  it('hides nothing from readers of $all', async () => {
    const stream = await existing(5);
    await under.client.setStreamMetadata(stream, { truncateBefore: 4, maxCount: 1 });

    const all = (await collect(under.client.readAll())).filter(({ event }) => event?.streamId === stream);

    expect(all.map(({ event }) => event?.revision)).toEqual([0n, 1n, 2n, 3n, 4n]);
  });

  it('brings a deleted stream back when it is set, without what was deleted', async () => {
    const stream = await existing(3);
    await under.client.deleteStream(stream);

    await under.client.setStreamMetadata(stream, { maxCount: 10 });

    expect(await revisions(stream)).toEqual([]);
    await under.client.appendToStream(stream, events(1), { expectedRevision: 2n });
    expect(await revisions(stream)).toEqual([3n]);
    expect((await under.client.getStreamMetadata(stream)).metadata).toEqual({
      maxCount: 10,
      truncateBefore: 3,
    });
  });

  it('survives deletion and return, as EventStoreDB has it, only as truncation', async () => {
    const stream = await existing(2);
    await under.client.setStreamMetadata(stream, { maxCount: 10 });

    await under.client.deleteStream(stream);
    await under.client.appendToStream(stream, events(1));

    expect((await under.client.getStreamMetadata(stream)).metadata).toEqual({ truncateBefore: 2 });
  });

  it('makes a stream exist that holds nothing: it can be expected, and deleted', async () => {
    const [expected, deleted] = [newStream(), newStream()];
    for (const stream of [expected, deleted])
      await under.client.setStreamMetadata(stream, { cacheControl: 1 });

    await under.client.appendToStream(expected, events(1), { expectedRevision: 'stream_exists' });
    await under.client.deleteStream(deleted, { expectedRevision: 'no_stream' });

    expect(await revisions(expected)).toEqual([0n]);
  });

  it.each(['no JSON', '[1]', 'null', '{"$maxCount":"many","$tb":-1,"$maxAge":1.5}'])(
    'that reads %s limits nothing',
    async (text) => {
      const stream = await existing(3);
      const data = Buffer.from(text);

      await under.client.appendToStream(metastreamOf(stream), {
        ...jsonEvent({ type: '$metadata', data: {} }),
        contentType: 'application/octet-stream',
        data,
      });

      expect(await revisions(stream)).toHaveLength(3);
    },
  );
});
