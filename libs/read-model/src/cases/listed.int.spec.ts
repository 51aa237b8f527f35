import type { StandingWord } from '@spil/domain';
import {
  asReader,
  casesPage,
  createGeneration,
  indexGeneration,
  makeLive,
  openReadDatabase,
  type CaseFilter,
  type ReadDatabase,
  type Reader,
  type ReadSession,
} from '@spil/read-model';
import pg from 'pg';
import { freshReadModel, type TestReadModel } from '../../../../test/support/read-model.js';

type Lister = Reader & { readonly kind: 'LIST' };

const words: readonly StandingWord[] = ['OWNER/NOT_NEEDED/OPEN', 'CONSULTED/NOT_NEEDED/OPEN'];
const reader = (organisationId: string, locationId: string): Lister => ({
  kind: 'LIST',
  organisationId,
  locationId,
  professionalId: 'somebody-there',
  words,
});

/** Every tenth case of 8,000; all of its own but two, and five of others. */
const desk = reader('loket', 'locatie-1');
/** Consulted in seven cases. */
const few = reader('kantoor', 'utrecht');
/** Consulted in every second case: more than are looked up one by one. */
const many = reader('helplijn', 'den-haag');
const stranger = reader('niemand', 'nergens');

/** The whole list, page after page. */
async function listOf(db: ReadDatabase, who: Lister, filter: CaseFilter, first: number): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await asReader(db, who, (session) =>
      casesPage(session, { filter, reader: who, first, ...(after !== undefined && { after }) }),
    );
    ids.push(...page.edges.map(({ node }) => node.caseId));
    after = page.edges.at(-1)?.cursor;
    if (!page.hasNextPage) return ids;
  }
}

describe('the worklist of a reader among many cases', () => {
  let readModel: TestReadModel;
  let service: ReadDatabase;

  beforeAll(async () => {
    readModel = await freshReadModel();
    await fill(readModel.ownerUrl);
    service = await openReadDatabase(readModel.serviceUrl);
  }, 60_000);
  afterAll(async () => {
    await service.destroy();
    await readModel.drop();
  });

  const listed = (who: Lister, filter: CaseFilter): Promise<string[]> => listOf(service, who, filter, 100);

  /** The same list from a plain join, by a role that sees every row. */
  const expected = async (who: Lister, condition: string): Promise<string[]> => {
    const standings = `SELECT a.standing FROM read.case_access a WHERE a.case_id = c.case_id
      AND a.organisation_id IN ('', $1) AND a.location_id IN ('', $2)`;
    const rows = await readModel.db.query<{ id: string }[]>(
      `SELECT c.case_id AS id FROM read.case_row c
       WHERE ${condition} AND EXISTS (${standings} AND a.standing = ANY ($3::text[])) AND NOT EXISTS (${standings} AND a.standing LIKE 'WALLED/%')
       ORDER BY NOT c.needs_coordinator, c.waiting_since, c.case_id`,
      [who.organisationId, who.locationId, who.words],
    );
    return rows.map(({ id }) => id);
  };

  it.each([
    { name: 'a desk with cases of its own and from elsewhere', who: desk, count: 803 },
    { name: 'somebody consulted in few cases', who: few, count: 7 },
    { name: 'somebody consulted in very many', who: many, count: 4_000 },
    { name: 'a stranger', who: stranger, count: 0 },
  ])('holds every case once and in order, page after page, for $name', async ({ who, count }) => {
    const ids = await listed(who, {});

    expect(ids).toHaveLength(count);
    expect(ids).toEqual(await expected(who, 'true'));
  });

  it.each([
    {
      filter: { locationId: 'locatie-1', status: 'OPEN' } as const,
      condition: `c.location_id = 'locatie-1'`,
    },
    { filter: { locationId: 'locatie-2' }, condition: `c.location_id = 'locatie-2'` },
    { filter: { notSelfReliantWithoutCoordinator: true }, condition: 'c.needs_coordinator' },
    { filter: { organisationId: 'loket', flagged: true }, condition: 'c.flags > 0' },
  ])('keeps to a filter in every part of the list: $condition', async ({ filter, condition }) => {
    for (const who of [desk, few, many])
      expect(await listed(who, filter)).toEqual(await expected(who, condition));
  });

  it.each(['auto', 'force_generic_plan'])(
    'is the same for whoever asks next on a connection that keeps its statements (%s)',
    async (planCacheMode) => {
      const one = await openReadDatabase(readModel.serviceUrl, { poolSize: 1 });
      try {
        await one.query(`SET plan_cache_mode = ${planCacheMode}`);
        for (const who of [desk, few, stranger, many, desk, few])
          expect(await listOf(one, who, {}, 50)).toEqual(await expected(who, 'true'));
        const [kept] = await one.query<{ statements: number }[]>(
          'SELECT count(*)::int AS statements FROM pg_prepared_statements',
        );
        expect(kept?.statements).toBeGreaterThan(3);
      } finally {
        await one.destroy();
      }
    },
  );

  it('shows a query that forgets its filter the cases of the list and no others', async () => {
    for (const who of [desk, few, many, stranger]) {
      const guarded = await asReader(service, who, (session) =>
        session.query<{ id: string }[]>('SELECT case_id AS id FROM read.case_row'),
      );
      expect(guarded.map(({ id }) => id).sort()).toEqual((await expected(who, 'true')).sort());
    }
    expect(await service.query('SELECT case_id FROM read.case_row')).toEqual([]);
  });

  it.each([
    { name: 'a desk with hundreds', who: desk, filter: {} },
    {
      name: 'a desk with hundreds, by location',
      who: desk,
      filter: { locationId: 'locatie-1', status: 'OPEN' } as const,
    },
    { name: 'somebody with few', who: few, filter: {} },
    { name: 'somebody with thousands', who: many, filter: {} },
  ])('looks at hardly more cases than it shows: $name', async ({ who, filter }) => {
    for (const after of [undefined, cursorInTheMiddle]) {
      const looked = await asReader(service, who, (session) => casesLookedAt(session, who, filter, after));

      expect(looked).toBeLessThanOrEqual(2 * 51 + 20);
    }
  });
});

describe('the worklist of a read model that is switched', () => {
  it('is that of the new tables, also on a connection that keeps its statements', async () => {
    const readModel = await freshReadModel();
    const one = await openReadDatabase(readModel.serviceUrl, { poolSize: 1 });
    const owner = new pg.Client({ connectionString: readModel.ownerUrl });
    try {
      await fill(readModel.ownerUrl);
      expect(await listOf(one, desk, {}, 50)).toHaveLength(803);

      await owner.connect();
      const empty = await createGeneration(owner, 'case');
      await indexGeneration(owner, empty);
      await makeLive(owner, empty);

      expect(await listOf(one, desk, {}, 50)).toEqual([]);

      // As a later version may have it, which an older service meets until it is replaced.
      const view = await owner.query<{ definition: string }>(
        `SELECT pg_get_viewdef('read.case_row'::regclass) AS definition`,
      );
      await owner.query(`
        DROP VIEW read.case_row;
        ALTER TABLE "${empty.schema}".case_row ALTER COLUMN location_id TYPE varchar(99);
        CREATE VIEW read.case_row WITH (security_invoker = true) AS ${view.rows[0]?.definition ?? ''};
        GRANT SELECT ON read.case_row TO PUBLIC`);
      expect(await listOf(one, desk, {}, 50)).toEqual([]);
    } finally {
      await owner.end();
      await one.destroy();
      await readModel.drop();
    }
  });
});

const cursorInTheMiddle = Buffer.from(
  `-|${new Date(Date.UTC(2025, 0, 1) + 4_000 * 60_000).toISOString()}|00000000-0000-0000-0000-000000000000`,
).toString('base64url');

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** How many rows of cases the statements of a page take up, kept or not, as the database tells. */
async function casesLookedAt(
  session: ReadSession,
  who: Lister,
  filter: CaseFilter,
  after: string | undefined,
): Promise<number> {
  let looked = 0;
  const count = (node: PlanNode): void => {
    if (node['Relation Name'] === 'case_row')
      looked += (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
    node.Plans?.forEach(count);
  };
  const explaining: ReadSession = {
    getRepository: (target) => session.getRepository(target),
    query: async <Rows>(text: string, parameters?: unknown[]): Promise<Rows> => {
      const [row] = await session.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }[]>(
        `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`,
        parameters,
      );
      for (const { Plan } of row?.['QUERY PLAN'] ?? []) count(Plan);
      return session.query<Rows>(text, parameters);
    },
  };
  await casesPage(explaining, {
    filter,
    reader: who,
    first: 50,
    ...(after !== undefined && { after }),
  });
  return looked;
}

async function fill(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ projection: string; schema: string }>(
      'SELECT projection, schema_name AS schema FROM projection.generation WHERE live',
    );
    const schemaOf = (name: string): string =>
      rows.find(({ projection }) => projection === name)?.schema ?? '';
    const [cases, access] = [`"${schemaOf('case')}".case_row`, `"${schemaOf('access')}".case_access`];
    // Cases that need a coordinator come first, and none of them is of the desk that is tested: walking past them would show.
    await client.query(`
      INSERT INTO ${cases}
      SELECT md5(n::text)::uuid, 'CODE-' || n, 'OPEN', 'locatie-' || n % 10, 'loket', 'JURIDISCH_LOKET', 'professional', t, 'GM0344', 'HUURRECHT',
        ARRAY['HUURRECHT'], NULL, NULL, n % 20 = 2, 0, 0, 0, n % 3, 'NEXT_STEP', t, 3, '{}'
      FROM (SELECT n, timestamptz '2025-01-01' + n / 4 * 4 * interval '1 minute' AS t FROM generate_series(1, 8000) n) numbered`);
    await client.query(`
      INSERT INTO ${access}
      SELECT md5(n::text)::uuid, standing, organisation, location, '', 'infinity'::timestamptz FROM (
        SELECT n, CASE WHEN n = 11 THEN 'FORMER' ELSE 'OWNER' END || '/NOT_NEEDED/OPEN' AS standing, 'loket' AS organisation, 'locatie-' || n % 10 AS location
          FROM generate_series(1, 8000) n
        UNION ALL SELECT n, 'OWNING_ORGANISATION/NOT_NEEDED/OPEN', 'loket', '' FROM generate_series(1, 8000) n
        UNION ALL SELECT n, 'WALLED/NOT_NEEDED/OPEN', 'loket', 'locatie-1' FROM unnest(ARRAY[21, 22]) n
        UNION ALL SELECT n * 10 + 2, 'CONSULTED/NOT_NEEDED/OPEN', 'loket', 'locatie-1' FROM generate_series(1, 6) n
        UNION ALL SELECT n * 1000, 'CONSULTED/NOT_NEEDED/OPEN', 'kantoor', 'utrecht' FROM generate_series(1, 7) n
        UNION ALL SELECT n * 2, 'CONSULTED/NOT_NEEDED/OPEN', 'helplijn', 'den-haag' FROM generate_series(1, 4000) n
      ) standings`);
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
}
