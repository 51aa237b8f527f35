import { MoreThan } from 'typeorm';
import type { ReadSession } from '../database.js';
import { timelineTable, type TimelineRow } from './tables.js';

/** One event of a case. */
export interface TimelineEntry extends Omit<TimelineRow, 'revision'> {
  readonly revision: bigint;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * What happened in a case, in the order in which it was recorded.
 * @param options.after revision of the last entry already seen
 */
export async function caseTimeline(
  db: ReadSession,
  caseId: string,
  options: { readonly after?: bigint; readonly first?: number } = {},
): Promise<TimelineEntry[]> {
  if (!uuid.test(caseId)) return [];
  const rows = await db.getRepository<TimelineRow>(timelineTable.name).find({
    where: {
      caseId: caseId.toLowerCase(),
      ...(options.after === undefined ? {} : { revision: MoreThan(options.after.toString()) }),
    },
    order: { revision: 'ASC' },
    ...(options.first === undefined ? {} : { take: options.first }),
  });
  return rows.map((row) => ({ ...row, revision: BigInt(row.revision) }));
}
