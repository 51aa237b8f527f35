import type { CaseEvent, Day, ProfessionalEvent } from '@spil/domain';
import {
  anyMunicipality,
  cubeTable,
  figureStateTable,
  ledgerTable,
  type CubeRow,
  type Dimensions,
} from '@spil/read-model';
import { projection } from '../runtime/projection.js';
import type { FigureState } from './figure-state.js';
import { figureSteps } from './figure-steps.js';
import { dimensionKey, type LedgerEntry } from './ledger-entries.js';

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

type Sum = { -readonly [Field in keyof CubeRow]: CubeRow[Field] };

/** What a batch adds to each roll-up: by month and by day, of one municipality and of all. */
function rollUp(entries: readonly LedgerEntry[]): CubeRow[] {
  const sums = new Map<string, Sum>();
  for (const entry of entries) {
    const { occurredDay, recordedDay } = entry;
    const cell = dimensionKey(entry);
    addTo(sums, cell, entry, 'DAY', occurredDay, recordedDay);
    addTo(sums, cell, entry, 'MONTH', firstOfMonth(occurredDay), firstOfMonth(recordedDay));
  }
  const everywhere = new Map<string, Sum>();
  for (const sum of sums.values()) {
    const all = { ...sum, municipality: anyMunicipality };
    addTo(everywhere, dimensionKey(all), all, sum.grain, sum.occurred, sum.recorded);
  }
  return [...sums.values(), ...everywhere.values()].filter(({ count }) => count !== 0);
}

function addTo(
  sums: Map<string, Sum>,
  cell: string,
  added: Dimensions & { readonly count: number },
  grain: CubeRow['grain'],
  occurred: Day,
  recorded: Day,
): void {
  const key = `${grain}\u0000${occurred}\u0000${recorded}\u0000${cell}`;
  const sum = sums.get(key);
  if (sum) {
    sum.count += added.count;
    return;
  }
  const { metric, locationId, municipality, organisationKind, area, other, value, count } = added;
  sums.set(key, {
    ...{ metric, grain, municipality, occurred, recorded, locationId, organisationKind, area },
    ...{ other, value, count },
  });
}
