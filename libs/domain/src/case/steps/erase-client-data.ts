import type { Decision, DecisionContext } from '../../shared/decider.js';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.js';
import { timeOfStep } from '../../shared/step-time.js';
import type { ClientDataErased, ClientErasureOrdered } from '../events.js';
import { byId, type CaseState, type RegisteredCase } from '../state.js';
import type { CaseStep } from './case-step.js';

/** Tells a case that one organisation's personal data in it are to be destroyed. */
export interface OrderClientErasure extends CaseStep {
  readonly type: 'OrderClientErasure';
  readonly erasureId: string;
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

/** Decides the order, whatever the status of the case (rule 10): the legal check was made before. */
export const decideOrderClientErasure = (
  { erasureId, organisationId }: OrderClientErasure,
  state: RegisteredCase,
  context: DecisionContext,
): Decision<ClientErasureOrdered> => {
  if (byId(state.erasures, organisationId) !== undefined) return [];
  const occurredAt = timeOfStep(context, state.registeredAt);
  if (isRefusal(occurredAt)) return occurredAt;
  const { caseId, clientId } = state;
  return [{ type: 'ClientErasureOrdered', caseId, occurredAt, erasureId, clientId, organisationId }];
};

/** Decides that it is done; the order comes first. */
export const decideRecordClientErasure = (
  { erasureId, organisationId, keyId }: RecordClientErasure,
  state: RegisteredCase,
  context: DecisionContext,
): Decision<ClientDataErased> => {
  const ordered = byId(state.erasures, organisationId);
  if (ordered === undefined) return refuse('ERASURE_NOT_FOUND', { field: 'erasureId' });
  if (ordered.erased) return [];
  const occurredAt = timeOfStep(context, ordered.at);
  if (isRefusal(occurredAt)) return occurredAt;
  return [{ type: 'ClientDataErased', caseId: state.caseId, occurredAt, erasureId, organisationId, keyId }];
};

/** An organisation whose data of the client were erased records no new ones in this case; a new case is a new beginning. */
export const recordsNoMore = (state: CaseState, organisationId: string): Refusal | null => {
  const erasure = state.status === 'NOT_REGISTERED' ? undefined : byId(state.erasures, organisationId);
  return erasure === undefined
    ? null
    : refuse('CLIENT_DATA_ERASED', { rule: 'AVG art. 17', facts: { orderedAt: erasure.at } });
};
