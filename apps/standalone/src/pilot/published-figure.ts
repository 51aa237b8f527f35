/** A percentage as the evaluation prints it, beside what it is a share of. */
export interface PublishedShare {
  readonly percent: number;
  /** The id of the figure that is one hundred percent. */
  readonly of: string;
  readonly source: string;
}

/** One published figure of the evaluation of the pilot. */
export interface PublishedFigure {
  readonly id: string;
  readonly label: string;
  /** Null where only a percentage is published, or a number that readers must add up themselves. */
  readonly count: number | null;
  /** Where the count stands, for example `R table 2.1` (R = Regioplan's evaluation, 6 July 2021). */
  readonly source: string;
  readonly shares: readonly PublishedShare[];
}

/** Shorthand for a figure of the report. */
export const figure = (
  id: string,
  label: string,
  count: number | null,
  source: string,
  ...shares: PublishedShare[]
) => ({ id, label, count, source, shares }) satisfies PublishedFigure;
/** Shorthand for a percentage of the report. */
export const share = (percent: number, of: string, source: string): PublishedShare => ({
  percent,
  of,
  source,
});

/** How people read the codes. */
export const names: Readonly<Record<string, string>> = {
  ADVOCATUUR: 'sociaal advocatuur',
  JURIDISCH_LOKET: 'Juridisch Loket',
  SOCIAAL_RAADSLIEDEN: 'sociaal raadslieden',
  AMSTERDAM: 'Amsterdam',
  NIJMEGEN: 'Nijmegen',
  UTRECHT: 'Utrecht',
  WALCHEREN: 'Walcheren',
  ZWOLLE: 'Zwolle',
  VREEMDELINGENRECHT: 'vreemdelingenrecht',
  ARBEIDSRECHT: 'arbeidsrecht',
  SOCIALEZEKERHEIDSRECHT: 'socialezekerheidsrecht',
  HUURRECHT: 'huurrecht',
  VERBINTENISSENRECHT: 'verbintenissenrecht',
  CONSUMENTENRECHT: 'consumentenrecht',
  ANDERS: 'anders',
};
export const named = (code: string): string => names[code] ?? code;
