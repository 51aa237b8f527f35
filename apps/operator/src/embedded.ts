import { join, resolve } from 'node:path';
import { migrateAuditStore } from '@spil/audit';
import { migrateKeyStore } from '@spil/event-store';
import { readConnections, type Connections } from '../../standalone/src/connections.js';
import { DataFolderInUse, holdDataFolder, type DataFolder } from '../../standalone/src/data-folder.js';
import { exists } from '../../standalone/src/files.js';
import {
  auditRoles,
  nodeCredentials,
  startInfrastructure,
  type Infrastructure,
} from '../../standalone/src/infrastructure.js';
import { ensureSecrets } from '../../standalone/src/secrets.js';
import { Unavailable } from './answer.js';
import { withClock } from './progress-bar.js';
import { noSpilIn, type Spil } from './spil.js';

/** Does work on the embedded default of a folder, beside the Spil that runs there or on its parts alone. */
export async function withEmbedded<Result>(
  folder: string,
  work: (spil: Spil) => Promise<Result>,
): Promise<Result> {
  if (!(await exists(join(folder, 'secrets')))) throw noSpilIn(folder);
  const running = await readConnections(resolve(folder));
  if (running !== undefined) return work(embedded(`running on ${folder}`, running));
  return withHeldFolder(folder, async ({ path }) => {
    console.error(`Spil does not run on ${folder}: starting its Postgres and event node for this command.`);
    const infrastructure = await withClock('starting', () => started(path));
    try {
      return await work(embedded(`stopped, on ${folder}`, infrastructure));
    } finally {
      await infrastructure.stop();
    }
  });
}

const embedded = (name: string, parts: Connections | Omit<Infrastructure, 'stop'>): Spil => ({
  name,
  eventStore: { url: parts.eventStoreUrl, ...nodeCredentials },
  readUrl: parts.readWorkerUrl,
  ownerUrl: parts.readOwnerUrl,
  keysUrl: parts.keysUrl,
  auditUrl: parts.auditServiceUrl,
});

/** Holds a data folder for this process. @throws Unavailable when another holds it, for example a Spil that is starting */
export async function withHeldFolder<Result>(
  folder: string,
  work: (held: DataFolder) => Promise<Result>,
): Promise<Result> {
  const held = await holdDataFolder(folder, { fresh: false }).catch((error: unknown) => {
    throw error instanceof DataFolderInUse ? new Unavailable(error) : error;
  });
  try {
    return await work(held);
  } finally {
    await held.release();
  }
}

async function started(dataFolder: string): Promise<Infrastructure> {
  const printed: string[] = [];
  try {
    const infrastructure = await startInfrastructure(
      dataFolder,
      await ensureSecrets(dataFolder),
      (line) => void printed.push(line),
    );
    // A folder of an older version lacks some of this before its first start.
    await migrateAuditStore(infrastructure.auditOwnerUrl, auditRoles);
    await migrateKeyStore(infrastructure.keysUrl);
    return infrastructure;
  } catch (cause) {
    throw new Error(printed.slice(-20).join('\n') || 'Postgres or the event node did not start', { cause });
  }
}
