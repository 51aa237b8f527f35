import type { Principal } from '@spil/access';
import { locations } from '../../apps/standalone/src/pilot/reference-data.js';
import type { RunningSpil } from './spil.js';

/** The national board: sees every figure, and no case. */
export const board: Principal = { subject: 'board', role: 'BOARD', mayImport: false };

const document = `query ($line: Line, $asOf: Instant) {
  figures(period: { from: "2020-09-01", to: "2021-03-31" }, line: $line, asOf: $asOf) {
    users { organisationKind registered active }
    byKind: registrations(by: ORGANISATION_KIND) { key count }
    byLocation: registrations(by: LOCATION) { key count }
    byArea: registrations(by: AREA) { key count }
    registrationsByKind { organisationKind registrationKind count }
    relevanceByLocation: relevance(by: LOCATION) { key yes no }
    relevanceByArea: relevance(by: AREA) { key yes no }
    completeByLocation: completeRegistrations(by: LOCATION) { key count }
    completeByArea: completeRegistrations(by: AREA) { key count }
    completeByPair { askingKind otherKind count }
    contactOutcome { withContact withoutContact }
    conversationsSought { askingKind otherKind count }
    latAnswers { yes no }
  }
}`;

interface Keyed {
  readonly key: string;
  readonly count: number;
}
interface Relevance {
  readonly key: string;
  readonly yes: number;
  readonly no: number;
}
interface Pair {
  readonly askingKind: string;
  readonly otherKind: string;
  readonly count: number;
}

/** The governance figures as GraphQL answers them. */
export interface FiguresAnswer {
  readonly users: readonly { organisationKind: string; registered: number; active: number }[];
  readonly byKind: readonly Keyed[];
  readonly byLocation: readonly Keyed[];
  readonly byArea: readonly Keyed[];
  readonly registrationsByKind: readonly {
    organisationKind: string;
    registrationKind: string;
    count: number;
  }[];
  readonly relevanceByLocation: readonly Relevance[];
  readonly relevanceByArea: readonly Relevance[];
  readonly completeByLocation: readonly Keyed[];
  readonly completeByArea: readonly Keyed[];
  readonly completeByPair: readonly Pair[];
  readonly contactOutcome: { withContact: number; withoutContact: number };
  readonly conversationsSought: readonly Pair[];
  readonly latAnswers: { yes: number; no: number };
}

/** Asks for the pilot's period, for one line or for both. */
export async function figuresOf(
  spil: RunningSpil,
  options: { line?: 'FIRST' | 'SECOND'; asOf?: string } = {},
): Promise<FiguresAnswer> {
  const { data, errors } = await spil.query<{ figures: FiguresAnswer }>(board, document, options);
  if (!data) throw new Error(`no figures: ${JSON.stringify(errors)}`);
  return data.figures;
}

const locationCodes = new Map(Object.values(locations).map(({ id, code }) => [id, code]));
const codeOf = (key: string): string => locationCodes.get(key) ?? key;
const lawyerKinds: Readonly<Record<string, string>> = {
  COUNTERPART: 'response',
  SECOND_LINE_RESPONSE_WITHOUT_CODE: 'response',
  SECOND_LINE_OWN_SIGNALERING: 'own',
  SECOND_LINE_CLIENT_CAME_DIRECTLY: 'direct',
};

/** Every published figure, by the ids of `publishedFigures`, from nothing but what GraphQL answers. */
export async function reproducedFigures(spil: RunningSpil): Promise<Map<string, number>> {
  const first = await figuresOf(spil, { line: 'FIRST' });
  const second = await figuresOf(spil, { line: 'SECOND' });
  const found = new Map<string, number>();
  const add = (id: string, count: number): void => {
    found.set(id, (found.get(id) ?? 0) + count);
  };

  for (const { organisationKind, registered, active } of (await figuresOf(spil)).users) {
    for (const suffix of ['', `.${organisationKind}`]) {
      add(`users.registered${suffix}`, registered);
      add(`users.active${suffix}`, active);
    }
  }
  for (const [line, figures] of [
    ['firstLine', first],
    ['secondLine', second],
  ] as const) {
    for (const { key, count } of figures.byKind) {
      add('registrations', count);
      add(line, count);
      if (line === 'firstLine') add(`firstLine.${key}`, count);
    }
  }
  for (const { key, count } of [...first.byLocation, ...first.byArea]) add(`firstLine.${codeOf(key)}`, count);
  for (const { key, count } of second.byLocation) add(`lawyers.${codeOf(key)}`, count);
  for (const { registrationKind, count } of second.registrationsByKind)
    add(`secondLine.${lawyerKinds[registrationKind] ?? registrationKind}`, count);

  for (const { key, yes, no } of first.relevanceByLocation) {
    add('relevance.firstLine.YES', yes);
    add('relevance.firstLine.NO', no);
    add(`relevance.firstLine.${codeOf(key)}.YES`, yes);
    add(`relevance.firstLine.${codeOf(key)}.NO`, no);
  }
  for (const { key, yes, no } of first.relevanceByArea) {
    add(`relevance.firstLine.${key}.YES`, yes);
    add(`relevance.firstLine.${key}.NO`, no);
  }
  for (const { key, yes, no } of second.relevanceByLocation) {
    for (const scope of ['', `.${codeOf(key)}`]) {
      add(`relevance.secondLine${scope}`, yes + no);
      add(`relevance.secondLine${scope}.YES`, yes);
      add(`relevance.secondLine${scope}.NO`, no);
    }
  }

  for (const { key, count } of first.completeByLocation) {
    add('complete', count);
    add(`complete.${codeOf(key)}`, count);
  }
  for (const { key, count } of first.completeByArea) add(`complete.${key}`, count);
  for (const { askingKind, otherKind, count } of first.completeByPair) {
    add(`complete.${askingKind}.${otherKind}`, count);
    if (otherKind === 'ADVOCATUUR') add('complete.withLawyer', count);
  }
  add('contact.succeeded', first.contactOutcome.withContact);
  add('contact.none', first.contactOutcome.withoutContact);
  for (const { askingKind, otherKind, count } of first.conversationsSought)
    add(`sought.${otherKind === 'ADVOCATUUR' ? 'firstLine' : askingKind}.${otherKind}`, count);
  add('lat.YES', first.latAnswers.yes);
  add('lat.NO', first.latAnswers.no);
  add('lat.answered', first.latAnswers.yes + first.latAnswers.no);
  return found;
}
