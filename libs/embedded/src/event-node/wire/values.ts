import { shared } from '../protocol.js';
import { invalid } from '../refusal.js';

type StreamIdentifier = InstanceType<typeof shared.StreamIdentifier>;
type Uuid = InstanceType<typeof shared.UUID>;

const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @throws Refusal INVALID_ARGUMENT for a missing name or one that cannot be stored */
export function parseStreamName(identifier: StreamIdentifier | undefined): string {
  const bytes = identifier?.getStreamName_asU8();
  if (!bytes || bytes.length === 0) throw invalid('a stream needs a name');
  try {
    return storableText(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw invalid(`not a stream name: ${(cause as Error).message}`);
  }
}

/** @throws Refusal INVALID_ARGUMENT for text with a NUL or a lone surrogate, which Postgres cannot hold */
export function storableText(text: string): string {
  if (/[\0\p{Surrogate}]/u.test(text)) throw invalid('a name holds a character that cannot be stored');
  return text;
}

/** @throws Refusal INVALID_ARGUMENT unless it is a UUID, in either of its two forms */
export function parseUuid(uuid: Uuid | undefined): string {
  const structured = uuid?.getStructured();
  const text = structured
    ? [structured.getMostSignificantBits(), structured.getLeastSignificantBits()]
        .map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0'))
        .join('')
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    : (uuid?.getString().toLowerCase() ?? '');
  if (!UUID_PATTERN.test(text)) throw invalid('an event needs a UUID');
  return text;
}

export function wireUuid(id: string, structured: boolean): Uuid {
  const uuid = new shared.UUID();
  if (!structured) return uuid.setString(id);
  const hex = id.replaceAll('-', '');
  const half = (from: number): string =>
    BigInt.asIntN(64, BigInt(`0x${hex.slice(from, from + 16)}`)).toString();
  return uuid.setStructured(
    new shared.UUID.Structured().setMostSignificantBits(half(0)).setLeastSignificantBits(half(16)),
  );
}

export const wireStream = (name: string): StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(name));
