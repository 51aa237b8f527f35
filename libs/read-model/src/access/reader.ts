import type { StandingWord } from '@spil/domain';
import type { ReadDatabase, ReadSession } from '../database.js';
import { queryPrepared, StatementOutdated } from './prepared.js';

/** On whose behalf rows of cases are read. Without one, row level security shows none. */
export type Reader =
  /** One case, of which a fresh fold has decided that it may be seen. */
  | { readonly kind: 'CASE'; readonly caseId: string }
  /** Every case in which somebody has one of these standings, and against whom no wall stands. */
  | {
      readonly kind: 'LIST';
      readonly organisationId: string;
      readonly locationId: string;
      readonly professionalId: string;
      readonly words: readonly StandingWord[];
    };

/**
 * Reads on somebody's behalf, in one transaction: outside of it the settings that the policies look at are gone. The work is done
 * again on another connection where the one at hand keeps statements of before an upgrade.
 */
export async function asReader<Result>(
  db: ReadDatabase,
  reader: Reader,
  work: (session: ReadSession) => Promise<Result>,
): Promise<Result> {
  for (;;)
    try {
      return await db.transaction(async (session) => {
        await queryPrepared(session, setReader, settingsOf(reader));
        return work(session);
      });
    } catch (error) {
      if (!(error instanceof StatementOutdated)) throw error;
    }
}

const setReader = `SELECT set_config('spil.case', $1, true), set_config('spil.organisation', $2, true),
  set_config('spil.location', $3, true), set_config('spil.professional', $4, true), set_config('spil.standings', $5, true)`;

const settingsOf = (reader: Reader): string[] =>
  reader.kind === 'CASE'
    ? [reader.caseId, '', '', '', '']
    : ['', reader.organisationId, reader.locationId, reader.professionalId, reader.words.join(',')];

/** Whether a row of the access table, called `row`, is about whom these expressions name, now. */
export const isAbout = (
  who: { readonly organisation: string; readonly location: string; readonly professional: string },
  row: string,
): string =>
  `${row}.organisation_id IN ('', ${who.organisation}) AND ${row}.location_id IN ('', ${who.location})
   AND ${row}.professional_id IN ('', ${who.professional}) AND ${row}.until > now()`;

/** Whether standings, in a group of rows called `row`, are such that their case is listed: one of these words and no wall. */
export const admits = (words: string, row: string): string =>
  `bool_or(${row}.standing = ANY (${words})) AND NOT bool_or(starts_with(${row}.standing, 'WALLED/'))`;
