import { asReader, casesPage, openReadDatabase, type CaseFilter } from '@spil/read-model';
import { deepCursor, fillWorklist, readers } from './support/listed-cases.js';
import type { Bench } from './support/place.js';
import { quantile } from './support/report.js';

/**
 * Pages of the worklist as the service reads them, under row level security: of a desk with many cases, the first one and one behind
 * most of the list, and of readers with few and with thousands of others' cases.
 */
export async function worklist(bench: Bench): Promise<void> {
  const { report, scale } = bench;
  const cases = Math.max(2_000, Math.round(200_000 * scale));
  const urls = await bench.readDatabase('worklist');
  await fillWorklist(urls.owner, cases);
  const db = await openReadDatabase(urls.service);
  try {
    const desk: CaseFilter = { locationId: 'locatie-1', status: 'OPEN' };
    const page = (name: keyof typeof readers, filter: CaseFilter, after?: string) => () =>
      asReader(db, readers[name], (session) =>
        casesPage(session, {
          filter,
          reader: readers[name],
          first: 50,
          ...(after !== undefined && { after }),
        }),
      );
    const deep = deepCursor(cases);
    // How many rows each has to show: less than 50 only where there are no more.
    const pages = {
      first: { ask: page('desk', desk), shows: 50 },
      // A tenth of the list is left, of which the desk has a tenth.
      deep: { ask: page('desk', desk, deep), shows: Math.min(50, cases / 100) },
      unfiltered: { ask: page('desk', {}), shows: 50 },
      unfilteredDeep: { ask: page('desk', {}, deep), shows: Math.min(50, cases / 100) },
      lawyer: { ask: page('lawyer', {}), shows: 20 },
      consulted: { ask: page('consulted', {}), shows: 50 },
    };
    const times = new Map<string, number[]>(Object.keys(pages).map((name) => [name, []]));
    for (let repeat = 0; repeat < 120; repeat += 1)
      for (const [name, { ask, shows }] of Object.entries(pages)) {
        const start = performance.now();
        const { edges } = await ask();
        if (Math.abs(edges.length - shows) > 2) throw new Error(`a page of ${edges.length} cases: ${name}`);
        if (repeat >= 20) times.get(name)?.push(performance.now() - start);
      }
    const ms = (name: keyof typeof pages): number => quantile(times.get(name) ?? [], 0.5);
    const of = `50 of ${cases.toLocaleString('en')} open cases, the reader's ${(cases / 10).toLocaleString('en')}`;
    report.line(
      'worklist page after 90% of the list / first page',
      ms('deep') / ms('first'),
      { atMost: 1.5 },
      `${ms('deep').toFixed(2)} ms / ${ms('first').toFixed(2)} ms by location, ${of}`,
    );
    report.line(
      'the same without a filter',
      ms('unfilteredDeep') / ms('unfiltered'),
      { atMost: 1.5 },
      `${ms('unfilteredDeep').toFixed(2)} ms / ${ms('unfiltered').toFixed(2)} ms, ${of}`,
    );
    report.line('worklist page of a desk with a tenth of all, ms', ms('unfiltered'), { atMost: 10 }, of);
    report.line(
      'worklist of a lawyer with 20 cases / page of that desk',
      ms('lawyer') / ms('unfiltered'),
      { atMost: 1.5 },
      `${ms('lawyer').toFixed(2)} ms / ${ms('unfiltered').toFixed(2)} ms`,
    );
    report.line(
      'worklist page of 2,500 cases of others, ms',
      ms('consulted'),
      undefined,
      'each looked up by itself',
    );
  } finally {
    await db.destroy();
  }
}
