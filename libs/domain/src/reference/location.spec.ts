import { by, raadslied, time } from '../test-support/people.js';
import { scenarioOf } from '../test-support/scenario.js';
import { locationDecider, type ChangeLocation, type RegisterLocation } from './location.js';

const { given } = scenarioOf(locationDecider);

const walcheren = {
  name: 'Walcheren',
  municipalities: ['GM0687', 'GM0718', 'GM0717'],
  arrondissement: 'ZEELAND-WEST-BRABANT',
};
const registered = (changes: Partial<RegisterLocation> = {}) => ({
  command: { type: 'RegisterLocation' as const, locationId: 'walcheren', facts: walcheren, ...changes },
  context: by(raadslied, time('09:00'), { mandate: 'ADMINISTRATION' }),
});
const changed = (facts: ChangeLocation['facts']) => ({
  command: { type: 'ChangeLocation' as const, locationId: 'walcheren', facts },
  context: by(raadslied, time('10:00'), { mandate: 'ADMINISTRATION' }),
});

describe('a location', () => {
  it('covers one or more municipalities', () => {
    given()
      .when(registered())
      .yields({
        type: 'LocationRegistered',
        locationId: 'walcheren',
        facts: walcheren,
        occurredAt: time('09:00'),
      });
  });

  it('is registered once', () => {
    given(registered())
      .when(registered({ facts: { ...walcheren, name: 'Zeeland' } }))
      .isRefused({ code: 'LOCATION_ALREADY_REGISTERED', field: 'locationId', facts: {} });
  });

  it.each([
    { ...walcheren, name: 'Walcheren en Bevelanden' },
    { ...walcheren, arrondissement: 'ROTTERDAM' },
    { ...walcheren, municipalities: ['GM0687'] },
    { ...walcheren, municipalities: ['GM0687', 'GM0718', 'GM0664'] },
  ])('changes to its whole new value', (facts) => {
    given(registered())
      .when(changed(facts))
      .yields({ type: 'LocationChanged', locationId: 'walcheren', facts, occurredAt: time('10:00') });
  });

  it('that stays the same yields nothing', () => {
    given(registered()).when(changed(walcheren)).yields();
  });

  it('that was never registered cannot change', () => {
    given()
      .when(changed(walcheren))
      .isRefused({ code: 'LOCATION_NOT_FOUND', field: 'locationId', facts: {} });
  });

  it('does not come before its time', () => {
    const step = changed({ ...walcheren, name: 'Zeeland' });
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
      locationDecider.evolve(locationDecider.initialState, {
        type: 'LocationChanged',
        locationId: 'walcheren',
        facts: walcheren,
        occurredAt: time('10:00'),
      }),
    ).toThrow('begins with a change');
  });
});
