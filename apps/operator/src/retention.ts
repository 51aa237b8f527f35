import { dayInNetherlands, isDay, type Day, type RetentionTerm } from '@spil/domain';
import { withProgressBar } from '@spil/progress';
import {
  organisationById,
  organisations,
  placeOfHeld,
  type OrganisationEntry,
  type ReadDatabase,
} from '@spil/read-model';
import { dueCases, type DueHeldCase } from '../../coordination-service/src/erasure/due-cases.js';
import { exitCodes, UsageError, type Answer } from './answer.js';
import { columns } from './read-models.js';
import { withReadModels, type Spil } from './spil.js';

/** Whose data, and by which day; everybody's and today when left out. */
export interface RetentionOptions {
  readonly organisation?: string;
  readonly by?: string;
}

interface DueOf extends RetentionTerm {
  readonly organisationId: string;
  readonly name: string;
  readonly cases: readonly Pick<DueHeldCase, 'caseId' | 'endedAt' | 'due'>[];
}

/** How many cases one look at the database brings. */
const pageSize = 500;

/** @throws UsageError unless this is a day */
export function checkRetention({ by }: RetentionOptions): void {
  if (by !== undefined && !isDay(by)) throw new UsageError(`'${by}' is no day: write it like 2027-03-31`);
}

/** Lists what retention makes due: closed cases of which an organisation need not keep the data. Erases nothing. */
export async function retention(spil: Spil, { organisation, by }: RetentionOptions): Promise<Answer> {
  const day = by ?? dayInNetherlands(new Date().toISOString());
  return withReadModels(spil, async (database) => {
    const whose = await meant(database, organisation);
    const due = await withProgressBar('retention', 'organisations', async (progress) => {
      const found: DueOf[] = [];
      for (const one of whose) {
        progress(found.length, whose.length);
        found.push(await dueOf(database, one, day));
      }
      progress(found.length, whose.length);
      return found;
    });
    return {
      exit: exitCodes.ok,
      json: { by: day, organisations: due },
      text: shown(day, due),
    };
  });
}

/** @throws UsageError when nobody has that id */
async function meant(database: ReadDatabase, id: string | undefined): Promise<readonly OrganisationEntry[]> {
  if (id === undefined) return organisations(database);
  const organisation = await organisationById(database, id);
  if (organisation === undefined) throw new UsageError(`there is no organisation '${id}'`);
  return [organisation];
}

async function dueOf(
  database: ReadDatabase,
  { organisationId, name, retention: term }: OrganisationEntry,
  by: Day,
): Promise<DueOf> {
  const cases: DueHeldCase[] = [];
  for (let more = true; more;) {
    const last = cases.at(-1);
    const page = await dueCases(database, organisationId, term, {
      by,
      first: pageSize,
      ...(last && { after: placeOfHeld(last) }),
    });
    cases.push(...page);
    more = page.length === pageSize;
  }
  return {
    organisationId,
    name,
    ...term,
    cases: cases.map(({ caseId, endedAt, due }) => ({ caseId, endedAt, due })),
  };
}

function shown(by: Day, organisationsDue: readonly DueOf[]): string {
  const some = organisationsDue.filter(({ cases }) => cases.length > 0);
  if (some.length === 0) return `Nothing is due by ${by}.`;
  return [
    ...some.map(({ name, organisationId, years, duty, cases }) =>
      [
        `${name} (${organisationId}) keeps ${years} years${duty ? ', as a duty' : ''}; ${cases.length} cases are due by ${by}`,
        columns([
          ['case', 'work ended', 'due since'],
          ...cases.map(({ caseId, endedAt, due }) => [caseId, endedAt.toISOString(), due]),
        ]),
      ].join('\n'),
    ),
    'Nothing is erased by itself: a privacy officer of the organisation confirms each case with eraseAfterRetention.',
  ].join('\n\n');
}
