import type { Hash } from './hash.js';
import { fromBase64, MalformedNote } from './note.js';
import type { HeadsVersion } from './stream-heads.js';

/** The state of a tree that a log signs, as C2SP tlog-checkpoint writes it. */
export interface TreeHead {
  /** Names the log; also the name of its key. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

/** A tree head with the commitment to the heads of all streams (see stream-heads.ts) in an extension line. */
export interface SpilTreeHead extends TreeHead {
  readonly heads: Hash;
  readonly headsVersion: HeadsVersion;
}

const headsLine = /^heads\/v([12]) (\S+)$/;

/** The body of the note. */
export const checkpointBody = ({ origin, size, root, heads, headsVersion }: SpilTreeHead): string =>
  `${origin}\n${size}\n${root.toString('base64')}\nheads/v${headsVersion} ${heads.toString('base64')}\n`;

/** Reads the body of a checkpoint of any log; its extension lines are nobody's business but the log's. @throws MalformedNote */
export function parseTreeHead(body: string): TreeHead {
  const [origin = '', sizeText = '', rootText = '', ...extensions] = body.replace(/\n$/, '').split('\n');
  const root = fromBase64(rootText);
  const size = Number(sizeText);
  if (
    origin === '' ||
    !/^(0|[1-9]\d*)$/.test(sizeText) ||
    !Number.isSafeInteger(size) ||
    root?.length !== 32 ||
    extensions.includes('')
  )
    throw new MalformedNote('the note is no checkpoint');
  return { origin, size, root };
}

/** Reads the body of a checkpoint of Spil. @throws MalformedNote */
export function parseSpilTreeHead(body: string): SpilTreeHead {
  const head = parseTreeHead(body);
  const [, version, encoded] = headsLine.exec(body.split('\n')[3] ?? '') ?? [];
  const heads = encoded === undefined ? undefined : fromBase64(encoded);
  if (heads?.length !== 32) throw new MalformedNote('the checkpoint does not name the heads of the streams');
  return { ...head, heads, headsVersion: version === '1' ? 1 : 2 };
}
