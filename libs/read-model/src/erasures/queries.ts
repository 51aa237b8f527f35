import type { ReadDatabase } from '../database.js';
import type { Place } from '../place.js';
import type { ErasureDocument, ErasureStateName } from './tables.js';

const documentsOf = (rows: readonly { document: ErasureDocument }[]): ErasureDocument[] =>
  rows.map(({ document }) => document);

/** Where a request stands among those of its organisation. */
export const placeOfErasure = ({ requestedAt, erasureId }: ErasureDocument): Place => ({
  at: new Date(requestedAt),
  id: erasureId,
});

/** An organisation's requests to erase, the newest first. */
export const erasuresOf = async (
  db: ReadDatabase,
  organisationId: string,
  options: {
    readonly states?: readonly ErasureStateName[];
    readonly first: number;
    readonly before?: Place;
  },
): Promise<ErasureDocument[]> =>
  documentsOf(
    await db.query<{ document: ErasureDocument }[]>(
      `SELECT document FROM read.erasure_row e
       WHERE organisation_id = $1 AND ($2::text[] IS NULL OR state = ANY($2))
         AND ($4::timestamptz IS NULL OR (requested_at, erasure_id) < ($4, $5::uuid))
       ORDER BY requested_at DESC, erasure_id DESC LIMIT $3`,
      [
        organisationId,
        options.states ?? null,
        options.first,
        options.before?.at ?? null,
        options.before?.id ?? null,
      ],
    ),
  );

/** One request to erase, of this organisation. */
export const erasureById = async (
  db: ReadDatabase,
  organisationId: string,
  erasureId: string,
): Promise<ErasureDocument | undefined> =>
  documentsOf(
    await db.query<{ document: ErasureDocument }[]>(
      'SELECT document FROM read.erasure_row WHERE erasure_id = $1 AND organisation_id = $2',
      [erasureId, organisationId],
    ),
  )[0];

/** Erasures that are ordered and not done. */
export const unfinishedErasures = async (db: ReadDatabase): Promise<string[]> =>
  (
    await db.query<{ id: string }[]>(
      `SELECT erasure_id AS id FROM read.erasure_row WHERE state = 'ORDERED' ORDER BY erasure_id`,
    )
  ).map(({ id }) => id);
