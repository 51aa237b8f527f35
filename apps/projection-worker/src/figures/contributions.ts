import { minutesBetween, type Day, type Instant } from '@spil/domain';
import { leadTimeBucket, type Dimensions, type Metric } from '@spil/read-model';
import type { CaseFigures, FigureState, HandoverFigures, Who } from './figure-state.js';

/** One addition to one figure. */
export interface Contribution extends Dimensions {
  readonly occurredDay: Day;
  readonly count: number;
}

/** All that a stream, as it stands, adds to the figures. A correction changes this; the ledger gets the difference. */
export const contributionsOf = (state: FigureState): Contribution[] =>
  state.of === 'CASE'
    ? ofCase(state)
    : state.changes.map(({ day, who, count }) => ({
        ...dimensions('USER', who, { area: '', municipality: '' }),
        occurredDay: day,
        count,
      }));

interface Place {
  readonly area: string;
  readonly municipality: string;
}

const dimensions = (
  metric: Metric,
  { organisationKind, locationId }: Pick<Who, 'organisationKind' | 'locationId'>,
  { area, municipality }: Place,
  value = '',
  other = '',
): Dimensions => ({ metric, locationId, municipality, organisationKind, area, other, value });

function ofCase(state: CaseFigures): Contribution[] {
  const found: Contribution[] = [];
  const add = (occurredDay: Day, counted: Dimensions): void => {
    found.push(Object.assign(counted, { occurredDay, count: 1 }));
  };
  const outcome = state.contacts.length > 0 ? 'WITH' : 'WITHOUT';
  for (const { who, day, kind, relevance } of state.registrations) {
    add(day, dimensions('REGISTRATION', who, state, kind));
    add(day, dimensions('RELEVANCE', who, state, relevance));
    add(day, dimensions('CONTACT_OUTCOME', who, state, outcome));
    add(day, dimensions('ACTIVE_USER', who, { ...state, area: '' }, who.professionalId));
    add(day, dimensions('ACTIVE_USER_IN_AREA', who, state, who.professionalId));
  }
  for (const { who, day, area, askedKind } of state.requests)
    add(day, dimensions('CONVERSATION_SOUGHT', who, { ...state, area }, '', askedKind));
  for (const { who, day, piketRequestId, reachedKind, initiatedBy } of state.contacts) {
    const area = requestOf(state, piketRequestId)?.area ?? state.area;
    add(day, dimensions('CONTACT', who, { ...state, area }, initiatedBy, reachedKind));
  }
  for (const { who, day, side, recorded } of state.accounts)
    if (recorded)
      add(day, dimensions('RATING', who, state, recorded.rating?.toString() ?? 'NOT_ANSWERED', side));

  const complete = completeOf(state);
  if (complete) {
    add(complete.day, dimensions('COMPLETE', complete.who, state, '', complete.consultedKind));
    add(complete.day, dimensions('LAT', complete.who, state, complete.lat));
  }
  for (const handover of state.handovers)
    add(handover.day, dimensions('HANDOVER', handover.who, state, handover.status));
  for (const { metric, who, day, minutes, area = state.area } of leadTimes(state))
    add(day, dimensions(metric, who, { ...state, area }, leadTimeBucket(minutes).toString()));
  return found;
}

const requestOf = (
  { requests }: CaseFigures,
  piketRequestId: string | null,
): CaseFigures['requests'][number] | undefined =>
  requests.find((request) => request.piketRequestId === piketRequestId);

/**
 * The first conversation of which both sides gave their account (R 2.4), counted at the registration of the side that
 * asked. However many conversations are complete, the case is so once.
 */
function completeOf(
  state: CaseFigures,
): { day: Day; who: Who; consultedKind: string; lat: string } | undefined {
  for (const { conversationId } of state.contacts) {
    const [asking, consulted] = (['ASKING', 'CONSULTED'] as const).map((side) =>
      state.accounts.find((account) => account.conversationId === conversationId && account.side === side),
    );
    if (!asking || !consulted) continue;
    const { day, who } = registrationOf(state, asking.registrationId);
    const { organisationKind } = registrationOf(state, consulted.registrationId).who;
    return { day, who, consultedKind: organisationKind, lat: asking.recorded?.lat ?? 'NOT_ANSWERED' };
  }
  return undefined;
}

function registrationOf(
  state: CaseFigures,
  registrationId: string,
): { readonly day: Day; readonly who: Who } {
  const found = [...state.registrations, ...state.linked].find(
    (known) => known.registrationId === registrationId,
  );
  if (!found) throw new Error('an account names a registration that is not in the case');
  return found;
}

interface LeadTime {
  readonly metric: Metric;
  readonly who: Who;
  /** Of the step that ended the wait. */
  readonly day: Day;
  readonly minutes: number;
  readonly area?: string;
}

function leadTimes(state: CaseFigures): LeadTime[] {
  const found: LeadTime[] = [];
  const [opening] = state.registrations;
  const first = state.contacts.reduce<CaseFigures['contacts'][number] | undefined>(
    (earliest, contact) => (earliest && earliest.at <= contact.at ? earliest : contact),
    undefined,
  );
  if (opening && first)
    found.push({
      metric: 'LEAD_REGISTRATION_TO_CONTACT',
      who: opening.who,
      day: first.day,
      minutes: minutesBetween(opening.at, first.at),
    });
  for (const { piketRequestId, at, day, delayMinutes } of state.contacts) {
    const request = requestOf(state, piketRequestId);
    if (request)
      found.push({
        metric: 'LEAD_REQUEST_TO_CONTACT',
        who: request.who,
        day,
        minutes: delayMinutes ?? minutesBetween(request.at, at),
        area: request.area,
      });
  }
  for (const { who, at, accepted } of state.referrals)
    if (accepted) found.push(between('LEAD_REFERRAL_TO_ACCEPTANCE', who, at, accepted));
  for (const handover of state.handovers) found.push(...ofHandover(handover));
  return found;
}

function ofHandover({ who, offeredAt, accepted, completed }: HandoverFigures): LeadTime[] {
  const found: LeadTime[] = [];
  if (offeredAt !== null && accepted)
    found.push(between('LEAD_HANDOVER_OFFER_TO_ACCEPTANCE', who, offeredAt, accepted));
  if (accepted && completed)
    found.push(between('LEAD_HANDOVER_ACCEPTANCE_TO_COMPLETION', who, accepted.at, completed));
  return found;
}

const between = (
  metric: Metric,
  who: Who,
  from: Instant,
  to: { readonly at: Instant; readonly day: Day },
): LeadTime => ({ metric, who, day: to.day, minutes: minutesBetween(from, to.at) });
