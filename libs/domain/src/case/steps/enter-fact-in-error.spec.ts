import type { DecisionContext } from '../../shared/decider.js';
import {
  account,
  attempted,
  caseId,
  closed,
  given,
  joined,
  lawyersAccount,
  reached,
  registered,
  requested,
  step,
  told,
} from '../../test-support/case-story.js';
import { by, piketLawyer, raadslied, time } from '../../test-support/people.js';
import type { FactEnteredInError, FactReference } from '../events.js';
import type { CorrectionReason } from '../terms.js';

const inError = (
  fact: FactReference,
  {
    context = by(raadslied, time('12:00')),
    reason = 'WRONG_CASE',
  }: { context?: DecisionContext; reason?: CorrectionReason } = {},
) => step({ type: 'EnterFactInError', caseId, fact, reason }, context);

const enteredInError = (fact: FactReference): FactEnteredInError => ({
  type: 'FactEnteredInError',
  caseId,
  occurredAt: time('12:00'),
  fact,
  reason: 'WRONG_CASE',
});

const attempt = { kind: 'CONTACT_ATTEMPT', id: 'attempt-1' } as const;
const contact = { kind: 'CONTACT', id: 'contact-1' } as const;
const ownAccount = { kind: 'CONVERSATION_ACCOUNT', id: 'conversation-1', side: 'ASKING' } as const;
const lawyers = { kind: 'CONVERSATION_ACCOUNT', id: 'conversation-1', side: 'CONSULTED' } as const;

describe('a fact that never happened', () => {
  it('may be an attempt', () => {
    given(registered(), requested(), attempted()).when(inError(attempt)).yields(enteredInError(attempt));
  });

  it('may be a contact: then the request waits again', () => {
    const story = [registered(), requested(), reached({ piketRequestId: 'request-1' })];
    given(...story)
      .when(inError(contact))
      .yields(enteredInError(contact));
    given(...story, inError(contact))
      .when(attempted({}, by(raadslied, time('12:30'))))
      .yields({
        type: 'ContactAttempted',
        caseId,
        occurredAt: time('12:30'),
        attemptId: 'attempt-1',
        piketRequestId: 'request-1',
        attemptedBy: raadslied,
        result: 'NO_ANSWER',
        callBackAt: null,
      });
  });

  it('is not a contact of which someone gave an account', () => {
    given(registered(), reached(), told(), joined({ account: lawyersAccount }))
      .when(inError(contact))
      .isRefused({
        code: 'FACT_HAS_ACCOUNTS',
        rule: 'rule 3',
        field: 'fact',
        facts: { sides: ['ASKING', 'CONSULTED'] },
      });
  });

  it('may be a contact after the account of it was entered in error', () => {
    given(registered(), reached(), told(), inError(ownAccount))
      .when(inError(contact))
      .yields(enteredInError(contact));
  });

  it('may be an account, after which the side may give another', () => {
    given(registered(), reached(), told(), inError(ownAccount))
      .when(told({}, by(raadslied, time('13:00'))))
      .yields({
        type: 'PiketConversationRecorded',
        caseId,
        occurredAt: time('13:00'),
        conversationId: 'conversation-1',
        side: 'ASKING',
        registrationId: 'own-registration',
        recordedBy: raadslied,
        account,
      });
  });

  it('is not the account of the other side', () => {
    given(registered(), reached(), joined({ account: lawyersAccount }))
      .when(inError(lawyers))
      .isRefused({ code: 'NOT_A_PARTICIPANT', rule: 'rule 8', field: 'fact', facts: {} });
    given(registered(), reached(), joined({ account: lawyersAccount }))
      .when(inError(lawyers, { context: by(piketLawyer, time('12:00')) }))
      .yields(enteredInError(lawyers));
  });

  it('is entered in error once', () => {
    given(registered(), requested(), attempted(), inError(attempt))
      .when(inError(attempt, { reason: 'DOUBLE_ENTRY' }))
      .isRefused({ code: 'FACT_ALREADY_IN_ERROR', facts: { reason: 'WRONG_CASE' } });
  });

  it.each<FactReference>([
    attempt,
    contact,
    ownAccount,
    { kind: 'SELF_RELIANCE_ASSESSMENT', id: 'assessment-1' },
    { kind: 'TOEVOEGING', id: 'toevoeging-1' },
  ])('was recorded before: $kind', (fact) => {
    given(registered())
      .when(inError(fact))
      .isRefused({ code: 'FACT_NOT_FOUND', field: 'fact', facts: { kind: fact.kind } });
  });

  it('may turn out after the case was closed', () => {
    given(registered(), requested(), attempted(), closed())
      .when(inError(attempt, { context: by(raadslied, time('17:00')) }))
      .yields({ ...enteredInError(attempt), occurredAt: time('17:00') });
  });
});
