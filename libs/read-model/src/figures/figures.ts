import type { HandoverStatus } from '../cases/document.js';
import type { ConversationSide, LatAnswer, OrganisationKind, SignaleringRelevance } from '@spil/domain';
import type { ReadDatabase } from '../database.js';
import { sumFigure, type FigureFilter } from './cube-query.js';

/** How a figure is broken down. `LOCATION` and `ORGANISATION_KIND` are those of whoever did what is counted. */
export type Breakdown = 'ORGANISATION_KIND' | 'LOCATION' | 'AREA';

const dimensionOf = { ORGANISATION_KIND: 'organisationKind', LOCATION: 'locationId', AREA: 'area' } as const;

/** A count for one location, area or organisation kind. */
export interface CountBy {
  readonly key: string;
  readonly count: number;
}

/** Users by organisation kind (R 2.2). */
export interface UsersByKind {
  readonly organisationKind: OrganisationKind;
  /** Registered on the last day of the period and not left, wherever they came from. */
  readonly registered: number;
  /** Made at least one registration in the period; the distinct people. */
  readonly active: number;
}

/**
 * Users, registered and active. Registered users belong to a location and an organisation kind only, so area and
 * municipality narrow the active ones alone.
 */
export async function usersByKind(db: ReadDatabase, filter: FigureFilter): Promise<UsersByKind[]> {
  const stock = { ...filter, from: undefined, area: undefined, clientMunicipality: undefined };
  const [registered, active] = await Promise.all([
    sumFigure(db, 'USER', stock, ['organisationKind']),
    sumFigure(db, filter.area === undefined ? 'ACTIVE_USER' : 'ACTIVE_USER_IN_AREA', filter, [
      'organisationKind',
      'value',
    ]),
  ]);
  const kinds = [
    ...new Set([...registered, ...active].map(({ organisationKind }) => organisationKind)),
  ].sort();
  return kinds.map((kind) => ({
    organisationKind: kind as OrganisationKind,
    registered: registered.find(({ organisationKind }) => organisationKind === kind)?.count ?? 0,
    active: active.filter(({ organisationKind }) => organisationKind === kind).length,
  }));
}

/** Every registration, either side, by one dimension (R ch. 2). A lawyer's counts at the lawyer's location. */
export async function registrations(
  db: ReadDatabase,
  filter: FigureFilter,
  by: Breakdown,
): Promise<CountBy[]> {
  const dimension = dimensionOf[by];
  const cells = await sumFigure(db, 'REGISTRATION', filter, [dimension]);
  return cells.map((cell) => ({ key: cell[dimension], count: cell.count }));
}

/** Registrations by why the case was opened; `COUNTERPART` for the other side's on a known code (R 2.3.2). */
export async function registrationsByKind(
  db: ReadDatabase,
  filter: FigureFilter,
): Promise<
  { readonly organisationKind: OrganisationKind; readonly registrationKind: string; readonly count: number }[]
> {
  const cells = await sumFigure(db, 'REGISTRATION', filter, ['organisationKind', 'value']);
  return cells.map(({ organisationKind, value, count }) => ({
    organisationKind: organisationKind as OrganisationKind,
    registrationKind: value,
    count,
  }));
}

/** Registrations by their answer to the question of relevance for the signaleringsoverleg. */
export interface Relevance {
  readonly key: string;
  readonly yes: number;
  readonly no: number;
  readonly notAnswered: number;
  readonly notAsked: number;
}

/** Tables 2.1 to 2.3 of R: the answers by location, area or organisation kind; narrow with `line`. */
export async function relevance(db: ReadDatabase, filter: FigureFilter, by: Breakdown): Promise<Relevance[]> {
  const dimension = dimensionOf[by];
  const cells = await sumFigure(db, 'RELEVANCE', filter, [dimension, 'value']);
  const answers = new Map<string, Map<string, number>>();
  for (const cell of cells) {
    const counts = answers.get(cell[dimension]) ?? new Map<string, number>();
    answers.set(cell[dimension], counts.set(cell.value, cell.count));
  }
  return [...answers].map(([key, counts]) => {
    const count = (answer: SignaleringRelevance): number => counts.get(answer) ?? 0;
    return {
      key,
      yes: count('YES'),
      no: count('NO'),
      notAnswered: count('NOT_ANSWERED'),
      notAsked: count('NOT_ASKED'),
    };
  });
}

/**
 * Complete registrations (R tables 2.4 to 2.6): cases with a conversation of which both sides gave their account, each
 * once, at the day, location, area and kind of the registration that asked.
 */
export async function completeRegistrations(
  db: ReadDatabase,
  filter: FigureFilter,
  by: Breakdown,
): Promise<CountBy[]> {
  const dimension = dimensionOf[by];
  const cells = await sumFigure(db, 'COMPLETE', filter, [dimension]);
  return cells.map((cell) => ({ key: cell[dimension], count: cell.count }));
}

/** A count for a pair of organisation kinds. */
export interface PairCount {
  readonly askingKind: OrganisationKind;
  readonly otherKind: OrganisationKind | 'UNKNOWN';
  readonly count: number;
}

async function pairs(
  db: ReadDatabase,
  metric: 'COMPLETE' | 'CONVERSATION_SOUGHT',
  filter: FigureFilter,
): Promise<PairCount[]> {
  const cells = await sumFigure(db, metric, filter, ['organisationKind', 'other']);
  return cells.map(({ organisationKind, other, count }) => ({
    askingKind: organisationKind as OrganisationKind,
    otherKind: other as PairCount['otherKind'],
    count,
  }));
}

/** Complete registrations by the asking and the consulted organisation kind (R 2.4). */
export const completeByPair = (db: ReadDatabase, filter: FigureFilter): Promise<PairCount[]> =>
  pairs(db, 'COMPLETE', filter);

/** Conversations sought, by the kind that asked and the kind that was asked (R fig. 2.2); `UNKNOWN` is a value. */
export const conversationsSought = (db: ReadDatabase, filter: FigureFilter): Promise<PairCount[]> =>
  pairs(db, 'CONVERSATION_SOUGHT', filter);

/** Contacts by the kind that reported them and the kind that was reached. */
export interface ContactCount {
  readonly reportingKind: OrganisationKind;
  readonly reachedKind: OrganisationKind | 'UNKNOWN';
  /** Who began; DRS did not record it (R footnote 7). */
  readonly initiatedBy: ConversationSide | 'UNKNOWN';
  readonly count: number;
}

export async function contactsByPair(db: ReadDatabase, filter: FigureFilter): Promise<ContactCount[]> {
  const cells = await sumFigure(db, 'CONTACT', filter, ['organisationKind', 'other', 'value']);
  return cells.map(({ organisationKind, other, value, count }) => ({
    reportingKind: organisationKind as OrganisationKind,
    reachedKind: other as ContactCount['reachedKind'],
    initiatedBy: value as ContactCount['initiatedBy'],
    count,
  }));
}

/** Registrations by whether their case had a successful contact (R 2.3.1: 345 of 357 first-line ones). */
export async function contactOutcome(
  db: ReadDatabase,
  filter: FigureFilter,
): Promise<{ readonly withContact: number; readonly withoutContact: number }> {
  const cells = await sumFigure(db, 'CONTACT_OUTCOME', filter, ['value']);
  const count = (value: string): number => cells.find((cell) => cell.value === value)?.count ?? 0;
  return { withContact: count('WITH'), withoutContact: count('WITHOUT') };
}

/** Complete registrations by the asking side's answer: would a LAT have been requested without the desk? (R 2.4) */
export async function latAnswers(
  db: ReadDatabase,
  filter: FigureFilter,
): Promise<{ readonly yes: number; readonly no: number; readonly notAnswered: number }> {
  const cells = await sumFigure(db, 'LAT', filter, ['value']);
  const count = (answer: LatAnswer): number => cells.find((cell) => cell.value === answer)?.count ?? 0;
  return { yes: count('YES'), no: count('NO'), notAnswered: count('NOT_ANSWERED') };
}

/** How one side rated its conversations; unanswered ones stand apart and are no zeros (R footnote 8). */
export interface Ratings {
  readonly side: ConversationSide;
  /** Rating 1 to 10 and how often; those never given are left out. */
  readonly distribution: readonly { readonly rating: number; readonly count: number }[];
  readonly notAnswered: number;
}

export async function ratings(db: ReadDatabase, filter: FigureFilter): Promise<Ratings[]> {
  const cells = await sumFigure(db, 'RATING', filter, ['other', 'value']);
  return (['ASKING', 'CONSULTED'] as const).map((side) => {
    const given = cells.filter(({ other }) => other === side);
    return {
      side,
      distribution: given
        .filter(({ value }) => value !== 'NOT_ANSWERED')
        .map(({ value, count }) => ({ rating: Number(value), count }))
        .sort((one, other) => one.rating - other.rating),
      notAnswered: given.find(({ value }) => value === 'NOT_ANSWERED')?.count ?? 0,
    };
  });
}

/** Handovers prepared in the period, by where they stand; what was declined, lapsed or lost consent dropped off. */
export async function handovers(
  db: ReadDatabase,
  filter: FigureFilter,
): Promise<{ readonly status: HandoverStatus; readonly count: number }[]> {
  const cells = await sumFigure(db, 'HANDOVER', filter, ['value']);
  return cells.map(({ value, count }) => ({ status: value as HandoverStatus, count }));
}
