import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { organisationsShown } from '@spil/audit';
import { Recipients } from '@spil/commands';
import {
  createCodec,
  createDecisionRunner,
  DecisionRunner,
  KeyRingFile,
  KeyStore,
  TombstoneList,
  type EventStore,
} from '@spil/event-store';
import { openRequestPool } from '@spil/postgres';
import type { Pool } from 'pg';
import { CONFIG, type ServiceConfig } from '../config.js';
import { LOGGER, type Logger } from '../operations/logger.js';
import { ServiceMetrics } from '../operations/metrics.js';
import { openEventStore } from './event-store.js';
import { ReadModels } from './read-models.js';
import { AUDIT_POOL, EVENT_STORE, KEYS_POOL } from './tokens.js';

/** Connections to what the service depends on. None is needed to start: each connects on first use and again by itself. */
@Global()
@Module({
  providers: [
    { provide: EVENT_STORE, inject: [CONFIG, ServiceMetrics, LOGGER], useFactory: openEventStore },
    {
      provide: KEYS_POOL,
      inject: [CONFIG, LOGGER],
      useFactory: (config: ServiceConfig, logger: Logger) =>
        openRequestPool(config.keysDatabaseUrl, (error) =>
          logger.warn({ err: error }, 'a connection to the keys broke'),
        ),
    },
    {
      provide: AUDIT_POOL,
      inject: [CONFIG, LOGGER],
      useFactory: (config: ServiceConfig, logger: Logger) =>
        openRequestPool(config.auditDatabaseUrl, (error) =>
          logger.warn({ err: error }, 'a connection to the audit database broke'),
        ),
    },
    {
      provide: KeyStore,
      inject: [CONFIG, KEYS_POOL, EVENT_STORE],
      useFactory: ({ keyRingFile, tombstonesFile }: ServiceConfig, pool: Pool, log: EventStore) =>
        new KeyStore(pool, new KeyRingFile(keyRingFile), {
          tombstones: new TombstoneList(tombstonesFile),
          log,
        }),
    },
    {
      provide: DecisionRunner,
      inject: [EVENT_STORE, KeyStore],
      useFactory: (store: EventStore, keys: KeyStore) =>
        createDecisionRunner({ store, codec: createCodec(), keys }),
    },
    {
      provide: Recipients,
      inject: [AUDIT_POOL],
      useFactory: (pool: Pool): Recipients => ({
        of: ({ caseId, clientId }) => organisationsShown(pool, { caseIds: [caseId], clientId }),
      }),
    },
    {
      provide: ReadModels,
      inject: [CONFIG, LOGGER],
      useFactory: (config: ServiceConfig, logger: Logger) => new ReadModels(config.readDatabaseUrl, logger),
    },
  ],
  exports: [EVENT_STORE, KEYS_POOL, AUDIT_POOL, KeyStore, DecisionRunner, Recipients, ReadModels],
})
export class InfrastructureModule implements OnApplicationShutdown {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(KEYS_POOL) private readonly keysPool: Pool,
    @Inject(AUDIT_POOL) private readonly auditPool: Pool,
    private readonly readModels: ReadModels,
  ) {}

  /** Runs after requests under way have been answered. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([
      this.store.close(),
      this.keysPool.end(),
      this.auditPool.end(),
      this.readModels.close(),
    ]);
  }
}
