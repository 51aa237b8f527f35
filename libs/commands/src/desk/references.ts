import { Injectable } from '@nestjs/common';
import {
  dayInNetherlands,
  isRefusal,
  locationDecider,
  organisationDecider,
  policyDecider,
  policyOn,
  professionalDecider,
  refuse,
  type Instant,
  type Party,
  type ProfessionalState,
  type ProgrammePolicy,
  type Receiver,
  type Refusal,
} from '@spil/domain';
import { DecisionRunner } from '@spil/event-store';

const notThere = { NOT_REGISTERED: 'PROFESSIONAL_NOT_FOUND', INACTIVE: 'PROFESSIONAL_NOT_ACTIVE' } as const;

/** A look at another aggregate may be this old, in milliseconds, before the store is asked again. */
const lookAgeMs = 5_000;

/** Looks up the other aggregates that a step names. What a recent look refuses is looked up afresh. */
@Injectable()
export class References {
  constructor(private readonly runner: DecisionRunner) {}

  /** An active professional, where he or she works now. */
  async party(professionalId: string, field: string): Promise<Party | Refusal> {
    return this.lookUp(professionalId, (state) =>
      state.status === 'ACTIVE' ? state.party : refuse(notThere[state.status], { field }),
    );
  }

  /** Refuses who was never registered; someone who left since may still have been there then. */
  async known(professionalId: string | null | undefined, field: string): Promise<Refusal | null> {
    if (professionalId == null) return null;
    return this.lookUp(professionalId, (state) =>
      state.status === 'NOT_REGISTERED' ? refuse(notThere[state.status], { field }) : null,
    );
  }

  private async lookUp<T>(
    professionalId: string,
    answer: (state: ProfessionalState) => T | Refusal,
  ): Promise<T | Refusal> {
    return this.lookTwice(async (maxAgeMs) => {
      const { state } = await this.runner.loadState(`professional-${professionalId}`, professionalDecider, {
        maxAgeMs,
      });
      return answer(state);
    });
  }

  /** An organisation, with a professional of it where one is named. */
  async receiver(organisationId: string, professionalId: string | null): Promise<Receiver | Refusal> {
    const organisation = await this.organisation(organisationId, 'toOrganisationId');
    if (isRefusal(organisation)) return organisation;
    if (professionalId === null) return { ...organisation, professionalId };
    const person = await this.party(professionalId, 'toProfessionalId');
    if (isRefusal(person)) return person;
    if (person.organisationId !== organisationId) {
      return refuse('PROFESSIONAL_NOT_FOUND', { field: 'toProfessionalId', facts: { organisationId } });
    }
    return { ...organisation, professionalId };
  }

  /** Where a professional is to work: an organisation, of its kind, and a location, both registered. */
  async position(
    organisationId: string,
    locationId: string,
  ): Promise<Omit<Party, 'professionalId'> | Refusal> {
    const organisation = await this.organisation(organisationId, 'organisationId');
    if (isRefusal(organisation)) return organisation;
    const location = await this.location(locationId);
    return isRefusal(location) ? location : { ...organisation, ...location };
  }

  /** Refuses a location that was never registered. */
  async location(locationId: string): Promise<{ readonly locationId: string } | Refusal> {
    return this.lookTwice(async (maxAgeMs) => {
      const { state } = await this.runner.loadState(`location-${locationId}`, locationDecider, { maxAgeMs });
      return state.status === 'NOT_REGISTERED'
        ? refuse('LOCATION_NOT_FOUND', { field: 'locationId' })
        : { locationId };
    });
  }

  /** The policy in force at a location when something happened, and the revision that it was read at (rule 4). */
  async policy(
    locationId: string,
    at: Instant,
  ): Promise<{ readonly policy: ProgrammePolicy; readonly revision: number | undefined }> {
    const { state, revision } = await this.runner.loadState(`policy-${locationId}`, policyDecider, {
      maxAgeMs: lookAgeMs,
    });
    return {
      policy: policyOn(state, dayInNetherlands(at)),
      revision: revision === 'no_stream' ? undefined : Number(revision),
    };
  }

  private organisation(
    organisationId: string,
    field: string,
  ): Promise<Omit<Receiver, 'professionalId'> | Refusal> {
    return this.lookTwice(async (maxAgeMs) => {
      const { state } = await this.runner.loadState(`organisation-${organisationId}`, organisationDecider, {
        maxAgeMs,
      });
      if (state.status === 'NOT_REGISTERED') return refuse('ORGANISATION_NOT_FOUND', { field });
      return { organisationId, organisationKind: state.organisationKind };
    });
  }

  private async lookTwice<T>(look: (maxAgeMs: number) => Promise<T | Refusal>): Promise<T | Refusal> {
    const first = await look(lookAgeMs);
    return isRefusal(first) ? look(0) : first;
  }
}
