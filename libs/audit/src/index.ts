export { migrateAuditStore, type AuditRoles } from './store/migrate.js';
export { openAuditPool } from './store/pool.js';
