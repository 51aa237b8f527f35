import type { Party } from '../case/events.js';
import type { DecisionContext, Instant, Mandate } from '../shared/decider.js';
import type { Sealed } from '../shared/sealed.js';

/** A sociaal raadslied on Walcheren, who works on most cases here. */
export const raadslied: Party = {
  professionalId: 'raadslied',
  organisationId: 'srw-walcheren',
  organisationKind: 'SOCIAAL_RAADSLIEDEN',
  locationId: 'walcheren',
};

export const raadsliedsColleague: Party = { ...raadslied, professionalId: 'raadslieds-colleague' };

export const loketMedewerker: Party = {
  professionalId: 'loket-medewerker',
  organisationId: 'juridisch-loket',
  organisationKind: 'JURIDISCH_LOKET',
  locationId: 'walcheren',
};

/** The lawyer on duty at the desk. */
export const piketLawyer: Party = {
  professionalId: 'piket-lawyer',
  organisationId: 'office-of-the-piket-lawyer',
  organisationKind: 'ADVOCATUUR',
  locationId: 'walcheren',
};

export const piketLawyersColleague: Party = { ...piketLawyer, professionalId: 'piket-lawyers-colleague' };

export const otherLawyer: Party = {
  professionalId: 'other-lawyer',
  organisationId: 'other-office',
  organisationKind: 'ADVOCATUUR',
  locationId: 'utrecht',
};

export const mediator: Party = {
  professionalId: 'mediator',
  organisationId: 'mediators',
  organisationKind: 'MEDIATION',
  locationId: 'walcheren',
};

export const wijkteam: Party = {
  professionalId: 'wijkteam-member',
  organisationId: 'wijkteam-middelburg',
  organisationKind: 'OTHER',
  locationId: 'walcheren',
};

/** A time on the day of the story, in hours and minutes UTC. */
export const time = (clock: string): Instant => `2021-09-06T${clock}:00.000Z`;

/** A professional acts at a time of that day, and records it at once unless told otherwise. */
export const by = (
  party: Party,
  occurredAt: Instant,
  { recordedAt = occurredAt, mandate = 'CASEWORK' }: { recordedAt?: Instant; mandate?: Mandate } = {},
): DecisionContext => ({ actor: { kind: 'PROFESSIONAL', ...party }, mandate, occurredAt, recordedAt });

/** The process that watches over deadlines acts. */
export const deadlines = (at: Instant): DecisionContext => ({
  actor: { kind: 'SYSTEM', process: 'deadlines' },
  mandate: 'PROCESS',
  occurredAt: at,
  recordedAt: at,
});

/** Stands for text that was sealed; the domain sees no more of it than that it is there. */
export const sealed = (about: string): Sealed => ({ about }) as unknown as Sealed;
