import { deviations } from './deviations.js';
import { percentageOf } from './docs-page.js';
import {
  areaPercentages,
  completeByLocation,
  contact,
  pilotAreas,
  registrations,
  sought,
} from './published-tables.js';
import { publishedFigures } from './published.js';
import { completeByArea } from './first-line-slots.js';

const figures = new Map(publishedFigures.map((each) => [each.id, each]));
const countOf = (id: string): number => figures.get(id)?.count ?? NaN;
const sum = (counts: readonly number[]): number => counts.reduce((left, right) => left + right, 0);

describe('the published figures', () => {
  it('have an id of their own each, and shares of figures that exist', () => {
    expect(figures.size).toBe(publishedFigures.length);
    for (const { shares } of publishedFigures)
      for (const { of } of shares) expect(countOf(of)).toBeGreaterThan(0);
  });

  it('add up as the report adds them up', () => {
    const prefixes = ['relevance.firstLine', 'relevance.secondLine', 'complete', 'firstLine'];
    for (const prefix of prefixes) {
      const locations = ['AMSTERDAM', 'NIJMEGEN', 'UTRECHT', 'WALCHEREN', 'ZWOLLE'];
      const answers = prefix.startsWith('relevance') ? ['.YES', '.NO'] : [''];
      for (const answer of answers) {
        expect(sum(locations.map((location) => countOf(`${prefix}.${location}${answer}`)))).toBe(
          countOf(`${prefix}${answer}`),
        );
      }
    }
    for (const answer of ['YES', 'NO']) {
      expect(sum(pilotAreas.map((area) => countOf(`relevance.firstLine.${area}.${answer}`)))).toBe(
        countOf(`relevance.firstLine.${answer}`),
      );
    }
    expect(sum(Object.values(registrations))).toBe(countOf('registrations'));
    expect(sum(Object.values(completeByLocation))).toBe(countOf('complete'));
    expect(contact.succeeded + contact.none).toBe(countOf('firstLine'));
    expect(contact.succeeded - sum(Object.values(sought))).toBe(51);
  });

  it('leave exactly one way to count the complete registrations by area', () => {
    const candidates = pilotAreas.map((area) =>
      Array.from({ length: 118 }, (_, count) => count).filter(
        (count) => percentageOf(count, 117) === areaPercentages[area].complete,
      ),
    );
    const solutions = candidates
      .reduce<number[][]>(
        (found, counts) => found.flatMap((one) => counts.map((count) => [...one, count])),
        [[]],
      )
      .filter((solution) => sum(solution) === 117);
    expect(solutions).toEqual([pilotAreas.map((area) => completeByArea[area])]);
  });
});

describe('the deviations', () => {
  it('name every percentage that does not follow from its own counts, and no other', () => {
    const off = publishedFigures.flatMap(({ id, count, shares }) =>
      count === null
        ? []
        : shares.filter((each) => percentageOf(count, countOf(each.of)) !== each.percent).map(() => id),
    );
    const named = deviations.filter((each) => each.kind === 'PERCENTAGE').flatMap((each) => each.figures);
    expect(off.toSorted()).toEqual(named.toSorted());
  });

  it('concern figures that are on the page', () => {
    for (const each of deviations) for (const id of each.figures) expect(figures.has(id)).toBe(true);
  });

  it('hold against the counts: relevance is 36% and not 38%, of 57 and not of 200', () => {
    expect(percentageOf(countOf('relevance.firstLine.YES'), countOf('firstLine'))).toBe(36);
    expect(percentageOf(countOf('relevance.secondLine.YES'), countOf('relevance.secondLine'))).toBe(74);
    expect(percentageOf(countOf('relevance.secondLine.YES'), countOf('secondLine'))).toBe(21);
  });

  it('hold against the counts: fewer lawyers registered in Zwolle than are complete there', () => {
    expect(countOf('lawyers.ZWOLLE')).toBeLessThan(countOf('complete.ZWOLLE'));
    expect(countOf('lawyers.AMSTERDAM')).toBeGreaterThan(countOf('complete.AMSTERDAM'));
    expect(percentageOf(countOf('complete.withLawyer'), countOf('firstLine'))).toBe(32);
  });

  it('hold against the counts: "anders" has fewer registrations than verbintenissenrecht', () => {
    expect(countOf('firstLine.ANDERS')).toBeLessThan(countOf('firstLine.VERBINTENISSENRECHT'));
  });
});
