import { join } from 'node:path';
import { openLocalIssuer, type LocalIssuer } from '@spil/access';
import { exists } from '../../standalone/src/files.js';
import { tokens } from '../../standalone/src/logins.js';
import { UsageError } from './answer.js';
import { issuerConfig } from './config.js';
import { folderOf, noSpilIn, type Whereabouts } from './spil.js';

/** The local issuer of the Spil that is meant. @throws UsageError, ConfigError */
export async function issuerOf(whereabouts: Whereabouts): Promise<LocalIssuer> {
  const folder = folderOf(whereabouts);
  if (folder === undefined) {
    const { file, issuer, audience } = issuerConfig(process.env);
    // Opening would make a new key, whose tokens nobody takes.
    if (!(await exists(file)))
      throw new UsageError('SPIL_TOKEN_LOCAL_ISSUER_FILE names a file that is not there');
    return openLocalIssuer({ file, issuer, audience });
  }
  const file = join(folder, 'secrets', 'token-issuer.json');
  if (!(await exists(file))) throw noSpilIn(folder);
  return openLocalIssuer({ file, ...tokens });
}
