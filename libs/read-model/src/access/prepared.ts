import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { ReadSession } from '../database.js';

/**
 * Runs a statement that each connection keeps by name: it is parsed once, and the database plans it once where that looks as good.
 * Only for statements of few different texts, for each is kept for ever, and whose best plan is the same for all values:
 * one that the database chose without looking at them must do for every reader.
 */
export async function queryPrepared<Row extends pg.QueryResultRow>(
  session: ReadSession,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const { queryRunner } = session;
  if (!queryRunner) return session.query<Row[]>(text, values);
  const connection = (await queryRunner.connect()) as pg.PoolClient;
  const { rows } = await connection.query<Row>({ name: nameOf(text), text, values });
  return rows;
}

const names = new Map<string, string>();

/** The same for the same text, in every process. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `spil-${createHash('sha256').update(text).digest('base64url').slice(0, 16)}`;
  names.set(text, name);
  return name;
}
