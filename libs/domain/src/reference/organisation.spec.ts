import { by, raadslied, time } from '../test-support/people.js';
import { scenarioOf } from '../test-support/scenario.js';
import { organisationDecider, type RegisterOrganisation } from './organisation.js';

const { given } = scenarioOf(organisationDecider);

const registered = (changes: Partial<RegisterOrganisation> = {}) => ({
  command: {
    type: 'RegisterOrganisation' as const,
    organisationId: 'srw-walcheren',
    name: 'Sociaal Raadslieden Walcheren',
    organisationKind: 'SOCIAAL_RAADSLIEDEN' as const,
    ...changes,
  },
  context: by(raadslied, time('09:00'), { mandate: 'ADMINISTRATION' }),
});
const renamed = (name: string) => ({
  command: { type: 'RenameOrganisation' as const, organisationId: 'srw-walcheren', name },
  context: by(raadslied, time('10:00'), { mandate: 'ADMINISTRATION' }),
});

describe('an organisation', () => {
  it('is of one kind', () => {
    given()
      .when(registered())
      .yields({
        type: 'OrganisationRegistered',
        organisationId: 'srw-walcheren',
        name: 'Sociaal Raadslieden Walcheren',
        organisationKind: 'SOCIAAL_RAADSLIEDEN',
        occurredAt: time('09:00'),
      });
  });

  it('never changes kind, since figures count by it', () => {
    given(registered())
      .when(registered({ organisationKind: 'OTHER' }))
      .isRefused({ code: 'ORGANISATION_ALREADY_REGISTERED', field: 'organisationId', facts: {} });
  });

  it('can get another name', () => {
    given(registered())
      .when(renamed('Raadslieden Zeeland'))
      .yields({
        type: 'OrganisationRenamed',
        organisationId: 'srw-walcheren',
        name: 'Raadslieden Zeeland',
        occurredAt: time('10:00'),
      });
  });

  it('that keeps its name yields nothing', () => {
    given(registered()).when(renamed('Sociaal Raadslieden Walcheren')).yields();
  });

  it('that was never registered has no name to change', () => {
    given()
      .when(renamed('Raadslieden Zeeland'))
      .isRefused({ code: 'ORGANISATION_NOT_FOUND', field: 'organisationId', facts: {} });
  });

  it('does not come before its time', () => {
    const step = renamed('Raadslieden Zeeland');
    given()
      .when({ ...registered(), context: { ...step.context, occurredAt: 'soon' } })
      .isRefused({ code: 'OCCURRED_UNREADABLE', rule: 'two times', field: 'occurredAt', facts: {} });
    given(registered())
      .when({ ...step, context: { ...step.context, occurredAt: time('08:00') } })
      .isRefused({
        code: 'OCCURRED_BEFORE_STEP',
        rule: 'two times',
        field: 'occurredAt',
        facts: { occurredAt: time('08:00'), notBefore: time('09:00') },
      });
  });

  it('has a history that begins with its registration', () => {
    expect(() =>
      organisationDecider.evolve(organisationDecider.initialState, {
        type: 'OrganisationRenamed',
        organisationId: 'srw-walcheren',
        name: 'Raadslieden Zeeland',
        occurredAt: time('10:00'),
      }),
    ).toThrow('begins with a new name');
  });
});
