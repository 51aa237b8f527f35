export { inTransaction, onSnapshot, withConnection } from './connection.js';
export { ConnectionBroken, DatabaseSilent, isConnectionLoss, isDatabaseAway } from './faults.js';
export { openRequestPool } from './pool.js';
