import type { CaseEvent, Party } from '@spil/domain';

/** Somebody of an organisation, as far as access goes. */
export type Viewer = Pick<Party, 'professionalId' | 'organisationId' | 'locationId'>;

interface Found {
  readonly relation: string;
  readonly consent: string;
  readonly ofOrganisation?: boolean;
}

const desk = ({ organisationId, locationId }: Pick<Party, 'organisationId' | 'locationId'>): string =>
  `${organisationId} at ${locationId}`;

/**
 * How somebody stands to a case, read from its events one after the other and not from the product's fold: what the relations of
 * the policy mean, a third time. Who had a role that ended stands as if there never was one.
 */
export function referenceStandings(
  events: readonly CaseEvent[],
  viewer: Viewer,
  at: string,
): { readonly status: string; readonly standings: readonly Found[] } {
  let status = 'OPEN';
  let opener: Party | undefined;
  let coordinator: string | undefined;
  const sides: { desk: string; side: string }[] = [];
  const accounts = new Map<string, { desk: string; side: string }>();
  const requests = new Map<string, { open: boolean; desk: string }>();
  const requestOfContact = new Map<string, string | null>();
  const referrals = new Map<
    string,
    {
      open: boolean;
      warm: boolean;
      from: string;
      to: { organisationId: string; professionalId: string | null };
      taker?: string;
    }
  >();
  const handovers = new Map<string, { status: string; consent: string; from?: string; to?: string }>();
  const completions: { from: string; to: string }[] = [];
  const walls = new Map<string, { professionalId?: string; organisationId?: string }>();
  const emergencies = new Map<string, { professionalId: string; until: string }>();
  /** Organisations that wrote something down of the client. */
  const keepers = new Set<string>();
  const keeps = (who: Party, text?: unknown): void => {
    if (text !== null) keepers.add(who.organisationId);
  };

  for (const event of events) {
    switch (event.type) {
      case 'CaseRegistered':
        opener = event.registeredBy;
        keeps(event.registeredBy);
        break;
      case 'CounterpartRegistered':
        sides.push({ desk: desk(event.registeredBy), side: event.side });
        keeps(event.registeredBy);
        break;
      case 'SelfRelianceAssessed':
        keeps(event.assessedBy, event.indicators);
        break;
      case 'RegistrationLinked':
        if (event.role === 'GUEST') {
          status = 'LINKED';
          break;
        }
        sides.push({ desk: desk(event.registeredBy), side: event.side });
        if (event.conversationId !== null) accounts.delete(`${event.conversationId} ${event.side}`);
        break;
      case 'CoordinatorAssigned':
        coordinator = desk(event.coordinator);
        break;
      case 'CoordinatorTransferred':
        coordinator = desk(event.to);
        break;
      case 'PiketRequested':
        requests.set(event.piketRequestId, { open: true, desk: desk(event.askedBy) });
        break;
      case 'PiketRequestWithdrawn':
      case 'PiketRequestExpired':
        setOpen(requests, event.piketRequestId, false);
        break;
      case 'ContactSucceeded':
        requestOfContact.set(event.contactId, event.piketRequestId);
        if (event.piketRequestId !== null) setOpen(requests, event.piketRequestId, false);
        break;
      case 'PiketConversationRecorded':
        accounts.set(`${event.conversationId} ${event.side}`, {
          desk: desk(event.recordedBy),
          side: event.side,
        });
        keeps(event.recordedBy);
        break;
      case 'FactEnteredInError':
        if (event.fact.kind === 'CONVERSATION_ACCOUNT')
          accounts.delete(`${event.fact.id} ${event.fact.side}`);
        if (event.fact.kind === 'CONTACT') setOpen(requests, requestOfContact.get(event.fact.id) ?? '', true);
        break;
      case 'CaseReferred':
        referrals.set(event.referralId, {
          open: true,
          warm: event.handoverId !== null,
          from: desk(event.referredBy),
          to: event.to,
        });
        keeps(event.referredBy, event.coldReason);
        break;
      case 'ReferralAccepted':
      case 'ReferralDeclined':
      case 'ReferralLapsed': {
        const referral = referrals.get(event.referralId);
        if (referral) referral.open = false;
        if (referral && event.type === 'ReferralAccepted') referral.taker = desk(event.acceptedBy);
        if (event.type === 'ReferralDeclined') keeps(event.declinedBy, event.explanation);
        break;
      }
      case 'HandoverPrepared':
        handovers.set(event.handoverId, {
          status: 'WITH_SENDER',
          consent: 'MISSING',
        });
        keeps(event.preparedBy);
        break;
      case 'HandoverConsentGiven':
      case 'HandoverConsentRefused':
      case 'HandoverConsentWithdrawn': {
        const handover = handovers.get(event.handoverId);
        if (handover) handover.consent = event.type === 'HandoverConsentGiven' ? 'GIVEN' : 'MISSING';
        if (handover && event.type === 'HandoverConsentWithdrawn') handover.status = 'WITH_SENDER';
        break;
      }
      case 'HandoverOffered': {
        const handover = handovers.get(event.handoverId);
        if (handover)
          Object.assign(handover, { status: 'OFFERED', from: desk(event.offeredBy), to: desk(event.to) });
        break;
      }
      case 'HandoverAccepted':
      case 'WarmHandoverCompleted':
      case 'HandoverDeclined':
      case 'HandoverLapsed': {
        const handover = handovers.get(event.handoverId);
        if (event.type === 'HandoverDeclined') keeps(event.declinedBy, event.explanation);
        if (!handover) break;
        handover.status =
          event.type === 'HandoverAccepted'
            ? 'TAKEN'
            : event.type === 'WarmHandoverCompleted'
              ? 'DONE'
              : 'WITH_SENDER';
        if (event.type === 'WarmHandoverCompleted')
          completions.push({ from: handover.from ?? '', to: handover.to ?? '' });
        break;
      }
      case 'FlaggedForSignalering':
        keeps(event.flaggedBy);
        break;
      case 'CaseClosed':
        status = 'CLOSED';
        break;
      case 'CaseReopened':
        status = 'OPEN';
        break;
      case 'ConflictWallRaised':
        walls.set(event.wallId, event.against);
        break;
      case 'ConflictWallLifted':
        walls.delete(event.wallId);
        break;
      case 'EmergencyAccessTaken':
        keeps(event.takenBy);
        emergencies.set(event.emergencyId, {
          professionalId: event.takenBy.professionalId,
          until: event.until,
        });
        break;
      case 'EmergencyAccessReviewed':
        keeps(event.reviewedBy, event.note);
        if (event.verdict === 'NOT_JUSTIFIED') emergencies.delete(event.emergencyId);
        break;
      default:
        break;
    }
  }

  const mine = desk(viewer);
  const last = completions.findLast(({ from, to }) => from === mine || to === mine);
  const gaveItAway =
    last !== undefined &&
    last.to !== mine &&
    coordinator !== mine &&
    ![...requests.values()].some((request) => request.open && request.desk === mine) &&
    ![...referrals.values()].some((referral) => referral.open && referral.from === mine) &&
    ![...handovers.values()].some(
      (handover) => ['OFFERED', 'TAKEN'].includes(handover.status) && handover.from === mine,
    );

  const standings: Found[] = [];
  const add = (relation: string, holds: boolean | undefined, consent = 'NOT_NEEDED'): void => {
    if (holds === true) standings.push({ relation, consent });
  };
  add('OWNER', opener && desk(opener) === mine && !gaveItAway);
  add('COORDINATOR', coordinator === mine);
  for (const one of sides)
    add(one.side === 'CONSULTED' ? 'CONSULTED' : 'PARTICIPANT', one.desk === mine && !gaveItAway);
  for (const account of accounts.values())
    add('CONSULTED', account.side === 'CONSULTED' && account.desk === mine && !gaveItAway);
  for (const { open, warm, to, taker } of referrals.values()) {
    add('PARTICIPANT', !warm && taker === mine && !gaveItAway);
    const named = to.professionalId === null || to.professionalId === viewer.professionalId;
    add('OFFERED', !warm && open && to.organisationId === viewer.organisationId && named);
  }
  for (const handover of handovers.values()) {
    const taken = handover.status === 'TAKEN' || handover.status === 'DONE';
    add('PARTICIPANT', taken && handover.to === mine && !gaveItAway, handover.consent);
    add('OFFERED', handover.status === 'OFFERED' && handover.to === mine, handover.consent);
  }
  for (const { professionalId, until } of emergencies.values())
    add('EMERGENCY', professionalId === viewer.professionalId && at < until);
  add('OWNING_ORGANISATION', opener?.organisationId === viewer.organisationId);
  add('CONTROLLER', keepers.has(viewer.organisationId));
  for (const against of walls.values()) {
    add('WALLED', against.professionalId === viewer.professionalId);
    if (against.organisationId === viewer.organisationId)
      standings.push({ relation: 'WALLED', consent: 'NOT_NEEDED', ofOrganisation: true });
  }
  return { status, standings };
}

const setOpen = (requests: Map<string, { open: boolean }>, id: string, open: boolean): void => {
  const request = requests.get(id);
  if (request) request.open = open;
};
