export { migrationConfig, workerConfig, type MigrationConfig, type WorkerConfig } from './config.js';
export { allProjections } from './projections.js';
export { rebuildProjection, type Rebuilt, type RebuildOptions } from './runtime/rebuild.js';
export { retryParked, type RetryResult } from './runtime/retry-parked.js';
export { startWorker, type RunningWorker } from './start-worker.js';
export type { WorkerHealth } from './worker.service.js';
