import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { isJsonObject } from '../codec/json.js';

/** A wrapped data key: nonce, ciphertext and tag in one, and the key-encryption key that wrapped it. */
export interface WrappedKey {
  readonly kekId: string;
  readonly wrapped: Buffer;
}

/** The key-encryption keys: one wraps new data keys, the others still unwrap what they wrapped before a rotation. */
export class KeyRing {
  readonly #active: string;
  readonly #keys: ReadonlyMap<string, Buffer>;

  /** @throws Error when the active key is missing or a key is not 32 bytes */
  constructor(active: string, keys: ReadonlyMap<string, Buffer>) {
    if (!keys.has(active)) throw new Error(`the key ring lacks its active key '${active}'`);
    for (const [id, key] of keys)
      if (key.length !== 32) throw new Error(`key '${id}' of the key ring is not 32 bytes`);
    this.#active = active;
    this.#keys = keys;
  }

  /** Wraps with the active key. `boundTo` names the row; a wrapped key moved to another row does not unwrap. */
  wrap(key: Buffer, boundTo: string): WrappedKey {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#keyOf(this.#active), nonce).setAAD(
      aad(this.#active, boundTo),
    );
    return {
      kekId: this.#active,
      wrapped: Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]),
    };
  }

  /** @throws Error when the key-encryption key is not on the ring, or the row was changed */
  unwrap({ kekId, wrapped }: WrappedKey, boundTo: string): Buffer {
    const split = wrapped.length - 16;
    const decipher = createDecipheriv('aes-256-gcm', this.#keyOf(kekId), wrapped.subarray(0, 12), {
      authTagLength: 16,
    })
      .setAAD(aad(kekId, boundTo))
      .setAuthTag(wrapped.subarray(split));
    return Buffer.concat([decipher.update(wrapped.subarray(12, split)), decipher.final()]);
  }

  #keyOf(kekId: string): Buffer {
    const key = this.#keys.get(kekId);
    if (!key) throw new Error(`the key ring lacks key '${kekId}'; add it, a data key still needs it`);
    return key;
  }
}

const aad = (kekId: string, boundTo: string): Buffer =>
  Buffer.from(JSON.stringify(['spil data key', kekId, boundTo]));

/**
 * Reads a key ring: `{ "active": "<id>", "keys": { "<id>": "<32 bytes in base64>" } }`.
 * @throws Error that names the file, never its content
 */
export async function loadKeyRing(path: string): Promise<KeyRing> {
  const malformed = new Error(`${path} is not a key ring: expected { "active": id, "keys": { id: base64 } }`);
  const ring = parseJson(await readFile(path, 'utf8'));
  if (!isJsonObject(ring) || typeof ring['active'] !== 'string' || !isJsonObject(ring['keys']))
    throw malformed;
  const keys = new Map<string, Buffer>();
  for (const [id, key] of Object.entries(ring['keys'])) {
    if (typeof key !== 'string') throw malformed;
    keys.set(id, Buffer.from(key, 'base64'));
  }
  return new KeyRing(ring['active'], keys);
}

/** A syntax error quotes the text it met, which here is a secret. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Writes a key ring with one new key, readable by its owner only. @throws Error when the file exists: a lost ring is lost data */
export async function generateKeyRing(path: string): Promise<void> {
  const id = randomUUID();
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(
      `${JSON.stringify({ active: id, keys: { [id]: randomBytes(32).toString('base64') } }, null, 2)}\n`,
    );
    await file.sync();
  } finally {
    await file.close();
  }
}
