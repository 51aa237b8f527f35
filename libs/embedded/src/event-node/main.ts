import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDatabase } from '../postgres/admin.js';
import { startPostgres, type RunningPostgres } from '../postgres/start-postgres.js';
import { readSettings, USAGE } from './settings.js';
import { startEventNode } from './start-event-node.js';

/** Runs an event node as a program until SIGTERM, SIGINT or the end of the parent that holds its channel. */
async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2), process.env);
  if (!settings) {
    console.log(USAGE);
    return;
  }
  const { folder, url, ...options } = settings;
  const stopAsked = new Promise<void>((asked) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => asked());
    process.once('disconnect', () => asked());
  });
  const postgres = folder === undefined ? undefined : await openData(folder);
  const databaseUrl = postgres?.url('events') ?? url;
  try {
    const node = await startEventNode({ ...options, databaseUrl, onLog: (line) => console.error(line) });
    console.log(`event node listening on 127.0.0.1:${node.port} (${options.tls ? 'TLS' : 'insecure'})`);
    process.send?.({ port: node.port });
    await stopAsked;
    await node.stop();
  } finally {
    await postgres?.stop();
  }
}

/** The embedded Postgres of a data folder, with a password made on the first start and kept beside the data. */
async function openData(folder: string): Promise<RunningPostgres> {
  mkdirSync(folder, { recursive: true });
  const passwordFile = join(folder, 'postgres-password');
  let superuserPassword: string;
  try {
    superuserPassword = readFileSync(passwordFile, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    superuserPassword = randomBytes(24).toString('base64url');
    writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
  }
  const postgres = await startPostgres({ dir: join(folder, 'postgres'), superuserPassword });
  await ensureDatabase(postgres.url('postgres'), 'events');
  return postgres;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(`event node: ${(error as Error).message}`);
    process.exit(1);
  },
);
