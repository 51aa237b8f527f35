/** A place where the published texts contradict themselves or each other. Nothing in the data set is bent to meet it. */
export interface Deviation {
  readonly id: string;
  readonly kind: 'PERCENTAGE' | 'FIGURE' | 'DENOMINATOR' | 'WORDING' | 'REFERENCE' | 'PERIOD';
  readonly source: string;
  /** What is published. */
  readonly published: string;
  /** What contradicts it: what follows from the counts, or what is published elsewhere. */
  readonly against: string;
  /** Ids of the published figures that it concerns. */
  readonly figures: readonly string[];
}

export type Unnumbered = Omit<Deviation, 'id'>;

/** The numbers are given where all are listed. */
export const deviation = (
  kind: Deviation['kind'],
  source: string,
  published: string,
  against: string,
  ...figures: readonly string[]
): Unnumbered => ({ kind, source, published, against, figures });
