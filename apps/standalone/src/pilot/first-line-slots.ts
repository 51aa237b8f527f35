import { apportion, expand } from './apportion.js';
import * as tables from './published-tables.js';
import { locationNames, pilotAreas } from './published-tables.js';
import type { FirstLineKind, LocationName, PilotArea, PilotKind } from './published-tables.js';
import { userSpread } from './reference-data.js';
import type { Random } from './random.js';

/**
 * The complete registrations by area: the only whole numbers that add up to 117 and round to the published
 * percentages of R table 2.6 (a test proves it).
 */
export const completeByArea: Readonly<Record<PilotArea, number>> = {
  VREEMDELINGENRECHT: 39,
  ARBEIDSRECHT: 28,
  SOCIALEZEKERHEIDSRECHT: 17,
  HUURRECHT: 19,
  VERBINTENISSENRECHT: 8,
  CONSUMENTENRECHT: 0,
  ANDERS: 6,
};

/** What became of the contact that a first-line registration is about. */
export type Contacting =
  | { readonly kind: 'SPOKE'; readonly with: PilotKind }
  /** A conversation whose counterpart is not recorded, with or without a request before it (R footnote 7). */
  | { readonly kind: 'SPOKE_WITH_UNKNOWN'; readonly requested: boolean }
  /** This registration is itself the consulted side's, on the case of a colleague. */
  | { readonly kind: 'WAS_CONSULTED' }
  | { readonly kind: 'REACHED_NOBODY' }
  | { readonly kind: 'SOUGHT_NOBODY' };

/** Which first-line organisation registered, and what became of the contact. */
interface Role {
  readonly by: FirstLineKind;
  readonly contacting: Contacting;
}

/** One of the 357 first-line registrations: everything that a published table counts. */
export interface FirstLineSlot extends Role {
  readonly location: LocationName;
  readonly area: PilotArea;
  readonly relevance: 'YES' | 'NO';
  readonly complete: boolean;
}

type Place = Omit<FirstLineSlot, keyof Role>;

const times = (count: number, by: FirstLineKind, contacting: Contacting): Role[] =>
  Array.from({ length: count }, () => ({ by, contacting }));
const spokeWith = (kind: PilotKind): Contacting => ({ kind: 'SPOKE', with: kind });
const unknown = (requested: boolean): Contacting => ({ kind: 'SPOKE_WITH_UNKNOWN', requested });

const completeRoles = [
  ...times(tables.completePairs.loketAndLawyer, 'JURIDISCH_LOKET', spokeWith('ADVOCATUUR')),
  ...times(tables.completePairs.raadsliedenAndLawyer, 'SOCIAAL_RAADSLIEDEN', spokeWith('ADVOCATUUR')),
];

/** Registered for the signaleringsoverleg only (R 1.5): naturally these are relevant for it. */
const signaleringOnlyRoles = [
  ...times(3, 'JURIDISCH_LOKET', { kind: 'SOUGHT_NOBODY' }),
  ...times(2, 'SOCIAAL_RAADSLIEDEN', { kind: 'SOUGHT_NOBODY' }),
];

/** The split of the unknown contacts and of those who reached nobody is ours; only their totals follow from R. */
const otherRoles = [
  ...times(114, 'JURIDISCH_LOKET', spokeWith('ADVOCATUUR')),
  ...times(tables.sought.raadsliedenByLoket, 'JURIDISCH_LOKET', spokeWith('SOCIAAL_RAADSLIEDEN')),
  ...times(tables.sought.insideLoket, 'JURIDISCH_LOKET', spokeWith('JURIDISCH_LOKET')),
  ...times(15, 'JURIDISCH_LOKET', unknown(true)),
  ...times(10, 'JURIDISCH_LOKET', unknown(false)),
  ...times(5, 'JURIDISCH_LOKET', { kind: 'REACHED_NOBODY' }),
  ...times(32, 'SOCIAAL_RAADSLIEDEN', spokeWith('ADVOCATUUR')),
  ...times(tables.sought.loketByRaadslieden, 'SOCIAAL_RAADSLIEDEN', spokeWith('JURIDISCH_LOKET')),
  ...times(tables.sought.insideRaadslieden - 1, 'SOCIAAL_RAADSLIEDEN', spokeWith('SOCIAAL_RAADSLIEDEN')),
  ...times(10, 'SOCIAAL_RAADSLIEDEN', unknown(true)),
  ...times(15, 'SOCIAAL_RAADSLIEDEN', unknown(false)),
  ...times(2, 'SOCIAAL_RAADSLIEDEN', { kind: 'REACHED_NOBODY' }),
];

/** The complete registration among sociaal raadslieden happens where enough of them registered; R does not say where. */
const amongRaadslieden = 'AMSTERDAM' satisfies LocationName;

/** All first-line registrations, so that every published margin holds at once; the consulted one comes last. */
export function firstLineSlots(random: Random): FirstLineSlot[] {
  for (let draw = 0; draw < 100; draw += 1) {
    const slots = tryDraw(random.fork(`draw-${draw}`));
    if (slots !== undefined) return slots;
  }
  throw new Error(
    'no draw of the first-line registrations gives every user one; the published tables were changed',
  );
}

function tryDraw(random: Random): FirstLineSlot[] | undefined {
  const places = drawPlaces(random);
  const asking = places.find(
    (place) =>
      place.complete && place.location === amongRaadslieden && consultedAt(places, place) !== undefined,
  );
  const consulted = asking && consultedAt(places, asking);
  if (asking === undefined || consulted === undefined) return undefined;

  const complete = places.filter((place) => place.complete && place !== asking);
  const others = places.filter((place) => !place.complete && place !== consulted);
  const signaleringOnly = others
    .filter((place) => place.relevance === 'YES')
    .slice(0, signaleringOnlyRoles.length);
  const rest = others.filter((place) => !signaleringOnly.includes(place));
  const slots = [
    ...assign(complete, random.shuffled(completeRoles)),
    ...assign(signaleringOnly, signaleringOnlyRoles),
    ...assign(rest, random.shuffled(otherRoles)),
    ...assign([asking], times(1, 'SOCIAAL_RAADSLIEDEN', spokeWith('SOCIAAL_RAADSLIEDEN'))),
    ...assign([consulted], times(1, 'SOCIAAL_RAADSLIEDEN', { kind: 'WAS_CONSULTED' })),
  ];
  return everyUserRegisters(slots) ? slots : undefined;
}

/** A registration of the same place and area, since the consulted side's registration joins the asking side's case. */
const consultedAt = (places: readonly Place[], asking: Place): Place | undefined =>
  places.find((place) => !place.complete && place.location === asking.location && place.area === asking.area);

/**
 * Location, area, relevance and completeness of each registration. The four groups that relevance and completeness
 * make each get margins of their own that add up to the published ones; inside a group every pairing of locations
 * with areas keeps those margins, so the pairing is free to be random.
 */
function drawPlaces(random: Random): Place[] {
  const relevantAndComplete = 42;
  const byLocation = crossMargins(
    locationNames,
    tables.firstLineRelevanceByLocation,
    tables.completeByLocation,
    relevantAndComplete,
  );
  const byArea = crossMargins(
    pilotAreas,
    tables.firstLineRelevanceByArea,
    completeByArea,
    relevantAndComplete,
  );
  const places = groups.flatMap(({ name, relevance, complete }) => {
    const areas = random.shuffled(expand(byArea[name]));
    return expand(byLocation[name]).map((location, at): Place => {
      const area = areas[at];
      if (area === undefined) throw new Error(`the margins of group ${name} differ`);
      return { location, area, relevance, complete };
    });
  });
  return random.shuffled(places);
}

const groups = [
  { name: 'completeYes', relevance: 'YES', complete: true },
  { name: 'completeNo', relevance: 'NO', complete: true },
  { name: 'otherYes', relevance: 'YES', complete: false },
  { name: 'otherNo', relevance: 'NO', complete: false },
] as const;
type Group = (typeof groups)[number]['name'];

function crossMargins<K extends string>(
  keys: readonly K[],
  relevance: Readonly<Record<K, { yes: number; no: number }>>,
  complete: Readonly<Record<K, number>>,
  relevantAndComplete: number,
): Record<Group, Record<K, number>> {
  const expected = keys.map(
    (key) => (complete[key] * relevance[key].yes) / (relevance[key].yes + relevance[key].no),
  );
  const both = apportion(relevantAndComplete, expected);
  const margin = (count: (key: K, both: number) => number) =>
    Object.fromEntries(keys.map((key, at) => [key, count(key, both[at] ?? 0)])) as Record<K, number>;
  return {
    completeYes: margin((_key, yes) => yes),
    completeNo: margin((key, yes) => complete[key] - yes),
    otherYes: margin((key, yes) => relevance[key].yes - yes),
    otherNo: margin((key, yes) => relevance[key].no - (complete[key] - yes)),
  };
}

function assign(places: readonly Place[], roles: readonly Role[]): FirstLineSlot[] {
  if (places.length !== roles.length) throw new Error(`${places.length} places for ${roles.length} roles`);
  return places.map((place, at) => ({ ...place, ...(roles[at] as Role) }));
}

/** Active users registered at least one case (R 2.2), so each location has registrations enough for its own. */
const everyUserRegisters = (slots: readonly FirstLineSlot[]): boolean =>
  (['JURIDISCH_LOKET', 'SOCIAAL_RAADSLIEDEN'] as const).every((kind) =>
    locationNames.every(
      (location) =>
        slots.filter((slot) => slot.by === kind && slot.location === location).length >=
        userSpread[kind][location].active,
    ),
  );
