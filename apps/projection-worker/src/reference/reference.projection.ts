import {
  defaultRetention,
  type LocationEvent,
  type OrganisationEvent,
  type PolicyEvent,
  type ProfessionalEvent,
} from '@spil/domain';
import {
  referenceTable,
  type LocationEntry,
  type OrganisationEntry,
  type PolicyEntry,
  type ProfessionalEntry,
  type ReferenceDocument,
} from '@spil/read-model';
import { projection, type EventMap, type Folded } from '../runtime/projection.js';
import { located, withoutSealedBy } from '../sealed-fields.js';

type ReferenceEvent = LocationEvent | OrganisationEvent | ProfessionalEvent | PolicyEvent;

const steps: EventMap<ReferenceDocument, never, ReferenceEvent> = {
  LocationRegistered: (_document, { event }) => ({
    document: { kind: 'LOCATION', locationId: event.locationId, ...event.facts },
  }),
  LocationChanged: (document, { event }) => changed<LocationEntry>(document, 'LOCATION', event.facts),
  OrganisationRegistered: (_document, { event }) => ({
    document: {
      kind: 'ORGANISATION',
      organisationId: event.organisationId,
      name: event.name,
      organisationKind: event.organisationKind,
      retention: defaultRetention[event.organisationKind],
    },
  }),
  OrganisationRenamed: (document, { event }) =>
    changed<OrganisationEntry>(document, 'ORGANISATION', { name: event.name }),
  RetentionTermSet: (document, { event }) =>
    changed<OrganisationEntry>(document, 'ORGANISATION', { retention: event.term }),
  ProfessionalRegistered: (_document, step) => {
    const { professionalId, organisationId, organisationKind, locationId, details } = located(step);
    return {
      document: {
        kind: 'PROFESSIONAL',
        professionalId,
        organisationId,
        organisationKind,
        locationId,
        details,
        active: true,
        inactiveBecause: null,
      },
    };
  },
  ProfessionalMoved: (document, { event: { organisationId, organisationKind, locationId } }) =>
    changed<ProfessionalEntry>(document, 'PROFESSIONAL', { organisationId, organisationKind, locationId }),
  ProfessionalDetailsChanged: (document, step) =>
    changed<ProfessionalEntry>(document, 'PROFESSIONAL', { details: located(step).details }),
  ProfessionalDeactivated: (document, { event }) =>
    changed<ProfessionalEntry>(document, 'PROFESSIONAL', { active: false, inactiveBecause: event.reason }),
  ProfessionalReactivated: (document) =>
    changed<ProfessionalEntry>(document, 'PROFESSIONAL', { active: true, inactiveBecause: null }),
  ProfessionalErasureOrdered: (document) =>
    changed<ProfessionalEntry>(document, 'PROFESSIONAL', { erasure: 'ORDERED' }),
  ProfessionalDetailsErased: (document, { event: { keyId } }) =>
    changed<ProfessionalEntry>(
      document && keyId !== null ? withoutSealedBy(keyId, document) : document,
      'PROFESSIONAL',
      { erasure: 'DONE' },
    ),
  ProgrammePolicySet: (document, { event, revision }) => {
    const known = document?.kind === 'POLICY' ? document.periods : [];
    const period = { from: event.from, policy: event.policy, revision: revision.toString() };
    const entry: PolicyEntry = {
      kind: 'POLICY',
      locationId: event.locationId,
      // The policy set last for a day is the one that counts.
      periods: [...known.filter(({ from }) => from !== event.from), period].sort((a, b) =>
        a.from < b.from ? -1 : 1,
      ),
    };
    return { document: entry };
  },
};

function changed<Entry extends ReferenceDocument>(
  document: ReferenceDocument | undefined,
  kind: Entry['kind'],
  change: Partial<Entry>,
): Folded<ReferenceDocument, never> {
  if (document?.kind !== kind) throw new Error(`a ${kind.toLowerCase()} changed that was never registered`);
  return { document: { ...document, ...change } };
}

/** Locations, organisations, professionals and programme policy as they are now. */
export const referenceProjection = projection<ReferenceDocument, never, ReferenceEvent>({
  name: 'reference',
  on: steps,
  documents: { table: referenceTable, key: 'stream', document: 'document', keyOf: (stream) => stream },
  tabulate: (changes) => [
    {
      table: referenceTable,
      rows: changes.map(({ stream, after }) => ({ stream, kind: after.kind, document: after })),
    },
  ],
});
