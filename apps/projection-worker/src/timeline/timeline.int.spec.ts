import { caseTimeline } from '@spil/read-model';
import {
  caseRegistered,
  logOf,
  registrationFacts,
  sealedValue,
  streamOf,
} from '../../../../test/support/case-events.js';
import { projected } from '../../../../test/support/projected.js';
import { freshReadModel, type TestReadModel } from '../../../../test/support/read-model.js';
import { contacted, prepared, requested } from '../../../../test/support/case-steps.js';
import { timelineProjection } from './timeline.projection.js';

describe('the timeline of a case', () => {
  let readModel: TestReadModel;

  beforeAll(async () => {
    readModel = await freshReadModel();
  });
  afterAll(() => readModel.drop());

  const opening = caseRegistered({
    client: sealedValue('client'),
    facts: registrationFacts({ opposingPartyName: sealedValue('facts.opposingPartyName') }),
  });
  const log = logOf([
    opening,
    caseRegistered(),
    requested(2)(opening.caseId),
    contacted(3)(opening.caseId),
    prepared(4)(opening.caseId),
  ]);

  it('has one entry per event of the case, in the order of recording, however often they are delivered', async () => {
    await projected(readModel, timelineProjection, log, { deliveries: 2, batch: 2 });

    const entries = await caseTimeline(readModel.db, opening.caseId);

    expect(entries.map(({ type, revision }) => [type, revision])).toEqual([
      ['CaseRegistered', 0n],
      ['PiketRequested', 1n],
      ['ContactSucceeded', 2n],
      ['HandoverPrepared', 3n],
    ]);
    expect(await caseTimeline(readModel.db, opening.caseId, { after: 1n, first: 1 })).toEqual(
      entries.slice(2, 3),
    );
    expect(await caseTimeline(readModel.db, 'no-id')).toEqual([]);
  });

  it('tells who did what when, facts in the clear and personal fields as ciphertext beside the event that opens them', async () => {
    await projected(readModel, timelineProjection, log, { deliveries: 1 });

    const [entry] = await caseTimeline(readModel.db, opening.caseId);

    const place = { stream: streamOf(opening), eventId: log[0]?.eventId };
    expect(entry).toMatchObject({
      eventId: log[0]?.eventId,
      occurredAt: new Date(opening.occurredAt),
      actor: { kind: 'SYSTEM', process: 'test' },
      mandate: 'CASEWORK',
      facts: { registrationCode: opening.registrationCode, facts: { primaryArea: 'HUURRECHT' } },
      sealed: {
        client: { ...place, sealed: sealedValue('client') },
        'facts.opposingPartyName': { ...place, sealed: sealedValue('facts.opposingPartyName') },
      },
    });
    expect(JSON.stringify(entry?.facts)).not.toContain('ciphertext');
  });
});
