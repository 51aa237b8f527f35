import type { AuditSchema } from '../store/audit-schema.js';

/** How many tries of registration codes each professional has left, for all processes of the service together. */
export const codeTriesSchema: AuditSchema = {
  name: 'code_tries',
  steps: [
    // Unlogged: what a crash of the database forgets comes back within a minute anyhow.
    `CREATE SCHEMA code_tries;
     CREATE UNLOGGED TABLE code_tries.bucket (
       professional_id text PRIMARY KEY,
       tries double precision NOT NULL,
       at timestamptz NOT NULL
     );
     COMMENT ON TABLE code_tries.bucket IS 'Tries that each professional had left at a moment; they fill up again with time. No log: the service changes it.'`,
  ],
  rights: ({ serviceRole }) =>
    `GRANT USAGE ON SCHEMA code_tries TO ${serviceRole};
     GRANT SELECT, INSERT, UPDATE ON code_tries.bucket TO ${serviceRole}`,
};
