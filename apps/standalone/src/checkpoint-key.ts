import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newKeyFile, parseKeyFile, signatureTypes, type SigningKey } from '@spil/proof';
import { exists } from './files.js';

/** What the embedded default signs checkpoints with: a key made at its first start, under a name that no other log has. */
export async function checkpointKey(secretsFolder: string): Promise<SigningKey> {
  const file = join(secretsFolder, 'checkpoint-key.json');
  if (!(await exists(file)))
    await writeFile(file, newKeyFile(`spil.local/${randomBytes(8).toString('hex')}`), { mode: 0o600 });
  return parseKeyFile(await readFile(file, 'utf8'), signatureTypes.note);
}
