import type { CaseEvent } from '@spil/domain';
import { retentionDocumentTable, retentionTable, type RetentionDocument } from '@spil/read-model';
import { projection, type EventMap, type FoldStep, type Folded } from '../runtime/projection.js';

type Step = FoldStep<CaseEvent>;

/** Every step that a person takes makes the own organisation a holder of data. */
const held = (document: RetentionDocument | undefined, step: Step): Folded<RetentionDocument, never> =>
  changed(document, step, {});

const steps: EventMap<RetentionDocument, never, CaseEvent> = {
  CaseRegistered: (_document, step) => {
    const { caseId, clientId } = step.event;
    return changed({ caseId, clientId, endedAt: null, holders: {} }, step, {});
  },
  CaseClosed: (document, step) => changed(document, step, { endedAt: step.event.occurredAt }),
  CaseReopened: (document, step) => changed(document, step, { endedAt: null }),
  RegistrationLinked: (document, step) =>
    changed(document, step, step.event.role === 'GUEST' ? { endedAt: step.event.occurredAt } : {}),
  ClientErasureOrdered: null,
  ClientDataErased: (document, step) => {
    const { organisationId } = step.event;
    const holder = document?.holders[organisationId];
    if (!document || !holder) return { document };
    const holders = { ...document.holders, [organisationId]: { ...holder, erased: true } };
    return { document: { ...document, holders } };
  },
  CounterpartRegistered: held,
  SelfRelianceAssessed: held,
  CoordinatorAssigned: held,
  CoordinatorTransferred: held,
  PiketRequested: held,
  ContactAttempted: held,
  ContactSucceeded: held,
  PiketRequestEscalated: held,
  PiketRequestWithdrawn: held,
  PiketRequestExpired: held,
  PiketConversationRecorded: held,
  CaseReferred: held,
  ReferralAccepted: held,
  ReferralDeclined: held,
  ReferralLapsed: held,
  ToevoegingRequested: held,
  ToevoegingGranted: held,
  ToevoegingRefused: held,
  HandoverPrepared: held,
  HandoverConsentGiven: held,
  HandoverConsentRefused: held,
  HandoverConsentWithdrawn: held,
  HandoverOffered: held,
  HandoverAccepted: held,
  WarmHandoverCompleted: held,
  HandoverDeclined: held,
  HandoverLapsed: held,
  FlaggedForSignalering: held,
  FlagWithdrawn: held,
  RegistrationCorrected: held,
  ConversationCorrected: held,
  FactEnteredInError: held,
  ConflictWallRaised: held,
  ConflictWallLifted: held,
  EmergencyAccessTaken: held,
  EmergencyAccessReviewed: held,
};

function changed(
  document: RetentionDocument | undefined,
  { metadata: { actor } }: Step,
  change: Partial<RetentionDocument>,
): Folded<RetentionDocument, never> {
  if (!document) throw new Error('the case begins with something else than its registration');
  const isNew = actor.kind === 'PROFESSIONAL' && !(actor.organisationId in document.holders);
  const holders = isNew
    ? { ...document.holders, [actor.organisationId]: { kind: actor.organisationKind, erased: false } }
    : document.holders;
  return isNew || Object.keys(change).length > 0
    ? { document: { ...document, ...change, holders } }
    : { document };
}

/** Which organisation holds data in which case, and since when its work is done. */
export const retentionProjection = projection<RetentionDocument, never, CaseEvent>({
  name: 'retention',
  on: steps,
  documents: {
    table: retentionDocumentTable,
    key: 'caseId',
    document: 'document',
    keyOf: (stream) => stream.slice('case-'.length),
  },
  tabulate: (changes) => [
    {
      table: retentionDocumentTable,
      rows: changes.map(({ after }) => ({ caseId: after.caseId, document: after })),
    },
    {
      table: retentionTable,
      rows: changes.flatMap(({ after: { caseId, clientId, endedAt, holders } }) =>
        Object.entries(holders).map(([organisationId, { kind, erased }]) => ({
          caseId,
          organisationId,
          organisationKind: kind,
          clientId,
          endedAt: endedAt === null ? null : new Date(endedAt),
          erased,
        })),
      ),
    },
  ],
});
