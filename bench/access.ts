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
import { commandGate } from './command-gate.js';
import { eventOf, eventsPerCase, party } from './support/cases.js';
import { fillWorklist, readers } from './support/listed-cases.js';
import type { Bench } from './support/place.js';
import { quantile } from './support/report.js';

/** What deciding costs: by the policy text itself, on a fresh fold, in a list and in a command, each beside the same work without it. */
export async function access(bench: Bench): Promise<void> {
  decisions(bench);
  await lists(bench);
  await commandGate(bench);
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
  await fillWorklist(urls.owner, cases);
  const service = await openReadDatabase(urls.service);
  const worker = await openReadDatabase(urls.worker);
  try {
    const reader = readers.desk;
    const gated = () =>
      asReader(service, reader, (session) => casesPage(session, { filter: {}, reader, first: 50 }));
    const { organisationId, locationId } = reader;
    const open = (db: ReadDatabase) =>
      casesPage(db, { filter: { organisationId, locationId }, reader: 'ALL', first: 50 });
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
      `${withGate.toFixed(2)} ms / ${without.toFixed(2)} ms, 50 of ${cases.toLocaleString('en')} cases, the reader's ${(cases / 10).toLocaleString('en')}`,
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
