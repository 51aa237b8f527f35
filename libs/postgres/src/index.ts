export { ConnectionBroken, inTransaction, withConnection } from './connection.js';
export { openRequestPool } from './pool.js';
