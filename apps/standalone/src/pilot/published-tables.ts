import type { LegalArea, OrganisationKind } from '@spil/domain';

/** The five locations of the pilot (R 1.2). */
export const locationNames = ['AMSTERDAM', 'NIJMEGEN', 'UTRECHT', 'WALCHEREN', 'ZWOLLE'] as const;
export type LocationName = (typeof locationNames)[number];

/** The seven areas of the pilot's registration system (R 2.3.1). */
export const pilotAreas = [
  'VREEMDELINGENRECHT',
  'ARBEIDSRECHT',
  'SOCIALEZEKERHEIDSRECHT',
  'HUURRECHT',
  'VERBINTENISSENRECHT',
  'CONSUMENTENRECHT',
  'ANDERS',
] as const satisfies readonly LegalArea[];
export type PilotArea = (typeof pilotAreas)[number];

export const pilotKinds = [
  'ADVOCATUUR',
  'JURIDISCH_LOKET',
  'SOCIAAL_RAADSLIEDEN',
] as const satisfies readonly OrganisationKind[];
export type PilotKind = (typeof pilotKinds)[number];
export type FirstLineKind = Exclude<PilotKind, 'ADVOCATUUR'>;

type ByLocation<T> = Readonly<Record<LocationName, T>>;
type ByArea<T> = Readonly<Record<PilotArea, T>>;
interface YesNo {
  readonly yes: number;
  readonly no: number;
}

/** R 2.2 and R 2.6: registered users, and those who registered at least one case. */
export const users: Readonly<Record<PilotKind, { registered: number; active: number }>> = {
  ADVOCATUUR: { registered: 111, active: 56 },
  JURIDISCH_LOKET: { registered: 48, active: 33 },
  SOCIAAL_RAADSLIEDEN: { registered: 16, active: 9 },
};

/** R 2.3. */
export const registrations: Readonly<Record<PilotKind, number>> = {
  ADVOCATUUR: 200,
  JURIDISCH_LOKET: 265,
  SOCIAAL_RAADSLIEDEN: 92,
};

/** R table 2.1: is the first line's registration relevant for the signaleringsoverleg? */
export const firstLineRelevanceByLocation: ByLocation<YesNo> = {
  AMSTERDAM: { yes: 37, no: 86 },
  NIJMEGEN: { yes: 11, no: 16 },
  UTRECHT: { yes: 25, no: 62 },
  WALCHEREN: { yes: 29, no: 35 },
  ZWOLLE: { yes: 28, no: 28 },
};

/** R table 2.2: the same by area. */
export const firstLineRelevanceByArea: ByArea<YesNo> = {
  VREEMDELINGENRECHT: { yes: 40, no: 52 },
  ARBEIDSRECHT: { yes: 27, no: 54 },
  SOCIALEZEKERHEIDSRECHT: { yes: 20, no: 44 },
  HUURRECHT: { yes: 18, no: 41 },
  VERBINTENISSENRECHT: { yes: 11, no: 16 },
  CONSUMENTENRECHT: { yes: 5, no: 7 },
  ANDERS: { yes: 9, no: 13 },
};

/** R table 2.3: the second line's registrations of which the question was answered. */
export const secondLineRelevanceByLocation: ByLocation<YesNo> = {
  AMSTERDAM: { yes: 14, no: 7 },
  NIJMEGEN: { yes: 2, no: 0 },
  UTRECHT: { yes: 8, no: 2 },
  WALCHEREN: { yes: 9, no: 6 },
  ZWOLLE: { yes: 9, no: 0 },
};

/** R tables 2.4 and 2.5: first-line registrations of a conversation of which both sides gave their account. */
export const completeByLocation: ByLocation<number> = {
  AMSTERDAM: 53,
  NIJMEGEN: 2,
  UTRECHT: 24,
  WALCHEREN: 22,
  ZWOLLE: 16,
};

/** R table 2.6: published as percentages only, of all first-line and of the complete registrations. */
export const areaPercentages: ByArea<{ firstLine: number; complete: number }> = {
  VREEMDELINGENRECHT: { firstLine: 26, complete: 33 },
  ARBEIDSRECHT: { firstLine: 23, complete: 24 },
  SOCIALEZEKERHEIDSRECHT: { firstLine: 18, complete: 15 },
  HUURRECHT: { firstLine: 17, complete: 16 },
  VERBINTENISSENRECHT: { firstLine: 7, complete: 7 },
  CONSUMENTENRECHT: { firstLine: 4, complete: 0 },
  ANDERS: { firstLine: 6, complete: 5 },
};

/** R 2.4: who spoke whom in the complete registrations. */
export const completePairs = {
  loketAndLawyer: 104,
  raadsliedenAndLawyer: 12,
  raadsliedenAmongThemselves: 1,
} as const;

/** R 2.2 and R 2.6: whom the first line sought. */
export const sought = {
  lawyer: 262,
  loketByRaadslieden: 14,
  raadsliedenByLoket: 8,
  insideLoket: 6,
  insideRaadslieden: 4,
} as const;

/** R 2.3.1. */
export const contact = { succeeded: 345, none: 12 } as const;

/** R 2.4: would a LAT have been requested without the desk? Of the complete registrations. */
export const lat = { yes: 15, no: 33 } as const;

/** R 2.3.2, text at figure 2.5: the only two locations whose number of lawyers' registrations is published. */
export const lawyerRegistrations = { AMSTERDAM: 95, ZWOLLE: 14 } as const;
