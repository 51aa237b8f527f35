import {
  caseActions,
  mayOnCase,
  mayWithStandings,
  openPolicy,
  shippedPolicy,
  type Asker,
} from '@spil/access';
import { caseDecider, standingsOf, type CaseEvent } from '@spil/domain';
import { asReader, casesPage, openReadDatabase, type ReadDatabase } from '@spil/read-model';
import { eventOf, eventsPerCase, party } from './support/cases.js';
import { withClient, type Bench } from './support/place.js';
import { quantile } from './support/report.js';

/** What deciding costs: by the policy text itself, on a fresh fold, and in a list, each beside the same work without it. */
export async function access(bench: Bench): Promise<void> {
  decisions(bench);
  await lists(bench);
}

/** A decision follows a fold in every read and command: what it adds to one. */
function decisions({ report, scale }: Bench): void {
  const engine = openPolicy(shippedPolicy());
  const uncached = timedMs(() => {
    for (const action of caseActions)
      mayWithStandings(
        { role: 'PROFESSIONAL', purpose: 'CASEWORK', action },
        ['OWNER/NOT_NEEDED/OPEN'],
        'OPEN',
        engine,
      );
  });
  // Each is asked once as owner, and where that is not permitted once more as anybody.
  report.note(`${caseActions.length} actions decided in words not met before: ${uncached.toFixed(1)} ms`);

  const events = Array.from({ length: eventsPerCase }, (_, step): CaseEvent => eventOf(1, step));
  const asker: Asker = {
    principal: { ...party('JURIDISCH_LOKET', 1), subject: 'bench', role: 'PROFESSIONAL', mayImport: false },
    purpose: 'CASEWORK',
    at: new Date().toISOString(),
  };
  const fold = () => events.reduce(caseDecider.evolve, caseDecider.initialState);
  const rounds = Math.max(500, Math.round(20_000 * scale));
  const work = (decides: boolean) =>
    timedMs(() => {
      for (let round = 0; round < rounds; round += 1) {
        const state = fold();
        if (!decides || state.status === 'NOT_REGISTERED') continue;
        mayOnCase(asker, 'SEE_CASE', { status: state.status, standings: standingsOf(state) });
      }
    });
  work(true);
  const [without, gated] = [work(false), work(true)];
  const perSecond = Math.round((rounds / Math.max(1, gated - without)) * 1_000);
  report.line(
    'fold and decide / fold alone',
    gated / without,
    undefined,
    `${perSecond.toLocaleString('en')} decisions/s, ${eventsPerCase} events a case`,
  );
}

/** A page of the worklist through the filter with row level security under it, and by a role that sees every row. */
async function lists(bench: Bench): Promise<void> {
  const { report, scale } = bench;
  const cases = Math.max(2_000, Math.round(100_000 * scale));
  const urls = await bench.readDatabase('access');
  await withClient(urls.owner, async (client) => {
    const { rows } = await client.query<{ projection: string; schema: string }>(
      'SELECT projection, schema_name AS schema FROM projection.generation WHERE live',
    );
    const schemaOf = (name: string) => rows.find(({ projection }) => projection === name)?.schema ?? '';
    await client.query(`
      INSERT INTO "${schemaOf('case')}".case_row
      SELECT md5(n::text)::uuid, 'CODE-' || n, 'OPEN', 'locatie-' || n % 2, 'organisatie-' || n % 4, 'JURIDISCH_LOKET', 'professional-' || n % 40,
        timestamptz '2025-01-01' + n * interval '1 minute', 'GM0344', 'HUURRECHT', ARRAY['HUURRECHT'], NULL, NULL, n % 20 = 0, 1, 0, 0, 0,
        'PIKET_REQUEST_OPEN', timestamptz '2025-01-01' + n * interval '1 minute', 3, jsonb_build_object('caseId', n, 'text', repeat('x', 600))
      FROM generate_series(1, ${cases}) AS n`);
    await client.query(`
      INSERT INTO "${schemaOf('access')}".case_access
      SELECT case_id, 'OWNER/NOT_NEEDED/OPEN', organisation_id, location_id, '', 'infinity' FROM "${schemaOf('case')}".case_row`);
    await client.query('VACUUM (ANALYZE)');
  });
  const service = await openReadDatabase(urls.service);
  const worker = await openReadDatabase(urls.worker);
  try {
    const scope = {
      kind: 'LIST',
      organisationId: 'organisatie-1',
      locationId: 'locatie-1',
      professionalId: 'professional-1',
      words: ['OWNER/NOT_NEEDED/OPEN'],
    } as const;
    const gated = () =>
      asReader(service, scope, (session) => casesPage(session, { filter: {}, reader: scope, first: 50 }));
    const open = (db: ReadDatabase) =>
      casesPage(db, { filter: { organisationId: 'organisatie-1' }, reader: 'ALL', first: 50 });
    const times = { gated: [] as number[], open: [] as number[] };
    for (let repeat = 0; repeat < 120; repeat += 1)
      for (const [name, ask] of [
        ['gated', gated],
        ['open', () => open(worker)],
      ] as const) {
        const start = performance.now();
        const { edges } = await ask();
        if (edges.length !== 50) throw new Error(`a page of ${edges.length} cases`);
        if (repeat >= 20) times[name].push(performance.now() - start);
      }
    const [withGate, without] = [quantile(times.gated, 0.5), quantile(times.open, 0.5)];
    report.line(
      'list page with filter and row security / without',
      withGate / without,
      undefined,
      `${withGate.toFixed(2)} ms / ${without.toFixed(2)} ms, 50 of ${cases.toLocaleString('en')} cases`,
    );
  } finally {
    await Promise.all([service.destroy(), worker.destroy()]);
  }
}

function timedMs(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
