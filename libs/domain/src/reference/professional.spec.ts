import { by, loketMedewerker, raadslied, sealed, time } from '../test-support/people.js';
import { scenarioOf } from '../test-support/scenario.js';
import { professionalDecider, type ProfessionalCommand } from './professional.js';

const { given, after } = scenarioOf(professionalDecider);

const { professionalId } = raadslied;
const at = (clock: string) => by(raadslied, time(clock), { mandate: 'ADMINISTRATION' });
const done = (clock: string, command: ProfessionalCommand) => ({ command, context: at(clock) });

const registered = (changes: Partial<typeof raadslied> = {}) =>
  done('09:00', { type: 'RegisterProfessional', ...raadslied, details: sealed('details'), ...changes });
const moved = (to: typeof raadslied) => done('10:00', { type: 'MoveProfessional', ...to, professionalId });
const deactivated = (reason: 'LEFT' | 'ABSENT', clock = '11:00') =>
  done(clock, { type: 'DeactivateProfessional', professionalId, reason });
const reactivated = done('12:00', { type: 'ReactivateProfessional', professionalId });
const detailsChanged = done('13:00', {
  type: 'ChangeProfessionalDetails',
  professionalId,
  details: sealed('new details'),
});

describe('a professional', () => {
  it('belongs to an organisation at a location', () => {
    given()
      .when(registered())
      .yields({
        type: 'ProfessionalRegistered',
        ...raadslied,
        details: sealed('details'),
        occurredAt: time('09:00'),
      });
  });

  it('is registered once', () => {
    given(registered())
      .when(registered({ locationId: 'zwolle' }))
      .isRefused({ code: 'PROFESSIONAL_ALREADY_REGISTERED', field: 'professionalId', facts: {} });
  });

  it('moves to another organisation or location', () => {
    given(registered())
      .when(moved(loketMedewerker))
      .yields({
        type: 'ProfessionalMoved',
        ...loketMedewerker,
        professionalId,
        occurredAt: time('10:00'),
      });
    expect(after(registered(), moved(loketMedewerker))).toMatchObject({
      status: 'ACTIVE',
      party: { ...loketMedewerker, professionalId },
    });
  });

  it('may change name and contact details, which stay sealed', () => {
    given(registered())
      .when(detailsChanged)
      .yields({
        type: 'ProfessionalDetailsChanged',
        professionalId,
        details: sealed('new details'),
        occurredAt: time('13:00'),
      });
  });

  it.each(['LEFT', 'ABSENT'] as const)('stops: %s', (reason) => {
    given(registered())
      .when(deactivated(reason))
      .yields({ type: 'ProfessionalDeactivated', professionalId, reason, occurredAt: time('11:00') });
    expect(after(registered(), deactivated(reason))).toMatchObject({ status: 'INACTIVE', reason });
  });

  it('may leave after an absence', () => {
    given(registered(), deactivated('ABSENT'))
      .when(deactivated('LEFT', '11:30'))
      .yields({
        type: 'ProfessionalDeactivated',
        professionalId,
        reason: 'LEFT',
        occurredAt: time('11:30'),
      });
  });

  it('may come back', () => {
    given(registered(), deactivated('ABSENT'))
      .when(reactivated)
      .yields({ type: 'ProfessionalReactivated', professionalId, occurredAt: time('12:00') });
    given(registered()).when(reactivated).yields();
  });

  it('who is away does not move', () => {
    given(registered(), deactivated('LEFT', '09:30'))
      .when(moved(loketMedewerker))
      .isRefused({ code: 'PROFESSIONAL_NOT_ACTIVE', field: 'professionalId', facts: { reason: 'LEFT' } });
  });

  it.each([moved(loketMedewerker), deactivated('LEFT'), reactivated, detailsChanged])(
    'who was never registered accepts nothing: $command.type',
    (step) => {
      given().when(step).isRefused({ code: 'PROFESSIONAL_NOT_FOUND', field: 'professionalId', facts: {} });
    },
  );

  it.each([moved(loketMedewerker), deactivated('LEFT'), detailsChanged])(
    'does nothing before the registration: $command.type',
    (step) => {
      given(registered())
        .when({ ...step, context: { ...step.context, occurredAt: time('08:00') } })
        .isRefused({
          code: 'OCCURRED_BEFORE_STEP',
          rule: 'two times',
          field: 'occurredAt',
          facts: { occurredAt: time('08:00'), notBefore: time('09:00') },
        });
    },
  );

  it('does not register or come back at a time that nobody can read', () => {
    const unreadable = {
      code: 'OCCURRED_UNREADABLE',
      rule: 'two times',
      field: 'occurredAt',
      facts: {},
    } as const;
    const context = { ...at('12:00'), occurredAt: 'soon' };
    given()
      .when({ ...registered(), context })
      .isRefused(unreadable);
    given(registered(), deactivated('ABSENT'))
      .when({ ...reactivated, context })
      .isRefused(unreadable);
  });

  it('has a history that begins with a registration', () => {
    expect(() =>
      professionalDecider.evolve(professionalDecider.initialState, {
        type: 'ProfessionalReactivated',
        professionalId,
        occurredAt: time('12:00'),
      }),
    ).toThrow('begins with ProfessionalReactivated');
  });
});
