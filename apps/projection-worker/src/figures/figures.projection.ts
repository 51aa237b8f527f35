import type { CaseEvent, Day, ProfessionalEvent } from '@spil/domain';
import { anyMunicipality, cubeTable, figureStateTable, ledgerTable, type CubeRow } from '@spil/read-model';
import { projection } from '../runtime/projection.js';
import type { FigureState } from './figure-state.js';
import { figureSteps } from './figure-steps.js';
import type { LedgerEntry } from './ledger-entries.js';

/** The figures ledger, its roll-ups, and what each stream contributes. */
export const figuresProjection = projection<FigureState, LedgerEntry, CaseEvent | ProfessionalEvent>({
  name: 'figures',
  on: figureSteps,
  documents: {
    table: figureStateTable,
    key: 'stream',
    document: 'state',
    keyOf: (stream) => stream,
  },
  tabulate: (changes, entries) => [
    { table: ledgerTable, rows: entries },
    { table: cubeTable, rows: rollUp(entries) },
    { table: figureStateTable, rows: changes.map(({ stream, after }) => ({ stream, state: after })) },
  ],
});

const firstOfMonth = (day: Day): Day => `${day.slice(0, 7)}-01`;

/** What a batch adds to each roll-up: by month and by day, of one municipality and of all. */
function rollUp(entries: readonly LedgerEntry[]): CubeRow[] {
  const sums = new Map<string, CubeRow>();
  for (const entry of entries) {
    const { metric, locationId, organisationKind, area, other, value, count } = entry;
    for (const municipality of [anyMunicipality, entry.municipality]) {
      for (const grain of ['MONTH', 'DAY'] as const) {
        const bucket = grain === 'MONTH' ? firstOfMonth : (day: Day): Day => day;
        const occurred = bucket(entry.occurredDay);
        const recorded = bucket(entry.recordedDay);
        const key = [metric, grain, municipality, occurred, recorded, locationId, organisationKind, area]
          .concat(other, value)
          .join('\u0000');
        sums.set(key, {
          ...{ metric, grain, municipality, occurred, recorded, locationId, organisationKind, area },
          ...{ other, value, count: count + (sums.get(key)?.count ?? 0) },
        });
      }
    }
  }
  return [...sums.values()].filter(({ count }) => count !== 0);
}
