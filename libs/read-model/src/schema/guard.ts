import { admits, isAbout } from '../access/reader.js';
import { caseAccessTable } from '../access/tables.js';
import type { Database } from './connection.js';
import { projections, type ProjectionName } from './projections.js';
import { quoted, type TableShape } from './table.js';

/**
 * Row level security on the tables that hold cases: the second wall under the filters of the queries, so that a forgotten filter
 * shows nothing. The writers see every row; whoever reads sees what the settings of the transaction allow, see `asReader`.
 * Enabled once a generation is filled, for COPY does not go through policies.
 */
export async function guardGeneration(
  db: Database,
  { projection, schema }: { readonly projection: ProjectionName; readonly schema: string },
): Promise<void> {
  const { worker, service } = await rolesIn(db);
  const tables = projections[projection].tables.filter(({ guard }) => guard !== undefined);
  if (tables.length > 0) await db.query(`GRANT USAGE ON SCHEMA ${quoted(schema)} TO ${quoted(service)}`);
  for (const table of tables) {
    const name = `${quoted(schema)}.${table.name}`;
    await db.query(`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`);
    await db.query(`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`);
    await db.query(
      `CREATE POLICY writers ON ${name} TO CURRENT_USER, ${quoted(worker)} USING (true) WITH CHECK (true)`,
    );
    await db.query(`GRANT SELECT ON ${name} TO ${quoted(service)}`);
  }
}

/**
 * Points the policies of readers at the live access table: those of one read model that went live, or of all when the access table
 * itself did. A guarded table without such a policy shows its readers nothing.
 */
export async function admitReaders(db: Database, switched: ProjectionName): Promise<void> {
  const { service } = await rolesIn(db);
  const { rows } = await db.query(
    'SELECT projection, schema_name AS schema FROM projection.generation WHERE live',
  );
  const live = rows as { projection: ProjectionName; schema: string }[];
  const access = live.find(({ projection }) => projection === 'access');
  if (!access) return;
  for (const { projection, schema } of live) {
    if (switched !== 'access' && switched !== projection) continue;
    for (const table of projections[projection].tables) {
      if (table.guard === undefined) continue;
      const name = `${quoted(schema)}.${table.name}`;
      // The live tables may be of an older release, which did not guard this one.
      if (!(await isGuarded(db, schema, table))) continue;
      await db.query(`DROP POLICY IF EXISTS readers ON ${name}`);
      await db.query(
        `CREATE POLICY readers ON ${name} FOR SELECT TO ${quoted(service)} USING (${admission(table, access.schema)})`,
      );
    }
  }
}

/** Settings are read once per statement, not once per row. */
const setting = (name: string): string => `(SELECT coalesce(current_setting('spil.${name}', true), ''))`;

const asker = {
  organisation: setting('organisation'),
  location: setting('location'),
  professional: setting('professional'),
};

/**
 * Of the access table its own policy already leaves the reader's standings alone, so that this looks only for the case: a row that is
 * walked past costs one look into the primary key.
 */
const admission = (table: TableShape, accessSchema: string): string =>
  table.guard === 'STANDING'
    ? `${table.name}.case_id = ${theCase} OR (${isAbout(asker, table.name)})`
    : `case_id = ${theCase} OR coalesce((
         SELECT ${admits(listedWords, 'a')} FROM ${quoted(accessSchema)}.${caseAccessTable.name} a
         WHERE a.case_id = ${table.name}.case_id), false)`;

const theCase = `(SELECT nullif(current_setting('spil.case', true), '')::uuid)`;

/** The cast makes one array of what would otherwise be read as a list of rows. */
const listedWords = `(SELECT string_to_array(current_setting('spil.standings', true), ','))::text[]`;

async function isGuarded(db: Database, schema: string, { name }: TableShape): Promise<boolean> {
  const { rows } = await db.query(
    `SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relname = $2 AND c.relrowsecurity`,
    [schema, name],
  );
  return rows.length > 0;
}

/** The roles that the migration was told of. */
async function rolesIn(db: Database): Promise<{ readonly worker: string; readonly service: string }> {
  const { rows } = await db.query('SELECT capacity, name FROM projection.role');
  const roles = rows as { capacity: string; name: string }[];
  const nameOf = (capacity: string): string => {
    const found = roles.find((role) => role.capacity === capacity);
    if (!found)
      throw new Error(`no role is known as ${capacity} of the read models: migrate the database first`);
    return found.name;
  };
  return { worker: nameOf('worker'), service: nameOf('service') };
}
