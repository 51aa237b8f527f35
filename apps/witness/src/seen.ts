import { createHash } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Remembers, for each log, the last checkpoint that this witness cosigned. It is on disk before anyone is told. */
export class SeenCheckpoints {
  constructor(private readonly folder: string) {}

  /** The note; undefined for a log that was never cosigned. */
  async last(origin: string): Promise<string | undefined> {
    try {
      return await readFile(this.#fileOf(origin), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Resolves once it would survive a loss of power. */
  async remember(origin: string, note: string): Promise<void> {
    const file = this.#fileOf(origin);
    const written = await open(`${file}.new`, 'w', 0o600);
    try {
      await written.writeFile(note);
      await written.sync();
    } finally {
      await written.close();
    }
    await rename(`${file}.new`, file);
    const folder = await open(dirname(file), 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  /** The name of a log may hold anything; its hash may not. */
  #fileOf(origin: string): string {
    return join(this.folder, `${createHash('sha256').update(origin).digest('hex')}.checkpoint`);
  }
}
