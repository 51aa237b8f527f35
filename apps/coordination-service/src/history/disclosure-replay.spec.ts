import { randomUUID } from 'node:crypto';
import { openPolicy, policyEngine, roles, shippedPolicy } from '@spil/access';
import { caseDecider, type CaseEvent } from '@spil/domain';
import type { RecordedEvent } from '@spil/event-store';
import { caseRegistered, metadataOf } from '../../../../test/support/case-events.js';
import { disclosureRights, type DisclosureRight } from './disclosure-replay.js';

const opened = caseRegistered();
const loket = opened.registeredBy;
const later = { caseId: opened.caseId, occurredAt: opened.occurredAt } as const;
const walledOff = (against: { professionalId: string } | { organisationId: string }): CaseEvent => ({
  type: 'ConflictWallRaised',
  ...later,
  wallId: randomUUID(),
  raisedBy: loket,
  against,
});

function rightsAfter(events: readonly CaseEvent[], engine = policyEngine()): DisclosureRight[] {
  const history = events.map((event, at): RecordedEvent<CaseEvent> => ({
    event,
    metadata: metadataOf(event),
    stream: `case-${opened.caseId}`,
    eventId: randomUUID(),
    revision: BigInt(at),
    position: { commit: BigInt(at), prepare: BigInt(at) },
    storedAt: new Date(event.occurredAt),
  }));
  const state = events.reduce(caseDecider.evolve, caseDecider.initialState);
  if (state.status === 'NOT_REGISTERED') throw new Error('no case was registered');
  return disclosureRights(history, state, opened.occurredAt, engine);
}

describe('who could do what with a case', () => {
  it.each(roles)('is asked of the policy for the role %s', (role) => {
    const everything = { ...shippedPolicy(), policy: 'permit (principal, action, resource);' };
    expect(rightsAfter([opened], openPolicy(everything)).map((right) => right.role)).toContain(role);
  });

  it('tells that the local coordinator of the organisation that registered it lifts walls and reviews emergency access', () => {
    const watchers = rightsAfter([opened]).filter(({ actions }) =>
      actions.includes('REVIEW_EMERGENCY_ACCESS'),
    );
    expect(new Set(watchers.map(({ role, organisationId }) => `${role} ${String(organisationId)}`))).toEqual(
      new Set([`COORDINATOR ${loket.organisationId}`, `PRIVACY_OFFICER ${loket.organisationId}`]),
    );
    for (const { actions } of watchers) expect(actions).toContain('LIFT_WALL');
  });

  it('tells what anyone could do who has no part in it', () => {
    const nowhere = { professionalId: null, organisationId: null, locationId: null };
    const ofAnyone = rightsAfter([opened]).filter(({ organisationId }) => organisationId === null);
    expect(ofAnyone).toEqual([
      { ...nowhere, role: 'PROFESSIONAL', actions: ['LINK_BY_CODE', 'TAKE_EMERGENCY_ACCESS'] },
      { ...nowhere, role: 'COORDINATOR', actions: ['LINK_BY_CODE', 'TAKE_EMERGENCY_ACCESS'] },
      { ...nowhere, role: 'AUDITOR', actions: ['SEE_HISTORY', 'SEE_ACCESS_LOG'] },
    ]);
  });

  it.each([
    ['a professional', { professionalId: 'acts-for-the-landlord' }],
    ['an organisation', { organisationId: 'firm-of-the-landlord' }],
  ])('tells of %s behind a wall that not even that is there', (_, against) => {
    const named = { professionalId: null, organisationId: null, locationId: null, ...against };
    const nothing = rightsAfter([opened, walledOff(against)]).filter(({ actions }) => actions.length === 0);
    expect(nothing).toEqual([
      { ...named, role: 'PROFESSIONAL', actions: [] },
      { ...named, role: 'COORDINATOR', actions: [] },
    ]);
  });
});
