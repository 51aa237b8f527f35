import { organisationById, type ReadDatabase } from '@spil/read-model';

/** What these organisations are called; the id of one that the read model does not know. */
export async function organisationNames(
  database: ReadDatabase,
  ids: Iterable<string>,
): Promise<(organisationId: string) => string> {
  const names = await Promise.all(
    [...new Set(ids)].map(async (id) => [id, (await organisationById(database, id))?.name ?? id] as const),
  );
  const known = new Map(names);
  return (organisationId) => known.get(organisationId) ?? organisationId;
}
