import type { Instant } from '@spil/domain';
import type {
  PilotActionName,
  PilotActions,
  PilotLocation,
  PilotOrganisation,
  PilotPolicy,
  PilotProfessional,
  Ref,
} from './steps.js';

/**
 * What a case's answers taught the loader, by name: `case`, `registrationCode`, `registration` (the one that opened the
 * case), `counterpart` (the other side's), `request`, `conversation`, and the plan's own names such as `referral`.
 */
export type CaseIds = ReadonlyMap<Ref, string>;

/** What one answer adds to them. */
export type NewIds = Readonly<Record<Ref, string>>;

/** Under which id a command is sent; sent again with the same id it changes nothing and answers as it did. */
export interface CommandEnvelope {
  readonly commandId: string;
  readonly occurredAt: Instant;
}

export interface StepEnvelope extends CommandEnvelope {
  readonly by: PilotProfessional;
  readonly ids: CaseIds;
}

type StepMethods = {
  readonly [Name in PilotActionName]: (
    content: PilotActions[Name],
    envelope: StepEnvelope,
  ) => Promise<NewIds>;
};

/** Where a plan goes: one method per kind of step, each sending one command with the import mandate. */
export interface PilotSink extends StepMethods {
  readonly registerLocation: (location: PilotLocation, envelope: CommandEnvelope) => Promise<void>;
  readonly registerOrganisation: (
    organisation: PilotOrganisation,
    envelope: CommandEnvelope,
  ) => Promise<void>;
  readonly registerProfessional: (
    professional: PilotProfessional,
    envelope: CommandEnvelope,
  ) => Promise<void>;
  readonly setPolicy: (policy: PilotPolicy, envelope: CommandEnvelope) => Promise<void>;
}

/** The product cannot answer now; the same command may be sent again. */
export class PilotUnavailable extends Error {
  override name = 'PilotUnavailable';
}

/** The product refused a command of the plan. Sending it again would be refused again, so the load stops. */
export class PilotRefused extends Error {
  override name = 'PilotRefused';
}

/** Looks up an id that an earlier step of the case made. */
export function idNamed(ids: CaseIds, name: Ref): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`no earlier step of the case made "${name}"`);
  return id;
}
