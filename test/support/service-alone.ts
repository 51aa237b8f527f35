import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyRing } from '@spil/event-store';
import type { ServiceConfig } from '../../apps/coordination-service/src/config.js';
import { createService } from '../../apps/coordination-service/src/index.js';

/** Where no database is. */
export const nowhere = 'postgres://nobody:nothing@127.0.0.1:1/nowhere';

/** A service of which neither the store nor any database can be reached. */
export interface ServiceAlone {
  readonly graphqlUrl: string;
  stop(): Promise<void>;
}

/** Starts it; `told` may name what it is to reach after all. */
export async function startServiceAlone(
  told: Pick<ServiceConfig, 'issuers'> & Partial<ServiceConfig>,
): Promise<ServiceAlone> {
  const folder = await mkdtemp(join(tmpdir(), 'spil-alone-'));
  const keyRingFile = join(folder, 'key-ring.json');
  await generateKeyRing(keyRingFile);
  const service = await createService({
    port: 0,
    host: '127.0.0.1',
    production: false,
    logLevel: 'silent',
    eventStore: { url: 'esdb://127.0.0.1:1?tls=false', user: 'admin', password: 'changeit' },
    readDatabaseUrl: nowhere,
    keysDatabaseUrl: nowhere,
    auditDatabaseUrl: nowhere,
    keyRingFile,
    tombstonesFile: join(folder, 'tombstones.jsonl'),
    ...told,
  });
  return {
    graphqlUrl: service.graphqlUrl,
    async stop() {
      await service.close();
      await rm(folder, { recursive: true });
    },
  };
}
