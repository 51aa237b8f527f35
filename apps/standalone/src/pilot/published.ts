import { figure, named, share, type PublishedFigure } from './published-figure.js';
import { relevanceFigures } from './published-relevance.js';
import * as tables from './published-tables.js';
import { locationNames, pilotAreas, pilotKinds } from './published-tables.js';

export type { PublishedFigure, PublishedShare } from './published-figure.js';

/** A published figure that the product does not compare with, and why. */
export interface NotCompared {
  readonly published: string;
  readonly source: string;
  readonly why: string;
}

const userFigures = [
  figure('users.registered', 'Registered users', 175, 'R 2.2'),
  ...pilotKinds.map((kind) =>
    figure(
      `users.registered.${kind}`,
      `Registered users, ${named(kind)}`,
      tables.users[kind].registered,
      'R 2.2',
    ),
  ),
  figure('users.active', 'Active users (registered at least one case)', 98, 'R 2.6'),
  ...pilotKinds.map((kind) =>
    figure(`users.active.${kind}`, `Active users, ${named(kind)}`, tables.users[kind].active, 'R 2.2'),
  ),
];

const registrationFigures = [
  figure('registrations', 'Registrations', 557, 'R 2.3'),
  figure('firstLine', 'First-line registrations', 357, 'R 2.3'),
  ...(['JURIDISCH_LOKET', 'SOCIAAL_RAADSLIEDEN'] as const).map((kind) =>
    figure(
      `firstLine.${kind}`,
      `First-line registrations, ${named(kind)}`,
      tables.registrations[kind],
      'R 2.3.1',
    ),
  ),
  figure('secondLine', 'Second-line registrations', 200, 'R 2.3'),
  figure(
    'secondLine.response',
    'Second line: in response to a piket conversation',
    null,
    'R 2.3.2',
    share(71, 'secondLine', 'R 2.3.2'),
  ),
  figure('secondLine.own', 'Second line: other (own) registration, "over a quarter"', null, 'R 2.3.2'),
  figure(
    'secondLine.direct',
    'Second line: client came directly, "some three percent"',
    null,
    'R 2.3.2',
    share(3, 'secondLine', 'R 2.3.2'),
  ),
];

/** R tables 2.4 and 2.5. */
const locationShares = {
  AMSTERDAM: { firstLine: 35, complete: 45, ratio: 43 },
  NIJMEGEN: { firstLine: 8, complete: 2, ratio: 7 },
  UTRECHT: { firstLine: 24, complete: 21, ratio: 28 },
  WALCHEREN: { firstLine: 18, complete: 19, ratio: 34 },
  ZWOLLE: { firstLine: 16, complete: 14, ratio: 29 },
} as const;

const firstLineFigures = [
  ...locationNames.map((location) => {
    const { yes, no } = tables.firstLineRelevanceByLocation[location];
    const ofAll = share(locationShares[location].firstLine, 'firstLine', 'R table 2.5');
    return figure(
      `firstLine.${location}`,
      `First-line registrations, ${named(location)}`,
      yes + no,
      'R table 2.4',
      ofAll,
    );
  }),
  ...pilotAreas.map((area) => {
    const { yes, no } = tables.firstLineRelevanceByArea[area];
    const ofAll = share(tables.areaPercentages[area].firstLine, 'firstLine', 'R table 2.6');
    return figure(
      `firstLine.${area}`,
      `First-line registrations, ${named(area)}`,
      yes + no,
      'R table 2.2, yes + no',
      ofAll,
    );
  }),
];

const contactFigures = [
  figure(
    'contact.succeeded',
    'First-line registrations with a successful contact',
    345,
    'R 2.3.1',
    share(97, 'firstLine', 'R 2.3.1'),
  ),
  figure('contact.none', 'First-line registrations without a successful contact', 12, 'R 2.3.1'),
  figure('sought.firstLine.ADVOCATUUR', 'First line sought the advocatuur', tables.sought.lawyer, 'R 2.6'),
  figure(
    'sought.SOCIAAL_RAADSLIEDEN.JURIDISCH_LOKET',
    'Sociaal raadslieden called the Juridisch Loket',
    14,
    'R 2.2',
  ),
  figure(
    'sought.JURIDISCH_LOKET.SOCIAAL_RAADSLIEDEN',
    'Juridisch Loket called sociaal raadslieden',
    8,
    'R 2.2',
  ),
  figure('sought.JURIDISCH_LOKET.JURIDISCH_LOKET', 'Calls inside the Juridisch Loket', 6, 'R 2.2'),
  figure('sought.SOCIAAL_RAADSLIEDEN.SOCIAAL_RAADSLIEDEN', 'Calls among sociaal raadslieden', 4, 'R 2.2'),
  figure(
    'lawyers.AMSTERDAM',
    'Lawyers’ registrations, Amsterdam',
    tables.lawyerRegistrations.AMSTERDAM,
    'R 2.3.2 at figure 2.5',
    share(77, 'firstLine.AMSTERDAM', 'R 2.3.2'),
  ),
  figure(
    'lawyers.ZWOLLE',
    'Lawyers’ registrations, Zwolle',
    tables.lawyerRegistrations.ZWOLLE,
    'R 2.3.2 at figure 2.5',
    share(25, 'firstLine.ZWOLLE', 'R 2.3.2'),
  ),
];

const { loketAndLawyer, raadsliedenAndLawyer, raadsliedenAmongThemselves } = tables.completePairs;
const completeFigures = [
  figure('complete', 'Complete registrations', 117, 'R 2.4', share(33, 'firstLine', 'R table 2.4')),
  ...locationNames.map((location) => {
    const { complete, ratio } = locationShares[location];
    const count = tables.completeByLocation[location];
    const ofOwn = share(ratio, `firstLine.${location}`, 'R table 2.4');
    const ofAll = share(complete, 'complete', 'R table 2.5');
    return figure(`complete.${location}`, `Complete, ${named(location)}`, count, 'R table 2.4', ofOwn, ofAll);
  }),
  ...pilotAreas.map((area) => {
    const ofAll = share(tables.areaPercentages[area].complete, 'complete', 'R table 2.6');
    return figure(`complete.${area}`, `Complete, ${named(area)}`, null, 'R table 2.6', ofAll);
  }),
  figure('complete.withLawyer', 'Complete, first line with the advocatuur', 116, 'R 2.4'),
  figure(
    'complete.JURIDISCH_LOKET.ADVOCATUUR',
    'Complete, Juridisch Loket with a lawyer',
    loketAndLawyer,
    'R 2.4',
  ),
  figure(
    'complete.SOCIAAL_RAADSLIEDEN.ADVOCATUUR',
    'Complete, sociaal raadslieden with a lawyer',
    raadsliedenAndLawyer,
    'R 2.4',
  ),
  figure(
    'complete.SOCIAAL_RAADSLIEDEN.SOCIAAL_RAADSLIEDEN',
    'Complete, sociaal raadslieden among themselves',
    raadsliedenAmongThemselves,
    'R 2.4',
  ),
  figure(
    'lat.answered',
    'LAT question answered (complete registrations)',
    48,
    'R 2.4',
    share(41, 'complete', 'R 2.4'),
  ),
  figure(
    'lat.YES',
    'A LAT would have been requested without the desk: yes',
    tables.lat.yes,
    'R 2.4',
    share(31, 'lat.answered', 'R 2.4'),
    share(13, 'complete', 'R 2.4'),
  ),
  figure(
    'lat.NO',
    'A LAT would have been requested without the desk: no',
    tables.lat.no,
    'R 2.4',
    share(69, 'lat.answered', 'R 2.4'),
  ),
];

/** Every figure that the evaluation publishes and that registrations can reproduce, in the order of the report. */
export const publishedFigures: readonly PublishedFigure[] = [
  ...userFigures,
  ...registrationFigures,
  ...firstLineFigures,
  ...relevanceFigures,
  ...contactFigures,
  ...completeFigures,
];

/** Published figures that registrations cannot reproduce. */
export const notCompared: readonly NotCompared[] = [
  {
    published: 'conversations rated good to very good: 90%',
    source: 'R 5.2 question 3',
    why: 'no counts are published; the distribution is an image (figure 2.7). Spil answers ratings as a distribution per side.',
  },
  {
    published: 'vreemdelingenrecht and arbeidsrecht together: about 50% of first-line registrations',
    source: 'R 2.3.1',
    why: 'a rounding in words; 92 + 81 of 357 is 48%.',
  },
  {
    published:
      'users per location (figure 2.1), registrations and lawyers’ registrations per location (figures 2.3 and 2.5)',
    source: 'R 2.2, 2.3',
    why: 'images whose numbers are not in the text, beyond those listed above.',
  },
  {
    published: '15 local coordinators; 9 dashboards',
    source: 'R 1.2, 1.5',
    why: 'how the pilot and its evaluation were organised; not registered in cases.',
  },
];
