import type { CaseEvent } from '@spil/domain';
import { timelineTable, type DestroyedKeyOf, type TimelineRow } from '@spil/read-model';
import { projection, type EventMap, type FoldStep, type Folded } from '../runtime/projection.js';
import { omit } from '../omit.js';
import { separated } from '../sealed-fields.js';

/** What an event adds; a destroyed key empties entries that are there already. */
type TimelineChange = TimelineRow | DestroyedKeyOf;

const isDestroyed = (change: TimelineChange): change is DestroyedKeyOf => 'keyId' in change;

/** Every event is an entry; nothing is folded. */
function entry(_document: undefined, step: FoldStep<CaseEvent>): Folded<undefined, TimelineChange> {
  const { event, metadata, revision, eventId } = step;
  const { clear, sealed } = separated(step);
  return {
    document: undefined,
    entries: [
      {
        caseId: event.caseId,
        revision,
        eventId,
        type: event.type,
        occurredAt: new Date(event.occurredAt),
        recordedAt: new Date(metadata.recordedAt),
        actor: metadata.actor,
        mandate: metadata.mandate,
        facts: omit(clear, 'type', 'caseId', 'occurredAt'),
        sealed,
      },
      ...(event.type === 'ClientDataErased' && event.keyId !== null
        ? [{ caseId: event.caseId, keyId: event.keyId }]
        : []),
    ],
  };
}

const entries: EventMap<undefined, TimelineChange, CaseEvent> = {
  CaseRegistered: entry,
  CounterpartRegistered: entry,
  RegistrationLinked: entry,
  SelfRelianceAssessed: entry,
  CoordinatorAssigned: entry,
  CoordinatorTransferred: entry,
  PiketRequested: entry,
  ContactAttempted: entry,
  ContactSucceeded: entry,
  PiketRequestEscalated: entry,
  PiketRequestWithdrawn: entry,
  PiketRequestExpired: entry,
  PiketConversationRecorded: entry,
  CaseReferred: entry,
  ReferralAccepted: entry,
  ReferralDeclined: entry,
  ReferralLapsed: entry,
  ToevoegingRequested: entry,
  ToevoegingGranted: entry,
  ToevoegingRefused: entry,
  HandoverPrepared: entry,
  HandoverConsentGiven: entry,
  HandoverConsentRefused: entry,
  HandoverConsentWithdrawn: entry,
  HandoverOffered: entry,
  HandoverAccepted: entry,
  WarmHandoverCompleted: entry,
  HandoverDeclined: entry,
  HandoverLapsed: entry,
  FlaggedForSignalering: entry,
  FlagWithdrawn: entry,
  CaseClosed: entry,
  CaseReopened: entry,
  RegistrationCorrected: entry,
  ConversationCorrected: entry,
  FactEnteredInError: entry,
  ConflictWallRaised: entry,
  ConflictWallLifted: entry,
  EmergencyAccessTaken: entry,
  EmergencyAccessReviewed: entry,
  ClientErasureOrdered: entry,
  ClientDataErased: entry,
};

/** What happened in each case, one row per event. */
export const timelineProjection = projection<undefined, TimelineChange, CaseEvent>({
  name: 'timeline',
  on: entries,
  documents: null,
  tabulate: (_changes, entries) => [
    {
      table: timelineTable,
      rows: entries.filter((change) => !isDestroyed(change)),
      destroyed: entries.filter(isDestroyed),
    },
  ],
});
