import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { RunningSpil } from './spil.js';

/** Reads the log where it lies, past everything that could hide something from a test. */
export interface LogReader {
  /** Number of events in the log, of any stream. */
  length(): Promise<number>;
  /** The events of a stream, by type, in order. */
  typesIn(stream: string): Promise<string[]>;
  close(): Promise<void>;
}

/** The address of one of the databases of a running Spil, for its superuser. */
export async function databaseUrl(spil: RunningSpil, database: string): Promise<string> {
  const postmaster = await readFile(join(spil.dataFolder, 'postgres', 'postmaster.pid'), 'utf8');
  const password = await readFile(join(spil.dataFolder, 'secrets', 'superuser'), 'utf8');
  const url = new URL(`postgres://postgres@127.0.0.1:${postmaster.split('\n')[3] ?? ''}/${database}`);
  url.password = encodeURIComponent(password.trim());
  return url.href;
}

/** Opens the log of a running Spil. */
export async function openLog(spil: RunningSpil): Promise<LogReader> {
  const client = new pg.Client({ connectionString: await databaseUrl(spil, 'spil_events') });
  await client.connect();
  return {
    length: async () => {
      const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM event');
      return rows[0]?.count ?? 0;
    },
    typesIn: async (stream) => {
      const text = 'SELECT type FROM event WHERE stream = $1 ORDER BY rev';
      return (await client.query<{ type: string }>(text, [stream])).rows.map(({ type }) => type);
    },
    close: () => client.end(),
  };
}
