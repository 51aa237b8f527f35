import type { Decision, DecisionContext, Instant } from '../../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.js';
import { timeOfStep } from '../../shared/step-time.js';
import type { ClientDataErased, ClientErasureOrdered } from '../events.js';
import { byId, type CaseState, type NotRegistered } from '../state.js';
import type { CaseStep } from './case-step.js';

/** Tells a case that one organisation's personal data in it are to be destroyed. */
export interface OrderClientErasure extends CaseStep {
  readonly type: 'OrderClientErasure';
  readonly erasureId: string;
  readonly clientId: string;
  readonly organisationId: string;
}

/** Tells a case that they were. */
export interface RecordClientErasure extends CaseStep {
  readonly type: 'RecordClientErasure';
  readonly erasureId: string;
  readonly organisationId: string;
  /** Of the destroyed data key; null when there was none. */
  readonly keyId: string | null;
}

/**
 * Decides the order, whatever the status of the case (rule 10): the legal check was made before. A case that is only being
 * registered is told as well, so that its stream decides between the two: either it is registered first and erased, or never registered.
 */
export const decideOrderClientErasure = (
  { caseId, erasureId, clientId, organisationId }: OrderClientErasure,
  state: CaseState,
  context: DecisionContext,
): Decision<ClientErasureOrdered> => {
  if (byId(state.erasures, organisationId) !== undefined) return [];
  const occurredAt = timeOfStep(context, state.status === 'NOT_REGISTERED' ? null : state.registeredAt);
  if (isRefusal(occurredAt)) return occurredAt;
  return [{ type: 'ClientErasureOrdered', caseId, occurredAt, erasureId, clientId, organisationId }];
};

/** Decides that it is done; the order comes first. */
export const decideRecordClientErasure = (
  { caseId, erasureId, organisationId, keyId }: RecordClientErasure,
  state: CaseState,
  context: DecisionContext,
): Decision<ClientDataErased> => {
  const ordered = byId(state.erasures, organisationId);
  if (ordered === undefined) return refuse('ERASURE_NOT_FOUND', { field: 'erasureId' });
  if (ordered.erased) return [];
  const occurredAt = timeOfStep(context, ordered.at);
  if (isRefusal(occurredAt)) return occurredAt;
  return [{ type: 'ClientDataErased', caseId, occurredAt, erasureId, organisationId, keyId }];
};

/** An organisation whose data of the client were erased records no new ones in this case; a new case is a new beginning. */
export const recordsNoMore = (state: CaseState, organisationId: string): Refusal | null => {
  const erasure = byId(state.erasures, organisationId);
  return erasure === undefined ? null : erasedSince(erasure.at);
};

/** A case whose data were erased before it could be registered is never registered: whoever comes back gets a new case. */
export const erasedBeforeRegistration = (state: NotRegistered): Refusal | null => {
  const [erasure] = Object.values(state.erasures);
  return erasure === undefined ? null : erasedSince(erasure.at);
};

const erasedSince = (orderedAt: Instant): Refusal =>
  refuse('CLIENT_DATA_ERASED', { rule: 'AVG art. 17', facts: { orderedAt } });
