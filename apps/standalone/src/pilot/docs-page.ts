import { deviations } from './deviations.js';
import { notCompared, publishedFigures, type PublishedFigure } from './published.js';
import type { Figures } from './recount.js';

/** The percentage that follows from two counts, rounded half up as in the evaluation. */
export const percentageOf = (part: number, whole: number): number => Math.round((100 * part) / whole);

/**
 * The page `docs/pilot-figures.md`: every published figure beside the reproduced one, with its deviations.
 * @param reproduced figures by the ids of `publishedFigures`; a missing one is zero
 * @throws Error when a reproduced count differs from the published one: there is no page to show then
 */
export function renderPilotPage(reproduced: Figures): string {
  const rows = publishedFigures.map((figure) => row(figure, reproduced));
  return [
    '# The pilot’s figures, published and reproduced',
    '',
    'The evaluation of the pilot "Samenwerken in de eerste lijn rechtsbijstand" (Regioplan, 6 July 2021: **R**) publishes',
    'the figures below. Spil’s pilot data set has fictitious clients and professionals, and every published count at once.',
    'Counts are reproduced exactly; percentages are those that follow from them. Where the published texts contradict',
    'themselves, the count stands, nothing is bent, and the deviation is named beside the figure and listed at the end.',
    '**P** is the project group’s conclusions, **N** the news item of the Nederlandse orde van advocaten of 14 July 2021.',
    '',
    '_This page is generated from the data set; a test fails when it is not current. Write it again with_',
    '`npm run build && node dist/apps/standalone/src/pilot/write-docs-page.js`',
    '',
    '## Figures',
    '',
    ...table(['Figure', 'Source', 'Published', 'Reproduced', 'Deviations in the report'], rows),
    '',
    'A published "–" means that the report prints no count, only the percentage beside it.',
    '',
    '## Not compared',
    '',
    ...table(
      ['Published', 'Source', 'Why'],
      notCompared.map((each) => [each.published, each.source, each.why]),
    ),
    '',
    '## Deviations',
    '',
    `The published texts contradict themselves or each other in ${deviations.length} places.`,
    '',
    ...table(
      ['', 'Source', 'Published', 'Against it'],
      deviations.map((each) => [each.id, each.source, each.published, each.against]),
    ),
    '',
  ].join('\n');
}

function row(figure: PublishedFigure, reproduced: Figures): string[] {
  const value = (id: string): number => reproduced.get(id) ?? 0;
  const count = value(figure.id);
  if (figure.count !== null && figure.count !== count) {
    throw new Error(`${figure.id}: published ${figure.count}, reproduced ${count}`);
  }
  const published = figure.shares.map((each) => `${each.percent}% (${each.source})`);
  const followed = figure.shares.map((each) => `${percentageOf(count, value(each.of))}%`);
  const notes = deviations
    .filter((each) => each.figures.includes(figure.id))
    .map((each) => `${each.id}: ${each.published}`);
  return [
    figure.label,
    figure.source,
    [figure.count ?? '–', ...published].join('; '),
    [count, ...followed].join('; '),
    notes.join('; '),
  ];
}

/** A Markdown table with aligned columns, as the formatter wants it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, at) =>
    Math.max(3, title.length, ...rows.map((cells) => cells[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, at) => (cells[at] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)];
}
