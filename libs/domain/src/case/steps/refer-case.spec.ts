import { defaultProgrammePolicy } from '../../reference/programme-policy.js';
import {
  accepted,
  assessed,
  caseId,
  consented,
  given,
  joined,
  offered,
  prepared,
  reached,
  receiver,
  referralAccepted,
  referred,
  registered,
  step,
} from '../../test-support/case-story.js';
import {
  by,
  deadlines,
  loketMedewerker,
  mediator,
  otherLawyer,
  piketLawyer,
  piketLawyersColleague,
  raadslied,
  sealed,
  time,
  wijkteam,
} from '../../test-support/people.js';
import type { CaseReferred } from '../events.js';

const toLoket = { ...receiver(loketMedewerker), professionalId: null };

const caseReferred: CaseReferred = {
  type: 'CaseReferred',
  caseId,
  occurredAt: time('13:00'),
  referralId: 'referral-1',
  referredBy: raadslied,
  to: toLoket,
  direction: 'FORWARD',
  warmth: 'COLD',
  handoverId: null,
  toevoegingKind: null,
  coldReason: null,
  respondBy: '2021-09-09T13:00:00.000Z',
};

const warm = { warmth: 'WARM', handoverId: 'handover-1' } as const;
const wished = { ...defaultProgrammePolicy, consultedLawyerMayReceiveFrom: ['SOCIAAL_RAADSLIEDEN'] as const };

describe('referring a client', () => {
  it('never requires a conversation first', () => {
    given(registered()).when(referred()).yields(caseReferred);
  });

  it('names the kind of toevoeging that is expected', () => {
    given(registered())
      .when(referred({ to: receiver(otherLawyer), toevoegingKind: 'LAT' }))
      .yields({ ...caseReferred, to: receiver(otherLawyer), toevoegingKind: 'LAT' });
  });

  it.each([
    ['a lawyer to the Juridisch Loket', piketLawyer, loketMedewerker, 'BACK'],
    ['a mediator to a raadslied', mediator, raadslied, 'BACK'],
    ['a lawyer to a wijkteam', piketLawyer, wijkteam, 'FORWARD'],
    ['a lawyer to a mediator', piketLawyer, mediator, 'FORWARD'],
    ['the Juridisch Loket to a raadslied', loketMedewerker, raadslied, 'FORWARD'],
  ] as const)(
    'from %s goes back only when it goes from the second to the first line',
    (_, from, to, direction) => {
      given(registered())
        .when(referred({ to: receiver(to) }, by(from, time('13:00'))))
        .yields({ ...caseReferred, referredBy: from, to: receiver(to), direction });
    },
  );

  it('refuses to refer to oneself', () => {
    given(registered())
      .when(referred({ to: receiver(raadslied) }))
      .isRefused({ code: 'REFERRAL_TO_SELF', field: 'to', facts: {} });
  });

  it('refuses to refer to the own organisation without naming a colleague', () => {
    given(registered())
      .when(referred({ to: { ...receiver(raadslied), professionalId: null } }))
      .isRefused({ code: 'REFERRAL_TO_SELF', field: 'to', facts: {} });
  });

  it('knows no ATZ before 1 July 2021', () => {
    const june = by(raadslied, '2021-06-30T21:59:00.000Z', { mandate: 'IMPORT' });
    given(registered({}, june))
      .when(referred({ toevoegingKind: 'ATZ' }, june))
      .isRefused({
        code: 'TOEVOEGING_KIND_NOT_YET_IN_FORCE',
        rule: 'P terms',
        field: 'toevoegingKind',
        facts: { kind: 'ATZ', since: '2021-07-01' },
      });
  });

  it('knows ATZ from the first minute of 1 July 2021 in the Netherlands', () => {
    const july = by(raadslied, '2021-06-30T22:00:00.000Z', { mandate: 'IMPORT' });
    given(registered({}, july))
      .when(referred({ toevoegingKind: 'ATZ' }, july))
      .yields({
        ...caseReferred,
        occurredAt: '2021-06-30T22:00:00.000Z',
        toevoegingKind: 'ATZ',
        respondBy: null,
      });
  });

  it('sets no deadline where policy sets none', () => {
    given(registered())
      .when(referred({ policy: { ...defaultProgrammePolicy, hoursToAccept: null } }))
      .yields({ ...caseReferred, respondBy: null });
  });
});

describe('a client who is not self-reliant', () => {
  it('is not referred cold without a reason', () => {
    given(registered(), assessed())
      .when(referred())
      .isRefused({ code: 'REFERRAL_COLD_NEEDS_REASON', rule: 'rule 6', field: 'coldReason', facts: {} });
  });

  it('is referred cold with a reason', () => {
    const coldReason = sealed('reason');
    given(registered(), assessed())
      .when(referred({ manner: { warmth: 'COLD', coldReason } }))
      .yields({ ...caseReferred, coldReason });
  });

  it('is referred warm without one', () => {
    given(registered(), assessed())
      .when(referred({ to: receiver(loketMedewerker), manner: warm }))
      .yields({
        ...caseReferred,
        to: receiver(loketMedewerker),
        warmth: 'WARM',
        handoverId: 'handover-1',
        respondBy: null,
      });
  });
});

describe('a warm referral', () => {
  const referredWarm = referred({ to: receiver(loketMedewerker), manner: warm });

  it('goes to a person, not to an organisation', () => {
    given(registered())
      .when(referred({ manner: warm }))
      .isRefused({ code: 'HANDOVER_NEEDS_PERSON', rule: 'rule 5', field: 'to', facts: {} });
  });

  it('has one handover, which carries no other open referral', () => {
    given(registered(), referredWarm)
      .when(referred({ referralId: 'referral-2', to: receiver(loketMedewerker), manner: warm }))
      .isRefused({
        code: 'HANDOVER_NOT_IN_STATE',
        rule: 'rule 5',
        field: 'handoverId',
        facts: { referralId: 'referral-1' },
      });
  });

  it('does not take a handover that lies with a receiver already', () => {
    given(registered(), prepared(), consented(), offered(), accepted())
      .when(referred({ to: receiver(loketMedewerker), manner: warm }, by(raadslied, time('14:40'))))
      .isRefused({
        code: 'HANDOVER_NOT_IN_STATE',
        rule: 'rule 5',
        facts: { status: 'ACCEPTED', consent: 'GIVEN' },
      });
  });

  it('is answered with its handover, not by itself', () => {
    given(registered(), referredWarm)
      .when(referralAccepted(by(loketMedewerker, time('13:30'))))
      .isRefused({
        code: 'REFERRAL_FOLLOWS_HANDOVER',
        rule: 'rule 5',
        facts: { handoverId: 'handover-1' },
      });
  });
});

describe('the lawyer who was consulted', () => {
  const toPiketLawyer = { to: receiver(piketLawyer) };
  const forbidden = {
    code: 'REFERRAL_TO_CONSULTED_LAWYER_FORBIDDEN',
    rule: 'rule 4',
    field: 'to',
    facts: { referringKind: 'SOCIAAL_RAADSLIEDEN', allowedFrom: [] },
  } as const;

  it('may not receive the referral, as in the pilot', () => {
    given(registered(), reached()).when(referred(toPiketLawyer)).isRefused(forbidden);
  });

  it('may not receive it either when only the own registration shows the consultation', () => {
    given(registered(), reached({ reachedProfessionalId: null }), joined())
      .when(referred(toPiketLawyer))
      .isRefused(forbidden);
  });

  it('may receive it from raadslieden where policy says so', () => {
    given(registered(), reached())
      .when(referred({ ...toPiketLawyer, policy: wished }))
      .yields({ ...caseReferred, ...toPiketLawyer });
  });

  it('may not receive it from the Juridisch Loket where policy only says so for raadslieden', () => {
    given(registered({}, by(loketMedewerker, time('09:00'))), reached({}, by(loketMedewerker, time('09:30'))))
      .when(referred({ ...toPiketLawyer, policy: wished }, by(loketMedewerker, time('13:00'))))
      .isRefused({
        ...forbidden,
        facts: { referringKind: 'JURIDISCH_LOKET', allowedFrom: ['SOCIAAL_RAADSLIEDEN'] },
      });
  });

  it('does not bind another lawyer', () => {
    given(registered(), reached())
      .when(referred({ to: receiver(otherLawyer) }))
      .yields({ ...caseReferred, to: receiver(otherLawyer) });
  });

  it('may not accept what was referred to the office without a name', () => {
    const toOffice = referred({ to: { ...receiver(piketLawyer), professionalId: null } });
    given(registered(), reached(), toOffice)
      .when(referralAccepted(by(piketLawyer, time('13:30'))))
      .isRefused(forbidden);
  });

  it('leaves that to a colleague at the office', () => {
    const toOffice = referred({ to: { ...receiver(piketLawyer), professionalId: null } });
    given(registered(), reached(), toOffice)
      .when(referralAccepted(by(piketLawyersColleague, time('13:30'))))
      .yields({
        type: 'ReferralAccepted',
        caseId,
        occurredAt: time('13:30'),
        referralId: 'referral-1',
        acceptedBy: piketLawyersColleague,
      });
  });

  it('is a rule for the second line: the first line may get back what it advised on', () => {
    given(
      registered({ registrationKind: 'SECOND_LINE_ASKS_FIRST_LINE' }, by(piketLawyer, time('09:00'))),
      reached(
        { reachedKind: 'SOCIAAL_RAADSLIEDEN', reachedProfessionalId: 'raadslied' },
        by(piketLawyer, time('09:30')),
      ),
    )
      .when(referred({ to: receiver(raadslied) }, by(piketLawyer, time('13:00'))))
      .yields({ ...caseReferred, referredBy: piketLawyer, to: receiver(raadslied), direction: 'BACK' });
  });
});

describe('answering a referral', () => {
  const declined = (context = by(loketMedewerker, time('13:30'))) =>
    step(
      {
        type: 'DeclineReferral',
        caseId,
        referralId: 'referral-1',
        reason: 'NO_CAPACITY',
        explanation: null,
      },
      context,
    );
  const lapsed = (context = deadlines('2021-09-09T13:00:00.000Z')) =>
    step({ type: 'LapseReferral', caseId, referralId: 'referral-1' }, context);
  const wrongReceiver = {
    code: 'REFERRAL_NOT_RECEIVER',
    facts: { organisationId: 'juridisch-loket' },
  } as const;

  it('is open to everyone at the organisation when nobody was named', () => {
    given(registered(), referred())
      .when(referralAccepted(by(loketMedewerker, time('13:30'))))
      .yields({
        type: 'ReferralAccepted',
        caseId,
        occurredAt: time('13:30'),
        referralId: 'referral-1',
        acceptedBy: loketMedewerker,
      });
  });

  it('is refused to another organisation', () => {
    given(registered(), referred())
      .when(referralAccepted(by(otherLawyer, time('13:30'))))
      .isRefused(wrongReceiver);
    given(registered(), referred())
      .when(declined(by(otherLawyer, time('13:30'))))
      .isRefused(wrongReceiver);
  });

  it('is refused to a colleague of the person who was named', () => {
    given(registered(), referred({ to: receiver(loketMedewerker) }))
      .when(referralAccepted(by({ ...loketMedewerker, professionalId: 'a-colleague' }, time('13:30'))))
      .isRefused(wrongReceiver);
  });

  it('may be to decline, with a reason', () => {
    given(registered(), referred())
      .when(declined())
      .yields({
        type: 'ReferralDeclined',
        caseId,
        occurredAt: time('13:30'),
        referralId: 'referral-1',
        declinedBy: loketMedewerker,
        reason: 'NO_CAPACITY',
        explanation: null,
      });
  });

  it('happens once', () => {
    given(registered(), referred(), declined())
      .when(referralAccepted(by(loketMedewerker, time('13:40'))))
      .isRefused({ code: 'REFERRAL_NOT_OPEN', facts: { status: 'DECLINED' } });
  });

  it('is no longer possible after the time for it has passed', () => {
    given(registered(), referred(), lapsed())
      .when(referralAccepted(by(loketMedewerker, '2021-09-09T13:01:00.000Z')))
      .isRefused({ code: 'REFERRAL_NOT_OPEN', facts: { status: 'LAPSED' } });
  });

  it('is awaited until the deadline, not shorter', () => {
    given(registered(), referred())
      .when(lapsed(deadlines('2021-09-09T12:59:00.000Z')))
      .isRefused({
        code: 'NOT_DUE_YET',
        rule: 'rule 5',
        facts: { respondBy: '2021-09-09T13:00:00.000Z', recordedAt: '2021-09-09T12:59:00.000Z' },
      });
  });

  it('that stays out brings the client back', () => {
    given(registered(), referred()).when(lapsed()).yields({
      type: 'ReferralLapsed',
      caseId,
      occurredAt: '2021-09-09T13:00:00.000Z',
      referralId: 'referral-1',
    });
  });

  it('needs a referral', () => {
    given(registered())
      .when(declined())
      .isRefused({ code: 'REFERRAL_NOT_FOUND', field: 'referralId', facts: {} });
  });
});
