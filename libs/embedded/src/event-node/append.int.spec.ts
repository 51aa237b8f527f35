import { binaryEvent, StreamNotFoundError, WrongExpectedVersionError } from '@eventstore/db-client';
import { collect, events, ids, newStream } from '../../../../test/support/event-store-client.js';
import { APPEND_PATHS, asStored, stored, useEventNode } from '../../../../test/support/node-under-test.js';

describe.each(APPEND_PATHS)('appending by %s', (_, path) => {
  const under = useEventNode();

  it('gives back an event as it was appended, with revision, position and time', async () => {
    const stream = newStream();
    const given = events(1);
    const before = Date.now();

    const appended = await under.client.appendToStream(stream, given, path);

    const [{ event } = {}] = await collect(under.client.readStream(stream));
    expect(appended).toMatchObject({ success: true, nextExpectedRevision: 0n });
    expect(event).toMatchObject({ isJson: true, position: appended.position });
    expect(event?.created.getTime()).toBeGreaterThanOrEqual(before);
    expect(await stored(under.client.readStream(stream))).toEqual(asStored(stream, given));
  });

  it('keeps binary data and binary metadata byte for byte', async () => {
    const stream = newStream();
    const data = Uint8Array.from({ length: 256 }, (_byte, value) => value);

    await under.client.appendToStream(stream, binaryEvent({ type: 'Scanned', data, metadata: data }), path);

    const [{ event } = {}] = await collect(under.client.readStream(stream));
    expect([...(event?.data as Uint8Array)]).toEqual([...data]);
    expect([...(event?.metadata as Uint8Array)]).toEqual([...data]);
  });

  it('keeps names outside ASCII', async () => {
    const stream = newStream('dossier-é-漢-🦉');
    const given = events(1, 'Überwiesen 🦉');

    await under.client.appendToStream(stream, given, path);

    expect(await stored(under.client.readStream(stream))).toEqual(asStored(stream, given));
  });

  it('keeps an event of 16 MB', async () => {
    const stream = newStream();
    const data = new Uint8Array((16 << 20) - 1_000).fill(7);

    await under.client.appendToStream(stream, binaryEvent({ type: 'Scanned', data }), path);

    const [{ event } = {}] = await collect(under.client.readStream(stream));
    expect(Buffer.compare(event?.data as Uint8Array, data)).toBe(0);
  });

  it('refuses more than 16 MB and stores nothing of it', async () => {
    const stream = newStream();
    const half = (): ReturnType<typeof binaryEvent> =>
      binaryEvent({ type: 'Scanned', data: new Uint8Array((8 << 20) + 1) });

    const refused = under.client.appendToStream(stream, [half(), half()], path);

    await expect(refused).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: 16 << 20,
    });
    await expect(collect(under.client.readStream(stream))).rejects.toThrow(StreamNotFoundError);
  });

  it('numbers the events of a stream without holes and gives positions that only grow', async () => {
    const stream = newStream();
    const given = events(5);

    await under.client.appendToStream(stream, given.slice(0, 3), path);
    await under.client.appendToStream(stream, given.slice(3), { ...path, expectedRevision: 2n });

    expect(await stored(under.client.readStream(stream))).toEqual(asStored(stream, given));
    const read = await collect(under.client.readStream(stream));
    const positions = read.map(({ event }) => event?.position?.commit ?? 0n);
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => Number(a - b)));
  });

  it.each([
    ['any revision of no stream', 0, 'any' as const],
    ['any revision of a stream', 3, 'any' as const],
    ['no stream', 0, 'no_stream' as const],
    ['a stream', 3, 'stream_exists' as const],
    ['the last revision', 3, 2n],
  ])('appends when the writer expects %s', async (_case, present, expectedRevision) => {
    const stream = newStream();
    const before = events(present);
    if (present > 0) await under.client.appendToStream(stream, before, path);
    const given = events(2);

    await under.client.appendToStream(stream, given, { ...path, expectedRevision });

    expect(await stored(under.client.readStream(stream))).toEqual(asStored(stream, [...before, ...given]));
  });

  it.each([
    ['no stream, but there is one', 3, 'no_stream' as const, 2n],
    ['an earlier revision', 3, 1n, 2n],
    ['a later revision', 3, 7n, 2n],
    ['a revision beyond all', 3, 2n ** 63n - 1n, 2n],
    ['a revision, but there is no stream', 0, 0n, 'no_stream'],
    ['a stream, but there is none', 0, 'stream_exists' as const, 'no_stream'],
  ])('refuses and stores nothing when the writer expects %s', async (_case, present, expected, actual) => {
    const stream = newStream();
    const given = events(present);
    if (present > 0) await under.client.appendToStream(stream, given, path);

    const refused = under.client.appendToStream(stream, events(1), { ...path, expectedRevision: expected });

    await expect(refused).rejects.toThrow(WrongExpectedVersionError);
    await expect(refused).rejects.toMatchObject({
      streamName: stream,
      actualVersion: actual,
      expectedVersion: expected,
    });
    if (present > 0) expect(await ids(under.client.readStream(stream))).toEqual(given.map(({ id }) => id));
    else await expect(collect(under.client.readStream(stream))).rejects.toThrow(StreamNotFoundError);
  });

  it('lets exactly one of many writers win on the same revision', async () => {
    const stream = newStream();

    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        under.client.appendToStream(stream, events(1), { ...path, expectedRevision: 'no_stream' }),
      ),
    );

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await collect(under.client.readStream(stream))).toHaveLength(1);
  });

  it('appends many events at once, all or none', async () => {
    const stream = newStream();
    const given = events(2_500);

    await expect(
      under.client.appendToStream(stream, given, { ...path, expectedRevision: 4n }),
    ).rejects.toThrow(WrongExpectedVersionError);
    await under.client.appendToStream(stream, given, { ...path, expectedRevision: 'no_stream' });

    expect(await ids(under.client.readStream(stream))).toEqual(given.map(({ id }) => id));
  });

  it.each(['', 'with\0nul', '$all'])('refuses the stream name %j', async (stream) => {
    await expect(under.client.appendToStream(stream, events(1), path)).rejects.toMatchObject({
      type: 'unknown',
    });
  });

  it('refuses a name too long to be stored, and nobody else’s append with it', async () => {
    const long = Array.from({ length: 90 }, () => newStream()).join('');
    const streams = Array.from({ length: 5 }, () => newStream());

    const refused = under.client.appendToStream(long, events(1), path);
    const others = streams.map((stream) => under.client.appendToStream(stream, events(1), path));

    await expect(refused).rejects.toMatchObject({ type: 'unknown' });
    await expect(Promise.all(others)).resolves.toHaveLength(streams.length);
  });

  it('refuses in time what cannot be stored before its deadline, and stores nothing of it', async () => {
    const stream = newStream();

    const late = under.client.appendToStream(stream, events(20_000), { ...path, deadline: 1 });

    await expect(late).rejects.toMatchObject({ type: 'deadline-exceeded' });
    const after = events(1);
    await under.client.appendToStream(stream, after, { ...path, expectedRevision: 'no_stream' });
    expect(await stored(under.client.readStream(stream))).toEqual(asStored(stream, after));
  });

  describe('once more with the same event ids', () => {
    it.each(['no_stream' as const, 'any' as const])(
      'stores nothing twice when expecting %s',
      async (expectedRevision) => {
        const stream = newStream();
        const given = events(3);
        const options = { ...path, expectedRevision };
        const first = await under.client.appendToStream(stream, given, options);
        await under.client.appendToStream(stream, events(2), { ...path, expectedRevision: 2n });

        const second = await under.client.appendToStream(stream, given, options);

        expect(second).toEqual(first);
        expect(await collect(under.client.readStream(stream))).toHaveLength(5);
      },
    );

    it('stores nothing twice after a restart, whatever is expected', async () => {
      const stream = newStream();
      const given = events(3);
      const first = await under.client.appendToStream(stream, given, path);
      await under.restart();

      for (const expectedRevision of ['any', 'no_stream', 'stream_exists'] as const)
        expect(await under.client.appendToStream(stream, given, { ...path, expectedRevision })).toEqual(
          first,
        );

      expect(await stored(under.client.readStream(stream))).toEqual(asStored(stream, given));
    });

    it('knows an event of the last thousand again, though it expects nothing', async () => {
      const stream = newStream();
      const given = events(1);
      const first = await under.client.appendToStream(stream, given, path);
      await under.client.appendToStream(stream, events(900), path);
      await under.restart();
      await under.client.appendToStream(stream, events(99), path);

      expect(await under.client.appendToStream(stream, given, path)).toEqual(first);
    });

    it('stores nothing twice when both copies arrive together', async () => {
      const stream = newStream();
      const given = events(2);

      const results = await Promise.all(
        Array.from({ length: 4 }, () => under.client.appendToStream(stream, given, path)),
      );

      expect(new Set(results.map(({ nextExpectedRevision }) => nextExpectedRevision))).toEqual(new Set([1n]));
      expect(await collect(under.client.readStream(stream))).toHaveLength(2);
    });

    it('stores them again in another stream', async () => {
      const given = events(2);
      const streams = [newStream(), newStream()];

      for (const stream of streams) await under.client.appendToStream(stream, given, path);

      for (const stream of streams)
        expect(await stored(under.client.readStream(stream))).toEqual(asStored(stream, given));
    });

    it('refuses a batch that was only partly there', async () => {
      const stream = newStream();
      const given = events(2);
      await under.client.appendToStream(stream, given, { ...path, expectedRevision: 'no_stream' });

      for (const batch of [[...given, ...events(1)], [...given].reverse()])
        for (const expectedRevision of ['no_stream', 'any'] as const)
          await expect(
            under.client.appendToStream(stream, batch, { ...path, expectedRevision }),
          ).rejects.toThrow(WrongExpectedVersionError);
    });
  });
});

describe.each(APPEND_PATHS)('appending more by %s than the node takes at once', (_, path) => {
  const under = useEventNode({ maxAppendBytes: 10_000 });

  it.each([
    ['one event with a long name', 1, 'x'.repeat(10_001)],
    ['many events of next to nothing', 200, 'T'],
  ])('is refused when that is %s', async (_what, count, type) => {
    const stream = newStream();
    const given = Array.from({ length: count }, () => binaryEvent({ type, data: new Uint8Array() }));

    const refused = under.client.appendToStream(stream, given, path);

    await expect(refused).rejects.toMatchObject({ type: 'maximum-append-size-exceeded' });
    await expect(collect(under.client.readStream(stream))).rejects.toThrow(StreamNotFoundError);
  });
});
