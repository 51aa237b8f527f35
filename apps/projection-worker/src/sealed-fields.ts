import { omit } from './omit.js';
import { isEnvelope, type DomainEvent, type RecordedEvent } from '@spil/event-store';
import type { Located, SealedField, SealedPath } from '@spil/read-model';
import type { Sealed } from '@spil/domain';

/** Where each event holds sealed values; the compiler asks for every one. */
export const sealedPaths: {
  readonly [Type in DomainEvent['type']]: Readonly<
    Record<SealedPath<Extract<DomainEvent, { type: Type }>>, true>
  >;
} = {
  CaseRegistered: {
    client: true,
    'facts.opposingPartyName': true,
    'facts.clientQuestion': true,
    'facts.professionalQuestion': true,
  },
  CounterpartRegistered: { note: true },
  RegistrationLinked: {},
  SelfRelianceAssessed: { indicators: true },
  CoordinatorAssigned: {},
  CoordinatorTransferred: {},
  PiketRequested: {},
  ContactAttempted: {},
  ContactSucceeded: {},
  PiketRequestEscalated: {},
  PiketRequestWithdrawn: {},
  PiketRequestExpired: {},
  PiketConversationRecorded: { 'account.advice': true, 'account.motivation': true },
  CaseReferred: { coldReason: true },
  ReferralAccepted: {},
  ReferralDeclined: { explanation: true },
  ReferralLapsed: {},
  ToevoegingRequested: {},
  ToevoegingGranted: {},
  ToevoegingRefused: {},
  HandoverPrepared: { dossier: true },
  HandoverConsentGiven: {},
  HandoverConsentRefused: {},
  HandoverConsentWithdrawn: {},
  HandoverOffered: {},
  HandoverAccepted: {},
  WarmHandoverCompleted: {},
  HandoverDeclined: { explanation: true },
  HandoverLapsed: {},
  FlaggedForSignalering: { note: true },
  FlagWithdrawn: {},
  CaseClosed: {},
  CaseReopened: {},
  RegistrationCorrected: {
    'facts.opposingPartyName': true,
    'facts.clientQuestion': true,
    'facts.professionalQuestion': true,
  },
  ConversationCorrected: { 'account.advice': true, 'account.motivation': true },
  FactEnteredInError: {},
  ConflictWallRaised: {},
  ConflictWallLifted: {},
  EmergencyAccessTaken: { reason: true },
  EmergencyAccessReviewed: { note: true },
  ClientErasureOrdered: {},
  ClientDataErased: {},
  ErasureRequested: {},
  ErasureRefused: {},
  ErasurePostponed: {},
  ErasureOrdered: {},
  ErasureCompleted: {},
  LocationRegistered: {},
  LocationChanged: {},
  OrganisationRegistered: {},
  OrganisationRenamed: {},
  RetentionTermSet: {},
  ProfessionalRegistered: { details: true },
  ProfessionalMoved: {},
  ProfessionalDetailsChanged: { details: true },
  ProfessionalDeactivated: {},
  ProfessionalReactivated: {},
  ProfessionalErasureOrdered: {},
  ProfessionalDetailsErased: {},
  ProgrammePolicySet: {},
  RegistrationCodeReserved: {},
};

type Node = Record<string, unknown>;

/** The event with each sealed value located at the event that it must be opened with. */
export function located<Event extends DomainEvent>(step: RecordedEvent<Event>): Located<Event> {
  const { event, stream, eventId } = step;
  let copy: Node = { ...event };
  for (const path of Object.keys(sealedPaths[event.type])) {
    copy = changeAt(copy, path.split('.'), (sealed) => ({ stream, eventId, sealed: sealed as Sealed }));
  }
  return copy as Located<Event>;
}

/** The event's fields in the clear and, by path, its sealed ones. */
export function separated(step: RecordedEvent): {
  clear: Readonly<Record<string, unknown>>;
  sealed: Readonly<Record<string, SealedField>>;
} {
  const { event, stream, eventId } = step;
  const sealed: Record<string, SealedField> = {};
  let clear: Node = { ...event };
  for (const path of Object.keys(sealedPaths[event.type])) {
    clear = changeAt(clear, path.split('.'), (value) => {
      sealed[path] = { stream, eventId, sealed: value as Sealed };
      return undefined;
    });
  }
  return { clear, sealed };
}

/** A document without what was sealed under a destroyed key: in its place it says that there was something. */
export function withoutSealedBy<Document>(keyId: string, document: Document): Document {
  const erased = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(erased);
    if (typeof value !== 'object' || value === null) return value;
    if ('sealed' in value && isEnvelope(value.sealed))
      return value.sealed.kid === keyId ? { erased: true } : value;
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, erased(field)]));
  };
  return erased(document) as Document;
}

/** Copies along the path; what is null on the way stays null. `undefined` from `change` leaves the field out. */
function changeAt(
  node: Node,
  [field = '', ...rest]: readonly string[],
  change: (value: unknown) => unknown,
): Node {
  const value = node[field];
  if (value === null || value === undefined) return node;
  const changed = rest.length === 0 ? change(value) : changeAt(value as Node, rest, change);
  if (changed !== undefined) return { ...node, [field]: changed };
  return omit(node, field);
}
