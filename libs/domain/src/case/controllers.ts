import type { CaseEvent, Party } from './events.js';

/**
 * Who recorded data of the client with an event: that organisation is their controller (AVG art. 4), has the key under which they are
 * sealed and answers for them when the client asks. What stands in free text counts only where there is a text; null when the event
 * holds nothing. A correction is its first recorder's, who is known already.
 */
const recorderOf = (event: CaseEvent): Party | null => {
  switch (event.type) {
    case 'CaseRegistered':
    case 'CounterpartRegistered':
      return event.registeredBy;
    case 'SelfRelianceAssessed':
      return event.indicators === null ? null : event.assessedBy;
    case 'PiketConversationRecorded':
      return event.recordedBy;
    case 'CaseReferred':
      return event.coldReason === null ? null : event.referredBy;
    case 'ReferralDeclined':
    case 'HandoverDeclined':
      return event.explanation === null ? null : event.declinedBy;
    case 'HandoverPrepared':
      return event.preparedBy;
    case 'FlaggedForSignalering':
      return event.flaggedBy;
    case 'EmergencyAccessTaken':
      return event.takenBy;
    case 'EmergencyAccessReviewed':
      return event.note === null ? null : event.reviewedBy;
    default:
      return null;
  }
};

/** The controllers after an event, in the order in which they came. */
export const controllersAfter = (controllers: readonly string[], event: CaseEvent): readonly string[] => {
  const recorder = recorderOf(event);
  return recorder === null || controllers.includes(recorder.organisationId)
    ? controllers
    : [...controllers, recorder.organisationId];
};
