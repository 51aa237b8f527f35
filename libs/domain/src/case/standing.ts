import type { Instant } from '../shared/decider.js';
import { isBefore } from '../shared/time.js';
import type { Party } from './events.js';
import { byId, type CaseFile, type HandoverState, type Place, type RegisteredCase } from './state.js';
import { handoversUnderWay } from './views.js';

export const relations = [
  'OWNER',
  'COORDINATOR',
  'PARTICIPANT',
  'CONSULTED',
  'OFFERED',
  'EMERGENCY',
  'OWNING_ORGANISATION',
  'CONTROLLER',
  'FORMER',
  'WALLED',
  'NONE',
] as const;
/**
 * How someone stands to a case; one may stand in several ways. What each may do is in the policy text, not here.
 *
 * `OWNER`: the desk that registered it. `COORDINATOR`: the desk of the case coordinator. `PARTICIPANT`: registered its own side,
 * accepted a referral or took over a handover. `CONSULTED`: registered or gave an account as the side that was asked; being named
 * as reached by the other side is not enough, for a slip of the pen must open nothing. `OFFERED`: asked to take the case on.
 * `EMERGENCY`: took emergency access that lasts. `OWNING_ORGANISATION`: the registering organisation, wherever. `CONTROLLER`: an
 * organisation that recorded data of the client. `FORMER`: stood to it once. `WALLED`: acts for the other party.
 */
export type Relation = (typeof relations)[number];

export const consents = ['NOT_NEEDED', 'GIVEN', 'MISSING'] as const;
/** The client's consent to the handover that a relation rests on (rule 5, P 5); not needed where it rests on something else. */
export type Consent = (typeof consents)[number];

/** One way in which somebody stands to a case. */
export interface Standing extends Place {
  readonly relation: Relation;
  readonly consent: Consent;
  /** When it ends by itself; null when only a step ends it. */
  readonly until: Instant | null;
}

/**
 * Everyone's standing to a case: the one source for decisions on a fresh fold and for the access table. Relations still to come
 * (on duty at the desk, board, participant of a meeting) join as further parts of the list below.
 */
export function standingsOf(file: RegisteredCase): readonly Standing[] {
  const current = [...work(file), ...offers(file)];
  const found = new Map<string, Standing>();
  for (const standing of [...current, ...oversight(file), ...emergencies(file), ...former(file, current)])
    found.set(keyOf(standing), standing);
  for (const wall of Object.values(file.walls))
    if (wall.lifted === null) {
      const walled = standing('WALLED', { ...nobody, ...wall.against });
      found.set(keyOf(walled), walled);
    }
  return [...found.values()];
}

/** What a standing is told apart by. */
export const keyOf = ({ relation, consent, until, ...place }: Standing): string =>
  [relation, consent, until ?? '', placeKey(place)].join('|');

const placeKey = ({ organisationId, locationId, professionalId }: Place): string =>
  [organisationId ?? '', locationId ?? '', professionalId ?? ''].join('|');

/** Whether somebody is meant by a place. */
export const isAt = (place: Place, who: Omit<Party, 'organisationKind'>): boolean =>
  (place.organisationId === null || place.organisationId === who.organisationId) &&
  (place.locationId === null || place.locationId === who.locationId) &&
  (place.professionalId === null || place.professionalId === who.professionalId);

/** The standings of somebody at a moment. */
export const standingsOfParty = (
  standings: readonly Standing[],
  who: Omit<Party, 'organisationKind'>,
  at: Instant,
): readonly Standing[] =>
  standings.filter((one) => isAt(one, who) && (one.until === null || isBefore(at, one.until)));

/** Those who had a role in a case and have none after a step: it remembers that they were there. */
export function formerAfter(before: RegisteredCase, after: RegisteredCase): readonly Place[] {
  const were = new Map(before.former.map((place) => [placeKey(place), place]));
  const are = new Set([...work(after), ...offers(after)].map(placeKey));
  for (const { organisationId, locationId, professionalId } of [...work(before), ...offers(before)]) {
    const place = { organisationId, locationId, professionalId };
    if (!are.has(placeKey(place))) were.set(placeKey(place), place);
  }
  return [...were.values()];
}

/** Those who work on the case. */
function* work(file: RegisteredCase): Generator<Standing> {
  const own = file.registrations[file.registrationId];
  if (own && keeps(file, own.registeredBy)) yield standing('OWNER', deskOf(own.registeredBy));
  if (file.coordinator) yield standing('COORDINATOR', deskOf(file.coordinator));

  for (const { role, side, registeredBy } of Object.values(file.registrations))
    if (role !== 'OWN' && keeps(file, registeredBy))
      yield standing(side === 'CONSULTED' ? 'CONSULTED' : 'PARTICIPANT', deskOf(registeredBy));
  for (const { accounts } of Object.values(file.conversations))
    if (accounts.CONSULTED.status === 'RECORDED' && keeps(file, accounts.CONSULTED.recordedBy))
      yield standing('CONSULTED', deskOf(accounts.CONSULTED.recordedBy));

  for (const { status, handoverId, answeredBy } of Object.values(file.referrals))
    // A warm referral opens nothing by itself: its handover does, with consent.
    if (status === 'ACCEPTED' && handoverId === null && answeredBy && keeps(file, answeredBy))
      yield standing('PARTICIPANT', deskOf(answeredBy));
  for (const handover of Object.values(file.handovers))
    if ((handover.status === 'ACCEPTED' || handover.status === 'COMPLETED') && keeps(file, handover.offer.to))
      yield standing('PARTICIPANT', deskOf(handover.offer.to), consentTo(handover));
}

/** Those who are asked to take the case on and have not answered. */
function* offers(file: RegisteredCase): Generator<Standing> {
  for (const { status, handoverId, to } of Object.values(file.referrals))
    if (status === 'OPEN' && handoverId === null)
      yield standing('OFFERED', {
        organisationId: to.organisationId,
        locationId: null,
        professionalId: to.professionalId,
      });
  for (const handover of Object.values(file.handovers))
    // The desk rather than the person, for a colleague may decline for somebody absent.
    if (handover.status === 'OFFERED')
      yield standing('OFFERED', deskOf(handover.offer.to), consentTo(handover));
}

/** Organisations that answer for what lies in the case. */
function* oversight(file: RegisteredCase): Generator<Standing> {
  const own = file.registrations[file.registrationId];
  if (own) yield standing('OWNING_ORGANISATION', organisationOf(own.registeredBy));
  for (const organisationId of file.controllers) yield standing('CONTROLLER', { ...nobody, organisationId });
}

/** A review that finds no justification ends emergency access at once. */
function* emergencies(file: RegisteredCase): Generator<Standing> {
  for (const { takenBy, until, review } of Object.values(file.emergencies))
    if (review?.verdict !== 'NOT_JUSTIFIED')
      yield { ...standing('EMERGENCY', { ...nobody, professionalId: takenBy.professionalId }), until };
}

function* former(file: RegisteredCase, current: readonly Standing[]): Generator<Standing> {
  const are = new Set(current.map(placeKey));
  for (const place of file.former) if (!are.has(placeKey(place))) yield standing('FORMER', place);
}

/**
 * A handover ends the sender's access, whatever it rested on, unless a role in the case remains: the coordinating one, or work of
 * its own that is still open. Whoever got the case back since has it again.
 */
function keeps(file: RegisteredCase, party: Party): boolean {
  const desk = placeKey(deskOf(party));
  const is = (other: Party): boolean => placeKey(deskOf(other)) === desk;
  const last = file.handedOver
    .flatMap((handoverId) => {
      const handover = byId(file.handovers, handoverId);
      return handover && handover.status !== 'PREPARED' ? [handover.offer] : [];
    })
    .findLast(({ by, to }) => is(by) || is(to));
  return last === undefined || is(last.to) || hasOpenWork(file, is);
}

const hasOpenWork = (file: CaseFile, is: (party: Party) => boolean): boolean =>
  (file.coordinator !== null && is(file.coordinator)) ||
  Object.values(file.requests).some(({ status, askedBy }) => status === 'OPEN' && is(askedBy)) ||
  Object.values(file.referrals).some(({ status, referredBy }) => status === 'OPEN' && is(referredBy)) ||
  handoversUnderWay(file).some(({ offer }) => is(offer.by));

const consentTo = ({ consent }: HandoverState): Consent => (consent.status === 'GIVEN' ? 'GIVEN' : 'MISSING');

const nobody: Place = { organisationId: null, locationId: null, professionalId: null };

/** An organisation at a location: colleagues at a desk share its cases. */
const deskOf = ({ organisationId, locationId }: Party): Place => ({ ...nobody, organisationId, locationId });

const organisationOf = ({ organisationId }: Party): Place => ({ ...nobody, organisationId });

const standing = (
  relation: Relation,
  { organisationId, locationId, professionalId }: Place,
  consent: Consent = 'NOT_NEEDED',
): Standing => ({ relation, consent, organisationId, locationId, professionalId, until: null });

/**
 * Steps after which somebody may stand less well to a case than before: what they end must be ended in lists too before they
 * count as effective. A test on random histories keeps the list complete.
 */
export const revokingSteps = [
  'RegistrationLinked',
  'CoordinatorAssigned',
  'CoordinatorTransferred',
  'ContactSucceeded',
  'PiketRequestWithdrawn',
  'PiketRequestExpired',
  'ReferralAccepted',
  'ReferralDeclined',
  'ReferralLapsed',
  'HandoverConsentRefused',
  'HandoverConsentWithdrawn',
  'HandoverOffered',
  'HandoverAccepted',
  'WarmHandoverCompleted',
  'HandoverDeclined',
  'HandoverLapsed',
  'CaseClosed',
  'FactEnteredInError',
  'ConflictWallRaised',
  'EmergencyAccessReviewed',
] as const;

/** Whether a step may have ended somebody's access. */
export const isRevoking = (type: string): boolean => revokingSteps.some((revoking) => revoking === type);

/** A standing as a policy and the access table see it, for example `OWNER/NOT_NEEDED/OPEN`: all that decides, and nothing of whom. */
export type StandingWord = `${Relation}/${Consent}/${RegisteredCase['status']}`;

/** The word of a standing in a case of this status. */
export const wordOf = (
  { relation, consent }: Pick<Standing, 'relation' | 'consent'>,
  status: RegisteredCase['status'],
): StandingWord => `${relation}/${consent}/${status}`;
