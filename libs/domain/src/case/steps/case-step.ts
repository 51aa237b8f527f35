/** What every command on a case names. Who acts, under which mandate and when stands in the decision's context. */
export interface CaseStep {
  readonly caseId: string;
}
