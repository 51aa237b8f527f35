import type { Decision, DecisionContext, Instant, OrganisationKind } from '../../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.js';
import { minutesAfter } from '../../shared/time.js';
import type { ProgrammePolicy } from '../../reference/events.js';
import type { Party, PiketRequested } from '../events.js';
import { actOf, type Act } from '../rules/acting.js';
import { byId, type OpenCase } from '../state.js';
import type { LegalArea, QuestionKind, WithoutDeskChoice } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Where a piket request goes: the local desk, the national helpline, or a named colleague past the roster (P 7). */
export type PiketRoute =
  | { readonly route: 'LOCAL_DESK' }
  | { readonly route: 'HELPLINE' }
  | { readonly route: 'NAMED_COLLEAGUE'; readonly professionalId: string };

/** What is asked of the desk, whether alone or together with the case. */
export interface PiketQuestion {
  readonly piketRequestId: string;
  readonly askedKind: OrganisationKind | 'UNKNOWN';
  readonly to: PiketRoute;
  readonly area: LegalArea;
  readonly questionKind: QuestionKind;
  readonly withoutDesk: WithoutDeskChoice | null;
  readonly localKnowledgeNeeded: boolean;
}

/** Asks the desk, or a named colleague, for a conversation (R 1.2). The acting professional is the asking side. */
export interface RequestPiket extends CaseStep, PiketQuestion {
  readonly type: 'RequestPiket';
  /** In force at the case's location on the day of the request. */
  readonly policy: ProgrammePolicy;
}

/** Decides a request for a conversation. */
export const decideRequestPiket = (
  command: RequestPiket,
  state: OpenCase,
  context: DecisionContext,
): Decision<PiketRequested> => {
  if (byId(state.requests, command.piketRequestId)) return [];
  const act = actOf(context, state.registeredAt);
  if (isRefusal(act)) return act;
  return (
    questionCanBeAsked(command, command.policy, context, act.by) ?? [
      piketRequested(command, state.caseId, whenToEscalate(command.policy, context), act),
    ]
  );
};

/** What a question to the desk must satisfy, whether it is asked alone or together with the case. */
export const questionCanBeAsked = (
  question: PiketQuestion,
  policy: ProgrammePolicy,
  context: DecisionContext,
  by: Party,
): Refusal | null =>
  staysLocal(question.localKnowledgeNeeded, question.to.route) ??
  deskExists(question.to.route, policy) ??
  notAskedOfOneself(question.to, by) ??
  (question.askedKind === 'UNKNOWN' && context.mandate !== 'IMPORT'
    ? refuse('UNKNOWN_ONLY_FOR_IMPORT', { rule: 'R 2.2', field: 'askedKind' })
    : null);

/** A question that needs local knowledge does not go to the national helpline (R 3.2). */
export const staysLocal = (localKnowledgeNeeded: boolean, route: PiketRequested['route']): Refusal | null =>
  localKnowledgeNeeded && route === 'HELPLINE'
    ? refuse('PIKET_REQUEST_STAYS_LOCAL', { rule: 'R 3.2', field: 'route' })
    : null;

/** Policy decides whether a location has a desk at all (rule 4, R 3.5, P 7). */
const deskExists = (route: PiketRequested['route'], policy: ProgrammePolicy): Refusal | null =>
  route === 'LOCAL_DESK' && !policy.localDesk
    ? refuse('PIKET_NO_LOCAL_DESK', { rule: 'rule 4', field: 'route' })
    : null;

const notAskedOfOneself = (to: PiketRoute, by: Party): Refusal | null =>
  to.route === 'NAMED_COLLEAGUE' && to.professionalId === by.professionalId
    ? refuse('PIKET_REQUEST_TO_SELF', { field: 'namedProfessionalId' })
    : null;

/** Only live casework waits for an answer; the time runs from recording (rule 4). */
const whenToEscalate = (policy: ProgrammePolicy, context: DecisionContext): Instant | null =>
  context.mandate !== 'CASEWORK' || policy.minutesBeforeEscalation === null
    ? null
    : minutesAfter(context.recordedAt, policy.minutesBeforeEscalation);

/** The event of a request; the acting professional is the asking side. */
export const piketRequested = (
  question: PiketQuestion,
  caseId: string,
  respondBy: Instant | null,
  act: Act,
): PiketRequested => ({
  type: 'PiketRequested',
  caseId,
  occurredAt: act.at,
  piketRequestId: question.piketRequestId,
  askedBy: act.by,
  askedKind: question.askedKind,
  route: question.to.route,
  namedProfessionalId: question.to.route === 'NAMED_COLLEAGUE' ? question.to.professionalId : null,
  area: question.area,
  questionKind: question.questionKind,
  withoutDesk: question.withoutDesk,
  localKnowledgeNeeded: question.localKnowledgeNeeded,
  respondBy,
});
