import type { DecisionContext, Instant } from '../../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.js';
import type { Party } from '../events.js';
import { timeOfStep } from '../../shared/step-time.js';

/** Who took a step, and when. */
export interface Act {
  readonly by: Party;
  readonly at: Instant;
}

/**
 * Who takes this step, and when; or why not. A process cannot take it: what people tell each other, only people record.
 */
export const actOf = (context: DecisionContext, notBefore: Instant | null): Act | Refusal => {
  const { actor } = context;
  if (actor.kind !== 'PROFESSIONAL') {
    return refuse('PROFESSIONAL_REQUIRED', { facts: { process: actor.process } });
  }
  const at = timeOfStep(context, notBefore);
  if (isRefusal(at)) return at;
  const { professionalId, organisationId, organisationKind, locationId } = actor;
  return { by: { professionalId, organisationId, organisationKind, locationId }, at };
};

/** Whether the acting professional is this one. */
export const isActing = (context: DecisionContext, professionalId: string): boolean =>
  context.actor.kind === 'PROFESSIONAL' && context.actor.professionalId === professionalId;
