export { freePort } from './free-port.js';
export { ensureDatabase, ensureRole, type RoleOptions } from './postgres/admin.js';
export { startPostgres, type PostgresOptions, type RunningPostgres } from './postgres/start-postgres.js';
