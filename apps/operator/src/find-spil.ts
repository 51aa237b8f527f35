import { types } from 'node:util';
import { UsageError } from './answer.js';
import { deploymentConfig } from './config.js';
import { folderOf, type Spil, type Whereabouts } from './spil.js';

/**
 * Does work on the Spil that is meant: a deployment by its environment variables, or the embedded default by its folder, whose
 * Postgres and event node are started for as long as the work takes when Spil does not run.
 * @throws UsageError, ConfigError, Unavailable
 */
export async function withSpil<Result>(
  whereabouts: Whereabouts,
  work: (spil: Spil) => Promise<Result>,
): Promise<Result> {
  const folder = folderOf(whereabouts);
  if (folder !== undefined) {
    const { withEmbedded } = await orNotInstalled(import('./embedded.js'));
    return withEmbedded(folder, work);
  }
  const { eventStore, readDatabaseUrl, readOwnerDatabaseUrl, keysDatabaseUrl, auditDatabaseUrl } =
    deploymentConfig(process.env);
  return work({
    name: 'the deployment that the environment describes',
    eventStore,
    readUrl: readDatabaseUrl,
    ownerUrl: readOwnerDatabaseUrl,
    keysUrl: keysDatabaseUrl,
    auditUrl: auditDatabaseUrl,
  });
}

/** What belongs to the embedded default is left out where Spil is installed for a deployment. @throws UsageError */
export async function orNotInstalled<Module>(importing: Promise<Module>): Promise<Module> {
  try {
    return await importing;
  } catch (error) {
    if (!types.isNativeError(error) || !('code' in error) || error.code !== 'ERR_MODULE_NOT_FOUND')
      throw error;
    throw new UsageError(
      'the embedded default is not installed here: set SPIL_EVENT_STORE_URL and the other variables of a deployment',
      { cause: error },
    );
  }
}
