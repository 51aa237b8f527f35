import { join, resolve } from 'node:path';
import { openLocalIssuer, type LocalIssuer } from '@spil/access';
import { exists } from '../../standalone/src/files.js';
import { readConnections } from '../../standalone/src/connections.js';
import { audience } from '../../standalone/src/logins.js';
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
  const running = await readConnections(resolve(folder));
  if (running === undefined)
    throw new UsageError(
      `Spil does not run on ${folder}, and a token holds for the one that runs: npm start`,
    );
  return openLocalIssuer({ file, issuer: running.issuer, audience });
}
