import { by, loketMedewerker, raadslied, raadsliedsColleague, sealed, time } from '../test-support/people.js';
import { scenarioOf } from '../test-support/scenario.js';
import { professionalDecider, type ProfessionalCommand } from './professional.js';

const { given } = scenarioOf(professionalDecider);

const { professionalId } = raadslied;
const done = (clock: string, command: ProfessionalCommand) => ({
  command,
  context: by(raadsliedsColleague, time(clock), { mandate: 'ADMINISTRATION' }),
});
const registered = done('09:00', { type: 'RegisterProfessional', ...raadslied, details: sealed('details') });
const deactivated = (reason: 'LEFT' | 'ABSENT', clock = '10:00') =>
  done(clock, { type: 'DeactivateProfessional', professionalId, reason });
const left = deactivated('LEFT');
const ordered = (
  officer = raadsliedsColleague,
  mandate: 'DATA_PROTECTION' | 'ADMINISTRATION' = 'DATA_PROTECTION',
) => ({
  command: { type: 'OrderProfessionalErasure', professionalId } as const,
  context: by(officer, time('11:00'), { mandate }),
});
const recorded = done('11:01', { type: 'RecordProfessionalErasure', professionalId, keyId: 'key-1' });
const field = 'professionalId';

describe('the name and contact details of a professional', () => {
  it('are erased after the person left, and the certificate is on the stream', () => {
    given(registered, left)
      .when(ordered())
      .yields({
        type: 'ProfessionalErasureOrdered',
        professionalId,
        orderedBy: raadsliedsColleague,
        occurredAt: time('11:00'),
      });
    given(registered, left, ordered())
      .when(recorded)
      .yields({
        type: 'ProfessionalDetailsErased',
        professionalId,
        keyId: 'key-1',
        occurredAt: time('11:01'),
      });
  });

  it.each([
    ['works', [registered]],
    ['is absent for a while', [registered, deactivated('ABSENT')]],
  ])('stay while the person %s', (_, history) => {
    given(...history)
      .when(ordered())
      .isRefused({ code: 'PROFESSIONAL_NOT_LEFT', rule: 'AVG art. 17', field, facts: {} });
  });

  it('are the business of the organisation that was left, and of nobody else', () => {
    given(registered, left)
      .when(ordered(loketMedewerker))
      .isRefused({ code: 'PROFESSIONAL_NOT_FOUND', field, facts: {} });
    given(registered, left)
      .when(ordered(raadsliedsColleague, 'ADMINISTRATION'))
      .isRefused({ code: 'NOT_ALLOWED', facts: {} });
  });

  it('cannot be recorded as erased without an order', () => {
    given(registered, left).when(recorded).isRefused({ code: 'ERASURE_NOT_FOUND', field, facts: {} });
  });

  it.each<[string, ProfessionalCommand]>([
    ['get new ones', { type: 'ChangeProfessionalDetails', professionalId, details: sealed('new') }],
    ['come back', { type: 'ReactivateProfessional', professionalId }],
    ['turn out to be absent only', { type: 'DeactivateProfessional', professionalId, reason: 'ABSENT' }],
  ])('once ordered erased, the person cannot %s', (_, command) => {
    for (const history of [
      [registered, left, ordered()],
      [registered, left, ordered(), recorded],
    ])
      given(...history)
        .when(done('12:00', command))
        .isRefused({ code: 'PROFESSIONAL_ERASED', rule: 'AVG art. 17', field, facts: {} });
  });
});
