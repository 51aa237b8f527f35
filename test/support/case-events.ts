import { randomUUID } from 'node:crypto';
import type {
  CaseEvent,
  CaseRegistered,
  EventMetadata,
  Instant,
  OrganisationKind,
  Party,
  RegistrationCodeReserved,
  RegistrationFacts,
  Sealed,
} from '@spil/domain';
import {
  canonicalJson,
  toJson,
  type DomainEvent,
  type EventToAppend,
  type StoredEvent,
} from '@spil/event-store';

/** A sealed value as it is read back: an envelope that nobody here can open. */
export const sealedValue = (field: string): Sealed => {
  const envelope: unknown = { v: 1, kid: 'key-1', n: 'nonce', c: 'ciphertext', t: 'Any', f: field };
  return envelope as Sealed;
};

export const party = (
  organisationKind: OrganisationKind,
  { locationId = 'amsterdam', professionalId = `${organisationKind.toLowerCase()}-1` } = {},
): Party => ({
  professionalId,
  organisationId: `${organisationKind.toLowerCase()}-${locationId}`,
  organisationKind,
  locationId,
});

export const registrationFacts = (facts: Partial<RegistrationFacts> = {}): RegistrationFacts => ({
  clientMunicipality: 'GM0363',
  channel: 'PHONE',
  primaryArea: 'HUURRECHT',
  furtherAreas: [],
  lifeDomains: ['HOUSING'],
  opposingPartyKind: 'LANDLORD',
  opposingPartyName: null,
  clientQuestion: null,
  professionalQuestion: null,
  signaleringRelevance: 'NO',
  ...facts,
});

/** The opening of a case by a first-line professional, unless told otherwise. */
export const caseRegistered = (event: Partial<CaseRegistered> = {}): CaseRegistered => {
  const caseId = event.caseId ?? randomUUID();
  return {
    type: 'CaseRegistered',
    caseId,
    registrationId: `registration-of-${caseId}`,
    registrationCode: `CODE-${caseId}`,
    registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
    registeredBy: party('JURIDISCH_LOKET'),
    clientId: randomUUID(),
    client: null,
    voicemailAllowed: null,
    interpreterNeeded: null,
    facts: registrationFacts(),
    occurredAt: '2021-02-01T10:00:00.000Z',
    ...event,
  };
};

/** What erasures tell of a case stands on the erasure's own stream. */
const isCaseEvent = (event: DomainEvent): event is CaseEvent | RegistrationCodeReserved =>
  'caseId' in event && event.type !== 'ErasureRequested';

/** The stream that an event belongs on. */
export function streamOf(event: DomainEvent): string {
  if (isCaseEvent(event)) return `case-${event.caseId}`;
  if ('erasureId' in event) return `erasure-${event.erasureId}`;
  if ('professionalId' in event) return `professional-${event.professionalId}`;
  if ('organisationId' in event) return `organisation-${event.organisationId}`;
  return event.type === 'ProgrammePolicySet' ? `policy-${event.locationId}` : `location-${event.locationId}`;
}

export const metadataOf = (event: DomainEvent, recordedAt: Instant = event.occurredAt): EventMetadata => ({
  commandId: randomUUID(),
  correlationId: randomUUID(),
  causationId: randomUUID(),
  actor: { kind: 'SYSTEM', process: 'test' },
  mandate: 'CASEWORK',
  recordedAt,
  schemaVersion: 1,
  fingerprint: 'test',
});

const dataOf = (event: DomainEvent): object =>
  Object.fromEntries(Object.entries(event).filter(([field]) => field !== 'type'));

/** Ready to append to a real store. */
export const toAppend = (event: DomainEvent): EventToAppend => ({
  eventId: randomUUID(),
  type: event.type,
  data: canonicalJson(toJson(dataOf(event))),
  metadata: canonicalJson(toJson(metadataOf(event))),
});

/**
 * A log of these events in this order, as a store holds it: revisions per stream, sparse positions, and the store's time
 * one second apart unless `storedAt` says otherwise.
 */
export function logOf(
  events: readonly DomainEvent[],
  options: { readonly storedAt?: (index: number) => Date; readonly from?: bigint } = {},
): StoredEvent[] {
  const revisions = new Map<string, bigint>();
  return events.map((event, index) => {
    const stream = streamOf(event);
    const revision = revisions.get(stream) ?? 0n;
    revisions.set(stream, revision + 1n);
    const at = (options.from ?? 1_000n) + BigInt(index) * 100n;
    return {
      stream,
      revision,
      position: { commit: at, prepare: at },
      eventId: randomUUID(),
      type: event.type,
      data: dataOf(event),
      metadata: metadataOf(event),
      storedAt: options.storedAt?.(index) ?? new Date(Date.UTC(2021, 5, 1, 12, 0, index)),
    };
  });
}
