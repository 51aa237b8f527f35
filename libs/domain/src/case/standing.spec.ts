import fc from 'fast-check';
import {
  accepted,
  after,
  assessed,
  closed,
  completed,
  consented,
  coordinated,
  emergencyTaken,
  joined,
  lawyersAccount,
  offered,
  prepared,
  reached,
  receiver,
  referralAccepted,
  referred,
  registered,
  step,
  walled,
  caseId,
} from '../test-support/case-story.js';
import {
  by,
  loketMedewerker,
  otherLawyer,
  piketLawyer,
  raadslied,
  raadsliedsColleague,
  sealed,
  time,
} from '../test-support/people.js';
import { eventsOf, take, walk } from '../test-support/random-walk.js';
import { caseDecider } from './decider.js';
import type { Sealed } from '../shared/sealed.js';
import type { Party } from './events.js';
import { isRevoking, standingsOf, standingsOfParty, wordOf } from './standing.js';
import type { CaseState, RegisteredCase } from './state.js';

/** How somebody stands to a case at five, or at another time. */
const of = (state: CaseState, who: Party, at = time('17:00')): string[] => {
  if (state.status === 'NOT_REGISTERED') return [];
  return standingsOfParty(standingsOf(state), who, at).map(({ relation }) => relation);
};

const handedOver = [registered(), prepared(), consented(), offered(), accepted(), completed()];
const oversight = ['OWNING_ORGANISATION', 'CONTROLLER'];

describe('how somebody stands to a case', () => {
  it('is as owner at the desk that registered it, not at another of the same organisation', () => {
    const state = after(registered());
    for (const one of [raadslied, raadsliedsColleague])
      expect(of(state, one)).toEqual(['OWNER', ...oversight]);
    expect(of(state, { ...raadslied, locationId: 'zwolle' })).toEqual(oversight);
    expect(of(state, otherLawyer)).toEqual([]);
  });

  it('is as consulted once the other side gave its own account, not because it was named as reached', () => {
    expect(of(after(registered(), reached()), piketLawyer)).toEqual([]);
    const told = after(registered(), reached(), joined({ account: lawyersAccount }));
    expect(of(told, piketLawyer)).toEqual(['CONSULTED', 'CONTROLLER']);
  });

  it('is as offered to whom it was referred, and as participant after accepting', () => {
    const named = { to: receiver(loketMedewerker) };
    const colleague = { ...loketMedewerker, professionalId: 'loket-colleague' };
    const asked = after(registered(), referred(named));
    expect([of(asked, loketMedewerker), of(asked, colleague)]).toEqual([['OFFERED'], []]);
    expect(of(after(registered(), referred()), colleague)).toEqual(['OFFERED']);
    const taken = after(registered(), referred(named), referralAccepted(by(loketMedewerker, time('13:30'))));
    // The offer to the person is over; the desk takes part.
    expect(of(taken, loketMedewerker)).toEqual(['PARTICIPANT', 'FORMER']);
    expect(of(taken, colleague)).toEqual(['PARTICIPANT']);
  });

  it('is none by a warm referral, until its handover is offered with consent', () => {
    const warm = referred({
      to: receiver(loketMedewerker),
      manner: { warmth: 'WARM', handoverId: 'handover-1' },
    });
    expect(of(after(registered(), warm, prepared(), consented()), loketMedewerker)).toEqual([]);
    const open = after(registered(), warm, prepared(), consented(), offered());
    expect(
      standingsOfParty(standingsOf(open as RegisteredCase), loketMedewerker, time('17:00')),
    ).toMatchObject([{ relation: 'OFFERED', consent: 'GIVEN' }]);
  });

  it('ends for the receiver when the client takes consent back', () => {
    const withdrawal = step(
      { type: 'WithdrawHandoverConsent', caseId, handoverId: 'handover-1' },
      by(raadslied, time('14:40')),
    );
    const state = after(registered(), prepared(), consented(), offered(), accepted(), withdrawal);
    expect(of(state, loketMedewerker)).toEqual(['FORMER']);
  });

  it('ends for the sender of a completed handover', () => {
    const state = after(...handedOver);
    expect(of(state, loketMedewerker)).toEqual(['PARTICIPANT']);
    expect(of(state, raadslied)).toEqual([...oversight, 'FORMER']);
  });

  it('does not end for a sender who coordinates, or whose own referral is still open', () => {
    const lawyerTakesOver = [
      offered({ to: otherLawyer }),
      accepted(by(otherLawyer, time('14:30'))),
      completed(by(otherLawyer, time('15:00'))),
    ];
    const coordinating = after(registered(), coordinated(), prepared(), consented(), ...lawyerTakesOver);
    expect(of(coordinating, raadslied)).toEqual(['OWNER', 'COORDINATOR', ...oversight]);
    const referring = after(registered(), referred(), prepared(), consented(), ...lawyerTakesOver);
    expect(of(referring, raadslied)).toEqual(['OWNER', ...oversight]);
  });

  it('is restored to a sender who got the case back', () => {
    const handBack = [
      step(
        {
          type: 'PrepareHandover',
          caseId,
          handoverId: 'handover-2',
          referralId: null,
          dossier: sealed('dossier'),
        },
        by(loketMedewerker, time('15:10')),
      ),
      step(
        { type: 'GiveHandoverConsent', caseId, handoverId: 'handover-2', form: 'ORAL' },
        by(loketMedewerker, time('15:20')),
      ),
      offered({ handoverId: 'handover-2', to: raadslied }, by(loketMedewerker, time('15:30'))),
      step({ type: 'AcceptHandover', caseId, handoverId: 'handover-2' }, by(raadslied, time('15:40'))),
      step({ type: 'CompleteHandover', caseId, handoverId: 'handover-2' }, by(raadslied, time('15:50'))),
    ];
    const state = after(...handedOver, ...handBack);
    expect(of(state, raadslied)).toEqual(['OWNER', 'PARTICIPANT', ...oversight]);
    expect(of(state, loketMedewerker)).toEqual(['CONTROLLER', 'FORMER']);
  });

  it('is walled for whom a wall stands against, beside everything else, and no longer once it is lifted', () => {
    const against = { organisationId: piketLawyer.organisationId };
    const before = [registered(), reached(), joined({ account: lawyersAccount }), walled({ against })];
    expect(of(after(...before), piketLawyer)).toEqual(['CONSULTED', 'CONTROLLER', 'WALLED']);
    const lift = step({ type: 'LiftConflictWall', caseId, wallId: 'wall-1' }, by(raadslied, time('16:30')));
    expect(of(after(...before, lift), piketLawyer)).toEqual(['CONSULTED', 'CONTROLLER']);
  });

  it('is by emergency for the one who took it, until it ends or is found unjustified', () => {
    const state = after(registered(), emergencyTaken({ minutes: 30 }));
    const [own, colleague] = [otherLawyer, { ...otherLawyer, professionalId: 'colleague' }];
    expect(of(state, own, time('16:49'))).toContain('EMERGENCY');
    expect(of(state, own, time('16:50'))).not.toContain('EMERGENCY');
    expect(of(state, colleague, time('16:30'))).not.toContain('EMERGENCY');
    const review = step(
      {
        type: 'ReviewEmergencyAccess',
        caseId,
        emergencyId: 'emergency-1',
        verdict: 'NOT_JUSTIFIED',
        note: null,
      },
      by(raadslied, time('16:30')),
    );
    expect(of(after(registered(), emergencyTaken(), review), own, time('16:31'))).not.toContain('EMERGENCY');
  });

  it('is as controller for the organisation of who took emergency access: the reason may tell of the client', () => {
    const state = after(registered(), emergencyTaken({ minutes: 30 }));
    expect(of(state, { ...otherLawyer, professionalId: 'colleague' }, time('16:50'))).toEqual(['CONTROLLER']);
  });

  it('is as controller for whoever wrote something down of the client, whatever its role was', () => {
    const file = after(
      registered(),
      assessed({ indicators: sealed('indicators') }, by(loketMedewerker, time('12:10'))),
    );
    expect(of(file, loketMedewerker)).toEqual(['CONTROLLER']);
    const nothingWritten = after(registered(), assessed({}, by(loketMedewerker, time('12:10'))));
    expect(of(nothingWritten, loketMedewerker)).toEqual([]);
  });

  it('is as controller for who declined and wrote why, and not for who only declined', () => {
    const declined = (explanation: Sealed | null) =>
      step(
        { type: 'DeclineReferral', caseId, referralId: 'referral-1', reason: 'NO_CAPACITY', explanation },
        by(loketMedewerker, time('13:30')),
      );
    const asked = [registered(), referred({ to: receiver(loketMedewerker) })];
    expect(of(after(...asked, declined(sealed('explanation'))), loketMedewerker)).toEqual([
      'CONTROLLER',
      'FORMER',
    ]);
    expect(of(after(...asked, declined(null)), loketMedewerker)).toEqual(['FORMER']);
  });

  it('stays as controller when what was written down is entered in error: history keeps it', () => {
    const state = after(
      registered(),
      reached(),
      joined({ account: lawyersAccount }),
      step(
        {
          type: 'EnterFactInError',
          caseId,
          fact: { kind: 'CONVERSATION_ACCOUNT', id: 'conversation-1', side: 'CONSULTED' },
          reason: 'MISUNDERSTOOD',
        },
        by(piketLawyer, time('16:30')),
      ),
    );
    expect(of(state, piketLawyer)).toContain('CONTROLLER');
  });

  it('is told with the status of the case, which the policy may look at', () => {
    const state = after(registered(), closed()) as RegisteredCase;
    expect(standingsOf(state).map((standing) => wordOf(standing, state.status))).toEqual([
      'OWNER/NOT_NEEDED/CLOSED',
      'OWNING_ORGANISATION/NOT_NEEDED/CLOSED',
      'CONTROLLER/NOT_NEEDED/CLOSED',
    ]);
  });
});

describe('steps that end access', () => {
  it('are all known as such, and remember who had a role', () => {
    fc.assert(
      fc.property(walk, (moves) => {
        let state = caseDecider.initialState;
        for (const event of eventsOf(take(moves))) {
          const before = state;
          state = caseDecider.evolve(before, event);
          if (before.status === 'NOT_REGISTERED' || state.status === 'NOT_REGISTERED') continue;
          const words = (file: RegisteredCase) =>
            new Set(
              standingsOf(file)
                .filter(({ relation }) => relation !== 'FORMER' && relation !== 'WALLED')
                .map((one) =>
                  [wordOf(one, 'OPEN'), one.organisationId, one.locationId, one.professionalId].join(),
                ),
            );
          const are = words(state);
          const lost = [...words(before)].filter((word) => !are.has(word));
          const newWall = event.type === 'ConflictWallRaised';
          if (lost.length > 0 || newWall)
            expect([event.type, isRevoking(event.type)]).toEqual([event.type, true]);
        }
      }),
      { numRuns: 100 },
    );
  });
});
