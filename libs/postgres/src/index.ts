export { ConnectionBroken, DatabaseSilent, inTransaction, withConnection } from './connection.js';
export { openRequestPool } from './pool.js';
