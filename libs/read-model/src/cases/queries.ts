import { queryPrepared } from '../access/prepared.js';
import type { ReadSession } from '../database.js';
import { caseColumns, toCase, type CaseView } from './case-view.js';
import type { CaseRow } from './tables.js';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Undefined when there is no such case, also when the id is no id at all. */
export async function caseById(db: ReadSession, caseId: string): Promise<CaseView | undefined> {
  return (await casesById(db, [caseId])).get(caseId);
}

/** Several cases at once, by id as asked; ids without a case are missing. */
export async function casesById(db: ReadSession, caseIds: readonly string[]): Promise<Map<string, CaseView>> {
  const rows = await queryPrepared<CaseRow>(
    db,
    `SELECT ${caseColumns} FROM read.case_row c WHERE c.case_id = ANY($1::uuid[])`,
    [caseIds.filter((caseId) => uuid.test(caseId))],
  );
  const found = new Map(rows.map((row) => [row.caseId, toCase(row)]));
  const answers = new Map<string, CaseView>();
  for (const caseId of caseIds) {
    const view = found.get(caseId.toLowerCase());
    if (view) answers.set(caseId, view);
  }
  return answers;
}

/** The case that a registration code stands for (R 2.4); undefined when no case has it. */
export async function caseIdByRegistrationCode(
  db: ReadSession,
  registrationCode: string,
): Promise<string | undefined> {
  const [row] = await db.query<{ caseId: string }[]>(
    'SELECT case_id AS "caseId" FROM read.case_row WHERE registration_code = $1',
    [registrationCode],
  );
  return row?.caseId;
}
