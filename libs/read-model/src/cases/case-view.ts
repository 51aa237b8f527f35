import { columnName } from '../schema/table.js';
import { caseTable, type CaseRow } from './tables.js';

/** A case as a reader gets it. */
export interface CaseView extends Omit<CaseRow, 'revision'> {
  readonly revision: bigint;
  /** A read model could not take in an event of this case: what is shown is older than the case. */
  readonly stale: boolean;
}

/** Selects rows of the view, named `c`, with the properties of {@link CaseRow} and whether the case is parked. */
export const caseColumns = [
  ...Object.keys(caseTable.columns).map((property) => `c.${columnName(property)} AS "${property}"`),
  `EXISTS (SELECT 1 FROM read.parked k WHERE k.stream = 'case-' || c.case_id) AS stale`,
].join(', ');

export const toCase = (row: CaseRow & { readonly stale?: boolean }): CaseView => ({
  ...row,
  revision: BigInt(row.revision),
  stale: row.stale === true,
});
