import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.js';
import { isSameTime } from '../../shared/step-time.js';
import type {
  FlaggedForSignalering,
  FlagWithdrawn,
  RegistrationCorrected,
  RegistrationFacts,
} from '../events.js';
import { actOf, type Act } from '../rules/acting.js';
import { flagOnRelevance, ownRegistration, withEachAreaOnce } from '../rules/registration.js';
import {
  byId,
  type CaseFile,
  type CounterpartRegistration,
  type OwnRegistration,
  type RegisteredCase,
} from '../state.js';
import type { CorrectionReason, SignaleringRelevance } from '../terms.js';
import { relevanceOf } from '../views.js';
import type { CaseStep } from './case-step.js';
import { flagWithdrawn } from './withdraw-flag.js';

/** Replaces what a registration states; the whole new value is given. */
export interface CorrectRegistration extends CaseStep {
  readonly type: 'CorrectRegistration';
  readonly registrationId: string;
  /** Null for a counterpart's registration, of which only the relevance can be corrected. */
  readonly facts: Omit<RegistrationFacts, 'signaleringRelevance'> | null;
  readonly signaleringRelevance: SignaleringRelevance;
  /** The flag's id, should the correction make the registration relevant for signalering. */
  readonly flagId: string;
  readonly reason: CorrectionReason;
}

/**
 * Decides a correction by the organisation that registered. A registration that turns out to be relevant flags the case,
 * one that turns out not to be takes that flag back, so that figures and flags never disagree.
 */
export const decideCorrectRegistration = (
  command: CorrectRegistration,
  state: RegisteredCase,
  context: DecisionContext,
): Decision<RegistrationCorrected | FlaggedForSignalering | FlagWithdrawn> => {
  const known = byId(state.registrations, command.registrationId);
  const act = actOf(context, known?.registeredAt ?? state.registeredAt);
  if (isRefusal(act)) return act;
  const registration = ownRegistration(state, command.registrationId, act.by);
  if (isRefusal(registration)) return registration;
  const facts = wholeNewValue(command);
  const refusal = fitsRole(registration, facts);
  if (refusal) return refusal;
  if (looksAlike(registration, command, facts)) {
    if (isRepeat(command, registration, context)) return [];
    if (nothingSealed(facts)) return refuse('CORRECTION_CHANGES_NOTHING', { rule: 'step 11' });
  }
  return [
    {
      type: 'RegistrationCorrected',
      caseId: state.caseId,
      occurredAt: act.at,
      registrationId: command.registrationId,
      facts,
      signaleringRelevance: command.signaleringRelevance,
      reason: command.reason,
    },
    ...flagsFollow(command, registration, state, act),
  ];
};

const wholeNewValue = (command: CorrectRegistration): RegistrationFacts | null =>
  command.facts && withEachAreaOnce({ ...command.facts, signaleringRelevance: command.signaleringRelevance });

/** A counterpart states no facts of its own, the registration that opened the case always does. */
const fitsRole = (
  registration: OwnRegistration | CounterpartRegistration,
  facts: RegistrationFacts | null,
): Refusal | null =>
  (registration.role === 'OWN') === (facts !== null)
    ? null
    : refuse('NOT_ALLOWED', { rule: 'step 11', field: 'facts', facts: { role: registration.role } });

const looksAlike = (
  registration: OwnRegistration | CounterpartRegistration,
  command: CorrectRegistration,
  facts: RegistrationFacts | null,
): boolean =>
  registration.role === 'OWN'
    ? facts !== null && factsLookAlike(registration.facts, facts)
    : registration.signaleringRelevance === command.signaleringRelevance;

/** Sealed values are opaque, so they only count as present or absent. */
const factsLookAlike = (one: RegistrationFacts, other: RegistrationFacts): boolean =>
  one.clientMunicipality === other.clientMunicipality &&
  one.channel === other.channel &&
  one.primaryArea === other.primaryArea &&
  sameSet(one.furtherAreas, other.furtherAreas) &&
  sameSet(one.lifeDomains, other.lifeDomains) &&
  one.opposingPartyKind === other.opposingPartyKind &&
  one.signaleringRelevance === other.signaleringRelevance &&
  (one.opposingPartyName === null) === (other.opposingPartyName === null) &&
  (one.clientQuestion === null) === (other.clientQuestion === null) &&
  (one.professionalQuestion === null) === (other.professionalQuestion === null);

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((item) => other.includes(item));

/** Where something sealed is given, it may be what changed. */
const nothingSealed = (facts: RegistrationFacts | null): boolean =>
  facts === null ||
  (facts.opposingPartyName === null && facts.clientQuestion === null && facts.professionalQuestion === null);

const isRepeat = (
  command: CorrectRegistration,
  { lastCorrection }: OwnRegistration | CounterpartRegistration,
  context: DecisionContext,
): boolean => lastCorrection?.reason === command.reason && isSameTime(context, lastCorrection.at);

const flagsFollow = (
  command: CorrectRegistration,
  registration: OwnRegistration | CounterpartRegistration,
  state: CaseFile,
  act: Act,
): readonly (FlaggedForSignalering | FlagWithdrawn)[] => {
  if (relevanceOf(registration) === command.signaleringRelevance) return [];
  const standing = Object.values(state.flags).filter(
    (flag) =>
      flag.byRelevance && flag.withdrawn === null && flag.registrationId === registration.registrationId,
  );
  if (command.signaleringRelevance !== 'YES') {
    return standing.map(({ flagId }) => flagWithdrawn({ flagId, reason: command.reason }, state.caseId, act));
  }
  return standing.length > 0 ? [] : flagOnRelevance('YES', command, act);
};
