import { by, raadslied, time } from '../test-support/people.js';
import { scenarioOf } from '../test-support/scenario.js';
import type { ProgrammePolicy } from './events.js';
import { defaultProgrammePolicy, policyDecider, policyOn } from './programme-policy.js';

const { given, after } = scenarioOf(policyDecider);

const wished: ProgrammePolicy = {
  ...defaultProgrammePolicy,
  consultedLawyerMayReceiveFrom: ['SOCIAAL_RAADSLIEDEN'],
};
const withoutDesk: ProgrammePolicy = { ...wished, localDesk: false };

const set = (
  from: string,
  policy: ProgrammePolicy,
  mandate: 'ADMINISTRATION' | 'IMPORT' = 'ADMINISTRATION',
) => ({
  command: { type: 'SetProgrammePolicy' as const, locationId: 'zwolle', from, policy },
  context: by(raadslied, time('09:00'), { mandate }),
});
const policySet = (from: string, policy: ProgrammePolicy) => ({
  type: 'ProgrammePolicySet' as const,
  locationId: 'zwolle',
  from,
  policy,
  occurredAt: time('09:00'),
});

describe('programme policy', () => {
  it('is that of the pilot until a location sets its own: a desk, and no referral to the consulted lawyer', () => {
    expect(policyOn(after(), '2020-09-01')).toBe(defaultProgrammePolicy);
    expect(defaultProgrammePolicy).toMatchObject({ consultedLawyerMayReceiveFrom: [], localDesk: true });
  });

  it('holds from a day on, and leaves the days before as they were', () => {
    const state = after(set('2021-10-01', wished), set('2022-01-01', withoutDesk));
    expect(policyOn(state, '2021-09-30')).toBe(defaultProgrammePolicy);
    expect(policyOn(state, '2021-10-01')).toBe(wished);
    expect(policyOn(state, '2021-12-31')).toBe(wished);
    expect(policyOn(state, '2022-01-01')).toBe(withoutDesk);
  });

  it('is set from a day', () => {
    given().when(set('2021-10-01', wished)).yields(policySet('2021-10-01', wished));
  });

  it('may be set anew for the same day', () => {
    given(set('2021-10-01', wished))
      .when(set('2021-10-01', withoutDesk))
      .yields(policySet('2021-10-01', withoutDesk));
    expect(policyOn(after(set('2021-10-01', wished), set('2021-10-01', withoutDesk)), '2021-10-01')).toBe(
      withoutDesk,
    );
  });

  it.each([
    { ...wished, hoursToAccept: 24 },
    { ...wished, attemptsBeforeEscalation: 5 },
    { ...wished, minutesBeforeEscalation: null },
    { ...wished, consultedLawyerMayReceiveFrom: ['JURIDISCH_LOKET' as const] },
    { ...wished, consultedLawyerMayReceiveFrom: [] },
  ])('differs when any part of it differs', (policy) => {
    given(set('2021-10-01', wished)).when(set('2021-10-01', policy)).yields(policySet('2021-10-01', policy));
  });

  it('does not change the past: decisions were taken on what held then', () => {
    given(set('2021-10-01', wished))
      .when(set('2021-09-01', withoutDesk))
      .isRefused({
        code: 'POLICY_NOT_FORWARD',
        rule: 'rule 4',
        field: 'from',
        facts: { from: '2021-09-01', latest: '2021-10-01' },
      });
  });

  it('is not set at a time that nobody can read', () => {
    const step = set('2021-10-01', wished);
    given()
      .when({ ...step, context: { ...step.context, occurredAt: 'soon' } })
      .isRefused({ code: 'OCCURRED_UNREADABLE', rule: 'two times', field: 'occurredAt', facts: {} });
  });

  it('of the past is filled in by an import', () => {
    const pilot = set('2020-09-01', defaultProgrammePolicy, 'IMPORT');
    given(set('2021-10-01', wished)).when(pilot).yields(policySet('2020-09-01', defaultProgrammePolicy));
    const state = after(set('2021-10-01', wished), pilot);
    expect(policyOn(state, '2021-09-30')).toBe(defaultProgrammePolicy);
    expect(policyOn(state, '2021-10-01')).toBe(wished);
  });
});
