export {
  ConnectionBroken,
  DatabaseSilent,
  inTransaction,
  isConnectionLoss,
  onSnapshot,
  withConnection,
} from './connection.js';
export { openRequestPool } from './pool.js';
