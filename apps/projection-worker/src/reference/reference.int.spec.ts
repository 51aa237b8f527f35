import { defaultProgrammePolicy, type ProgrammePolicy } from '@spil/domain';
import { envelopeOf, type DomainEvent } from '@spil/event-store';
import {
  locationById,
  locations,
  organisations,
  policyOnDay,
  professionalById,
  professionals,
  professionalsToErase,
} from '@spil/read-model';
import { logOf, party, sealedValue } from '../../../../test/support/case-events.js';
import { projected } from '../../../../test/support/projected.js';
import { freshReadModel, type TestReadModel } from '../../../../test/support/read-model.js';
import { referenceProjection } from './reference.projection.js';

const occurredAt = '2020-08-31T10:00:00.000Z';
const facts = {
  name: 'Walcheren',
  municipalities: ['GM0718', 'GM0687'],
  arrondissement: 'ZEELAND-WEST-BRABANT',
};
const registered: DomainEvent = {
  ...party('JURIDISCH_LOKET', { professionalId: 'one' }),
  type: 'ProfessionalRegistered',
  details: sealedValue('details'),
  occurredAt,
};

describe('reference data', () => {
  let readModel: TestReadModel;

  beforeAll(async () => {
    readModel = await freshReadModel();
  });
  afterAll(() => readModel.drop());

  const given = (...events: DomainEvent[]): Promise<void> =>
    projected(readModel, referenceProjection, logOf(events), { deliveries: 2, batch: 2 });

  it('shows locations and organisations as they are now', async () => {
    await given(
      {
        type: 'LocationRegistered',
        locationId: 'walcheren',
        facts: { ...facts, name: 'Zeeland' },
        occurredAt,
      },
      { type: 'LocationChanged', locationId: 'walcheren', facts, occurredAt },
      {
        type: 'OrganisationRegistered',
        organisationId: 'loket',
        name: 'Loket',
        organisationKind: 'JURIDISCH_LOKET',
        occurredAt,
      },
      { type: 'OrganisationRenamed', organisationId: 'loket', name: 'Het Loket', occurredAt },
    );

    expect(await locations(readModel.db)).toEqual([{ kind: 'LOCATION', locationId: 'walcheren', ...facts }]);
    expect(await locationById(readModel.db, 'walcheren')).toMatchObject({ name: 'Walcheren' });
    expect(await locationById(readModel.db, 'elsewhere')).toBeUndefined();
    expect(await organisations(readModel.db)).toMatchObject([{ name: 'Het Loket' }]);
  });

  it('shows where a professional works now, and keeps the details as ciphertext', async () => {
    const [first] = logOf([registered]);
    const { organisationId, organisationKind } = party('JURIDISCH_LOKET', { locationId: 'zwolle' });
    await given(registered, {
      type: 'ProfessionalMoved',
      professionalId: 'one',
      organisationId,
      organisationKind,
      locationId: 'zwolle',
      occurredAt,
    });

    expect(await professionalById(readModel.db, 'one')).toMatchObject({
      locationId: 'zwolle',
      active: true,
      details: { stream: first?.stream, sealed: sealedValue('details') },
    });
    expect(await professionals(readModel.db, { locationId: 'amsterdam' })).toEqual([]);
    expect(await professionals(readModel.db, { locationId: 'zwolle', active: true })).toHaveLength(1);
  });

  it('says why a professional is not active, until the return', async () => {
    const left: DomainEvent = {
      type: 'ProfessionalDeactivated',
      professionalId: 'one',
      reason: 'ABSENT',
      occurredAt,
    };
    await given(registered, left);
    expect(await professionals(readModel.db, { active: false })).toMatchObject([
      { inactiveBecause: 'ABSENT' },
    ]);

    await given(registered, left, { type: 'ProfessionalReactivated', professionalId: 'one', occurredAt });
    expect(await professionals(readModel.db, { active: true })).toMatchObject([{ inactiveBecause: null }]);
  });

  it('keeps who was erased, by id and without ciphertext, and says so', async () => {
    const left: DomainEvent = {
      type: 'ProfessionalDeactivated',
      professionalId: 'one',
      reason: 'LEFT',
      occurredAt,
    };
    const { professionalId, organisationId, organisationKind, locationId } = party('JURIDISCH_LOKET');
    const ordered: DomainEvent = {
      type: 'ProfessionalErasureOrdered',
      professionalId: 'one',
      orderedBy: { professionalId, organisationId, organisationKind, locationId },
      occurredAt,
    };
    await given(registered, left, ordered);
    expect(await professionalsToErase(readModel.db)).toEqual(['one']);

    const { kid: keyId } = envelopeOf(sealedValue('details'));
    const done: DomainEvent = { type: 'ProfessionalDetailsErased', professionalId: 'one', keyId, occurredAt };
    await given(registered, left, ordered, done);
    expect(await professionalsToErase(readModel.db)).toEqual([]);
    expect(await professionalById(readModel.db, 'one')).toMatchObject({
      details: { erased: true },
      inactiveBecause: 'LEFT',
      erasure: 'DONE',
    });
  });

  it('answers the policy of a day: the last one set for it or before, and the pilot default before all', async () => {
    const policy = (hoursToAccept: number): ProgrammePolicy => ({ ...defaultProgrammePolicy, hoursToAccept });
    const set = (from: string, hours: number): DomainEvent => ({
      type: 'ProgrammePolicySet',
      locationId: 'zwolle',
      from,
      policy: policy(hours),
      occurredAt,
    });
    await given(set('2021-03-01', 1), set('2021-01-01', 2), set('2021-03-01', 3));

    expect(await policyOnDay(readModel.db, 'zwolle', '2020-12-31')).toEqual({
      policy: defaultProgrammePolicy,
      revision: null,
    });
    expect(await policyOnDay(readModel.db, 'zwolle', '2021-02-28')).toEqual({
      policy: policy(2),
      revision: 1n,
    });
    expect(await policyOnDay(readModel.db, 'zwolle', '2021-03-01')).toEqual({
      policy: policy(3),
      revision: 2n,
    });
  });
});
