import { caseTable, participantTable, type CaseDocument } from '@spil/read-model';
import type { CaseEvent } from '@spil/domain';
import { projection } from '../runtime/projection.js';
import { caseRowOf, participantsOf } from './case-row.js';
import { caseSteps } from './case-steps.js';

/** Cases and the worklist: one row per case, and who takes part in it. */
export const casesProjection = projection<CaseDocument, never, CaseEvent>({
  name: 'case',
  on: caseSteps,
  documents: {
    table: caseTable,
    key: 'caseId',
    document: 'document',
    keyOf: (stream) => stream.slice('case-'.length),
  },
  tabulate: (changes) => {
    const rows = changes.map(({ after }) => caseRowOf(after));
    const joined: object[] = [];
    const left: object[] = [];
    for (const { before, after } of changes) {
      const was = before ? participantsOf(before) : new Map<string, object>();
      const is = participantsOf(after);
      for (const [key, row] of is) if (!was.has(key)) joined.push(row);
      for (const [key, row] of was) if (!is.has(key)) left.push(row);
    }
    return [
      { table: caseTable, rows },
      { table: participantTable, rows: joined, removed: left },
    ];
  },
});
