import {
  BACKWARDS,
  END,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { collect, events, ids, newStream } from '../../../../test/support/event-store-client.js';
import { eventually } from '../../../../test/support/eventually.js';
import { APPEND_PATHS, asStored, stored, useEventNode } from '../../../../test/support/node-under-test.js';

describe('deleting a stream', () => {
  const under = useEventNode();
  const existing = async (count = 3): Promise<string> => {
    const stream = newStream();
    await under.client.appendToStream(stream, events(count));
    return stream;
  };

  it.each(['any' as const, 2n])('makes it not found, expecting %s', async (expectedRevision) => {
    const stream = await existing();

    const { position } = await under.client.deleteStream(stream, { expectedRevision });

    expect(position?.commit).toBeGreaterThan(0n);
    for (const options of [{}, { direction: BACKWARDS, fromRevision: END } as const])
      await expect(collect(under.client.readStream(stream, options))).rejects.toThrow(StreamNotFoundError);
  });

  it.each([
    ['a wrong revision', 3, 1n, 2n],
    ['no stream, but there is one', 3, 'no_stream' as const, 2n],
    ['nothing, but there is nothing to delete', 0, 'any' as const, 'no_stream'],
  ])('is refused when the caller expects %s', async (_, present, expectedRevision, actualVersion) => {
    const stream = present > 0 ? await existing(present) : newStream();

    const refused = under.client.deleteStream(stream, { expectedRevision });

    await expect(refused).rejects.toThrow(WrongExpectedVersionError);
    await expect(refused).rejects.toMatchObject({ streamName: stream, actualVersion });
    if (present > 0) expect(await collect(under.client.readStream(stream))).toHaveLength(present);
  });

  it('leaves its events in $all', async () => {
    const stream = newStream();
    const given = events(2);
    await under.client.appendToStream(stream, given);

    await under.client.deleteStream(stream);

    const read = (await ids(under.client.readAll())).filter((id) => given.some((event) => event.id === id));
    expect(read).toEqual(given.map(({ id }) => id));
  });

  it.each(['any' as const, 'no_stream' as const, 2n])(
    'can be undone by appending with %s: revisions go on, and only what is new is there',
    async (expectedRevision) => {
      const stream = await existing();
      await under.client.deleteStream(stream);
      const given = events(2);

      await under.client.appendToStream(stream, given, { expectedRevision });
      await under.restart();

      expect(await stored(under.client.readStream(stream))).toEqual(asStored(stream, given, 3n));
      expect(
        await stored(under.client.readStream(stream, { direction: BACKWARDS, fromRevision: END })),
      ).toEqual(asStored(stream, given, 3n).reverse());
    },
  );

  it('refuses an append by who expects it to exist', async () => {
    const stream = await existing();
    await under.client.deleteStream(stream);

    await expect(
      under.client.appendToStream(stream, events(1), { expectedRevision: 'stream_exists' }),
    ).rejects.toThrow(StreamDeletedError);
  });

  it('may be done again, and still holds after a restart', async () => {
    const stream = await existing();
    await under.client.deleteStream(stream);
    await under.client.appendToStream(stream, events(1));

    await under.client.deleteStream(stream, { expectedRevision: 3n });
    await under.restart();

    await expect(collect(under.client.readStream(stream))).rejects.toThrow(StreamNotFoundError);
  });

  it('lets a subscriber wait for what comes after', async () => {
    const stream = await existing();
    await under.client.deleteStream(stream);
    const heard: (string | undefined)[] = [];
    const subscription = under.client.subscribeToStream(stream);
    subscription.on('data', ({ event }) => heard.push(event?.id));
    await new Promise((resolve) => subscription.once('caughtUp', resolve));
    const given = events(2);

    await under.client.appendToStream(stream, given);

    await eventually(() => expect(heard).toEqual(given.map(({ id }) => id)));
    await subscription.unsubscribe();
  });
});

describe('tombstoning a stream', () => {
  const under = useEventNode();
  const tombstoned = async (): Promise<string> => {
    const stream = newStream();
    await under.client.appendToStream(stream, events(3));
    await under.client.tombstoneStream(stream);
    return stream;
  };

  it.each([
    ['any revision', 3, 'any' as const],
    ['its last revision', 3, 2n],
    ['no stream', 0, 'no_stream' as const],
  ])('ends it for good, expecting %s', async (_, present, expectedRevision) => {
    const stream = newStream();
    if (present > 0) await under.client.appendToStream(stream, events(present));

    const { position } = await under.client.tombstoneStream(stream, { expectedRevision });
    await under.restart();

    expect(position?.commit).toBeGreaterThan(0n);
    const read = collect(under.client.readStream(stream));
    await expect(read).rejects.toThrow(StreamDeletedError);
    await expect(read).rejects.toMatchObject({ streamName: stream });
  });

  it.each([1n, 'no_stream' as const])(
    'is refused when the caller wrongly expects %s',
    async (expectedRevision) => {
      const stream = newStream();
      await under.client.appendToStream(stream, events(3));

      const refused = under.client.tombstoneStream(stream, { expectedRevision });

      await expect(refused).rejects.toMatchObject({ type: 'wrong-expected-version', actualVersion: 2n });
      expect(await collect(under.client.readStream(stream))).toHaveLength(3);
    },
  );

  it.each(APPEND_PATHS)('makes every append by %s fail as to a deleted stream', async (_, path) => {
    const stream = await tombstoned();

    for (const expectedRevision of ['any', 'no_stream', 'stream_exists', 2n] as const) {
      const refused = under.client.appendToStream(stream, events(1), { ...path, expectedRevision });
      await expect(refused).rejects.toThrow(StreamDeletedError);
      await expect(refused).rejects.toMatchObject({ streamName: stream });
    }
  });

  it('lets neither it nor its metadata be deleted or written again', async () => {
    const stream = await tombstoned();

    for (const attempt of [
      () => under.client.deleteStream(stream),
      () => under.client.tombstoneStream(stream),
      () => under.client.setStreamMetadata(stream, { maxCount: 1 }),
      () => under.client.getStreamMetadata(stream),
    ])
      await expect(attempt()).rejects.toThrow(StreamDeletedError);
  });

  it('shows in $all as the last event of the stream, after all others', async () => {
    const stream = await tombstoned();

    const [last, before] = await collect(
      under.client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 2 }),
    );

    expect(last?.event).toMatchObject({ type: '$streamDeleted', streamId: stream, revision: 2n ** 63n - 1n });
    expect(before?.event).toMatchObject({ streamId: stream, revision: 2n });
  });

  it('ends the subscriptions to it, those that are open and those that come', async () => {
    const stream = newStream();
    const given = events(2);
    await under.client.appendToStream(stream, given);
    const heard: (string | undefined)[] = [];
    const subscription = under.client.subscribeToStream(stream);
    subscription.on('data', ({ event }) => heard.push(event?.id));
    const ended = new Promise((resolve) => subscription.once('error', resolve));
    await new Promise((resolve) => subscription.once('caughtUp', resolve));

    await under.client.tombstoneStream(stream);

    expect(await ended).toMatchObject({ type: 'stream-deleted', streamName: stream });
    expect(heard).toEqual(given.map(({ id }) => id));
    const later = under.client.subscribeToStream(stream);
    expect(await new Promise((resolve) => later.once('error', resolve))).toMatchObject({
      type: 'stream-deleted',
    });
  });

  it('names in ASCII a stream whose name is not', async () => {
    const stream = newStream('dossier-é');
    await under.client.tombstoneStream(stream, { expectedRevision: 'no_stream' });

    await expect(collect(under.client.readStream(stream))).rejects.toMatchObject({
      type: 'stream-deleted',
      streamName: stream.replace('é', '%C3%A9'),
    });
  });
});
