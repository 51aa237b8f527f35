/** Injection token of the `EventStore` port. */
export const EVENT_STORE = Symbol('EVENT_STORE');

/** Injection token of the pool to the database of data keys. */
export const KEYS_POOL = Symbol('KEYS_POOL');

/** Injection token of the pool to the audit database. */
export const AUDIT_POOL = Symbol('AUDIT_POOL');
