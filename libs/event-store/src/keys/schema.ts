import { withConnection } from '@spil/postgres';
import pg from 'pg';

/** Steps in order; a step that was released never changes. */
const migrations: readonly string[] = [
  `CREATE SCHEMA key_store;
   CREATE TABLE key_store.data_key (
     key_id uuid PRIMARY KEY,
     subject text NOT NULL UNIQUE,
     kek_id text NOT NULL,
     wrapped bytea NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now()
   );
   COMMENT ON TABLE key_store.data_key IS 'Data keys, each wrapped by the key-encryption key that kek_id names.';
   CREATE TABLE key_store.tombstone (
     subject text PRIMARY KEY,
     key_id uuid UNIQUE,
     destroyed_at timestamptz NOT NULL DEFAULT now()
   );
   COMMENT ON TABLE key_store.tombstone IS 'Destroyed keys; a subject named here never gets a key again. key_id is null when it had none.';`,
  `CREATE INDEX data_key_client ON key_store.data_key ((subject::jsonb->>1));`,
  `CREATE INDEX tombstone_client ON key_store.tombstone ((subject::jsonb->>1));`,
  `CREATE TABLE key_store.erasures_applied (
     single boolean PRIMARY KEY DEFAULT true CHECK (single),
     log_mark jsonb
   );
   COMMENT ON TABLE key_store.erasures_applied IS 'One row once there was a list of erasures; log_mark: up to which event this store knows the erasures of the log.';`,
  // ANALYZE would keep samples of wrapped keys in pg_statistic, where a destroyed one outlives its row.
  `ALTER TABLE key_store.data_key ALTER COLUMN wrapped SET STATISTICS 0;
   SELECT pg_clear_attribute_stats('key_store', 'data_key', 'wrapped', false);`,
];

export interface KeyStoreMigration {
  /** Role that seals and unseals; gets what that needs and nothing else. */
  readonly serviceRole?: string;
}

/** Brings the key store's database up to date; safe to call from several processes at once. @param url of a role that owns the database */
export async function migrateKeyStore(url: string, { serviceRole }: KeyStoreMigration = {}): Promise<void> {
  await withConnection({ connectionString: url, application_name: 'spil-migrate-keys' }, async (client) => {
    await client.query(`SELECT pg_advisory_lock(hashtext('spil.key_store.migration'))`);
    await client.query('CREATE TABLE IF NOT EXISTS public.key_store_migration (step integer PRIMARY KEY)');
    const { rows } = await client.query<{ done: number }>(
      'SELECT count(*)::int AS done FROM public.key_store_migration',
    );
    for (const [step, sql] of migrations.entries()) {
      if (step < (rows[0]?.done ?? 0)) continue;
      await client.query(`BEGIN; ${sql} INSERT INTO public.key_store_migration VALUES (${step}); COMMIT`);
    }
    if (serviceRole !== undefined) {
      const role = pg.escapeIdentifier(serviceRole);
      await client.query(`GRANT USAGE ON SCHEMA key_store TO ${role};
        GRANT SELECT, INSERT, DELETE ON key_store.data_key TO ${role};
        GRANT SELECT, INSERT ON key_store.tombstone TO ${role};
        GRANT SELECT, INSERT, UPDATE ON key_store.erasures_applied TO ${role}`);
    }
  });
}
