import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A database of a suite's own; see {@link freshDatabase}. */
export interface FreshDatabase {
  /** Connection URL for the superuser. */
  url: string;
  /** Ends every connection to it and removes it. */
  drop(): Promise<void>;
}

/** URL of the superuser on the test server that the jest global setup started. */
export function testPostgresUrl(): string {
  const url = process.env.TEST_POSTGRES_URL;
  if (!url) throw new Error('TEST_POSTGRES_URL is not set: run the tests through jest with its global setup');
  return url;
}

/** Makes an empty database on the test server. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(`CREATE DATABASE ${name}`);
  const url = new URL(testPostgresUrl());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function administer(statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: testPostgresUrl() });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}
