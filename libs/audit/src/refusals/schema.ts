import type { AuditSchema } from '../store/audit-schema.js';

/** What was asked and not granted: commands that were refused and reads that were denied. Never what they held. */
export const refusalsSchema: AuditSchema = {
  name: 'refusals',
  steps: [
    `CREATE SCHEMA refusals;
     CREATE TABLE refusals.refusal (
       refusal_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       trace_id text NOT NULL CHECK (trace_id ~ '^[0-9a-f]{32}$'),
       kind text NOT NULL CHECK (kind IN ('COMMAND', 'READ')),
       operation text NOT NULL CHECK (operation ~ '^[A-Za-z]{1,80}$'),
       code text NOT NULL CHECK (code ~ '^[A-Z_]{1,80}$'),
       account text NOT NULL,
       role text NOT NULL CHECK (role ~ '^[A-Z_]{1,40}$'),
       professional_id text,
       organisation_id text,
       location_id text,
       case_id uuid,
       refused_at timestamptz NOT NULL DEFAULT clock_timestamp()
     );
     COMMENT ON TABLE refusals.refusal IS 'One row per command that was refused or read that was denied.';
     COMMENT ON COLUMN refusals.refusal.operation IS 'Name of the field in the GraphQL schema; never a name that the asker gave.';
     COMMENT ON COLUMN refusals.refusal.case_id IS 'The case that was asked for, whether or not there is one.';
     CREATE INDEX refusal_in_time ON refusals.refusal (refused_at, refusal_id);
     CREATE INDEX refusal_on_case ON refusals.refusal (case_id, refusal_id) WHERE case_id IS NOT NULL`,
  ],
  rights: ({ serviceRole }) =>
    `GRANT USAGE ON SCHEMA refusals TO ${serviceRole};
     GRANT SELECT, INSERT ON refusals.refusal TO ${serviceRole}`,
};
