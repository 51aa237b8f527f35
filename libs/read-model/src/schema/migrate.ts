import { inTransaction, withConnection } from '@spil/postgres';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { createGeneration, generationsOf, indexGeneration, makeLive } from './generation.js';
import { Control1766000000000 } from './migrations/1766000000000-control.js';
import { Roles1766000000001 } from './migrations/1766000000001-roles.js';
import { projectionNames } from './projections.js';
import { quoted } from './table.js';

/** Who may do what with the read models; the roles exist already. */
export interface ReadModelRoles {
  /** Writes rows and checkpoints. */
  readonly worker: string;
  /** Reads, and can do nothing else. */
  readonly service: string;
}

/**
 * Brings the database up to date as its owner: control tables, grants, and a first generation of every read model.
 * Safe to run from several processes at once; they take turns.
 * @param url connection of the owner role, which owns the database or may create schemas in it
 * @throws Error when a role does not exist, or when the service's stands above row level security
 */
export async function migrateReadModel(url: string, roles: ReadModelRoles): Promise<void> {
  await withConnection({ connectionString: url, application_name: 'spil-migrate' }, async (turn) => {
    await turn.query(`SELECT pg_advisory_lock(hashtext('spil.read-model.migrate'))`);
    await refuseUnknownRoles(turn, roles);
    await runMigrations(url);
    await inTransaction(turn, async () => {
      await grant(turn, roles);
      for (const projection of projectionNames) {
        if ((await generationsOf(turn, projection)).some(({ live }) => live)) continue;
        const generation = await createGeneration(turn, projection);
        await indexGeneration(turn, generation);
        await makeLive(turn, generation);
      }
    });
  });
}

async function runMigrations(url: string): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: [Control1766000000000, Roles1766000000001],
    migrationsTableName: 'read_model_migration',
    poolSize: 1,
  });
  await source.initialize();
  try {
    await source.runMigrations({ transaction: 'all' });
  } finally {
    await source.destroy();
  }
}

async function refuseUnknownRoles(db: pg.Client, roles: ReadModelRoles): Promise<void> {
  for (const role of [roles.worker, roles.service]) {
    const found = await db.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
    if (found.rowCount === 0) throw new Error(`the database role '${role}' does not exist; create it first`);
  }
  const above = await db.query(
    `SELECT 1 FROM pg_roles WHERE rolname = $1 AND (rolsuper OR rolbypassrls OR pg_has_role(rolname, current_user, 'MEMBER'))`,
    [roles.service],
  );
  if (above.rowCount !== 0)
    throw new Error(
      `the database role '${roles.service}' stands above row level security; give the service a role of its own`,
    );
}

/** Default privileges cover the tables of every generation to come. */
async function grant(db: pg.Client, roles: ReadModelRoles): Promise<void> {
  const worker = quoted(roles.worker);
  const service = quoted(roles.service);
  for (const capacity of ['worker', 'service'] as const)
    await db.query(
      `INSERT INTO projection.role (capacity, name) VALUES ($1, $2)
       ON CONFLICT (capacity) DO UPDATE SET name = excluded.name`,
      [capacity, roles[capacity]],
    );
  for (const statement of [
    `GRANT USAGE ON SCHEMA projection, read TO ${worker}`,
    `GRANT SELECT, UPDATE ON projection.generation TO ${worker}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON projection.parked TO ${worker}`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA read TO ${worker}`,
    `ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO ${worker}`,
    `ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${worker}`,
    `GRANT USAGE ON SCHEMA read TO ${service}`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA read TO ${service}`,
    `ALTER DEFAULT PRIVILEGES IN SCHEMA read GRANT SELECT ON TABLES TO ${service}`,
  ])
    await db.query(statement);
}
