import { caseTable, type CaseDocument } from '@spil/read-model';
import type { CaseEvent } from '@spil/domain';
import { projection } from '../runtime/projection.js';
import { caseRowOf } from './case-row.js';
import { caseSteps } from './case-steps.js';

/** Cases and the worklist: one row per case. */
export const casesProjection = projection<CaseDocument, never, CaseEvent>({
  name: 'case',
  on: caseSteps,
  documents: {
    table: caseTable,
    key: 'caseId',
    document: 'document',
    keyOf: (stream) => stream.slice('case-'.length),
  },
  tabulate: (changes) => [{ table: caseTable, rows: changes.map(({ after }) => caseRowOf(after)) }],
});
