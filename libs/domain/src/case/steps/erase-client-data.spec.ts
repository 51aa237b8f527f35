import { after, caseId, given, registered, registration, step } from '../../test-support/case-story.js';
import { by, raadslied, time } from '../../test-support/people.js';
import { refuse } from '../../shared/refusal.js';
import { caseDecider } from '../decider.js';

const { organisationId } = raadslied;
const { clientId } = registration;
const erasureId = 'erasure-1';
const ordered = step(
  { type: 'OrderClientErasure', caseId, erasureId, clientId, organisationId },
  by(raadslied, time('11:00')),
);
const recorded = step(
  { type: 'RecordClientErasure', caseId, erasureId, organisationId, keyId: 'key-1' },
  by(raadslied, time('11:10')),
);

describe('an erasure that comes before the registration', () => {
  it('is told to the case all the same', () => {
    const about = { caseId, erasureId, organisationId };
    given()
      .when(ordered)
      .yields({ type: 'ClientErasureOrdered', ...about, clientId, occurredAt: time('11:00') });
    given(ordered)
      .when(recorded)
      .yields({ type: 'ClientDataErased', ...about, keyId: 'key-1', occurredAt: time('11:10') });
  });

  it.each([
    ['ordered', [ordered]],
    ['carried out', [ordered, recorded]],
  ])('keeps the case from being registered once it is %s', (_, history) => {
    given(...history)
      .when(registered({}, by(raadslied, time('12:00'))))
      .isRefused({ code: 'CLIENT_DATA_ERASED', rule: 'AVG art. 17', facts: { orderedAt: time('11:00') } });
  });

  it('cannot be recorded as done before it was ordered', () => {
    expect(caseDecider.decide(recorded.command, after(), recorded.context)).toEqual(
      refuse('ERASURE_NOT_FOUND', { field: 'erasureId' }),
    );
  });
});
