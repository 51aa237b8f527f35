import { mkdtemp, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One fast Postgres server for all suites; each suite makes its own database on it (test/support/database.ts). */
export default async function globalSetup() {
  const { startPostgres } = await import('../dist/libs/embedded/src/index.js').catch((cause) => {
    throw new Error('The tests use the built embedded library: run `npm run build` first.', { cause });
  });
  const folder = await mkdtemp(join(tmpdir(), 'spil-test-'));
  await chmod(folder, 0o711);
  const server = await startPostgres({
    dir: join(folder, 'postgres'),
    superuserPassword: 'only-for-tests',
    fast: true,
    settings: { max_connections: '200' },
  });
  process.env.TEST_POSTGRES_URL = server.url('postgres');
  globalThis.spilTestPostgres = { server, folder };
}
