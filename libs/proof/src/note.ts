import { createPrivateKey, createPublicKey, randomBytes, sign, verify, type KeyObject } from 'node:crypto';
import { sha256 } from './hash.js';

/** What an Ed25519 key signs, as C2SP signed-note numbers it: the note itself, or a witness's cosignature with its time. */
export const signatureTypes = { note: 1, cosignature: 4 } as const;
export type SignatureType = (typeof signatureTypes)[keyof typeof signatureTypes];

/** A key that signatures are checked with. */
export interface VerifierKey {
  readonly name: string;
  readonly type: SignatureType;
  /** First four bytes of a hash over name, type and key; tells keys of one name apart. */
  readonly id: Buffer;
  readonly publicKey: KeyObject;
}

/** A key that signs. */
export interface SigningKey extends VerifierKey {
  readonly privateKey: KeyObject;
}

/** A line under a note: who says to have signed it. */
export interface NoteSignature {
  readonly name: string;
  readonly id: Buffer;
  readonly signature: Buffer;
}

/** A note in the form of C2SP signed-note. */
export interface Note {
  /** What is signed, up to and with its last newline. */
  readonly body: string;
  readonly signatures: readonly NoteSignature[];
}

/** A text is no note, no key or no checkpoint; the message says of what it is short and repeats nothing secret. */
export class MalformedNote extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'MalformedNote';
  }
}

/** A note ends with more lines than this, and it is none of ours. */
const mostSignatures = 64;
const signatureLine = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u;

/** @throws MalformedNote */
export function parseNote(text: string): Note {
  const split = text.lastIndexOf('\n\n');
  if (split <= 0 || !text.endsWith('\n')) throw new MalformedNote('the note has no signatures');
  if (/[^\P{Cc}\n]/u.test(text)) throw new MalformedNote('the note holds control characters');
  const lines = text.slice(split + 2, -1).split('\n');
  if (lines.length > mostSignatures) throw new MalformedNote('the note has too many signatures');
  return { body: text.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

/** @throws MalformedNote */
export function parseSignature(line: string): NoteSignature {
  const [, name, encoded] = signatureLine.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  if (name === undefined || bytes === undefined || bytes.length < 5)
    throw new MalformedNote('a signature line of the note is malformed');
  return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

/** The line that a signature takes under a note, without its newline. */
export const formatSignature = ({ name, id, signature }: NoteSignature): string =>
  `— ${name} ${Buffer.concat([id, signature]).toString('base64')}`;

/** The note with one more signature. */
export const formatNote = ({ body, signatures }: Note): string =>
  `${body}\n${signatures.map((signature) => `${formatSignature(signature)}\n`).join('')}`;

/** Signs the body of a note. */
export const signNote = (body: string, key: SigningKey): NoteSignature => ({
  name: key.name,
  id: key.id,
  signature: sign(null, Buffer.from(body, 'utf8'), key.privateKey),
});

/** Whether the key signed the note; false also when a line of its name and id does not hold. */
export function isSignedBy({ body, signatures }: Note, key: VerifierKey): boolean {
  const own = signatures.filter((signature) => isOf(signature, key));
  return (
    own.length > 0 &&
    own.every(({ signature }) => verify(null, Buffer.from(body, 'utf8'), key.publicKey, signature))
  );
}

/** Whether a signature names this key. */
export const isOf = (signature: NoteSignature, key: VerifierKey): boolean =>
  signature.name === key.name && signature.id.equals(key.id);

/** A key in the text form of C2SP signed-note: `<name>+<id in hex>+<type and key in base64>`. */
export const formatVerifierKey = (key: VerifierKey): string =>
  `${key.name}+${key.id.toString('hex')}+${Buffer.concat([Buffer.of(key.type), rawPublicKey(key.publicKey)]).toString('base64')}`;

/** Reads a key in that form. @throws MalformedNote */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name = '', hex = '', encoded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(text.trim()) ?? [];
  const bytes = fromBase64(encoded);
  const type = bytes?.[0];
  if (bytes?.length !== 33 || (type !== signatureTypes.note && type !== signatureTypes.cosignature))
    throw new MalformedNote('a public key has the form <name>+<8 hex digits>+<base64>, for Ed25519');
  const key = verifierKey(name, type, bytes.subarray(1));
  if (key.id.toString('hex') !== hex)
    throw new MalformedNote(`the public key of ${name} does not fit its id`);
  return key;
}

/** The content of the file of a new signing key: its name and 32 random bytes. */
export const newKeyFile = (name: string): string =>
  `${JSON.stringify({ name: checkedName(name), seed: randomBytes(32).toString('base64') }, null, 2)}\n`;

/** Reads the content of the file of a signing key. @throws MalformedNote */
export function parseKeyFile(content: string, type: SignatureType): SigningKey {
  const { name, seed } = parsedObject(content);
  const bytes = typeof seed === 'string' ? fromBase64(seed) : undefined;
  if (typeof name !== 'string' || bytes?.length !== 32)
    throw new MalformedNote('a key file holds {"name": "<name>", "seed": "<32 bytes in base64>"}');
  const privateKey = createPrivateKey({
    key: Buffer.concat([privateKeyHeader, bytes]),
    format: 'der',
    type: 'pkcs8',
  });
  return { ...verifierKey(name, type, rawPublicKey(createPublicKey(privateKey))), privateKey };
}

/** Strict base64 of RFC 4648; undefined when the text is not. */
export function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return text !== '' && bytes.toString('base64') === text ? bytes : undefined;
}

/** What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410). */
const privateKeyHeader = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicKeyHeader = Buffer.from('302a300506032b6570032100', 'hex');

const rawPublicKey = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' }).subarray(-32);

function verifierKey(name: string, type: SignatureType, raw: Buffer): VerifierKey {
  return {
    name: checkedName(name),
    type,
    id: sha256(Buffer.from(`${name}\n`, 'utf8'), Uint8Array.of(type), raw).subarray(0, 4),
    publicKey: createPublicKey({
      key: Buffer.concat([publicKeyHeader, raw]),
      format: 'der',
      type: 'spki',
    }),
  };
}

function checkedName(name: string): string {
  if (!/^[^\s+]+$/u.test(name)) throw new MalformedNote('the name of a key has no spaces and no plus in it');
  return name;
}

function parsedObject(content: string): { readonly name?: unknown; readonly seed?: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw new MalformedNote('a key file is JSON, and this one is not');
  }
  return typeof value === 'object' && value !== null ? value : {};
}
