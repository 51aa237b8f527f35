import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import {
  caseActions,
  listScope,
  mayOnCase,
  purposeFor,
  purposes,
  type CaseAccess,
  type Principal,
  type Purpose,
} from '@spil/access';
import { caseDecider, standingsOf, type CaseEvent } from '@spil/domain';
import { asReader, casesPage, openReadDatabase, type ReadDatabase } from '@spil/read-model';
import { accessProjection } from '../../apps/projection-worker/src/access/access.projection.js';
import { casesProjection } from '../../apps/projection-worker/src/cases/cases.projection.js';
import {
  piketLawyersColleague,
  raadslied,
  raadsliedsColleague,
} from '../../libs/domain/src/test-support/people.js';
import { eventsOf, people, take, walkOfAnyLength } from '../../libs/domain/src/test-support/random-walk.js';
import { referenceDecides } from '../support/access/reference-decider.js';
import { referenceStandings } from '../support/access/reference-standings.js';
import { logOf } from '../support/case-events.js';
import { projected } from '../support/projected.js';
import { freshReadModel, type TestReadModel } from '../support/read-model.js';
import type { Soak } from './soak.js';

/** Cases that are put into the read models together. */
const casesAtOnce = 400;

const roles = ['PROFESSIONAL', 'COORDINATOR', 'PRIVACY_OFFICER'] as const;

/** Everyone who may have something to do with a case, colleagues beside and elsewhere, each in every role. */
const principals: readonly Principal[] = [
  ...people,
  raadsliedsColleague,
  { ...raadslied, professionalId: 'raadslied-elsewhere', locationId: 'zwolle' },
  piketLawyersColleague,
].flatMap((party) =>
  roles.map((role) => ({ ...party, role, subject: party.professionalId, mayImport: false })),
);

interface RandomCase {
  readonly caseId: string;
  readonly events: readonly CaseEvent[];
  readonly access: CaseAccess;
}

/**
 * Who may see and do what in random cases: the policy text on a fresh fold, the filter of lists with row level security under it, row
 * level security alone, and a plain table over the bare events all say the same.
 */
export const accessSoak: Soak = async ({ runs, seed, onProgress }) => {
  const counts = { cases: 0, decisions: 0, allowed: 0, lists: 0, listed: 0 };
  const readModel = await freshReadModel();
  const service = await openReadDatabase(readModel.serviceUrl, { poolSize: 2, statementTimeoutMs: 30_000 });
  try {
    for (let done = 0; done < runs; done += casesAtOnce) {
      const count = Math.min(casesAtOnce, runs - done);
      const cases = randomCases(count, seed + done);
      await fill(readModel, cases);
      const shown = await service.query<{ n: number }[]>('SELECT count(*)::int AS n FROM read.case_row');
      if (shown[0]?.n !== 0) throw new Error('row level security shows cases to nobody in particular');
      for (const principal of principals)
        for (const purpose of purposes.filter((stated) => purposeFor(principal.role, stated) !== undefined))
          await compare(service, { principal, purpose, at: new Date().toISOString() }, cases, counts);
      counts.cases += count;
      onProgress(count);
    }
  } catch (cause) {
    throw new Error(`seed ${seed}: access is not decided the same everywhere`, { cause });
  } finally {
    await service.destroy();
    await readModel.drop();
  }
  return [
    `${counts.cases} random cases: ${counts.decisions} decisions by policy text and by table, ${counts.allowed} of them allowed`,
    `${counts.lists} lists with ${counts.listed} cases in them, each as row level security alone and the policy on a fresh fold have it`,
  ];
};

function randomCases(count: number, seed: number): RandomCase[] {
  return fc.sample(walkOfAnyLength, { numRuns: count, seed }).map((moves, index) => {
    const caseId = randomUUID();
    const events = eventsOf(take(moves)).map((event): CaseEvent => {
      const own = { ...event, caseId };
      // The story is of 2021: let every other emergency last until now.
      return own.type === 'EmergencyAccessTaken' && index % 2 === 0
        ? { ...own, until: '2999-01-01T00:00:00.000Z' }
        : own;
    });
    const state = events.reduce(caseDecider.evolve, caseDecider.initialState);
    if (state.status === 'NOT_REGISTERED') throw new Error('a random case was never registered');
    return { caseId, events, access: { status: state.status, standings: standingsOf(state) } };
  });
}

async function fill(readModel: TestReadModel, cases: readonly RandomCase[]): Promise<void> {
  const log = logOf(cases.flatMap(({ events }) => events));
  for (const projection of [accessProjection, casesProjection])
    await projected(readModel, projection, log, { deliveries: 1, batch: 5_000 });
}

async function compare(
  service: ReadDatabase,
  asker: { readonly principal: Principal; readonly purpose: Purpose; readonly at: string },
  cases: readonly RandomCase[],
  counts: { decisions: number; allowed: number; lists: number; listed: number },
): Promise<void> {
  const { principal, purpose, at } = asker;
  const scope = listScope(principal, purpose);
  if (scope === undefined || principal.professionalId === undefined)
    throw new Error('somebody without a list');
  const decided = new Set<string>();
  for (const { caseId, events, access } of cases) {
    const reference = referenceStandings(events, principal, at);
    for (const action of caseActions) {
      const allowed = mayOnCase(asker, action, access);
      if (allowed !== referenceDecides({ role: principal.role, purpose, action, ...reference }))
        throw new Error(
          `${principal.role} ${principal.professionalId} ${action} for ${purpose}: the policy says ${allowed} on ${JSON.stringify(events)}`,
        );
      counts.decisions += 1;
      if (allowed) counts.allowed += 1;
      if (allowed && action === 'LIST_CASE') decided.add(caseId);
    }
  }
  const listed = new Set(await listedBy(service, { kind: 'LIST', ...scope }));
  const guarded = await asReader(service, { kind: 'LIST', ...scope }, (session) =>
    session.query<{ id: string }[]>('SELECT case_id AS id FROM read.case_row'),
  );
  counts.lists += 1;
  counts.listed += listed.size;
  for (const [name, ids] of [
    ['the list', listed],
    ['row level security', new Set(guarded.map(({ id }) => id))],
  ] as const)
    for (const { caseId, events } of cases)
      if (ids.has(caseId) !== decided.has(caseId))
        throw new Error(
          `${principal.role} ${principal.professionalId} for ${purpose}: ${name} says ${ids.has(caseId)}, the policy otherwise, on ${JSON.stringify(events)}`,
        );
}

async function listedBy(
  service: ReadDatabase,
  reader: Parameters<typeof asReader>[1] & { readonly kind: 'LIST' },
): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await asReader(service, reader, (session) =>
      casesPage(session, { filter: {}, reader, first: 100, ...(after !== undefined && { after }) }),
    );
    ids.push(...page.edges.map(({ node }) => node.caseId));
    after = page.edges.at(-1)?.cursor;
    if (!page.hasNextPage) return ids;
  }
}
