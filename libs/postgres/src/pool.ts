import pg from 'pg';

/**
 * A pool for what a request waits for. A wait for a connection ends after 2.0 s, that for an answer after 2.4 s; who waits for several
 * things one after the other needs an end of its own, as the service gives to every request.
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
