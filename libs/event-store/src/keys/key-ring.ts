import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { isJsonObject } from '../codec/json.js';
import type { KeyEncryption, WrappedKey } from './key-encryption.js';

/** The key-encryption keys: one wraps new data keys, the others still unwrap what they wrapped before a rotation. */
export class KeyRing implements KeyEncryption {
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

  activeKekId(): string {
    return this.#active;
  }

  /** Every key on the ring, in the order of the file. */
  kekIds(): readonly string[] {
    return [...this.#keys.keys()];
  }

  has(kekId: string): boolean {
    return this.#keys.has(kekId);
  }

  /** Wraps with the active key. */
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

/** A key ring in a file, read again when the file changes: a rotation reaches every process that runs, without a restart. */
export class KeyRingFile implements KeyEncryption {
  #ring: KeyRing | undefined;
  #stamp = '';

  constructor(private readonly path: string) {}

  async activeKekId(): Promise<string> {
    return (await this.#current()).activeKekId();
  }

  async wrap(key: Buffer, boundTo: string): Promise<WrappedKey> {
    return (await this.#current()).wrap(key, boundTo);
  }

  async unwrap(wrapped: WrappedKey, boundTo: string): Promise<Buffer> {
    const ring = this.#ring?.has(wrapped.kekId) === true ? this.#ring : await this.#current();
    return ring.unwrap(wrapped, boundTo);
  }

  async #current(): Promise<KeyRing> {
    const { mtimeMs, ino, size } = await stat(this.path);
    const stamp = [mtimeMs, ino, size].join();
    if (this.#ring === undefined || stamp !== this.#stamp) {
      this.#ring = await loadKeyRing(this.path);
      this.#stamp = stamp;
    }
    return this.#ring;
  }
}

/** Writes a key ring with one new key, readable by its owner only. @throws Error when the file exists: a lost ring is lost data */
export async function generateKeyRing(path: string): Promise<void> {
  const id = randomUUID();
  await writeSynced(path, { active: id, keys: { [id]: newKey() } });
}

/**
 * Adds a new key to a ring and lets it wrap from now on; the others stay, for what they wrapped. The file is replaced at once.
 * @returns the new key's id
 */
export async function rotateKeyRing(path: string): Promise<string> {
  const id = randomUUID();
  await changeRing(path, ({ keys }) => ({ active: id, keys: { ...keys, [id]: newKey() } }));
  return id;
}

/** Takes a key off a ring. The caller made sure that no data key needs it. @throws Error for the active one */
export async function dropFromKeyRing(path: string, kekId: string): Promise<void> {
  await changeRing(path, ({ active, keys }) => {
    if (active === kekId) throw new Error(`'${kekId}' is the active key; rotate first`);
    return { active, keys: Object.fromEntries(Object.entries(keys).filter(([id]) => id !== kekId)) };
  });
}

interface RingFile {
  readonly active: string;
  readonly keys: Readonly<Record<string, unknown>>;
}

async function changeRing(path: string, change: (ring: RingFile) => RingFile): Promise<void> {
  await loadKeyRing(path);
  const draft = `${path}.${randomUUID()}`;
  // It was a key ring a moment ago.
  await writeSynced(draft, change(JSON.parse(await readFile(path, 'utf8')) as RingFile));
  await rename(draft, path);
}

const newKey = (): string => randomBytes(32).toString('base64');

async function writeSynced(path: string, ring: RingFile): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(ring, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}
