/** What the certificate of an erasure asks of the access log, which the application keeps. */
export abstract class Recipients {
  /** The organisations to which personal data of this client were shown in a case, by id (AVG art. 19). */
  abstract of(shown: { readonly caseId: string; readonly clientId: string }): Promise<readonly string[]>;
}
