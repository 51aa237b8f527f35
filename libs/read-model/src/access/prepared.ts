import { createHash } from 'node:crypto';
import pg from 'pg';
import type { ReadSession } from '../database.js';

/** A kept statement answers in other types by now, as after an upgrade. Its connection was given up: another one parses it anew. */
export class StatementOutdated extends Error {
  constructor(options: { readonly cause: unknown }) {
    super('a kept statement answers in other types by now', options);
    this.name = 'StatementOutdated';
  }
}

/**
 * Runs a statement that each connection keeps by name: it is parsed once, and the database plans it once where that looks as good.
 * Only for statements of few different texts, for each is kept for ever, and whose best plan is the same for all values:
 * one that the database chose without looking at them must do for every reader.
 * @throws StatementOutdated
 */
export async function queryPrepared<Row extends pg.QueryResultRow>(
  session: ReadSession,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const { queryRunner } = session;
  if (!queryRunner) return session.query<Row[]>(text, values);
  const connection = (await queryRunner.connect()) as pg.Client;
  try {
    const { rows } = await connection.query<Row>({ name: nameOf(text), text, values });
    return rows;
  } catch (cause) {
    if (!isOutdated(cause)) throw cause;
    // The pool takes no connection back that has ended.
    await connection.end();
    throw new StatementOutdated({ cause });
  }
}

/** The database has no code for it alone. */
const isOutdated = (error: unknown): boolean =>
  error instanceof pg.DatabaseError &&
  error.code === '0A000' &&
  error.message === 'cached plan must not change result type';

const names = new Map<string, string>();

/** The same for the same text, in every process. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `spil-${createHash('sha256').update(text).digest('base64url').slice(0, 16)}`;
  names.set(text, name);
  return name;
}
