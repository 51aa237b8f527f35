import type { AuditSchema } from '../store/audit-schema.js';

/**
 * Who saw which personal data of whom, when and what for. The columns hold what the Dutch standard for logging the processing of
 * data (Logboek Dataverwerkingen) asks of a record; the view `dataverwerking` has its shape and its names.
 */
export const accessLogSchema: AuditSchema = {
  name: 'access_log',
  steps: [
    `CREATE SCHEMA access_log;
     CREATE TABLE access_log.disclosure (
       disclosure_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       trace_id text NOT NULL CHECK (trace_id ~ '^[0-9a-f]{32}$'),
       span_id text NOT NULL CHECK (span_id ~ '^[0-9a-f]{16}$'),
       parent_span_id text CHECK (parent_span_id ~ '^[0-9a-f]{16}$'),
       action text NOT NULL CHECK (action ~ '^[A-Za-z]{1,80}$'),
       activity text NOT NULL CHECK (activity ~ '^[a-z-]{1,80}$'),
       purpose text NOT NULL CHECK (purpose ~ '^[A-Z_]{1,40}$'),
       account text NOT NULL,
       role text NOT NULL CHECK (role ~ '^[A-Z_]{1,40}$'),
       professional_id text,
       organisation_id text,
       location_id text,
       subject_kind text NOT NULL CHECK (subject_kind IN ('CLIENT', 'PROFESSIONAL')),
       subject_id text NOT NULL,
       case_id uuid,
       controller_id text NOT NULL,
       fields text[] NOT NULL CHECK (cardinality(fields) > 0),
       policy_version text,
       started_at timestamptz NOT NULL,
       disclosed_at timestamptz NOT NULL DEFAULT clock_timestamp()
     );
     COMMENT ON TABLE access_log.disclosure IS 'One row per client (or professional), case and answer, committed before the personal data left.';
     COMMENT ON COLUMN access_log.disclosure.account IS 'Derived from the account at the identity provider; says nothing to who has not that account.';
     COMMENT ON COLUMN access_log.disclosure.subject_id IS 'A random id, the pseudonym of the data subject.';
     COMMENT ON COLUMN access_log.disclosure.controller_id IS 'The organisation that is responsible for the case, or that employs the professional.';
     COMMENT ON COLUMN access_log.disclosure.fields IS 'Where the values stand in the events: type, then path.';
     CREATE INDEX disclosure_of_subject ON access_log.disclosure (subject_id, disclosure_id);
     CREATE INDEX disclosure_of_case ON access_log.disclosure (case_id, disclosure_id) WHERE case_id IS NOT NULL;
     CREATE INDEX disclosure_to_organisation ON access_log.disclosure (organisation_id, disclosed_at);
     CREATE INDEX disclosure_by_controller ON access_log.disclosure (controller_id, disclosed_at);
     CREATE VIEW access_log.dataverwerking AS
       SELECT trace_id, span_id, parent_span_id, 'Unset' AS status, action AS name,
         started_at AS start_time, disclosed_at AS end_time,
         '{"attributes": {"service.name": "coordination-service"}}'::jsonb AS resource,
         jsonb_build_object(
           'dpl.core.processing_activity_id', 'urn:nl:spil:verwerkingsactiviteit:' || activity,
           'dpl.core.data_subject_id', subject_id,
           'dpl.core.data_subject_id_type', 'urn:nl:spil:' || lower(subject_kind)
         ) AS attributes
       FROM access_log.disclosure`,
    `CREATE TABLE access_log.review (
       review_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       command_id uuid NOT NULL,
       account text NOT NULL,
       role text NOT NULL CHECK (role ~ '^[A-Z_]{1,40}$'),
       organisation_id text NOT NULL,
       month date NOT NULL CHECK (extract(day FROM month) = 1),
       finding text NOT NULL CHECK (finding ~ '^[A-Z_]{1,40}$'),
       reference text CHECK (reference ~ '^[A-Za-z0-9./-]{1,60}$'),
       reviewed_by text NOT NULL,
       reviewed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
       UNIQUE (account, command_id)
     );
     COMMENT ON TABLE access_log.review IS 'That an organisation went through who saw what in a month. The last one of a month counts.';
     CREATE INDEX review_of_month ON access_log.review (organisation_id, month, review_id)`,
    `COMMENT ON TABLE access_log.disclosure IS 'One row per client (or professional), case, controller and answer, committed before the personal data left.';
     COMMENT ON COLUMN access_log.disclosure.controller_id IS 'The organisation that recorded the data, or that employs the professional.'`,
  ],
  rights: ({ serviceRole }) =>
    `GRANT USAGE ON SCHEMA access_log TO ${serviceRole};
     GRANT SELECT, INSERT ON access_log.disclosure, access_log.review TO ${serviceRole};
     GRANT SELECT ON access_log.dataverwerking TO ${serviceRole}`,
};
