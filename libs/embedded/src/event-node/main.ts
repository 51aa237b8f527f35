import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDatabase } from '../postgres/admin.js';
import { startPostgres, type RunningPostgres } from '../postgres/start-postgres.js';
import { FIRST_CREDENTIALS, type Credentials } from './credentials.js';
import { startEventNode, type EventNodeOptions } from './start-event-node.js';

const USAGE = `Usage: event-node [--port N] (--database URL | --data DIR) (--insecure | --tls-cert FILE --tls-key FILE)
                  [--max-append-size BYTES]

  --port N          TCP port on 127.0.0.1 (default: a free one)
  --database URL    Postgres database that holds the log (or SPIL_EVENT_NODE_DATABASE_URL)
  --data DIR        keep the log in an embedded Postgres in this folder instead
  --insecure        speak plain text
  --tls-cert FILE   certificate (PEM), with --tls-key FILE
  --max-append-size BYTES   what one append may hold (default 16777216, which is also the most)

With TLS it refuses calls without the credentials of SPIL_EVENT_NODE_CREDENTIALS (default admin:changeit).`;

/** Runs an event node as a program until SIGTERM, SIGINT or the end of the parent that holds its channel. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      database: { type: 'string' },
      data: { type: 'string' },
      insecure: { type: 'boolean' },
      'tls-cert': { type: 'string' },
      'tls-key': { type: 'string' },
      'max-append-size': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  for (const file of ['tls-cert', 'tls-key'] as const)
    if (values.insecure && values[file] !== undefined)
      throw new Error(`--insecure and --${file} contradict each other: give one of them`);
  const tls = readTls(values);
  if (!tls && !values.insecure) throw new Error('say --insecure, or give --tls-cert and --tls-key');
  const port = wholeNumber('--port', values.port) ?? 0;
  const maxAppendBytes = wholeNumber('--max-append-size', values['max-append-size']);
  if (port > 65_535) throw new Error('--port is not a port number');

  const stopAsked = new Promise<void>((asked) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => asked());
    process.once('disconnect', () => asked());
  });
  const postgres = values.data === undefined ? undefined : await openData(values.data);
  const databaseUrl = postgres?.url('events') ?? values.database ?? process.env.SPIL_EVENT_NODE_DATABASE_URL;
  if (!databaseUrl) throw new Error('give --database URL, SPIL_EVENT_NODE_DATABASE_URL or --data DIR');
  try {
    const credentials =
      parseCredentials(process.env.SPIL_EVENT_NODE_CREDENTIALS) ?? (tls && FIRST_CREDENTIALS);
    const node = await startEventNode({
      databaseUrl,
      port,
      tls,
      credentials,
      maxAppendBytes,
      onLog: (line) => console.error(line),
    });
    console.log(`event node listening on 127.0.0.1:${node.port} (${tls ? 'TLS' : 'insecure'})`);
    process.send?.({ port: node.port });
    await stopAsked;
    await node.stop();
  } finally {
    await postgres?.stop();
  }
}

function wholeNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new Error(`${flag} is not a whole number`);
  return Number(text);
}

function readTls(values: { 'tls-cert'?: string; 'tls-key'?: string }): EventNodeOptions['tls'] {
  const { 'tls-cert': cert, 'tls-key': key } = values;
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) throw new Error('--tls-cert and --tls-key go together');
  return { cert: readFileSync(cert), key: readFileSync(key) };
}

function parseCredentials(text: string | undefined): Credentials | undefined {
  if (!text) return undefined;
  const colon = text.indexOf(':');
  if (colon < 1) throw new Error('SPIL_EVENT_NODE_CREDENTIALS is not user:password');
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
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
