import { join } from 'node:path';
import { openLocalIssuer, type LocalIssuer } from '@spil/access';
import { Environment } from '@spil/config';
import { exists } from '../../standalone/src/files.js';
import { tokens } from '../../standalone/src/logins.js';
import { UsageError } from './answer.js';
import { folderOf, noSpilIn, type Whereabouts } from './spil.js';

/** Refuses what is only for trying out. @throws UsageError */
export function refuseInProduction(what: string): void {
  if (process.env.NODE_ENV === 'production')
    throw new UsageError(`${what} is for development only: NODE_ENV is production`);
}

/** Where the embedded default keeps the key of its token issuer. */
const issuerFileIn = (folder: string): string => join(folder, 'secrets', 'token-issuer.json');

/** The local issuer of the Spil that is meant. @throws UsageError, ConfigError */
export async function issuerOf(whereabouts: Whereabouts): Promise<LocalIssuer> {
  const folder = folderOf(whereabouts);
  if (folder !== undefined) {
    if (!(await exists(issuerFileIn(folder)))) throw noSpilIn(folder);
    return openLocalIssuer({ file: issuerFileIn(folder), ...tokens });
  }
  const environment = new Environment(process.env);
  const file = environment.required('SPIL_TOKEN_LOCAL_ISSUER_FILE');
  const issuer = environment.required('SPIL_TOKEN_ISSUER');
  const audience = environment.required('SPIL_TOKEN_AUDIENCE');
  environment.check();
  if (!(await exists(file)))
    throw new UsageError('SPIL_TOKEN_LOCAL_ISSUER_FILE names a file that is not there');
  return openLocalIssuer({ file, issuer, audience });
}
