import {
  accepted,
  after,
  caseId,
  closed,
  completed,
  consented,
  coordinated,
  given,
  offered,
  prepared,
  reached,
  receiver,
  referred,
  registered,
  step,
} from '../../test-support/case-story.js';
import {
  by,
  deadlines,
  loketMedewerker,
  piketLawyer,
  otherLawyer,
  raadslied,
  sealed,
  time,
  wijkteam,
} from '../../test-support/people.js';
import type { Step } from '../../test-support/scenario.js';
import type { CaseCommand } from '../commands.js';
import { handoversUnderWay } from '../views.js';

const consentRefused = step(
  { type: 'RefuseHandoverConsent', caseId, handoverId: 'handover-1' },
  by(raadslied, time('14:10')),
);
const consentWithdrawn = (clock: string) =>
  step({ type: 'WithdrawHandoverConsent', caseId, handoverId: 'handover-1' }, by(raadslied, time(clock)));
const declined = (context = by(loketMedewerker, time('14:40'))) =>
  step(
    { type: 'DeclineHandover', caseId, handoverId: 'handover-1', reason: 'NO_EXPERTISE', explanation: null },
    context,
  );
const lapsed = (context = deadlines('2021-09-09T14:15:00.000Z')) =>
  step({ type: 'LapseHandover', caseId, handoverId: 'handover-1' }, context);

const referredWarm = referred({
  to: receiver(loketMedewerker),
  manner: { warmth: 'WARM', handoverId: 'handover-1' },
});

const of = (clock: string) => ({ caseId, occurredAt: time(clock), handoverId: 'handover-1' });
const handoverOffered = {
  type: 'HandoverOffered',
  ...of('14:15'),
  offeredBy: raadslied,
  to: loketMedewerker,
  respondBy: '2021-09-09T14:15:00.000Z',
} as const;

describe('preparing a warm handover', () => {
  const handoverPrepared = {
    type: 'HandoverPrepared',
    ...of('14:00'),
    referralId: null,
    preparedBy: raadslied,
    dossier: sealed('dossier'),
  } as const;

  it('draws up the dossier, so that the client need not tell the story again', () => {
    given(registered()).when(prepared()).yields(handoverPrepared);
  });

  it('is refused without a dossier', () => {
    given(registered())
      .when(
        step(
          {
            type: 'PrepareHandover',
            caseId,
            handoverId: 'handover-1',
            referralId: null,
            dossier: null,
          },
          by(raadslied, time('14:00')),
        ),
      )
      .isRefused({ code: 'HANDOVER_NEEDS_DOSSIER', rule: 'rule 5', field: 'dossier', facts: {} });
  });

  it('belongs to the warm referral that announced it', () => {
    given(registered(), referredWarm)
      .when(prepared())
      .yields({ ...handoverPrepared, referralId: 'referral-1' });
  });

  it('does not belong to a cold referral', () => {
    given(registered(), referred())
      .when(
        step(
          {
            type: 'PrepareHandover',
            caseId,
            handoverId: 'handover-1',
            referralId: 'referral-1',
            dossier: sealed('dossier'),
          },
          by(raadslied, time('14:00')),
        ),
      )
      .isRefused({ code: 'REFERRAL_NOT_FOUND', rule: 'rule 5', field: 'referralId', facts: {} });
  });
});

describe('the consent of the client', () => {
  const notInState = (status: string, consent: string) =>
    ({ code: 'HANDOVER_NOT_IN_STATE', rule: 'rule 5', facts: { status, consent } }) as const;

  it('is given in a form', () => {
    given(registered(), prepared())
      .when(consented())
      .yields({ type: 'HandoverConsentGiven', ...of('14:10'), form: 'ORAL' });
  });

  it('may be refused', () => {
    given(registered(), prepared())
      .when(consentRefused)
      .yields({ type: 'HandoverConsentRefused', ...of('14:10') });
  });

  it('may be given after all', () => {
    given(registered(), prepared(), consentRefused)
      .when(consented())
      .yields({ type: 'HandoverConsentGiven', ...of('14:10'), form: 'ORAL' });
  });

  it('may be withdrawn until the handover is completed', () => {
    given(registered(), prepared(), consented(), offered(), accepted())
      .when(consentWithdrawn('14:50'))
      .yields({ type: 'HandoverConsentWithdrawn', ...of('14:50') });
    given(registered(), prepared(), consented(), offered(), accepted(), completed())
      .when(consentWithdrawn('15:10'))
      .isRefused(notInState('COMPLETED', 'GIVEN'));
  });

  it('that was withdrawn brings the handover back to the sender', () => {
    const state = after(
      registered(),
      prepared(),
      consented(),
      offered(),
      accepted(),
      consentWithdrawn('14:50'),
    );
    expect(state.status === 'OPEN' && state.handovers['handover-1']).toMatchObject({
      status: 'PREPARED',
      consent: { status: 'WITHDRAWN' },
      returned: { how: 'CONSENT_WITHDRAWN' },
    });
  });

  it('that was withdrawn stops acceptance and completion', () => {
    given(registered(), prepared(), consented(), offered(), consentWithdrawn('14:20'))
      .when(accepted())
      .isRefused(notInState('PREPARED', 'WITHDRAWN'));
    given(registered(), prepared(), consented(), offered(), accepted(), consentWithdrawn('14:50'))
      .when(completed())
      .isRefused(notInState('PREPARED', 'WITHDRAWN'));
  });

  it('cannot be withdrawn when it was never given', () => {
    given(registered(), prepared())
      .when(consentWithdrawn('14:20'))
      .isRefused(notInState('PREPARED', 'NOT_ASKED'));
  });

  it('that was given is withdrawn, not refused', () => {
    given(registered(), prepared(), consented())
      .when(consentRefused)
      .isRefused(notInState('PREPARED', 'GIVEN'));
  });

  it('is asked about a dossier that exists', () => {
    given(registered())
      .when(consented())
      .isRefused({ code: 'HANDOVER_NOT_FOUND', field: 'handoverId', facts: {} });
  });
});

describe('offering a warm handover', () => {
  it('goes to a named person, who has until the deadline', () => {
    given(registered(), prepared(), consented()).when(offered()).yields(handoverOffered);
  });

  it('starts no deadline when it is imported', () => {
    given(registered(), prepared(), consented())
      .when(offered({}, by(raadslied, time('14:15'), { mandate: 'IMPORT' })))
      .yields({ ...handoverOffered, respondBy: null });
  });

  it('is refused to an organisation instead of a person', () => {
    given(registered(), prepared(), consented())
      .when(offered({ to: null }))
      .isRefused({ code: 'HANDOVER_NEEDS_PERSON', rule: 'rule 5', field: 'to', facts: {} });
  });

  it('is refused without the consent of the client', () => {
    given(registered(), prepared())
      .when(offered())
      .isRefused({ code: 'HANDOVER_NEEDS_CONSENT', rule: 'rule 5', facts: { consent: 'NOT_ASKED' } });
    given(registered(), prepared(), consentRefused)
      .when(offered())
      .isRefused({ code: 'HANDOVER_NEEDS_CONSENT', rule: 'rule 5', facts: { consent: 'REFUSED' } });
    given(registered(), prepared(), consented(), consentWithdrawn('14:12'))
      .when(offered())
      .isRefused({ code: 'HANDOVER_NEEDS_CONSENT', rule: 'rule 5', facts: { consent: 'WITHDRAWN' } });
  });

  it('is refused without the dossier that a referral announced', () => {
    given(registered(), referredWarm)
      .when(offered())
      .isRefused({ code: 'HANDOVER_NEEDS_DOSSIER', rule: 'rule 5', field: 'handoverId', facts: {} });
  });

  it('is refused to oneself', () => {
    given(registered(), prepared(), consented())
      .when(offered({ to: raadslied }))
      .isRefused({ code: 'REFERRAL_TO_SELF', field: 'to', facts: {} });
  });

  it('is refused to another than the person to whom was referred', () => {
    given(registered(), referredWarm, prepared(), consented())
      .when(offered({ to: otherLawyer }))
      .isRefused({
        code: 'HANDOVER_NOT_RECEIVER',
        rule: 'rule 5',
        field: 'to',
        facts: { receiverProfessionalId: 'loket-medewerker' },
      });
  });

  it('is refused to the lawyer who was consulted, as a referral is', () => {
    given(registered(), reached(), prepared(), consented())
      .when(offered({ to: piketLawyer }))
      .isRefused({
        code: 'REFERRAL_TO_CONSULTED_LAWYER_FORBIDDEN',
        rule: 'rule 4',
        field: 'to',
        facts: { referringKind: 'SOCIAAL_RAADSLIEDEN', allowedFrom: [] },
      });
  });

  it('happens to one person at a time', () => {
    given(registered(), prepared(), consented(), offered())
      .when(offered({ to: otherLawyer }, by(raadslied, time('14:20'))))
      .isRefused({
        code: 'HANDOVER_NOT_IN_STATE',
        rule: 'rule 5',
        facts: { status: 'OFFERED', consent: 'GIVEN' },
      });
  });
});

describe('accepting a warm handover', () => {
  const handoverAccepted = { type: 'HandoverAccepted', ...of('14:30'), acceptedBy: loketMedewerker } as const;

  it('is done by the named receiver', () => {
    given(registered(), prepared(), consented(), offered()).when(accepted()).yields(handoverAccepted);
  });

  it('is refused to anybody else, a colleague included', () => {
    given(registered(), prepared(), consented(), offered())
      .when(accepted(by({ ...loketMedewerker, professionalId: 'a-colleague' }, time('14:30'))))
      .isRefused({
        code: 'HANDOVER_NOT_RECEIVER',
        rule: 'rule 5',
        facts: { receiverProfessionalId: 'loket-medewerker' },
      });
  });

  it('accepts the warm referral with it', () => {
    given(registered(), referredWarm, prepared(), consented(), offered())
      .when(accepted())
      .yields(handoverAccepted, {
        type: 'ReferralAccepted',
        caseId,
        occurredAt: time('14:30'),
        referralId: 'referral-1',
        acceptedBy: loketMedewerker,
      });
  });

  it('is not possible before it was offered', () => {
    given(registered(), prepared(), consented())
      .when(accepted())
      .isRefused({
        code: 'HANDOVER_NOT_IN_STATE',
        rule: 'rule 5',
        facts: { status: 'PREPARED', consent: 'GIVEN' },
      });
  });
});

describe('a handover that does not succeed', () => {
  const handoverDeclined = {
    type: 'HandoverDeclined',
    ...of('14:40'),
    declinedBy: loketMedewerker,
    reason: 'NO_EXPERTISE',
    explanation: null,
  } as const;
  const referralDeclined = {
    type: 'ReferralDeclined',
    caseId,
    occurredAt: time('14:40'),
    referralId: 'referral-1',
    declinedBy: loketMedewerker,
    reason: 'NO_EXPERTISE',
    explanation: null,
  } as const;

  it('is declined with a reason', () => {
    given(registered(), prepared(), consented(), offered()).when(declined()).yields(handoverDeclined);
  });

  it('declines the warm referral with it, also after it was accepted', () => {
    given(registered(), referredWarm, prepared(), consented(), offered())
      .when(declined())
      .yields(handoverDeclined, referralDeclined);
    given(registered(), referredWarm, prepared(), consented(), offered(), accepted())
      .when(declined())
      .yields(handoverDeclined, referralDeclined);
  });

  it('is declined by a colleague when the receiver is absent', () => {
    const colleague = { ...loketMedewerker, professionalId: 'a-colleague' };
    given(registered(), prepared(), consented(), offered())
      .when(declined(by(colleague, time('14:40'))))
      .yields({ ...handoverDeclined, declinedBy: colleague });
  });

  it('is not declined by outsiders', () => {
    given(registered(), prepared(), consented(), offered())
      .when(declined(by(raadslied, time('14:40'))))
      .isRefused({
        code: 'HANDOVER_NOT_RECEIVER',
        rule: 'rule 5',
        facts: { receiverProfessionalId: 'loket-medewerker' },
      });
  });

  it('lapses when nobody accepted in time', () => {
    given(registered(), prepared(), consented(), offered())
      .when(lapsed())
      .yields({ ...of('14:15'), type: 'HandoverLapsed', occurredAt: '2021-09-09T14:15:00.000Z' });
  });

  it('lapses together with its warm referral', () => {
    given(registered(), referredWarm, prepared(), consented(), offered())
      .when(lapsed())
      .yields(
        { ...of('14:15'), type: 'HandoverLapsed', occurredAt: '2021-09-09T14:15:00.000Z' },
        {
          type: 'ReferralLapsed',
          caseId,
          occurredAt: '2021-09-09T14:15:00.000Z',
          referralId: 'referral-1',
        },
      );
  });

  it('does not lapse before its time, nor after it was accepted', () => {
    given(registered(), prepared(), consented(), offered())
      .when(lapsed(deadlines(time('18:00'))))
      .isRefused({
        code: 'NOT_DUE_YET',
        rule: 'rule 5',
        facts: { respondBy: '2021-09-09T14:15:00.000Z', recordedAt: time('18:00') },
      });
    given(registered(), prepared(), consented(), offered(), accepted())
      .when(lapsed())
      .isRefused({
        code: 'HANDOVER_NOT_IN_STATE',
        rule: 'rule 5',
        facts: { status: 'ACCEPTED', consent: 'GIVEN' },
      });
  });

  it('can be offered again, without asking the client again', () => {
    given(registered(), prepared(), consented(), offered(), declined())
      .when(offered({ to: wijkteam }, by(raadslied, time('14:50'))))
      .yields({
        ...handoverOffered,
        occurredAt: time('14:50'),
        to: wijkteam,
        respondBy: '2021-09-09T14:50:00.000Z',
      });
  });

  describe('can carry a new warm referral', () => {
    const secondTry = [
      registered(),
      referredWarm,
      prepared(),
      consented(),
      offered(),
      declined(),
      referred(
        {
          referralId: 'referral-2',
          to: receiver(wijkteam),
          manner: { warmth: 'WARM', handoverId: 'handover-1' },
        },
        by(raadslied, time('14:45')),
      ),
      offered({ to: wijkteam }, by(raadslied, time('14:50'))),
    ];
    const acceptedAfterAll = accepted(by(wijkteam, time('14:55')));

    it('which is accepted with it', () => {
      given(...secondTry)
        .when(acceptedAfterAll)
        .yields(
          { type: 'HandoverAccepted', ...of('14:55'), acceptedBy: wijkteam },
          {
            type: 'ReferralAccepted',
            caseId,
            occurredAt: time('14:55'),
            referralId: 'referral-2',
            acceptedBy: wijkteam,
          },
        );
    });

    it('which is declined with it', () => {
      given(...secondTry, acceptedAfterAll)
        .when(declined(by(wijkteam, time('14:58'))))
        .yields(
          { ...handoverDeclined, occurredAt: time('14:58'), declinedBy: wijkteam },
          {
            ...referralDeclined,
            occurredAt: time('14:58'),
            referralId: 'referral-2',
            declinedBy: wijkteam,
          },
        );
    });
  });
});

describe('a handover that nobody prepared', () => {
  it.each([
    consented(),
    consentRefused,
    consentWithdrawn('14:20'),
    offered(),
    accepted(),
    declined(),
    lapsed(),
    completed(),
  ])('goes nowhere: $command.type', (attempt) => {
    given(registered())
      .when(attempt)
      .isRefused({ code: 'HANDOVER_NOT_FOUND', field: 'handoverId', facts: {} });
  });
});

describe('completing a warm handover', () => {
  const handoverCompleted = {
    type: 'WarmHandoverCompleted',
    ...of('15:00'),
    completedBy: loketMedewerker,
  } as const;

  it('is said by the receiver, who met the client', () => {
    given(registered(), prepared(), consented(), offered(), accepted())
      .when(completed())
      .yields(handoverCompleted);
  });

  it('is not said by the sender', () => {
    given(registered(), prepared(), consented(), offered(), accepted())
      .when(completed(by(raadslied, time('15:00'))))
      .isRefused({
        code: 'HANDOVER_NOT_RECEIVER',
        rule: 'rule 5',
        facts: { receiverProfessionalId: 'loket-medewerker' },
      });
  });

  it('does not come before acceptance', () => {
    given(registered(), prepared(), consented(), offered())
      .when(completed())
      .isRefused({
        code: 'HANDOVER_NOT_IN_STATE',
        rule: 'rule 5',
        facts: { status: 'OFFERED', consent: 'GIVEN' },
      });
  });

  it('passes the coordinating role along to the first line', () => {
    given(registered(), coordinated(), prepared(), consented(), offered(), accepted())
      .when(completed())
      .yields(handoverCompleted, {
        type: 'CoordinatorTransferred',
        caseId,
        occurredAt: time('15:00'),
        from: raadslied,
        to: loketMedewerker,
        reason: 'HANDOVER',
      });
  });

  it('leaves the coordinating role with the first line when a lawyer receives the client', () => {
    given(
      registered(),
      coordinated(),
      prepared(),
      consented(),
      offered({ to: otherLawyer }),
      accepted(by(otherLawyer, time('14:30'))),
    )
      .when(completed(by(otherLawyer, time('15:00'))))
      .yields({ ...handoverCompleted, completedBy: otherLawyer });
  });

  it('leaves the coordinating role with a coordinator who was not the sender', () => {
    given(registered(), coordinated(wijkteam), prepared(), consented(), offered(), accepted())
      .when(completed())
      .yields(handoverCompleted);
  });
});

describe('no client disappears between two desks', () => {
  it('a case with a handover under way cannot be closed', () => {
    given(registered(), prepared(), consented(), offered())
      .when(closed())
      .isRefused({ code: 'HANDOVER_OPEN', rule: 'rule 5', facts: { handoverIds: ['handover-1'] } });
    given(registered(), prepared(), consented(), offered(), accepted())
      .when(closed())
      .isRefused({ code: 'HANDOVER_OPEN', rule: 'rule 5', facts: { handoverIds: ['handover-1'] } });
  });

  it('a handover is under way from the offer until it is completed or comes back', () => {
    const underWay = (...story: readonly Step<CaseCommand>[]) => {
      const state = after(...story);
      return state.status === 'OPEN' && handoversUnderWay(state).length > 0;
    };
    const offer = [registered(), prepared(), consented(), offered()];
    expect(underWay(registered(), prepared(), consented())).toBe(false);
    expect(underWay(...offer)).toBe(true);
    expect(underWay(...offer, accepted())).toBe(true);
    expect(underWay(...offer, accepted(), completed())).toBe(false);
    expect(underWay(...offer, declined())).toBe(false);
    expect(underWay(...offer, lapsed())).toBe(false);
  });
});
