import type { CaseState, Sealed } from '@spil/domain';
import { pendingSeal, type JsonValue, type KeySubject } from '@spil/event-store';
import type { CaseStepTools } from './case-step-tools.js';
import type { References } from './references.js';
import type { StepSession } from './step-session.js';

/** The tools for one step on one case. */
export function caseStepTools(given: {
  session: StepSession;
  state: CaseState;
  caseId: string;
  clientId: string;
  references: References;
}): CaseStepTools {
  const { session, state, references } = given;
  const subject: KeySubject = {
    kind: 'CASE',
    clientId: given.clientId,
    caseId: given.caseId,
    organisationId: session.actor.organisationId,
  };
  const own = state.status === 'NOT_REGISTERED' ? undefined : state.registrations[state.registrationId];
  let sealed = false;
  const seal = (value: JsonValue): Sealed => {
    sealed = true;
    return pendingSeal(value, subject);
  };
  return {
    actor: session.actor,
    newId: (kind) => session.newId(kind),
    seal: (text) => (text == null || text.trim() === '' ? null : seal(text)),
    sealValue: seal,
    hasSealed: () => sealed,
    primaryArea: () => (own?.role === 'OWN' ? own.facts.primaryArea : 'ANDERS'),
    policy: async () => {
      const locationId = own?.registeredBy.locationId ?? session.actor.locationId;
      const { policy, revision } = await references.policy(locationId, session.context.occurredAt);
      session.policyRevision = revision;
      return policy;
    },
    party: (professionalId, field) => references.party(professionalId, field),
    known: (professionalId, field) => references.known(professionalId, field),
    receiver: (organisationId, professionalId) => references.receiver(organisationId, professionalId),
  };
}
