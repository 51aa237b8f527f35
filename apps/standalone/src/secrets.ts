import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The passwords of the embedded default, made at the first start and kept at mode 0600 outside the data backups. */
export interface StandaloneSecrets {
  readonly folder: string;
  readonly superuser: string;
  readonly eventNode: string;
  readonly keys: string;
  readonly readOwner: string;
  readonly readWorker: string;
  readonly readService: string;
  readonly auditOwner: string;
  readonly auditService: string;
  readonly auditWorker: string;
}

const names = [
  'superuser',
  'eventNode',
  'keys',
  'readOwner',
  'readWorker',
  'readService',
  'auditOwner',
  'auditService',
  'auditWorker',
] as const;

/** Reads the secrets below a data folder, making the missing ones. */
export async function ensureSecrets(dataFolder: string): Promise<StandaloneSecrets> {
  const folder = join(dataFolder, 'secrets');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const passwords = await Promise.all(
    names.map(async (name) => [name, await ensurePassword(join(folder, name))]),
  );
  return { folder, ...(Object.fromEntries(passwords) as Record<(typeof names)[number], string>) };
}

async function ensurePassword(file: string): Promise<string> {
  try {
    await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}
