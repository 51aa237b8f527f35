import { caseId, given, referred, registered, step } from '../../test-support/case-story.js';
import { by, piketLawyer, raadslied, time } from '../../test-support/people.js';
import type { ToevoegingKind } from '../terms.js';
import type { RequestToevoeging } from './request-toevoeging.js';

const applied = (changes: Partial<RequestToevoeging> = {}, context = by(piketLawyer, time('13:10'))) =>
  step(
    {
      type: 'RequestToevoeging',
      caseId,
      toevoegingId: 'toevoeging-1',
      referralId: null,
      kind: 'LAT',
      ...changes,
    },
    context,
  );
const granted = step(
  { type: 'GrantToevoeging', caseId, toevoegingId: 'toevoeging-1' },
  by(piketLawyer, time('15:00')),
);
const refused = step(
  {
    type: 'RefuseToevoeging',
    caseId,
    toevoegingId: 'toevoeging-1',
    ground: 'ZELFREDZAAMHEIDSCRITERIUM',
  },
  by(piketLawyer, time('15:00')),
);
const inError = step(
  {
    type: 'EnterFactInError',
    caseId,
    fact: { kind: 'TOEVOEGING', id: 'toevoeging-1' },
    reason: 'WRONG_CASE',
  },
  by(piketLawyer, time('14:00')),
);

describe('a toevoeging', () => {
  it.each<ToevoegingKind>(['LAT', 'REGULAR', 'ATZ'])('of kind %s is applied for', (kind) => {
    given(registered(), referred())
      .when(applied({ kind, referralId: 'referral-1' }))
      .yields({
        type: 'ToevoegingRequested',
        caseId,
        occurredAt: time('13:10'),
        toevoegingId: 'toevoeging-1',
        referralId: 'referral-1',
        kind,
        requestedBy: piketLawyer,
      });
  });

  it('is granted', () => {
    given(registered(), applied())
      .when(granted)
      .yields({ type: 'ToevoegingGranted', caseId, occurredAt: time('15:00'), toevoegingId: 'toevoeging-1' });
  });

  it('is refused on a ground, which the self-reliance monitor counts', () => {
    given(registered(), applied())
      .when(refused)
      .yields({
        type: 'ToevoegingRefused',
        caseId,
        occurredAt: time('15:00'),
        toevoegingId: 'toevoeging-1',
        ground: 'ZELFREDZAAMHEIDSCRITERIUM',
      });
  });

  it('is decided on once', () => {
    given(registered(), applied(), granted)
      .when(refused)
      .isRefused({ code: 'TOEVOEGING_NOT_OPEN', facts: { status: 'GRANTED', inError: false } });
    given(registered(), applied(), refused)
      .when(granted)
      .isRefused({ code: 'TOEVOEGING_NOT_OPEN', facts: { status: 'REFUSED', inError: false } });
    given(registered(), applied(), refused)
      .when(
        step(
          { type: 'RefuseToevoeging', caseId, toevoegingId: 'toevoeging-1', ground: 'MEANS' },
          by(piketLawyer, time('15:00')),
        ),
      )
      .isRefused({ code: 'TOEVOEGING_NOT_OPEN', facts: { status: 'REFUSED', inError: false } });
  });

  it('that was never applied for is not decided on', () => {
    given(registered())
      .when(granted)
      .isRefused({ code: 'TOEVOEGING_NOT_FOUND', field: 'toevoegingId', facts: {} });
    given(registered(), applied(), inError)
      .when(granted)
      .isRefused({ code: 'TOEVOEGING_NOT_OPEN', facts: { status: 'REQUESTED', inError: true } });
  });

  it('belongs to a referral that exists, where one is named', () => {
    given(registered())
      .when(applied({ referralId: 'another' }))
      .isRefused({ code: 'REFERRAL_NOT_FOUND', field: 'referralId', facts: {} });
  });

  it('of kind ATZ does not exist before 1 July 2021', () => {
    const before = by(raadslied, '2021-06-30T12:00:00.000Z', { mandate: 'IMPORT' });
    given(registered({}, before))
      .when(applied({ kind: 'ATZ' }, before))
      .isRefused({
        code: 'TOEVOEGING_KIND_NOT_YET_IN_FORCE',
        rule: 'P terms',
        field: 'kind',
        facts: { kind: 'ATZ', since: '2021-07-01' },
      });
  });
});
