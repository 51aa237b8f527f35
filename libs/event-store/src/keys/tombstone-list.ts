import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isJsonObject } from '../codec/json.js';

/** A destroyed data key. Ids only. */
export interface Tombstone {
  /** Name of the key's subject. */
  readonly subject: string;
  /** Null when the subject had no key. */
  readonly keyId: string | null;
  /** ISO 8601 in UTC. */
  readonly destroyedAt: string;
}

/**
 * The append-only list of destroyed keys that lies outside all backups: one JSON object a line. Every process that destroys keys
 * adds to the same file.
 */
export class TombstoneList {
  constructor(readonly path: string) {}

  /** Resolves once it is on disk. */
  async add(tombstones: readonly Tombstone[]): Promise<void> {
    if (tombstones.length === 0) return;
    // Each line begins on its own: what a crash left unfinished before it stays apart from it.
    await this.#append(tombstones.map((tombstone) => `\n${JSON.stringify(tombstone)}\n`).join(''));
  }

  /** Makes an empty list; what is on one that is there stays. Resolves once it is on disk. */
  async begin(): Promise<void> {
    await this.#append('');
  }

  /**
   * All of them, each subject once; undefined when there is no file. A line that a crash left unfinished was never acknowledged
   * and is only counted.
   */
  async read(): Promise<
    { readonly tombstones: readonly Tombstone[]; readonly unfinished: number } | undefined
  > {
    const text = await readFile(this.path, 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return undefined;
    const bySubject = new Map<string, Tombstone>();
    let unfinished = 0;
    for (const line of text.split('\n')) {
      if (line === '') continue;
      const tombstone = parsed(line);
      if (tombstone === undefined) unfinished += 1;
      else if (!bySubject.has(tombstone.subject)) bySubject.set(tombstone.subject, tombstone);
    }
    return { tombstones: [...bySubject.values()], unfinished };
  }

  async #append(text: string): Promise<void> {
    const file = await open(this.path, 'a', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await syncFolder(dirname(this.path));
  }
}

function parsed(line: string): Tombstone | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (!isJsonObject(value)) return undefined;
  const { subject, keyId, destroyedAt } = value;
  if (typeof subject !== 'string' || typeof destroyedAt !== 'string') return undefined;
  return { subject, keyId: typeof keyId === 'string' ? keyId : null, destroyedAt };
}

/** Makes sure that a file which was just made is found again after a power cut. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
