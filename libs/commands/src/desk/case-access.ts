import type { CaseAccess } from '@spil/access';
import type { Party, RegisteredCase } from '@spil/domain';

/**
 * What access to a case is decided on, taken from its own history rather than from a read model that may lag. Lists are
 * filtered by the participants of the case projection, which follow the same rule.
 */
export function accessOf(state: RegisteredCase): CaseAccess | undefined {
  const own = state.registrations[state.registrationId];
  if (own === undefined) return undefined;
  const { organisationId, locationId } = own.registeredBy;
  return { organisationId, locationId, participants: [...new Set(participantsOf(state, own.registeredBy))] };
}

/**
 * The registering organisation takes part at its own location only: a colleague there who coordinates or was consulted does
 * not open the case to the organisation's other locations; one elsewhere does.
 */
function* participantsOf(state: RegisteredCase, opener: Party): Generator<string> {
  const others: (Party | null)[] = [state.coordinator];
  for (const { role, registeredBy } of Object.values(state.registrations))
    if (role !== 'OWN') others.push(registeredBy);
  for (const { accounts } of Object.values(state.conversations))
    if (accounts.CONSULTED.status === 'RECORDED') others.push(accounts.CONSULTED.recordedBy);
  for (const handover of Object.values(state.handovers))
    if (handover.status !== 'PREPARED') others.push(handover.offer.to);
  for (const party of others)
    if (
      party !== null &&
      (party.organisationId !== opener.organisationId || party.locationId !== opener.locationId)
    )
      yield party.organisationId;
  for (const { status, to } of Object.values(state.referrals))
    if (status === 'OPEN' || status === 'ACCEPTED') yield to.organisationId;
}
