import { retentionEnds, type Day, type RetentionTerm } from '@spil/domain';
import { casesHeld, type HeldCase, type Place, type ReadDatabase } from '@spil/read-model';

/** A case of which an organisation need not keep the data any more. */
export interface DueHeldCase extends HeldCase {
  /** The first day on which they need not be kept. */
  readonly due: Day;
}

/** What an organisation with this term need not keep any more on a day, what has been due for longest first. */
export async function dueCases(
  database: ReadDatabase,
  organisationId: string,
  term: RetentionTerm,
  { by, first, after }: { readonly by: Day; readonly first: number; readonly after?: Place },
): Promise<DueHeldCase[]> {
  const held = await casesHeld(database, organisationId, {
    endedBefore: endedBefore(by, term),
    first,
    ...(after !== undefined && { after }),
  });
  return held
    .map((one) => ({ ...one, due: retentionEnds(one.endedAt.toISOString(), term) }))
    .filter(({ due }) => due <= by);
}

/** A moment after which nothing that ended is due on a day; some of what ended on the day before may be due tomorrow only. */
function endedBefore(day: Day, { years }: RetentionTerm): Date {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCFullYear(moment.getUTCFullYear() - years);
  moment.setUTCDate(moment.getUTCDate() + 1);
  return moment;
}
