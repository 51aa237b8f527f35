import type { AuditSchema } from '../store/audit-schema.js';

/** Every policy text that ever decided, and from when on: what a version in the access log names, and what a replay decides by. */
export const policiesSchema: AuditSchema = {
  name: 'policies',
  steps: [
    `CREATE SCHEMA policies;
     CREATE TABLE policies.text (
       version text PRIMARY KEY CHECK (version ~ '^[0-9a-f]{16}$'),
       policy text NOT NULL,
       words text NOT NULL
     );
     COMMENT ON TABLE policies.text IS 'Each access policy that the service ever started with, and the Cedar schema of its words.';
     COMMENT ON COLUMN policies.text.version IS 'The first 16 digits of the SHA-256 over policy and words.';
     CREATE TABLE policies.use (
       use_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       version text NOT NULL REFERENCES policies.text,
       in_force_from timestamptz NOT NULL,
       recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
     );
     COMMENT ON TABLE policies.use IS 'When the service began to decide by another text than before; it does until the next row.';
     CREATE INDEX use_in_time ON policies.use (in_force_from, use_id)`,
  ],
  rights: ({ serviceRole }) =>
    `GRANT USAGE ON SCHEMA policies TO ${serviceRole};
     GRANT SELECT, INSERT ON policies.text, policies.use TO ${serviceRole}`,
};
