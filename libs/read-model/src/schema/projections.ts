import { accessFileTable, caseAccessTable, emergencyAccessTable } from '../access/tables.js';
import { caseTable } from '../cases/tables.js';
import { erasureTable } from '../erasures/tables.js';
import { cubeTable, figureStateTable, ledgerTable, municipalityCubeTable } from '../figures/tables.js';
import { referenceTable } from '../reference/tables.js';
import { retentionDocumentTable, retentionTable } from '../retention/tables.js';
import { timelineTable } from '../timeline/tables.js';
import type { TableShape } from './table.js';

/** The access table comes first: the others are guarded by it. */
export const projectionNames = [
  'access',
  'case',
  'timeline',
  'reference',
  'figures',
  'erasure',
  'retention',
] as const;
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
  access: { name: 'access', version: 4, tables: [accessFileTable, caseAccessTable, emergencyAccessTable] },
  case: { name: 'case', version: 4, tables: [caseTable] },
  timeline: { name: 'timeline', version: 2, tables: [timelineTable] },
  reference: { name: 'reference', version: 2, tables: [referenceTable] },
  erasure: { name: 'erasure', version: 1, tables: [erasureTable] },
  retention: { name: 'retention', version: 1, tables: [retentionDocumentTable, retentionTable] },
  figures: {
    name: 'figures',
    version: 3,
    tables: [ledgerTable, cubeTable, municipalityCubeTable, figureStateTable],
  },
};
