import pg from 'pg';

/**
 * A pool for the audit database whose waits all end within the budget of a request. `onError` hears of idle connections that break.
 */
export function openAuditPool(url: string, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 2_000,
    statement_timeout: 2_000,
    query_timeout: 2_400,
  });
  pool.on('error', onError);
  return pool;
}
