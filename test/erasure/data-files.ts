import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** Runs on a database as the superuser that the tests have. */
async function onDatabase<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** As the superuser, whoever the URL names: files and vacuum are for nobody else. */
export function asSuperuser(url: string): string {
  const target = new URL(process.env.TEST_POSTGRES_URL ?? '');
  target.pathname = new URL(url).pathname;
  return target.href;
}

/** Every table of a database, of all schemas but the server's own, that holds a text somewhere in a row. */
export const tablesWith = (url: string, text: string): Promise<string[]> =>
  onDatabase(asSuperuser(url), async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const found: string[] = [];
    for (const { name } of rows) {
      const columns = await client.query<{ name: string; bytes: boolean }>(
        `SELECT format('%I', attname) AS name, atttypid = 'bytea'::regtype AS bytes FROM pg_attribute
         WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
        [name],
      );
      const holds = columns.rows.map((column) =>
        column.bytes
          ? `position(convert_to($1, 'UTF8') IN ${column.name}) > 0`
          : `position($1 IN ${column.name}::text) > 0`,
      );
      const hit = await client.query(`SELECT FROM ${name} WHERE ${holds.join(' OR ')} LIMIT 1`, [text]);
      if (hit.rowCount !== 0) found.push(name);
    }
    return found;
  });

/** Data files of a database that hold one of some texts, once everything is on disk and dead rows are gone. */
export const filesWith = (url: string, texts: readonly (string | Buffer)[]): Promise<string[]> =>
  onDatabase(asSuperuser(url), async (client) => {
    await client.query('VACUUM FULL');
    await client.query('CHECKPOINT');
    const { rows } = await client.query<{ folder: string }>(
      `SELECT current_setting('data_directory') || '/base/' || oid AS folder
       FROM pg_database WHERE datname = current_database()`,
    );
    return filesIn(rows[0]?.folder ?? '', texts);
  });

/** Files of the write-ahead log of the server that hold one of some texts. */
export const logFilesWith = (url: string, texts: readonly string[]): Promise<string[]> =>
  onDatabase(asSuperuser(url), async (client) => {
    const { rows } = await client.query<{ folder: string }>(
      `SELECT current_setting('data_directory') || '/pg_wal' AS folder`,
    );
    return filesIn(rows[0]?.folder ?? '', texts);
  });

async function filesIn(folder: string, texts: readonly (string | Buffer)[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = await readFile(join(folder, entry.name)).catch((error: unknown) => {
      // Replaced by the server meanwhile.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
      throw error;
    });
    if (texts.some((text) => content.includes(text))) found.push(entry.name);
  }
  return found;
}

/** Rows of a query, as the superuser. */
export const rowsOf = <Row extends object>(url: string, query: string): Promise<Row[]> =>
  onDatabase(asSuperuser(url), async (client) => (await client.query<Row>(query)).rows);
