import {
  caseId,
  closed,
  facts,
  flagged,
  given,
  joined,
  registered,
  step,
} from '../../test-support/case-story.js';
import { by, piketLawyer, raadslied, sealed, time } from '../../test-support/people.js';
import type { RegistrationCorrected } from '../events.js';
import type { CorrectRegistration } from './correct-registration.js';

const { signaleringRelevance, ...statedFacts } = facts;

const corrected = (changes: Partial<CorrectRegistration> = {}, context = by(raadslied, time('12:00'))) =>
  step(
    {
      type: 'CorrectRegistration',
      caseId,
      registrationId: 'own-registration',
      facts: statedFacts,
      signaleringRelevance,
      flagId: 'flag-of-correction',
      reason: 'TYPING_MISTAKE',
      ...changes,
    },
    context,
  );

const registrationCorrected: RegistrationCorrected = {
  type: 'RegistrationCorrected',
  caseId,
  occurredAt: time('12:00'),
  registrationId: 'own-registration',
  facts,
  signaleringRelevance: 'NO',
  reason: 'TYPING_MISTAKE',
};

const relevant = registered({ facts: { ...facts, signaleringRelevance: 'YES' } });

describe('correcting a registration', () => {
  it('gives the whole new value', () => {
    given(registered())
      .when(corrected({ facts: { ...statedFacts, primaryArea: 'ARBEIDSRECHT' } }))
      .yields({ ...registrationCorrected, facts: { ...facts, primaryArea: 'ARBEIDSRECHT' } });
  });

  it.each([
    ['municipality', { clientMunicipality: null }],
    ['channel', { channel: 'EMAIL' }],
    ['further areas', { furtherAreas: [] }],
    ['life domains', { lifeDomains: ['DEBT'] }],
    ['opposing party', { opposingPartyKind: null }],
    ['name of the opposing party', { opposingPartyName: sealed('name') }],
    ['question of the client', { clientQuestion: sealed('question') }],
    ['question of the professional', { professionalQuestion: sealed('question') }],
  ] as const)('may change the %s', (_, change) => {
    given(registered())
      .when(corrected({ facts: { ...statedFacts, ...change } }))
      .yields({ ...registrationCorrected, facts: { ...facts, ...change } });
  });

  it('is refused when nothing changes', () => {
    given(registered())
      .when(corrected())
      .isRefused({ code: 'CORRECTION_CHANGES_NOTHING', rule: 'step 11', facts: {} });
  });

  it('flags the case when it turns out to be relevant for signalering', () => {
    given(registered())
      .when(corrected({ signaleringRelevance: 'YES' }))
      .yields(
        {
          ...registrationCorrected,
          facts: { ...facts, signaleringRelevance: 'YES' },
          signaleringRelevance: 'YES',
        },
        {
          type: 'FlaggedForSignalering',
          caseId,
          occurredAt: time('12:00'),
          flagId: 'flag-of-correction',
          registrationId: 'own-registration',
          flaggedBy: raadslied,
          kind: null,
          themes: [],
          selfRelianceWronglyAssumed: false,
          gapInLegalAid: false,
          bestPracticeCandidate: false,
          note: null,
        },
      );
  });

  it('takes the flag back when it turns out not to be relevant', () => {
    given(relevant)
      .when(corrected({ reason: 'MISUNDERSTOOD' }))
      .yields(
        { ...registrationCorrected, reason: 'MISUNDERSTOOD' },
        {
          type: 'FlagWithdrawn',
          caseId,
          occurredAt: time('12:00'),
          flagId: 'flag-of-registration',
          reason: 'MISUNDERSTOOD',
        },
      );
  });

  it('leaves the flag alone when relevance stays as it was', () => {
    given(relevant)
      .when(corrected({ signaleringRelevance: 'YES', facts: { ...statedFacts, channel: 'PHONE' } }))
      .yields({
        ...registrationCorrected,
        facts: { ...facts, signaleringRelevance: 'YES', channel: 'PHONE' },
        signaleringRelevance: 'YES',
      });
  });

  it('leaves the flags of the other side, and flags of their own, alone', () => {
    given(relevant, joined({ signaleringRelevance: 'YES' }), flagged({}, by(raadslied, time('11:30'))))
      .when(corrected())
      .yields(registrationCorrected, {
        type: 'FlagWithdrawn',
        caseId,
        occurredAt: time('12:00'),
        flagId: 'flag-of-registration',
        reason: 'TYPING_MISTAKE',
      });
  });

  it('does not withdraw a flag twice', () => {
    const withdrawn = step(
      { type: 'WithdrawFlag', caseId, flagId: 'flag-of-registration', reason: 'DOUBLE_ENTRY' },
      by(raadslied, time('11:00')),
    );
    given(relevant, withdrawn).when(corrected()).yields(registrationCorrected);
  });

  it.each(['opposingPartyName', 'clientQuestion', 'professionalQuestion'] as const)(
    'may change sealed text, which nobody can compare: %s',
    (field) => {
      const withText = { ...facts, [field]: sealed('text') };
      given(registered({ facts: withText }))
        .when(corrected({ facts: { ...statedFacts, [field]: sealed('text') } }))
        .yields({ ...registrationCorrected, facts: withText });
    },
  );

  it('is refused to the other side too when nothing changes', () => {
    given(registered(), joined({ signaleringRelevance: 'NO' }))
      .when(
        corrected(
          { registrationId: 'counterpart-registration', facts: null },
          by(piketLawyer, time('12:00')),
        ),
      )
      .isRefused({ code: 'CORRECTION_CHANGES_NOTHING', rule: 'step 11', facts: {} });
  });

  it('of the other side concerns its relevance only', () => {
    const ofCounterpart = { registrationId: 'counterpart-registration', signaleringRelevance: 'NO' } as const;
    given(registered(), joined())
      .when(corrected({ ...ofCounterpart, facts: null }, by(piketLawyer, time('12:00'))))
      .yields({
        ...registrationCorrected,
        registrationId: 'counterpart-registration',
        facts: null,
      });
    given(registered(), joined())
      .when(corrected(ofCounterpart, by(piketLawyer, time('12:00'))))
      .isRefused({
        code: 'NOT_ALLOWED',
        rule: 'step 11',
        field: 'facts',
        facts: { role: 'COUNTERPART' },
      });
  });

  it('that opened the case always states facts', () => {
    given(registered())
      .when(corrected({ facts: null }))
      .isRefused({ code: 'NOT_ALLOWED', rule: 'step 11', field: 'facts', facts: { role: 'OWN' } });
  });

  it('is refused to the other side', () => {
    given(registered(), joined())
      .when(corrected({}, by(piketLawyer, time('12:00'))))
      .isRefused({ code: 'NOT_A_PARTICIPANT', rule: 'rule 8', field: 'registrationId', facts: {} });
  });

  it('is possible on a closed case', () => {
    given(registered(), closed())
      .when(corrected({ facts: { ...statedFacts, channel: 'PHONE' } }, by(raadslied, time('17:00'))))
      .yields({
        ...registrationCorrected,
        occurredAt: time('17:00'),
        facts: { ...facts, channel: 'PHONE' },
      });
  });
});
