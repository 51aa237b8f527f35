import { sign, verify } from 'node:crypto';
import { isOf, type Note, type NoteSignature, type SigningKey, type VerifierKey } from './note.js';

/** Signs a checkpoint as a witness, with the time (C2SP tlog-cosignature, Ed25519). @param seconds since 1970 */
export function cosign(body: string, key: SigningKey, seconds: number): NoteSignature {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(seconds));
  return {
    name: key.name,
    id: key.id,
    signature: Buffer.concat([time, sign(null, cosignedMessage(body, BigInt(seconds)), key.privateKey)]),
  };
}

/** When the witness cosigned, in seconds since 1970; undefined when the note has no cosignature of it that holds. */
export function cosignedAt({ body, signatures }: Note, key: VerifierKey): number | undefined {
  const own = signatures.filter((signature) => isOf(signature, key));
  const times = own.map(({ signature }) => {
    if (signature.length !== 72) return undefined;
    const seconds = signature.readBigUInt64BE();
    return verify(null, cosignedMessage(body, seconds), key.publicKey, signature.subarray(8))
      ? Number(seconds)
      : undefined;
  });
  const held = times.filter((time) => time !== undefined);
  return held.length > 0 && held.length === times.length ? Math.min(...held) : undefined;
}

const cosignedMessage = (body: string, seconds: bigint): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${seconds}\n${body}`, 'utf8');
