import { asReader, casesPage, openReadDatabase } from '@spil/read-model';
import { withClient, type Bench } from './support/place.js';
import { quantile } from './support/report.js';

/** A page of a location's worklist, the first one and one behind tens of thousands of cases. */
export async function worklist(bench: Bench): Promise<void> {
  const { report, scale } = bench;
  const cases = Math.max(2_000, Math.round(200_000 * scale));
  const urls = await bench.readDatabase('worklist');
  await withClient(urls.owner, async (client) => {
    const schemaOf = async (projection: string): Promise<string> => {
      const { rows } = await client.query<{ schema: string }>(
        'SELECT schema_name AS schema FROM projection.generation WHERE live AND projection = $1',
        [projection],
      );
      return rows[0]?.schema ?? '';
    };
    const schema = await schemaOf('case');
    await client.query(`
      INSERT INTO "${schema}".case_row
      SELECT md5(n::text)::uuid, 'CODE-' || n, 'OPEN', 'locatie-' || n % 2, 'organisatie-' || n % 4, 'JURIDISCH_LOKET', 'professional-' || n % 40,
        timestamptz '2025-01-01' + n * interval '1 minute', 'GM0344', 'HUURRECHT', ARRAY['HUURRECHT'], NULL, NULL, n % 20 = 0, 1, 0, 0, 0,
        'PIKET_REQUEST_OPEN', timestamptz '2025-01-01' + n * interval '1 minute', 3, jsonb_build_object('caseId', n, 'text', repeat('x', 600))
      FROM generate_series(1, ${cases}) AS n`);
    await client.query(`
      INSERT INTO "${await schemaOf('access')}".case_access
      SELECT case_id, 'OWNER/NOT_NEEDED/OPEN', organisation_id, location_id, '', 'infinity' FROM "${schema}".case_row`);
    await client.query('VACUUM (ANALYZE)');
  });
  const db = await openReadDatabase(urls.service);
  try {
    const reader = {
      kind: 'LIST',
      organisationId: 'organisatie-1',
      locationId: 'locatie-1',
      professionalId: 'professional-1',
      words: ['OWNER/NOT_NEEDED/OPEN', 'COORDINATOR/NOT_NEEDED/OPEN', 'OFFERED/NOT_NEEDED/OPEN'],
    } as const;
    const page = (after?: string) =>
      asReader(db, reader, (session) =>
        casesPage(session, {
          filter: { locationId: 'locatie-1', status: 'OPEN' },
          reader,
          first: 50,
          ...(after !== undefined && { after }),
        }),
      );
    // The cursor of a case that has most of the list before it.
    const deep = Buffer.from(
      `-|${new Date(Date.UTC(2025, 0, 1) + cases * 0.9 * 60_000).toISOString()}|00000000-0000-0000-0000-000000000000`,
    ).toString('base64url');
    const times: { first: number[]; deep: number[] } = { first: [], deep: [] };
    for (let repeat = 0; repeat < 220; repeat += 1) {
      for (const [name, after] of [
        ['first', undefined],
        ['deep', deep],
      ] as const) {
        const start = performance.now();
        const { edges } = await page(after);
        if (edges.length !== 50) throw new Error(`a page of ${edges.length} cases`);
        if (repeat >= 20) times[name].push(performance.now() - start);
      }
    }
    const [first, last] = [quantile(times.first, 0.5), quantile(times.deep, 0.5)];
    report.line(
      'worklist page after 90% of the list / first page',
      last / first,
      { atMost: 1.5 },
      `${last.toFixed(2)} ms / ${first.toFixed(2)} ms, 50 of ${cases.toLocaleString('en')} open cases`,
    );
  } finally {
    await db.destroy();
  }
}
