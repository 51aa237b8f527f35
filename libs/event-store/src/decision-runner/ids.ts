import { parse, v5 } from 'uuid';

/** Fixed for ever: ids derived today must come out the same in any later release. */
const namespace = parse('5b7a2f0e-6c1d-4e57-9f0a-3f1f6c9d2b84');

const derive = (...parts: readonly (string | number)[]): string =>
  v5(Buffer.from(JSON.stringify(parts)), namespace);

/**
 * The same event of the same command gets the same id on every try, so that the store recognises a repeat. The fingerprint is
 * part of it because the store compares ids only: two payloads that race under one command id must not pass for one another.
 */
export const eventIdFor = (
  principal: string,
  stream: string,
  commandId: string,
  fingerprint: string,
  index: number,
): string => derive('event', principal, stream, commandId, fingerprint, index);

/** Id of anything that a command brings into being, for example `registration` or `contact`; a repeat of it finds the same. */
export const derivedId = (principal: string, commandId: string, label: string): string =>
  derive('id', principal, commandId, label);
