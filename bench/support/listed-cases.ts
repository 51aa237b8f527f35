import { listScope } from '@spil/access';
import type { Reader } from '@spil/read-model';
import { party } from './cases.js';
import { withClient } from './place.js';

type Lister = Reader & { readonly kind: 'LIST' };

/** Readers of the cases that {@link fillWorklist} makes. */
export const readers = {
  /** Registered every tenth case. */
  desk: reader('organisatie-1', 'locatie-1'),
  /** Works on 20 cases of others. */
  lawyer: reader('kantoor-1', 'utrecht'),
  /** Was consulted in 2,500 cases of others, or in every fourth when there are few. */
  consulted: reader('kantoor-2', 'utrecht'),
} as const;

function reader(organisationId: string, locationId: string): Lister {
  const principal = { ...party('JURIDISCH_LOKET', 1), organisationId, locationId };
  const scope = listScope(
    { ...principal, subject: 'bench', role: 'PROFESSIONAL', mayImport: false },
    'CASEWORK',
  );
  if (!scope) throw new Error('a professional has no list');
  return { kind: 'LIST', ...scope };
}

/**
 * Fills the live tables with open cases of two organisations at ten locations, and who stands how to them. Cases lie on the disk in another
 * order than the list's. Those that stand out, a twentieth, are all of the other organisation: a reader who walks the list walks past them.
 * @param url connection of the owner
 */
export async function fillWorklist(url: string, cases: number): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ projection: string; schema: string }>(
      'SELECT projection, schema_name AS schema FROM projection.generation WHERE live',
    );
    const schemaOf = (name: string): string =>
      rows.find(({ projection }) => projection === name)?.schema ?? '';
    const table = `"${schemaOf('case')}".case_row`;
    await client.query(`
      INSERT INTO ${table}
      SELECT md5(n::text)::uuid, 'CODE-' || n, 'OPEN', 'locatie-' || n % 10, 'organisatie-' || n % 2, 'JURIDISCH_LOKET', 'professional-' || n % 40,
        since, 'GM0344', 'HUURRECHT', ARRAY['HUURRECHT'], NULL, NULL, n % 20 = 0, 1, 0, 0, 0,
        'PIKET_REQUEST_OPEN', since, 3, jsonb_build_object('caseId', n, 'text', repeat('x', 600))
      FROM (SELECT n, timestamptz '2025-01-01' + n::bigint * 7919 % ${cases} * interval '1 minute' AS since FROM generate_series(1, ${cases}) AS n) numbered`);
    const standing = (word: string, location: string): string =>
      `SELECT case_id, '${word}/NOT_NEEDED/OPEN', organisation_id, ${location}, '', 'infinity'::timestamptz FROM ${table}`;
    const elsewhere = (word: string, of: Lister, count: number): string =>
      `SELECT md5((n * ${Math.floor(cases / count)})::text)::uuid, '${word}/NOT_NEEDED/OPEN', '${of.organisationId}', '${of.locationId}', '', 'infinity'
       FROM generate_series(1, ${count}) AS n`;
    await client.query(`
      INSERT INTO "${schemaOf('access')}".case_access
      ${standing('OWNER', 'location_id')}
      UNION ALL ${standing('OWNING_ORGANISATION', `''`)}
      UNION ALL ${standing('CONTROLLER', `''`)}
      UNION ALL ${elsewhere('PARTICIPANT', readers.lawyer, 20)}
      UNION ALL ${elsewhere('CONSULTED', readers.consulted, Math.min(2_500, Math.floor(cases / 4)))}`);
    await client.query('VACUUM (ANALYZE)');
  });
}

/** The cursor of a row that has most of the list, nine tenths, before it. */
export const deepCursor = (cases: number): string =>
  Buffer.from(
    `-|${new Date(Date.UTC(2025, 0, 1) + cases * 0.9 * 60_000).toISOString()}|00000000-0000-0000-0000-000000000000`,
  ).toString('base64url');
