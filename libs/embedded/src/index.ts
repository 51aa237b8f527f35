export type { Credentials } from './event-node/credentials.js';
export {
  spawnEventNode,
  type SpawnedEventNode,
  type SpawnedEventNodeOptions,
} from './event-node/spawn-event-node.js';
export { startEventNode, type EventNode, type EventNodeOptions } from './event-node/start-event-node.js';
export { freePort } from './free-port.js';
export { ensureDatabase, ensureRole, type RoleOptions } from './postgres/admin.js';
export { commandOf } from './postgres/postmaster.js';
export { startPostgres, type PostgresOptions, type RunningPostgres } from './postgres/start-postgres.js';
