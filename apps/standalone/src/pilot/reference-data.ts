import { beforeOpening, pilotPeriod } from './desk-time.js';
import { idOf } from './keys.js';
import type { LocationName, PilotKind } from './published-tables.js';
import { locationNames, pilotKinds, users } from './published-tables.js';
import type { PilotLocation, PilotOrganisation, PilotPolicy, PilotProfessional } from './steps.js';

const keyed = (key: string) => ({ key, id: idOf(key), at: beforeOpening });

const places: Readonly<
  Record<LocationName, Pick<PilotLocation, 'name' | 'municipalities' | 'arrondissement'>>
> = {
  AMSTERDAM: { name: 'Amsterdam', municipalities: ['GM0363'], arrondissement: 'AMSTERDAM' },
  NIJMEGEN: { name: 'Nijmegen', municipalities: ['GM0268'], arrondissement: 'GELDERLAND' },
  UTRECHT: { name: 'Utrecht', municipalities: ['GM0344'], arrondissement: 'MIDDEN-NEDERLAND' },
  // Middelburg, Vlissingen and Veere.
  WALCHEREN: {
    name: 'Walcheren',
    municipalities: ['GM0687', 'GM0718', 'GM0717'],
    arrondissement: 'ZEELAND-WEST-BRABANT',
  },
  ZWOLLE: { name: 'Zwolle', municipalities: ['GM0193'], arrondissement: 'OVERIJSSEL' },
};

/** The five locations with their CBS municipality codes. */
export const locations: Readonly<Record<LocationName, PilotLocation>> = perLocation((code) => ({
  ...keyed(`location/${code.toLowerCase()}`),
  code,
  ...places[code],
}));

/** Law firms per location; a firm's name is plainly invented. */
const firmNames: Readonly<Record<LocationName, readonly string[]>> = {
  AMSTERDAM: ['Proefpolder', 'Testgracht', 'Voorbeeldkade', 'Verzonnenburg', 'Fictieplein', 'Nergenshuizen'],
  NIJMEGEN: ['Proefwaal', 'Testheuvel', 'Voorbeeldstad'],
  UTRECHT: ['Proefdom', 'Testwerf', 'Voorbeeldsingel', 'Fictievecht'],
  WALCHEREN: ['Proefzee', 'Testduin', 'Voorbeeldhaven'],
  ZWOLLE: ['Proefijssel', 'Testpoort', 'Voorbeeldmars'],
};

const organisation = (slug: string, name: string, kind: PilotKind): PilotOrganisation => ({
  ...keyed(`organisation/${slug}`),
  name,
  kind,
});

const juridischLoket = organisation('juridisch-loket', 'Juridisch Loket (fictief)', 'JURIDISCH_LOKET');

/** The organisations at each location; the Juridisch Loket is one and the same everywhere. */
export const organisationsAt: Readonly<
  Record<LocationName, Readonly<Record<PilotKind, readonly PilotOrganisation[]>>>
> = perLocation((code) => ({
  JURIDISCH_LOKET: [juridischLoket],
  SOCIAAL_RAADSLIEDEN: [
    organisation(
      `sociaal-raadslieden-${code.toLowerCase()}`,
      `Sociaal Raadslieden ${places[code].name} (fictief)`,
      'SOCIAAL_RAADSLIEDEN',
    ),
  ],
  ADVOCATUUR: firmNames[code].map((name) =>
    organisation(`advocaten-${name.toLowerCase()}`, `${name} Advocaten (fictief)`, 'ADVOCATUUR'),
  ),
}));

/** Every organisation once. */
export const organisations: readonly PilotOrganisation[] = [
  ...new Map(
    locationNames
      .flatMap((code) => pilotKinds.flatMap((kind) => organisationsAt[code][kind]))
      .map((each) => [each.key, each]),
  ).values(),
];

/** The policy of the pilot: a local desk, and the lawyer who was consulted never receives the referral (R 1.2). */
export const policies: readonly PilotPolicy[] = locationNames.map((code) => ({
  ...keyed(`policy/${code.toLowerCase()}`),
  location: locations[code],
  from: pilotPeriod.from,
  policy: {
    consultedLawyerMayReceiveFrom: [],
    hoursToAccept: 5 * 24,
    attemptsBeforeEscalation: 3,
    minutesBeforeEscalation: 60,
    localDesk: true,
  },
}));

/**
 * Users per location: only the totals per kind are published (R 2.2); the spread is ours, in proportion to what was
 * registered where.
 */
export const userSpread: Readonly<
  Record<PilotKind, Readonly<Record<LocationName, { registered: number; active: number }>>>
> = {
  ADVOCATUUR: spread([40, 22], [14, 4], [25, 13], [18, 11], [14, 6]),
  JURIDISCH_LOKET: spread([15, 11], [7, 4], [11, 7], [7, 5], [8, 6]),
  SOCIAAL_RAADSLIEDEN: spread([5, 3], [2, 1], [4, 2], [3, 2], [2, 1]),
};

/** The people of one copy of the pilot; at each location the first ones of a kind are those who registered cases. */
export function people(copy: number): PilotProfessional[] {
  return pilotKinds.flatMap((kind) => {
    const kindPeople: PilotProfessional[] = [];
    for (const code of locationNames) {
      for (let at = 0; at < userSpread[kind][code].registered; at += 1) {
        kindPeople.push(professional(kind, code, copy, kindPeople.length + 1, at));
      }
    }
    if (kindPeople.length !== users[kind].registered)
      throw new Error(`${kindPeople.length} users of kind ${kind}`);
    return kindPeople;
  });
}

const slugs: Readonly<Record<PilotKind, string>> = {
  ADVOCATUUR: 'advocaat',
  JURIDISCH_LOKET: 'loket',
  SOCIAAL_RAADSLIEDEN: 'raadslieden',
};
const digits = (value: number, length: number): string => String(value).padStart(length, '0');
const firstNames = [
  'Anouk',
  'Bilal',
  'Carla',
  'Daan',
  'Esra',
  'Femke',
  'Gijs',
  'Hanan',
  'Ivo',
  'Jamila',
  'Koen',
];
const surnames = [
  'Voorbeeldstra',
  'Testma',
  'van Proefstede',
  'Fictiena',
  'de Verzinner',
  'Nergensveld',
  'Demohof',
];

function professional(
  kind: PilotKind,
  code: LocationName,
  copy: number,
  number: number,
  at: number,
): PilotProfessional {
  const slug = `${slugs[kind]}-${copy}-${digits(number, 3)}`;
  const employers = organisationsAt[code][kind];
  const employer = employers[at % employers.length];
  if (employer === undefined) throw new Error(`no organisation of kind ${kind} at ${code}`);
  return {
    ...keyed(`professional/${slug}`),
    name: `${firstNames[number % firstNames.length] ?? ''} ${surnames[(number + copy) % surnames.length] ?? ''}`,
    email: `${slug}@example.org`,
    phone: `06-09${digits(copy % 100, 2)}${digits(number + 1000 * pilotKinds.indexOf(kind), 4)}`,
    kind,
    location: locations[code],
    organisation: employer,
  };
}

function perLocation<T>(make: (code: LocationName) => T): Record<LocationName, T> {
  return Object.fromEntries(locationNames.map((code) => [code, make(code)])) as Record<LocationName, T>;
}

function spread(
  ...counts: readonly [number, number][]
): Record<LocationName, { registered: number; active: number }> {
  return Object.fromEntries(
    locationNames.map((code, at) => [
      code,
      { registered: counts[at]?.[0] ?? 0, active: counts[at]?.[1] ?? 0 },
    ]),
  ) as Record<LocationName, { registered: number; active: number }>;
}
