import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.js';
import { isDue, isSameTime, timeOfStep } from '../../shared/step-time.js';
import type { ProgrammePolicy } from '../../reference/events.js';
import type { PiketRequestEscalated } from '../events.js';
import { openRequest } from '../rules/requests.js';
import { byId, type CaseFile, type OpenCase, type PiketRequestState } from '../state.js';
import { failedAttempts } from '../views.js';
import type { CaseStep } from './case-step.js';
import { staysLocal } from './request-piket.js';

/** Sends an unanswered request to the next on the roster or to the national helpline (P 7). */
export interface EscalatePiketRequest extends CaseStep {
  readonly type: 'EscalatePiketRequest';
  readonly piketRequestId: string;
  readonly to: 'NEXT_ON_ROSTER' | 'HELPLINE';
  readonly reason: 'ATTEMPTS' | 'WAITING' | 'JUDGEMENT';
  /** In force at the case's location on the day of the escalation. */
  readonly policy: ProgrammePolicy;
}

/** Decides whether a request goes further; a process may do so when policy says, a professional by own judgement. */
export const decideEscalatePiketRequest = (
  command: EscalatePiketRequest,
  state: OpenCase,
  context: DecisionContext,
): Decision<PiketRequestEscalated> => {
  const request = byId(state.requests, command.piketRequestId);
  if (request && isRepeat(command, request, context)) return [];
  const open = openRequest(state, command.piketRequestId);
  if (isRefusal(open)) return open;
  const at = timeOfStep(context, open.at);
  if (isRefusal(at)) return at;
  const refusal =
    notPastHelpline(open) ??
    staysLocal(open.localKnowledgeNeeded, command.to === 'HELPLINE' ? 'HELPLINE' : open.route) ??
    hasReason(command, open, state, context);
  if (refusal) return refusal;
  return [
    {
      type: 'PiketRequestEscalated',
      caseId: state.caseId,
      occurredAt: at,
      piketRequestId: command.piketRequestId,
      to: command.to,
      reason: command.reason,
    },
  ];
};

const isRepeat = (
  command: EscalatePiketRequest,
  { lastEscalation }: PiketRequestState,
  context: DecisionContext,
): boolean =>
  lastEscalation?.to === command.to &&
  lastEscalation.reason === command.reason &&
  isSameTime(context, lastEscalation.at);

/** After the national helpline comes nothing further (P 7). */
const notPastHelpline = (request: PiketRequestState): Refusal | null =>
  request.lastEscalation?.to === 'HELPLINE'
    ? refuse('PIKET_REQUEST_ALREADY_AT_HELPLINE', { rule: 'rule 4' })
    : null;

/** Policy says after how many attempts, or how long, a request escalates (rule 4); judgement is a professional's. */
const hasReason = (
  command: EscalatePiketRequest,
  request: PiketRequestState,
  state: CaseFile,
  context: DecisionContext,
): Refusal | null => {
  switch (command.reason) {
    case 'ATTEMPTS': {
      const counted = request.lastEscalation?.afterAttempts ?? 0;
      const attempts = failedAttempts(state, request.piketRequestId) - counted;
      const needed = command.policy.attemptsBeforeEscalation;
      return attempts >= needed
        ? null
        : refuse('NOT_DUE_YET', { rule: 'rule 4', field: 'reason', facts: { attempts, needed } });
    }
    case 'WAITING':
      return isDue(context, request.respondBy);
    case 'JUDGEMENT':
      return context.actor.kind === 'PROFESSIONAL'
        ? null
        : refuse('PROFESSIONAL_REQUIRED', { field: 'reason', facts: { process: context.actor.process } });
    default:
      return command.reason satisfies never;
  }
};
