import type { CaseCommand } from '../case/commands.js';
import type { ContactFacts } from '../case/contact-facts.js';
import { caseDecider } from '../case/decider.js';
import type { ConversationAccount, Party, Receiver, RegistrationFacts } from '../case/events.js';
import type { AcceptReferral } from '../case/steps/accept-referral.js';
import type { AssessSelfReliance } from '../case/steps/assess-self-reliance.js';
import type { CloseCase } from '../case/steps/close-case.js';
import type { FlagForSignalering } from '../case/steps/flag-for-signalering.js';
import type { OfferHandover } from '../case/steps/offer-handover.js';
import type { RecordContact } from '../case/steps/record-contact.js';
import type { RecordContactAttempt } from '../case/steps/record-contact-attempt.js';
import type { RecordConversation } from '../case/steps/record-conversation.js';
import type { ReferCase } from '../case/steps/refer-case.js';
import type { RaiseConflictWall } from '../case/steps/raise-conflict-wall.js';
import type { RegisterCase } from '../case/steps/register-case.js';
import type { RegisterCounterpart } from '../case/steps/register-counterpart.js';
import type { PiketQuestion, RequestPiket } from '../case/steps/request-piket.js';
import type { TakeEmergencyAccess } from '../case/steps/take-emergency-access.js';
import { defaultProgrammePolicy } from '../reference/programme-policy.js';
import type { DecisionContext } from '../shared/decider.js';
import { by, loketMedewerker, otherLawyer, piketLawyer, raadslied, sealed, time } from './people.js';
import { scenarioOf, type Step } from './scenario.js';

/** Given, when, then on a case. */
export const { given, after } = scenarioOf(caseDecider);

type CaseStep = Step<CaseCommand>;

export const caseId = 'case-1';

/** Puts a command in its circumstances. */
export const step = (command: CaseCommand, context: DecisionContext): CaseStep => ({ command, context });

export const facts: RegistrationFacts = {
  clientMunicipality: 'GM0687',
  channel: 'WALK_IN',
  primaryArea: 'HUURRECHT',
  furtherAreas: ['SOCIALEZEKERHEIDSRECHT'],
  lifeDomains: ['HOUSING'],
  opposingPartyKind: 'LANDLORD',
  opposingPartyName: null,
  clientQuestion: null,
  professionalQuestion: null,
  signaleringRelevance: 'NO',
};

export const registration: Omit<RegisterCase, 'type' | 'caseId' | 'contactId' | 'conversationId'> = {
  registrationId: 'own-registration',
  registrationCode: 'K7M-4QX-9TG',
  registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
  clientId: 'client-1',
  client: sealed('client'),
  voicemailAllowed: true,
  interpreterNeeded: false,
  facts,
  flagId: 'flag-of-registration',
};

/** A sociaal raadslied opens a case at nine o'clock. */
export const registered = (
  changes: Partial<RegisterCase> = {},
  context: DecisionContext = by(raadslied, time('09:00')),
): CaseStep =>
  step(
    {
      type: 'RegisterCase',
      caseId,
      ...registration,
      contactId: 'asserted-contact',
      conversationId: 'asserted-conversation',
      ...changes,
    },
    context,
  );

export const question: PiketQuestion = {
  piketRequestId: 'request-1',
  askedKind: 'ADVOCATUUR',
  to: { route: 'LOCAL_DESK' },
  area: 'HUURRECHT',
  questionKind: 'LEGAL_CHECK',
  withoutDesk: 'REQUEST_LAT',
  localKnowledgeNeeded: false,
};

/** The raadslied asks the desk at ten past nine. */
export const requested = (
  changes: Partial<RequestPiket> = {},
  context: DecisionContext = by(raadslied, time('09:10')),
): CaseStep =>
  step({ type: 'RequestPiket', caseId, ...question, policy: defaultProgrammePolicy, ...changes }, context);

/** Nobody answers at a quarter past nine. */
export const attempted = (
  changes: Partial<RecordContactAttempt> = {},
  context: DecisionContext = by(raadslied, time('09:15')),
): CaseStep =>
  step(
    {
      type: 'RecordContactAttempt',
      caseId,
      attemptId: 'attempt-1',
      piketRequestId: 'request-1',
      result: 'NO_ANSWER',
      callBackAt: null,
      ...changes,
    },
    context,
  );

export const contact: ContactFacts = {
  contactId: 'contact-1',
  conversationId: 'conversation-1',
  initiatedBy: 'ASKING',
  reachedKind: 'ADVOCATUUR',
  reachedProfessionalId: 'piket-lawyer',
  channel: 'PHONE',
  attempts: null,
  delayMinutes: null,
};

/** At half past nine the piket lawyer is reached, without a request unless one is named. */
export const reached = (
  changes: Partial<RecordContact> = {},
  context: DecisionContext = by(raadslied, time('09:30')),
): CaseStep => step({ type: 'RecordContact', caseId, ...contact, piketRequestId: null, ...changes }, context);

export const account: ConversationAccount = {
  result: 'OWN_ADVICE_CONFIRMED',
  advice: null,
  durationMinutes: 12,
  rating: 8,
  motivation: null,
  latWithoutDesk: 'YES',
};

export const consultedAccount: ConversationAccount = { ...account, rating: 9, latWithoutDesk: null };

/** At ten the raadslied gives the asking side's account. */
export const told = (
  changes: Partial<RecordConversation> = {},
  context: DecisionContext = by(raadslied, time('10:00')),
): CaseStep =>
  step(
    {
      type: 'RecordConversation',
      caseId,
      conversationId: 'conversation-1',
      side: 'ASKING',
      registrationId: 'own-registration',
      account,
      ...changes,
    },
    context,
  );

/** At eleven the piket lawyer registers by code. */
export const joined = (
  changes: Partial<RegisterCounterpart> = {},
  context: DecisionContext = by(piketLawyer, time('11:00')),
): CaseStep =>
  step(
    {
      type: 'RegisterCounterpart',
      caseId,
      registrationId: 'counterpart-registration',
      side: 'CONSULTED',
      note: null,
      signaleringRelevance: 'NOT_ASKED',
      flagId: 'flag-of-counterpart',
      contact: null,
      account: null,
      ...changes,
    },
    context,
  );

export const lawyersAccount = { conversationId: 'conversation-1', account: consultedAccount };

/** At noon the client is assessed as not able to act alone. */
export const assessed = (
  changes: Partial<AssessSelfReliance> = {},
  context: DecisionContext = by(raadslied, time('12:00')),
): CaseStep =>
  step(
    {
      type: 'AssessSelfReliance',
      caseId,
      assessmentId: 'assessment-1',
      outcome: 'NOT_SELF_RELIANT',
      wronglyAssumed: false,
      indicators: null,
      ...changes,
    },
    context,
  );

/** At five past twelve someone takes on the coordinating role. */
export const coordinated = (coordinator: Party = raadslied): CaseStep =>
  step({ type: 'AssignCoordinator', caseId, coordinator }, by(raadslied, time('12:05')));

export const receiver = ({ organisationId, organisationKind, professionalId }: Party): Receiver => ({
  organisationId,
  organisationKind,
  professionalId,
});

/** At one o'clock the client is referred cold to the Juridisch Loket. */
export const referred = (
  changes: Partial<ReferCase> = {},
  context: DecisionContext = by(raadslied, time('13:00')),
): CaseStep =>
  step(
    {
      type: 'ReferCase',
      caseId,
      referralId: 'referral-1',
      to: { ...receiver(loketMedewerker), professionalId: null },
      manner: { warmth: 'COLD', coldReason: null },
      toevoegingKind: null,
      policy: defaultProgrammePolicy,
      ...changes,
    },
    context,
  );

export const referralAccepted = (context: DecisionContext): CaseStep => {
  const command: AcceptReferral = {
    type: 'AcceptReferral',
    caseId,
    referralId: 'referral-1',
    policy: defaultProgrammePolicy,
  };
  return step(command, context);
};

/** At two the dossier for a warm handover is drawn up. */
export const prepared = (context: DecisionContext = by(raadslied, time('14:00'))): CaseStep =>
  step(
    {
      type: 'PrepareHandover',
      caseId,
      handoverId: 'handover-1',
      referralId: null,
      dossier: sealed('dossier'),
    },
    context,
  );

/** At ten past two the client agrees. */
export const consented = (): CaseStep =>
  step(
    { type: 'GiveHandoverConsent', caseId, handoverId: 'handover-1', form: 'ORAL' },
    by(raadslied, time('14:10')),
  );

/** At a quarter past two it is offered to a colleague at the Juridisch Loket. */
export const offered = (
  changes: Partial<OfferHandover> = {},
  context: DecisionContext = by(raadslied, time('14:15')),
): CaseStep =>
  step(
    {
      type: 'OfferHandover',
      caseId,
      handoverId: 'handover-1',
      to: loketMedewerker,
      policy: defaultProgrammePolicy,
      ...changes,
    },
    context,
  );

/** At half past two the receiver accepts. */
export const accepted = (context: DecisionContext = by(loketMedewerker, time('14:30'))): CaseStep =>
  step({ type: 'AcceptHandover', caseId, handoverId: 'handover-1' }, context);

/** At three the receiver has met the client. */
export const completed = (context: DecisionContext = by(loketMedewerker, time('15:00'))): CaseStep =>
  step({ type: 'CompleteHandover', caseId, handoverId: 'handover-1' }, context);

/** At half past three the raadslied flags the case. */
export const flagged = (
  changes: Partial<FlagForSignalering> = {},
  context: DecisionContext = by(raadslied, time('15:30')),
): CaseStep =>
  step(
    {
      type: 'FlagForSignalering',
      caseId,
      flagId: 'flag-1',
      registrationId: 'own-registration',
      kind: 'BOTTLENECK_IN_SYSTEM',
      themes: ['TOESLAGEN'],
      selfRelianceWronglyAssumed: true,
      gapInLegalAid: false,
      bestPracticeCandidate: false,
      note: null,
      ...changes,
    },
    context,
  );

/** At four the raadslied closes the case. */
export const closed = (
  changes: Partial<CloseCase> = {},
  context: DecisionContext = by(raadslied, time('16:00')),
): CaseStep =>
  step(
    {
      type: 'CloseCase',
      caseId,
      outcome: 'SOLVED',
      solution: 'ADVICE',
      solvedInFirstLine: true,
      ...changes,
    },
    context,
  );

/** At ten past four it turns out that the other lawyer acts for the landlord. */
export const walled = (
  changes: Partial<RaiseConflictWall> = {},
  context: DecisionContext = by(raadslied, time('16:10')),
): CaseStep =>
  step(
    {
      type: 'RaiseConflictWall',
      caseId,
      wallId: 'wall-1',
      against: { professionalId: otherLawyer.professionalId },
      ...changes,
    },
    context,
  );

/** At twenty past four a lawyer without a role in the case opens it in an emergency. */
export const emergencyTaken = (
  changes: Partial<TakeEmergencyAccess> = {},
  context: DecisionContext = by(otherLawyer, time('16:20')),
): CaseStep =>
  step(
    {
      type: 'TakeEmergencyAccess',
      caseId,
      emergencyId: 'emergency-1',
      reason: sealed('emergency reason'),
      minutes: null,
      ...changes,
    },
    context,
  );
