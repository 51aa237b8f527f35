import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Environment } from '@spil/config';
import { newKeyFile, parseKeyFile, signatureTypes } from '@spil/proof';
import { proofConfig, type ProofConfig } from '../../projection-worker/src/proof/proof-config.js';
import { exists } from './files.js';

/** A checkpoint may be looked at soon after the first start. */
const secondsBetween = '10';

/**
 * How the embedded default signs checkpoints: with a key of its own, made at the first start, under a name that no other log has.
 * Rhythm and witnesses can be given as to a worker.
 * @throws ConfigError
 */
export async function checkpointSettings(
  secretsFolder: string,
  { SPIL_CHECKPOINT_SECONDS = secondsBetween, SPIL_WITNESSES_FILE }: NodeJS.ProcessEnv,
): Promise<ProofConfig> {
  const file = join(secretsFolder, 'checkpoint-key.json');
  if (!(await exists(file)))
    await writeFile(file, newKeyFile(`spil.local/${randomBytes(8).toString('hex')}`), { mode: 0o600 });
  const environment = new Environment({ SPIL_CHECKPOINT_SECONDS, SPIL_WITNESSES_FILE });
  const settings = proofConfig(environment, { keyRequired: false });
  environment.check();
  return { ...settings, key: parseKeyFile(await readFile(file, 'utf8'), signatureTypes.note) };
}
