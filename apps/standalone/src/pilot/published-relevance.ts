import { figure, named, share } from './published-figure.js';
import * as tables from './published-tables.js';
import { locationNames, pilotAreas } from './published-tables.js';

interface Answers {
  readonly yes: number;
  readonly no: number;
  readonly yesPercent: number;
}

/** The answers to "relevant for the signaleringsoverleg?", with the percentages that stand beside them. */
const relevance = (
  id: string,
  label: string,
  source: string,
  { yes, no, yesPercent }: Answers,
  of: string,
) => [
  figure(`${id}.YES`, `${label}, relevant: yes`, yes, source, share(yesPercent, of, source)),
  figure(`${id}.NO`, `${label}, relevant: no`, no, source, share(100 - yesPercent, of, source)),
];

const yesPercentages: Readonly<Record<string, number>> = {
  AMSTERDAM: 30,
  NIJMEGEN: 41,
  UTRECHT: 29,
  WALCHEREN: 45,
  ZWOLLE: 50,
  VREEMDELINGENRECHT: 43,
  ARBEIDSRECHT: 33,
  SOCIALEZEKERHEIDSRECHT: 31,
  HUURRECHT: 31,
  VERBINTENISSENRECHT: 41,
  CONSUMENTENRECHT: 42,
  ANDERS: 41,
};
const secondLineYesPercentages = {
  AMSTERDAM: 67,
  NIJMEGEN: 100,
  UTRECHT: 80,
  WALCHEREN: 60,
  ZWOLLE: 100,
} as const;

/** R tables 2.1, 2.2 and 2.3: which registrations are relevant for the signaleringsoverleg. */
export const relevanceFigures = [
  ...relevance(
    'relevance.firstLine',
    'First line',
    'R 2.3.1',
    { yes: 130, no: 227, yesPercent: 36 },
    'firstLine',
  ),
  ...locationNames.flatMap((location) => {
    const answers = {
      ...tables.firstLineRelevanceByLocation[location],
      yesPercent: yesPercentages[location] ?? NaN,
    };
    const label = `First line, ${named(location)}`;
    return relevance(
      `relevance.firstLine.${location}`,
      label,
      'R table 2.1',
      answers,
      `firstLine.${location}`,
    );
  }),
  ...pilotAreas.flatMap((area) => {
    const answers = { ...tables.firstLineRelevanceByArea[area], yesPercent: yesPercentages[area] ?? NaN };
    const label = `First line, ${named(area)}`;
    return relevance(`relevance.firstLine.${area}`, label, 'R table 2.2', answers, `firstLine.${area}`);
  }),
  figure('relevance.secondLine', 'Second line, question answered', 57, 'R table 2.3'),
  ...relevance(
    'relevance.secondLine',
    'Second line',
    'R table 2.3',
    { yes: 42, no: 15, yesPercent: 74 },
    'relevance.secondLine',
  ),
  ...locationNames.flatMap((location) => {
    const counts = tables.secondLineRelevanceByLocation[location];
    const answers = { ...counts, yesPercent: secondLineYesPercentages[location] };
    const id = `relevance.secondLine.${location}`;
    const asked = figure(
      id,
      `Second line, ${named(location)}, answered`,
      counts.yes + counts.no,
      'R table 2.3, yes + no',
    );
    return [asked, ...relevance(id, `Second line, ${named(location)}`, 'R table 2.3', answers, id)];
  }),
];
