import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { parseArgs } from 'node:util';
import { FIRST_CREDENTIALS, type Credentials } from './credentials.js';
import type { EventNodeOptions } from './start-event-node.js';

export const USAGE = `Usage: event-node [--port N] (--database URL | --data DIR) (--insecure | --tls-cert FILE --tls-key FILE)
                  [--max-append-size BYTES]

  --port N          TCP port on 127.0.0.1 (default: a free one)
  --database URL    Postgres database that holds the log (or SPIL_EVENT_NODE_DATABASE_URL)
  --data DIR        keep the log in an embedded Postgres in this folder instead
  --insecure        speak plain text
  --tls-cert FILE   certificate (PEM), with --tls-key FILE
  --max-append-size BYTES   what one append may hold (default 16777216, which is also the most)

With TLS it refuses calls without the credentials of SPIL_EVENT_NODE_CREDENTIALS (default admin:changeit).
Either variable may be given as <NAME>_FILE instead, a file that holds the value.`;

/** What the program was told by flags and variables. */
export interface Settings extends Pick<EventNodeOptions, 'port' | 'tls' | 'credentials' | 'maxAppendBytes'> {
  /** Of an embedded Postgres that holds the log; otherwise `url` names one that runs. */
  readonly folder: string | undefined;
  readonly url: string;
}

type Values = Readonly<Record<string, string | undefined>>;

/** @throws Error that says in one line which flag or variable is wrong; undefined when only help is wanted */
export function readSettings(args: readonly string[], environment: Values): Settings | undefined {
  const { values: flags } = parseArgs({
    args: [...args],
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
  if (flags.help) return undefined;
  for (const file of ['tls-cert', 'tls-key'] as const)
    if (flags.insecure && flags[file] !== undefined) throw contradiction('--insecure', `--${file}`);
  if (flags.data !== undefined && flags.database !== undefined) throw contradiction('--data', '--database');
  const tls = readTls(flags);
  if (!tls && !flags.insecure) throw new Error('say --insecure, or give --tls-cert and --tls-key');
  const port = wholeNumber('--port', flags.port) ?? 0;
  const maxAppendBytes = wholeNumber('--max-append-size', flags['max-append-size']);
  if (port > 65_535) throw new Error('--port is not a port number');
  const chosen = readCredentials(environment);
  if (chosen && !tls)
    throw new Error('SPIL_EVENT_NODE_CREDENTIALS needs TLS: clients send none in plain text');
  return {
    port,
    tls,
    credentials: chosen ?? (tls && FIRST_CREDENTIALS),
    maxAppendBytes,
    folder: flags.data,
    url: flags.data === undefined ? databaseOf(flags.database, environment) : '',
  };
}

const contradiction = (one: string, other: string): Error =>
  new Error(`${one} and ${other} contradict each other: give one of them`);

function wholeNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new Error(`${flag} is not a whole number`);
  return Number(text);
}

function readTls(flags: { 'tls-cert'?: string; 'tls-key'?: string }): EventNodeOptions['tls'] {
  const { 'tls-cert': cert, 'tls-key': key } = flags;
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) throw new Error('--tls-cert and --tls-key go together');
  const tls = { cert: contentOf('--tls-cert', cert), key: contentOf('--tls-key', key) };
  try {
    createSecureContext(tls);
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(`--tls-cert and --tls-key are no certificate and key of it in PEM (${message})`, {
      cause,
    });
  }
  return tls;
}

function databaseOf(flag: string | undefined, environment: Values): string {
  const url = flag ?? valueOf('SPIL_EVENT_NODE_DATABASE_URL', environment);
  if (url === undefined) throw new Error('give --database URL, SPIL_EVENT_NODE_DATABASE_URL or --data DIR');
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url))
    throw new Error(
      `${flag === undefined ? 'SPIL_EVENT_NODE_DATABASE_URL' : '--database'} must be a URL that starts with postgres://`,
    );
  return url;
}

function readCredentials(environment: Values): Credentials | undefined {
  const text = valueOf('SPIL_EVENT_NODE_CREDENTIALS', environment);
  if (text === undefined) return undefined;
  const colon = text.indexOf(':');
  if (colon < 1) throw new Error('SPIL_EVENT_NODE_CREDENTIALS is not user:password');
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** A variable, or the content of the file that `<name>_FILE` names; as the other programs take theirs. */
function valueOf(name: string, environment: Values): string | undefined {
  const value = environment[name]?.trim() || undefined;
  const file = environment[`${name}_FILE`]?.trim() || undefined;
  if (file === undefined) return value;
  if (value !== undefined) throw new Error(`${name} and ${name}_FILE are both set`);
  const content = contentOf(`${name}_FILE`, file).toString().trim();
  if (content === '') throw new Error(`${name}_FILE names an empty file`);
  return content;
}

function contentOf(name: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new Error(`${name} names a file that cannot be read (${code})`, { cause });
  }
}
