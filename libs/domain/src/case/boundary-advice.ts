/** What the product advises at the boundary between first and second line; the professional decides. */
export type BoundaryAdvice =
  /** A procedural document is needed and the case qualifies for a toevoeging. */
  | 'REFER_TO_SECOND_LINE'
  /** A procedural document is needed and the case does not qualify: a possible self-reliance problem. */
  | 'PROPOSE_FLAG'
  /** No procedural document is needed: the first line can go on. */
  | 'STAY_IN_FIRST_LINE';

/** Advises on the boundary between first and second line, and never refuses anything (rule 7, P 3). */
export const adviseBoundary = (situation: {
  readonly proceduralDocumentNeeded: boolean;
  readonly qualifiesForToevoeging: boolean;
}): BoundaryAdvice => {
  if (!situation.proceduralDocumentNeeded) return 'STAY_IN_FIRST_LINE';
  return situation.qualifiesForToevoeging ? 'REFER_TO_SECOND_LINE' : 'PROPOSE_FLAG';
};
