import { open, rename, rm } from 'node:fs/promises';

/**
 * Writes a file by renaming it into place, for whoever reads it must not read half of it. When that fails, what stood there stays and
 * nothing is left beside it.
 * @param mode of a new file, for example 0o600
 */
export async function writeWhole(file: string, content: string | Uint8Array, mode: number): Promise<void> {
  const unfinished = `${file}.new`;
  const opened = await open(unfinished, 'w', mode);
  try {
    try {
      await opened.writeFile(content);
    } finally {
      await opened.close();
    }
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
