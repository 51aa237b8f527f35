import type { LegalArea, Party, ProgrammePolicy, Receiver, Refusal, Sealed } from '@spil/domain';
import type { JsonValue } from '@spil/event-store';
import type { MadeKind } from './step-session.js';

/** What turning a step's input into the domain's command needs. */
export interface CaseStepTools {
  /** Who acts, in which organisation and at which location. */
  readonly actor: Party;
  /** A new id, the same again when the command is repeated. */
  newId(kind: MadeKind): string;
  /** Seals a text under the key of this client, case and organisation; empty stays null. */
  seal(text: string | null | undefined): Sealed | null;
  sealValue(value: JsonValue): Sealed;
  /** Whether this step records something personal. */
  hasSealed(): boolean;
  /** Of the case as it stands. */
  primaryArea(): LegalArea;
  /** The policy in force at the case's location on the day of the step (rule 4). */
  policy(): Promise<ProgrammePolicy>;
  /** An active professional, in the organisation and at the location where he or she works now. */
  party(professionalId: string, field: string): Promise<Party | Refusal>;
  /** Refuses a professional who was never registered; passes when nobody is named. */
  known(professionalId: string | null | undefined, field: string): Promise<Refusal | null>;
  /** An organisation, with a professional of it where one is named. */
  receiver(organisationId: string, professionalId: string | null): Promise<Receiver | Refusal>;
}
