import type { CaseAccess } from '@spil/access';
import type { RegisteredCase } from '@spil/domain';

/** What access to a case is decided on, taken from its own history rather than from a read model that may lag. */
export function accessOf(state: RegisteredCase): CaseAccess | undefined {
  const own = state.registrations[state.registrationId];
  if (own === undefined) return undefined;
  const participants = new Set<string>();
  for (const registration of Object.values(state.registrations)) {
    participants.add(registration.registeredBy.organisationId);
  }
  for (const referral of Object.values(state.referrals)) participants.add(referral.to.organisationId);
  for (const handover of Object.values(state.handovers)) {
    if (handover.status !== 'PREPARED') participants.add(handover.offer.to.organisationId);
  }
  if (state.coordinator) participants.add(state.coordinator.organisationId);
  const { organisationId, locationId } = own.registeredBy;
  return { organisationId, locationId, participants: [...participants] };
}
