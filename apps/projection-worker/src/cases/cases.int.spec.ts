import { randomUUID } from 'node:crypto';
import type { CaseEvent } from '@spil/domain';
import {
  InvalidCursor,
  caseById,
  caseIdByRegistrationCode,
  casesById,
  casesPage,
  type CaseFilter,
  type CaseRow,
} from '@spil/read-model';
import { caseRegistered, logOf, registrationFacts } from '../../../../test/support/case-events.js';
import { projected } from '../../../../test/support/projected.js';
import { freshReadModel, type TestReadModel } from '../../../../test/support/read-model.js';
import { casesProjection } from './cases.projection.js';
import {
  asker,
  at,
  requested,
  contacted,
  contactInError,
  referred,
  referralLapsed,
  prepared,
  offered,
  handoverLapsed,
  assessed,
  assessmentInError,
  coordinated,
  flagged,
  withdrawn,
  closed,
  reopened,
  linkedAsGuest,
} from '../../../../test/support/case-steps.js';

describe('the worklist', () => {
  let readModel: TestReadModel;

  beforeAll(async () => {
    readModel = await freshReadModel();
  });
  afterAll(() => readModel.drop());

  const given = (...events: CaseEvent[]): Promise<void> =>
    projected(readModel, casesProjection, logOf(events), { deliveries: 2, batch: 3 });

  const pageOf = async (filter: CaseFilter): Promise<string[]> =>
    (await casesPage(readModel.db, { filter, reader: 'ALL', first: 100 })).edges.map(
      ({ node }) => node.caseId,
    );

  const rowAfter = async (...more: ((caseId: string) => CaseEvent)[]): Promise<CaseRow> => {
    const opening = caseRegistered({ registeredBy: asker, occurredAt: at(1) });
    await given(opening, ...more.map((event) => event(opening.caseId)));
    const row = await caseById(readModel.db, opening.caseId);
    if (!row) throw new Error('no row');
    return { ...row, revision: row.revision.toString() };
  };

  it('lets a case wait for its open piket request until contact succeeded', async () => {
    expect(await rowAfter(requested(2))).toMatchObject({
      waitingFor: 'PIKET_REQUEST_OPEN',
      waitingSince: new Date(at(2)),
      openPiketRequests: 1,
    });
    expect(await rowAfter(requested(2), contacted(3))).toMatchObject({
      waitingFor: 'NEXT_STEP',
      waitingSince: new Date(at(3)),
      openPiketRequests: 0,
    });
  });

  it('lets a request wait again when its contact was entered in error', async () => {
    expect(await rowAfter(requested(2), contacted(3), contactInError(4))).toMatchObject({
      waitingFor: 'PIKET_REQUEST_OPEN',
      openPiketRequests: 1,
    });
  });

  it('shows what has waited longest when a case waits for several things', async () => {
    expect(await rowAfter(referred(2), requested(3))).toMatchObject({
      waitingFor: 'REFERRAL_UNANSWERED',
      waitingSince: new Date(at(2)),
      openReferrals: 1,
    });
    expect(await rowAfter(referred(2), requested(3), referralLapsed(4))).toMatchObject({
      waitingFor: 'PIKET_REQUEST_OPEN',
      openReferrals: 0,
    });
  });

  it('lets an offered handover wait for its receiver, and brings it back when it lapses', async () => {
    expect(await rowAfter(prepared(2), offered(3))).toMatchObject({
      waitingFor: 'HANDOVER_OFFERED',
      waitingSince: new Date(at(3)),
      openHandovers: 1,
    });
    expect(await rowAfter(prepared(2), offered(3), handoverLapsed(4))).toMatchObject({
      waitingFor: 'HANDOVER_TO_OFFER',
      openHandovers: 1,
    });
  });

  it('makes a client who is not self-reliant and has no coordinator stand out until one is assigned', async () => {
    const missing = await rowAfter(assessed(2));
    expect(missing).toMatchObject({ needsCoordinator: true, waitingFor: 'COORDINATOR_MISSING' });
    expect(await pageOf({ notSelfReliantWithoutCoordinator: true })).toEqual([missing.caseId]);

    const assigned = await rowAfter(assessed(2), coordinated(3));
    expect(assigned).toMatchObject({ needsCoordinator: false, coordinatorId: asker.professionalId });
    expect(await pageOf({ notSelfReliantWithoutCoordinator: true })).toEqual([]);
    expect(await pageOf({ coordinatorId: asker.professionalId })).toEqual([assigned.caseId]);
  });

  it('takes an assessment entered in error back', async () => {
    expect(await rowAfter(assessed(2), assessmentInError(3))).toMatchObject({
      selfReliance: null,
      needsCoordinator: false,
    });
  });

  it('counts flags that stand, not those withdrawn', async () => {
    expect(await rowAfter(flagged('one', 2), flagged('two', 3), withdrawn('one', 4))).toMatchObject({
      flags: 1,
    });
    expect(await pageOf({ flagged: true })).toHaveLength(1);
    expect(await pageOf({ flagged: false })).toHaveLength(0);
  });

  it('takes a closed case off the open worklist and puts it back when it is reopened', async () => {
    const closedRow = await rowAfter(requested(2), closed(3));
    expect(closedRow).toMatchObject({ status: 'CLOSED', waitingFor: 'NOTHING', openPiketRequests: 0 });
    expect(await pageOf({ status: 'OPEN' })).toEqual([]);
    expect(await pageOf({ status: 'CLOSED' })).toEqual([closedRow.caseId]);
    expect(await rowAfter(requested(2), closed(3), reopened(4))).toMatchObject({ status: 'OPEN' });
  });

  it('takes a case that joined another one off the worklist, and shows it as linked', async () => {
    expect(await rowAfter(linkedAsGuest(2))).toMatchObject({ status: 'LINKED', waitingFor: 'NOTHING' });
  });

  it('shows the facts of a registration as corrected', async () => {
    const row = await rowAfter((caseId) => ({
      type: 'RegistrationCorrected',
      caseId,
      registrationId: `registration-of-${caseId}`,
      facts: registrationFacts({
        primaryArea: 'ARBEIDSRECHT',
        furtherAreas: ['ANDERS'],
        clientMunicipality: null,
      }),
      signaleringRelevance: 'NO',
      reason: 'TYPING_MISTAKE',
      occurredAt: at(2),
    }));

    expect(row).toMatchObject({
      primaryArea: 'ARBEIDSRECHT',
      areas: ['ARBEIDSRECHT', 'ANDERS'],
      municipality: null,
    });
    expect(await pageOf({ area: 'ANDERS' })).toEqual([row.caseId]);
    expect(await pageOf({ area: 'HUURRECHT' })).toEqual([]);
  });

  it('is found by its registration code, and not by another', async () => {
    const { caseId, registrationCode } = await rowAfter();

    expect(await caseIdByRegistrationCode(readModel.db, registrationCode)).toBe(caseId);
    expect(await caseIdByRegistrationCode(readModel.db, 'another')).toBeUndefined();
  });

  it('answers nothing to an id that no case has, or that is none', async () => {
    await given(caseRegistered());

    expect(await caseById(readModel.db, randomUUID())).toBeUndefined();
    expect((await casesById(readModel.db, ['', "' OR true", 'x'.repeat(1_000)])).size).toBe(0);
  });

  it('gives every case once, longest waiting first, page after page, also when many wait since the same moment', async () => {
    const openings = Array.from({ length: 25 }, (_, index) =>
      caseRegistered({ registeredBy: asker, occurredAt: at(1 + (index % 3)) }),
    );
    await given(...openings);
    const seen: { caseId: string; since: string }[] = [];
    let after: string | undefined;
    for (let page = 0; page < 10; page += 1) {
      const { edges, hasNextPage } = await casesPage(readModel.db, {
        filter: { status: 'OPEN' },
        reader: 'ALL',
        first: 4,
        ...(after !== undefined && { after }),
      });
      seen.push(
        ...edges.map(({ node }) => ({ caseId: node.caseId, since: node.waitingSince.toISOString() })),
      );
      after = edges.at(-1)?.cursor;
      if (!hasNextPage) break;
    }

    expect(seen).toEqual(
      [...openings]
        .map(({ caseId, occurredAt }) => ({ caseId, since: occurredAt }))
        .sort((a, b) => (a.since + a.caseId < b.since + b.caseId ? -1 : 1)),
    );
  });

  it('refuses a cursor that it never gave, and a page without end', async () => {
    const ask = (page: { first: number; after?: string }): Promise<unknown> =>
      casesPage(readModel.db, { filter: {}, reader: 'ALL', ...page });

    await expect(ask({ first: 1, after: 'bm9uc2Vuc2U' })).rejects.toThrow(InvalidCursor);
    for (const day of ['2021-02-31', '2021-13-01', '0000-01-01']) {
      const forged = `-|${day}T00:00:00.000Z|11111111-1111-4111-8111-111111111111`;
      const after = Buffer.from(forged).toString('base64url');
      await expect(ask({ first: 1, after })).rejects.toThrow(InvalidCursor);
    }
    await expect(ask({ first: 101 })).rejects.toThrow(RangeError);
    await expect(ask({ first: 0 })).rejects.toThrow(RangeError);
  });
});
