-- The roles of Spil, each with the password that its secret holds. Runs when the data volume is made. Run it again, as in
-- docs/operations/deploy.md, to give the roles new passwords.

-- A statement that fails is logged in full otherwise, and these hold passwords.
SET log_min_error_statement = 'panic';

DO $$
DECLARE
  role record;
  password text;
BEGIN
  FOR role IN
    SELECT name, secret
    FROM (VALUES
      -- Owns the read models: migrates and rebuilds.
      ('spil_read_owner', 'postgres-read-owner'),
      -- Writes rows and checkpoints.
      ('spil_worker', 'postgres-read-worker'),
      -- Reads, and can do nothing else.
      ('spil_service', 'postgres-read-service'),
      -- Owns the data keys: migrates.
      ('spil_keys_owner', 'postgres-keys-owner'),
      -- Makes, reads and destroys data keys, for the service.
      ('spil_keys', 'postgres-keys-service'),
      -- Owns the audit database: migrates.
      ('spil_audit_owner', 'postgres-audit-owner'),
      -- Adds to its logs and reads them, for the service; changes and removes nothing.
      ('spil_audit_service', 'postgres-audit-service'),
      -- Keeps the proofs in it, for the worker.
      ('spil_audit_worker', 'postgres-audit-worker')
    ) AS roles (name, secret)
  LOOP
    password := btrim(pg_read_file('/run/secrets/' || role.secret), E' \t\r\n');
    IF length(password) < 16 THEN
      RAISE EXCEPTION 'the secret % is shorter than 16 characters', role.secret;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role.name) THEN
      EXECUTE format('CREATE ROLE %I', role.name);
    END IF;
    EXECUTE format(
      'ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD %L',
      role.name, password
    );
  END LOOP;
END
$$;
