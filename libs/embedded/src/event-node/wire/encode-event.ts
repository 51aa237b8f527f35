import type { ResolvedEvent } from '../links.js';
import type { StoredEvent } from '../records.js';

/** Field numbers of ReadResp and the messages in it, as streams.proto has them. */
const RESPONSE = { event: 1 };
const READ_EVENT = { event: 1, link: 2, commitPosition: 3 };
const RECORDED = { id: 1, stream: 2, revision: 3, prepare: 4, commit: 5, system: 6, metadata: 7, data: 8 };
const STREAM_NAME = 3;
const UUID = { structured: 1, string: 2 };
const HALVES = { most: 1, least: 2 };
const MAP_ENTRY = { key: 1, value: 2 };

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const ROOM_FOR_THE_REST = 256;

/**
 * An event as a ReadResp message, in bytes. Done by hand because events are nearly all that a node sends, and the
 * generated code spends more time on one than the database does.
 */
export function encodeEvent({ event, link }: ResolvedEvent, structuredIds: boolean): Buffer {
  const writer = new BackwardWriter(roomFor(event) + roomFor(link));
  const response = writer.end;
  writer.number(READ_EVENT.commitPosition, (link ?? event)?.position ?? 0n);
  if (link) writeRecorded(writer, READ_EVENT.link, link, structuredIds);
  if (event) writeRecorded(writer, READ_EVENT.event, event, structuredIds);
  writer.message(RESPONSE.event, response);
  return writer.bytesWritten();
}

const roomFor = (event: StoredEvent | undefined): number =>
  event
    ? event.data.length +
      event.metadata.length +
      3 * (event.stream.length + event.type.length + event.contentType.length) +
      ROOM_FOR_THE_REST
    : 0;

function writeRecorded(
  writer: BackwardWriter,
  field: number,
  event: StoredEvent,
  structuredIds: boolean,
): void {
  const recorded = writer.end;
  if (event.data.length > 0) writer.bytes(RECORDED.data, event.data);
  if (event.metadata.length > 0) writer.bytes(RECORDED.metadata, event.metadata);
  writeSystemMetadata(writer, 'created', event.created.toString());
  writeSystemMetadata(writer, 'content-type', event.contentType);
  writeSystemMetadata(writer, 'type', event.type);
  writer.number(RECORDED.commit, event.position);
  writer.number(RECORDED.prepare, event.position);
  if (event.revision !== 0n) writer.number(RECORDED.revision, event.revision);
  const stream = writer.end;
  writer.text(STREAM_NAME, event.stream);
  writer.message(RECORDED.stream, stream);
  const id = writer.end;
  if (structuredIds) writeHalves(writer, event.id);
  else writer.text(UUID.string, event.id);
  writer.message(RECORDED.id, id);
  writer.message(field, recorded);
}

function writeSystemMetadata(writer: BackwardWriter, key: string, value: string): void {
  const entry = writer.end;
  writer.text(MAP_ENTRY.value, value);
  writer.text(MAP_ENTRY.key, key);
  writer.message(RECORDED.system, entry);
}

function writeHalves(writer: BackwardWriter, id: string): void {
  const structured = writer.end;
  const hex = id.replaceAll('-', '');
  writer.number(HALVES.least, BigInt(`0x${hex.slice(16)}`));
  writer.number(HALVES.most, BigInt(`0x${hex.slice(0, 16)}`));
  writer.message(UUID.structured, structured);
}

/** Writes protobuf from the end to the beginning, so that a message's length is known when its header is written. */
class BackwardWriter {
  readonly #buffer: Buffer;
  #start: number;

  constructor(capacity: number) {
    this.#buffer = Buffer.allocUnsafe(capacity);
    this.#start = capacity;
  }

  /** Where what is written next ends; for {@link message}. */
  get end(): number {
    return this.#start;
  }

  bytesWritten(): Buffer {
    return this.#buffer.subarray(this.#start);
  }

  number(field: number, value: bigint): void {
    if (value <= BigInt(Number.MAX_SAFE_INTEGER)) this.#varint(Number(value));
    else {
      // Its upper half first: the beginning is written last.
      let high = value;
      let length = 0;
      for (; high > 0x7fn; high >>= 7n) length += 1;
      this.#start -= length + 1;
      let rest = value;
      for (let index = 0; index < length; index++, rest >>= 7n)
        this.#buffer[this.#start + index] = Number(rest & 0x7fn) | 0x80;
      this.#buffer[this.#start + length] = Number(rest);
    }
    this.#varint((field << 3) | VARINT);
  }

  text(field: number, value: string): void {
    const length = Buffer.byteLength(value);
    this.#start -= length;
    this.#buffer.write(value, this.#start);
    this.#header(field, length);
  }

  bytes(field: number, value: Uint8Array): void {
    this.#start -= value.length;
    this.#buffer.set(value, this.#start);
    this.#header(field, value.length);
  }

  /** Makes a message of everything written since the writer stood at `end`. */
  message(field: number, end: number): void {
    this.#header(field, end - this.#start);
  }

  #header(field: number, length: number): void {
    this.#varint(length);
    this.#varint((field << 3) | LENGTH_DELIMITED);
  }

  #varint(value: number): void {
    let length = 1;
    for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 128)) length += 1;
    this.#start -= length;
    let rest = value;
    for (let index = 0; index < length - 1; index++) {
      this.#buffer[this.#start + index] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    this.#buffer[this.#start + length - 1] = rest;
  }
}
