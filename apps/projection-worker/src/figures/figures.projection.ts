import type { CaseEvent, ProfessionalEvent } from '@spil/domain';
import { cubeTable, figureStateTable, ledgerTable, municipalityCubeTable } from '@spil/read-model';
import { projection } from '../runtime/projection.js';
import type { FigureState } from './figure-state.js';
import { figureSteps } from './figure-steps.js';
import type { LedgerEntry } from './ledger-entries.js';
import { rollUp } from './roll-up.js';

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
  tabulate: (changes, entries) => {
    const { everywhere, byMunicipality } = rollUp(entries);
    return [
      { table: ledgerTable, rows: entries },
      { table: cubeTable, rows: everywhere },
      { table: municipalityCubeTable, rows: byMunicipality },
      { table: figureStateTable, rows: changes.map(({ stream, after }) => ({ stream, state: after })) },
    ];
  },
});
