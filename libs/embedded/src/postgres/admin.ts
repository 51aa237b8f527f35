import pg from 'pg';
import { withConnection } from './connection.js';

/** A login role; see {@link ensureRole}. */
export interface RoleOptions {
  name: string;
  password: string;
  /** May make databases; default false. */
  createDatabase?: boolean;
}

/**
 * Makes a database unless it exists; an existing one gets `owner` as its owner.
 * @param adminUrl connection of a superuser
 */
export async function ensureDatabase(adminUrl: string, name: string, owner?: string): Promise<void> {
  await administer(adminUrl, async (admin) => {
    const database = pg.escapeIdentifier(name);
    const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await admin.query(`CREATE DATABASE ${database}`);
    if (owner !== undefined)
      await admin.query(`ALTER DATABASE ${database} OWNER TO ${pg.escapeIdentifier(owner)}`);
  });
}

/**
 * Makes a login role unless it exists, and sets its password and rights to what is given.
 * @param adminUrl connection of a superuser
 */
export async function ensureRole(adminUrl: string, role: RoleOptions): Promise<void> {
  await administer(adminUrl, async (admin) => {
    const name = pg.escapeIdentifier(role.name);
    const found = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role.name]);
    if (found.rowCount === 0) await admin.query(`CREATE ROLE ${name}`);
    const rights = `LOGIN NOSUPERUSER NOCREATEROLE ${role.createDatabase ? 'CREATEDB' : 'NOCREATEDB'}`;
    await admin.query(`ALTER ROLE ${name} ${rights} PASSWORD ${pg.escapeLiteral(role.password)}`);
  });
}

/** Runs `work` on a connection of its own, one at a time across processes: "make unless there" is not atomic. */
async function administer(adminUrl: string, work: (admin: pg.Client) => Promise<void>): Promise<void> {
  await withConnection(adminUrl, async (admin) => {
    // A statement that fails is logged in full otherwise, and these hold passwords.
    await admin.query("SET log_min_error_statement = 'panic'");
    await admin.query("SELECT pg_advisory_lock(hashtext('spil.administration'))");
    await work(admin);
  });
}
