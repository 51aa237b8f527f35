import {
  BACKWARDS,
  binaryEvent,
  END,
  jsonEvent,
  START,
  StreamNotFoundError,
  type EventData,
  type StreamMetadata,
} from '@eventstore/db-client';
import { append, collect, events, ids, newStream } from '../../../../test/support/event-store-client.js';
import { eventually } from '../../../../test/support/eventually.js';
import { useEventNode } from '../../../../test/support/node-under-test.js';

describe('reading, through the official client', () => {
  const under = useEventNode();

  describe('a stream', () => {
    const stream = newStream();
    const given = events(700);
    const all = given.map(({ id }) => id);
    beforeAll(() => append(under.client, stream, given));

    it('forwards from a revision, which is included', async () => {
      const read = under.client.readStream(stream, { fromRevision: 650n });

      expect(await ids(read)).toEqual(all.slice(650));
    });

    it('backwards from the end, over several pages', async () => {
      const read = under.client.readStream(stream, { direction: BACKWARDS, fromRevision: END });

      expect(await ids(read)).toEqual([...all].reverse());
    });

    it('backwards from a revision, which is included', async () => {
      const read = under.client.readStream(stream, { direction: BACKWARDS, fromRevision: 2n });

      expect(await ids(read)).toEqual([all[2], all[1], all[0]]);
    });

    it.each([1, 100, 101, 650])('no more than %d events', async (maxCount) => {
      const read = under.client.readStream(stream, { maxCount });

      expect(await ids(read)).toEqual(all.slice(0, maxCount));
    });

    it.each([700n, 2n ** 64n - 1n])('past its end (from %d): nothing', async (fromRevision) => {
      const read = under.client.readStream(stream, { fromRevision });

      expect(await ids(read)).toEqual([]);
    });

    it('that does not exist: not found', async () => {
      const read = under.client.readStream(newStream());

      await expect(collect(read)).rejects.toThrow(StreamNotFoundError);
    });
  });

  describe('$all', () => {
    const streams = [newStream('left'), newStream('right')];
    const given = events(40);
    const all = given.map(({ id }) => id);
    const mine = (read: (string | undefined)[]): (string | undefined)[] =>
      read.filter((id) => all.includes(id ?? ''));
    beforeAll(async () => {
      for (const [index, event] of given.entries())
        await append(under.client, streams[index % 2] ?? '', event);
    });

    it('forwards gives every stream in the order of appending', async () => {
      const read = await ids(under.client.readAll());

      expect(mine(read)).toEqual(all);
    });

    it('backwards gives the same, reversed', async () => {
      const read = await ids(under.client.readAll({ direction: BACKWARDS, fromPosition: END }));

      expect(mine(read)).toEqual([...all].reverse());
    });

    it('includes the position it starts from going forwards and excludes it going backwards', async () => {
      const everything = await collect(under.client.readAll());
      const at = everything.findIndex(({ event }) => event?.id === all[20]);
      const fromPosition = everything[at]?.event?.position ?? START;

      const forwards = under.client.readAll({ fromPosition, maxCount: 2 });
      const backwards = under.client.readAll({ fromPosition, maxCount: 2, direction: BACKWARDS });

      expect(await ids(forwards)).toEqual([all[20], all[21]]);
      expect(await ids(backwards)).toEqual([all[19], all[18]]);
    });

    it('from a position past the end gives nothing forwards and everything backwards', async () => {
      const fromPosition = { commit: 2n ** 64n - 1n, prepare: 2n ** 64n - 1n };
      const newest = under.client.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 1 });

      const forwards = under.client.readAll({ fromPosition });
      const backwards = under.client.readAll({ fromPosition, direction: BACKWARDS, maxCount: 1 });

      expect(await ids(forwards)).toEqual([]);
      expect(await ids(backwards)).toEqual(await ids(newest));
    });

    it('holds system events of the node itself', async () => {
      const [first] = await collect(under.client.readAll({ maxCount: 1 }));

      expect(first?.event?.type).toBe('$NodeStarted');
    });
  });

  describe('large events', () => {
    it('come in pages that the node can hold, whichever way they are read', async () => {
      const stream = newStream();
      const given = Array.from({ length: 12 }, (_, index) =>
        binaryEvent({ type: 'Scanned', data: new Uint8Array(3 << 20).fill(index) }),
      );
      for (const event of given) await append(under.client, stream, event);
      const all = given.map(({ id }) => id);

      expect(await ids(under.client.readStream(stream))).toEqual(all);
      expect(await ids(under.client.readStream(stream, { direction: BACKWARDS, fromRevision: END }))).toEqual(
        [...all].reverse(),
      );
      expect((await ids(under.client.readAll())).filter((id) => all.includes(id ?? ''))).toEqual(all);
    });
  });

  describe('links', () => {
    const linkTo = (stream: string, revision: bigint | number | string): EventData =>
      binaryEvent({ type: '$>', data: Buffer.from(`${revision}@${stream}`) });

    it('are events like any other unless they are to be resolved', async () => {
      const [target, links] = [newStream(), newStream('links')];
      await append(under.client, target, events(1));
      await append(under.client, links, linkTo(target, 0));

      const [resolved] = await collect(under.client.readStream(links));

      expect(resolved?.event?.type).toBe('$>');
      expect(resolved?.link).toBeUndefined();
    });

    it('are resolved to what they point at, in reads and subscriptions, past and live', async () => {
      const [target, links] = [newStream(), newStream('links')];
      const given = events(3);
      await append(under.client, target, given);
      await append(under.client, links, [linkTo(target, 2), ...events(1), linkTo(target, 0)]);
      const expected = [given[2]?.id, given[0]?.id];
      const resolvedLinks = (read: { event?: { id: string }; link?: { type: string } }[]): unknown[] =>
        read.filter(({ link }) => link?.type === '$>').map(({ event }) => event?.id);

      const fromStream = await collect(under.client.readStream(links, { resolveLinkTos: true }));
      const fromAll = await collect(under.client.readAll({ resolveLinkTos: true }));

      expect(resolvedLinks(fromStream)).toEqual(expected);
      expect(fromStream).toHaveLength(3);
      expect(resolvedLinks(fromAll.filter(({ link }) => link?.streamId === links))).toEqual(expected);
      const subscription = under.client.subscribeToStream(links, { resolveLinkTos: true });
      const heard: Parameters<typeof resolvedLinks>[0] = [];
      await append(under.client, links, linkTo(target, 1));
      for await (const resolved of subscription) if (heard.push(resolved) === 4) break;
      expect(resolvedLinks(heard)).toEqual([...expected, given[1]?.id]);
    });

    it('to what is not there, or not any more, come without it', async () => {
      const [target, deleted, links] = [newStream(), newStream(), newStream('links')];
      for (const stream of [target, deleted]) await append(under.client, stream, events(2));
      await under.client.deleteStream(deleted);
      const broken = [linkTo(target, 2), linkTo(newStream(), 0), linkTo(deleted, 0), linkTo(target, 'first')];
      await append(under.client, links, broken);

      const read = await collect(under.client.readStream(links, { resolveLinkTos: true }));

      expect(read.map(({ event, link }) => [event, link?.id])).toEqual(
        broken.map(({ id }) => [undefined, id]),
      );
    });

    it.each<[string, StreamMetadata]>([
      ['older than the last so many', { maxCount: 1 }],
      ['truncated', { truncateBefore: 2 }],
      ['too old', { maxAge: 1 }],
    ])('to what is %s come without it', async (_, metadata) => {
      const [target, links] = [newStream(), newStream('links')];
      await append(under.client, target, events(2));
      const link = linkTo(target, 0);
      await append(under.client, links, link);

      await under.client.setStreamMetadata(target, metadata);

      await eventually(async () => {
        const read = await collect(under.client.readStream(links, { resolveLinkTos: true }));
        expect(read.map((resolved) => [resolved.event, resolved.link?.id])).toEqual([[undefined, link.id]]);
      });
    });

    it('are only looked for in links: any other event stays as it is', async () => {
      const stream = newStream();
      const given = [jsonEvent({ type: 'StepTaken', data: { of: '0@somewhere' } })];
      await append(under.client, stream, given);

      const [resolved] = await collect(under.client.readStream(stream, { resolveLinkTos: true }));

      expect(resolved?.event?.id).toBe(given[0]?.id);
      expect(resolved?.link).toBeUndefined();
    });
  });
});
