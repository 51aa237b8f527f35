import pg from 'pg';

/**
 * A pool for what a request waits for: every wait ends within the request's own budget, 2.4 s at most.
 * @param onError hears of idle connections that break
 */
export function openRequestPool(url: string, onError: (error: Error) => void): pg.Pool {
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
