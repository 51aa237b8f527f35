import { caseTable, participantTable } from '../cases/tables.js';
import { cubeTable, figureStateTable, ledgerTable, municipalityCubeTable } from '../figures/tables.js';
import { referenceTable } from '../reference/tables.js';
import { timelineTable } from '../timeline/tables.js';
import type { TableShape } from './table.js';

export const projectionNames = ['case', 'timeline', 'reference', 'figures'] as const;
export type ProjectionName = (typeof projectionNames)[number];

/** The tables of one read model and the version of what they hold. */
export interface ProjectionTables {
  readonly name: ProjectionName;
  /**
   * Raised with every change of the tables or of what the events put into them; the worker then fills a new generation
   * beside the running one and switches.
   */
  readonly version: number;
  readonly tables: readonly TableShape[];
}

/** Every read model. */
export const projections: Readonly<Record<ProjectionName, ProjectionTables>> = {
  case: { name: 'case', version: 2, tables: [caseTable, participantTable] },
  timeline: { name: 'timeline', version: 1, tables: [timelineTable] },
  reference: { name: 'reference', version: 1, tables: [referenceTable] },
  figures: {
    name: 'figures',
    version: 3,
    tables: [ledgerTable, cubeTable, municipalityCubeTable, figureStateTable],
  },
};
