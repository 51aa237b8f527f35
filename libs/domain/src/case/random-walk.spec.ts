import fc from 'fast-check';
import { isSecondLine } from '../shared/lines.js';
import { eventsOf, take, walk, type Walked } from '../test-support/random-walk.js';
import type { CaseEvent, Party } from './events.js';

const ofType = <Type extends CaseEvent['type']>(events: readonly CaseEvent[], type: Type) =>
  events.filter((event): event is Extract<CaseEvent, { type: Type }> => event.type === type);

const holdsOnEveryWalk = (invariant: (walked: readonly Walked[]) => void) => {
  fc.assert(
    fc.property(walk, (moves) => {
      invariant(take(moves));
    }),
    { numRuns: 150 },
  );
};

/** Runs over every event with what came before it. */
const eachWithPast = (
  walked: readonly Walked[],
  check: (event: CaseEvent, past: readonly CaseEvent[]) => void,
) => {
  const events = eventsOf(walked);
  events.forEach((event, index) => {
    check(event, events.slice(0, index));
  });
};

describe('whatever people try on a case', () => {
  it('meets every kind of event, so that the rules below are put to the test', () => {
    const seen = new Set(
      fc
        .sample(walk, { numRuns: 400, seed: 1 })
        .flatMap((moves) => eventsOf(take(moves)).map(({ type }) => type)),
    );
    expect([...seen].sort()).toEqual(
      [
        'CaseClosed',
        'CaseReferred',
        'CaseRegistered',
        'CaseReopened',
        'ConflictWallLifted',
        'ConflictWallRaised',
        'ContactAttempted',
        'ContactSucceeded',
        'ConversationCorrected',
        'CoordinatorAssigned',
        'CoordinatorTransferred',
        'CounterpartRegistered',
        'EmergencyAccessReviewed',
        'EmergencyAccessTaken',
        'FactEnteredInError',
        'FlagWithdrawn',
        'FlaggedForSignalering',
        'HandoverAccepted',
        'HandoverConsentGiven',
        'HandoverConsentRefused',
        'HandoverConsentWithdrawn',
        'HandoverDeclined',
        'HandoverLapsed',
        'HandoverOffered',
        'HandoverPrepared',
        'PiketConversationRecorded',
        'PiketRequestEscalated',
        'PiketRequestExpired',
        'PiketRequestWithdrawn',
        'PiketRequested',
        'ReferralAccepted',
        'ReferralDeclined',
        'ReferralLapsed',
        'RegistrationCorrected',
        'RegistrationLinked',
        'SelfRelianceAssessed',
        'ToevoegingGranted',
        'ToevoegingRefused',
        'ToevoegingRequested',
        'WarmHandoverCompleted',
      ].sort(),
    );
  });

  it('nobody gives an account of a conversation without a contact', () => {
    holdsOnEveryWalk((walked) => {
      eachWithPast(walked, (event, past) => {
        if (event.type !== 'PiketConversationRecorded') return;
        const contacts = ofType(past, 'ContactSucceeded').filter(
          ({ conversationId }) => conversationId === event.conversationId,
        );
        expect(contacts).toHaveLength(1);
      });
    });
  });

  it('each side has at most one account of a conversation that stands', () => {
    holdsOnEveryWalk((walked) => {
      const standing = new Map<string, number>();
      for (const event of eventsOf(walked)) {
        if (
          event.type === 'PiketConversationRecorded' ||
          (event.type === 'RegistrationLinked' && event.conversationId)
        ) {
          const key = `${event.conversationId ?? ''} ${event.side}`;
          standing.set(key, (standing.get(key) ?? 0) + 1);
        }
        if (event.type === 'FactEnteredInError' && event.fact.kind === 'CONVERSATION_ACCOUNT') {
          const key = `${event.fact.id} ${event.fact.side}`;
          standing.set(key, (standing.get(key) ?? 0) - 1);
        }
        expect([...standing.values()].every((count) => count === 0 || count === 1)).toBe(true);
      }
    });
  });

  it('a rating is 1 to 10 or absent, and the consulted side is not asked about a LAT', () => {
    holdsOnEveryWalk((walked) => {
      for (const event of eventsOf(walked)) {
        if (event.type !== 'PiketConversationRecorded' && event.type !== 'ConversationCorrected') continue;
        expect(
          event.account.rating === null || (event.account.rating >= 1 && event.account.rating <= 10),
        ).toBe(true);
        expect(event.account.latWithoutDesk === null).toBe(event.side === 'CONSULTED');
      }
    });
  });

  it('a completed handover was accepted by the receiver, with consent that nobody took back', () => {
    holdsOnEveryWalk((walked) => {
      eachWithPast(walked, (event, past) => {
        if (event.type !== 'WarmHandoverCompleted') return;
        const its = past.filter(
          (earlier) => 'handoverId' in earlier && earlier.handoverId === event.handoverId,
        );
        const offer = ofType(its, 'HandoverOffered').at(-1);
        const sinceOffer = its.slice(its.findLastIndex(({ type }) => type === 'HandoverOffered'));
        expect(offer?.to).toEqual(event.completedBy);
        expect(ofType(sinceOffer, 'HandoverAccepted').map(({ acceptedBy }) => acceptedBy)).toEqual([
          event.completedBy,
        ]);
        expect(sinceOffer.map(({ type }) => type)).not.toContain('HandoverConsentWithdrawn');
        const consent = its.findLast(({ type }) => type.startsWith('HandoverConsent'));
        expect(consent?.type).toBe('HandoverConsentGiven');
        expect(ofType(its, 'HandoverPrepared')).toHaveLength(1);
      });
    });
  });

  it('a case is never closed while a client is between two desks', () => {
    holdsOnEveryWalk((walked) => {
      const between = new Set<string>();
      for (const event of eventsOf(walked)) {
        if (event.type === 'HandoverOffered') between.add(event.handoverId);
        if (
          event.type === 'WarmHandoverCompleted' ||
          event.type === 'HandoverDeclined' ||
          event.type === 'HandoverLapsed' ||
          event.type === 'HandoverConsentWithdrawn'
        ) {
          between.delete(event.handoverId);
        }
        if (event.type === 'CaseClosed') expect([...between]).toEqual([]);
      }
    });
  });

  it('a closed case accepts only what rule 10 names', () => {
    const named: readonly CaseEvent['type'][] = [
      // Who may see a case can change in any status.
      'ConflictWallRaised',
      'ConflictWallLifted',
      'EmergencyAccessTaken',
      'EmergencyAccessReviewed',
      'CounterpartRegistered',
      'RegistrationLinked',
      'PiketConversationRecorded',
      'RegistrationCorrected',
      'ConversationCorrected',
      'FactEnteredInError',
      'FlaggedForSignalering',
      'FlagWithdrawn',
      'CaseReopened',
    ];
    holdsOnEveryWalk((walked) => {
      let isClosed = false;
      for (const { events } of walked) {
        if (isClosed) expect(named).toEqual(expect.arrayContaining(events.map(({ type }) => type)));
        for (const { type } of events) {
          if (type === 'CaseClosed') isClosed = true;
          if (type === 'CaseReopened') isClosed = false;
        }
      }
    });
  });

  it('the second line never coordinates', () => {
    const lineOf = (party: Party) => isSecondLine(party.organisationKind);
    holdsOnEveryWalk((walked) => {
      const events = eventsOf(walked);
      expect(ofType(events, 'CoordinatorAssigned').some(({ coordinator }) => lineOf(coordinator))).toBe(
        false,
      );
      expect(ofType(events, 'CoordinatorTransferred').some(({ to }) => lineOf(to))).toBe(false);
    });
  });

  it('a referral is answered once, and a warm one goes with its handover', () => {
    holdsOnEveryWalk((walked) => {
      for (const { events } of walked) {
        for (const event of events) {
          if (event.type !== 'ReferralAccepted' && event.type !== 'ReferralLapsed') continue;
          const referral = ofType(eventsOf(walked), 'CaseReferred').find(
            ({ referralId: id }) => id === event.referralId,
          );
          const handoverStep = event.type === 'ReferralAccepted' ? 'HandoverAccepted' : 'HandoverLapsed';
          expect(events.some(({ type }) => type === handoverStep)).toBe(referral?.warmth === 'WARM');
        }
      }
      const answers = eventsOf(walked).filter(
        ({ type }) => type === 'ReferralAccepted' || type === 'ReferralLapsed',
      );
      const ids = answers.map((answer) => ('referralId' in answer ? answer.referralId : null));
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  it('nothing happens after it was recorded', () => {
    holdsOnEveryWalk((walked) => {
      for (const { events, context } of walked) {
        expect(events.every(({ occurredAt }) => occurredAt <= context.recordedAt)).toBe(true);
      }
    });
  });
});
