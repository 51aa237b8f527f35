import type {
  Channel,
  LegalArea,
  LifeDomain,
  NewRegistration,
  OpposingPartyKind,
  RegistrationFacts,
  RegistrationKind,
  SignaleringRelevance,
} from '@spil/domain';
import type { CaseStepTools } from '../desk/case-step.js';

/** Who the client is and how to reach the person safely; stored sealed. */
export interface ClientInput {
  readonly name: string;
  readonly phone?: string | null;
  readonly email?: string | null;
  readonly address?: string | null;
  /** How to make contact safely, for example which hours or numbers to avoid. */
  readonly safeContact?: string | null;
  readonly interpreterLanguage?: string | null;
}

/** What a registration states about the request for help. */
export interface RegistrationFactsInput {
  /** CBS municipality code, for example `GM0363`. */
  readonly clientMunicipality?: string | null;
  readonly channel: Channel;
  readonly primaryArea: LegalArea;
  readonly furtherAreas?: readonly LegalArea[] | null;
  readonly lifeDomains?: readonly LifeDomain[] | null;
  readonly opposingPartyKind?: OpposingPartyKind | null;
  /** Stored sealed. */
  readonly opposingPartyName?: string | null;
  /** Stored sealed. */
  readonly clientQuestion?: string | null;
  /** Stored sealed. */
  readonly professionalQuestion?: string | null;
  /** `NOT_ANSWERED` when left out. */
  readonly signaleringRelevance?: SignaleringRelevance | null;
}

/** What opens a case. */
export interface NewRegistrationInput extends RegistrationFactsInput {
  readonly registrationKind: RegistrationKind;
  readonly client?: ClientInput | null;
  /** A client known from an earlier case, explicitly picked. */
  readonly knownClientId?: string | null;
  readonly voicemailAllowed?: boolean | null;
  readonly interpreterNeeded?: boolean | null;
}

/** The facts with their texts sealed. */
export const factsOf = (input: RegistrationFactsInput, step: CaseStepTools): RegistrationFacts => ({
  clientMunicipality: input.clientMunicipality ?? null,
  channel: input.channel,
  primaryArea: input.primaryArea,
  furtherAreas: input.furtherAreas ?? [],
  lifeDomains: input.lifeDomains ?? [],
  opposingPartyKind: input.opposingPartyKind ?? null,
  opposingPartyName: step.seal(input.opposingPartyName),
  clientQuestion: step.seal(input.clientQuestion),
  professionalQuestion: step.seal(input.professionalQuestion),
  signaleringRelevance: input.signaleringRelevance ?? 'NOT_ANSWERED',
});

/** The registration with its ids and its texts sealed. */
export const registrationOf = (
  input: NewRegistrationInput,
  registrationCode: string,
  clientId: string,
  step: CaseStepTools,
): NewRegistration => ({
  registrationId: step.newId('registration'),
  registrationCode,
  registrationKind: input.registrationKind,
  clientId,
  client: input.client ? step.sealValue({ ...input.client }) : null,
  voicemailAllowed: input.voicemailAllowed ?? null,
  interpreterNeeded: input.interpreterNeeded ?? null,
  facts: factsOf(input, step),
  flagId: step.newId('flag'),
});
