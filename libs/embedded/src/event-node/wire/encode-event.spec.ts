import fc from 'fast-check';
import { streams } from '../protocol.js';
import type { StoredEvent } from '../records.js';
import { encodeEvent } from './encode-event.js';
import { parseUuid } from './values.js';

type RecordedEvent = InstanceType<typeof streams.ReadResp.ReadEvent.RecordedEvent>;

const u64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const text = fc.string({ unit: 'grapheme', minLength: 1 });
const bytes = fc.uint8Array({ maxLength: 400 });
const storedEvent: fc.Arbitrary<StoredEvent> = fc.record({
  id: fc.uuid(),
  type: text,
  contentType: text,
  data: bytes,
  metadata: bytes,
  stream: text,
  revision: u64,
  position: u64,
  created: u64,
});

/** The event that the client's own decoder finds. */
const decoded = (recorded: RecordedEvent | undefined): StoredEvent | undefined =>
  recorded && {
    id: parseUuid(recorded.getId()),
    type: recorded.getMetadataMap().get('type') ?? '',
    contentType: recorded.getMetadataMap().get('content-type') ?? '',
    data: new Uint8Array(recorded.getData_asU8()),
    metadata: new Uint8Array(recorded.getCustomMetadata_asU8()),
    stream: Buffer.from(recorded.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString(),
    revision: BigInt(recorded.getStreamRevision()),
    position: BigInt(recorded.getCommitPosition()),
    created: BigInt(recorded.getMetadataMap().get('created') ?? -1),
  };

describe('an encoded event', () => {
  it('is what the generated decoder reads, with and without a link, with ids in either form', () => {
    fc.assert(
      fc.property(storedEvent, fc.option(storedEvent), fc.boolean(), (event, link, structured) => {
        const encoded = encodeEvent({ event, ...(link && { link }) }, structured);
        const read = streams.ReadResp.deserializeBinary(encoded).getEvent();
        expect(decoded(read?.getEvent())).toEqual(event);
        expect(decoded(read?.getLink())).toEqual(link ?? undefined);
        expect(read?.getEvent()?.getId()?.hasStructured()).toBe(structured);
        expect(BigInt(read?.getCommitPosition() ?? -1)).toBe((link ?? event).position);
        expect(read?.getEvent()?.getPreparePosition()).toBe(event.position.toString());
      }),
      { numRuns: 1_000 },
    );
  });

  it('may be a link to something that is gone', () => {
    const [link] = fc.sample(storedEvent, 1);
    const read = streams.ReadResp.deserializeBinary(encodeEvent({ link }, false)).getEvent();
    expect(read?.hasEvent()).toBe(false);
    expect(decoded(read?.getLink())).toEqual(link);
  });
});
