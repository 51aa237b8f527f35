/** The roles that use the audit database; neither owns anything there. */
export interface AuditRoles {
  /** Writes down what was disclosed and refused, and reads it back. Of no log can it change or remove anything. */
  readonly serviceRole: string;
  /** Keeps the proofs. */
  readonly workerRole: string;
}

/** One schema of the audit database: how it came about, and who may do what in it. */
export interface AuditSchema {
  readonly name: string;
  /** In order; a step that was released never changes. */
  readonly steps: readonly string[];
  /** Said again at every migration. Role names come quoted. */
  readonly rights: (roles: AuditRoles) => string;
}
