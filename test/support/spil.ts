import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openLocalIssuer, type Principal } from '@spil/access';
import { readConnections } from '../../apps/standalone/src/connections.js';

/** What GraphQL answered. */
export interface Answer<Data = Record<string, unknown>> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly [key: string]: unknown };
  }[];
}

/** A whole Spil in processes of its own, started as `npm start` does, on a data folder of its own. */
export interface RunningSpil {
  readonly graphqlUrl: string;
  /** Whose tokens it takes, and where its login page is. */
  readonly issuer: string;
  readonly dataFolder: string;
  /** Of the process that `npm start` would be. */
  readonly pid: number;
  /** A token as the local issuer gives it. */
  tokenOf(principal: Principal, ttlSeconds?: number): Promise<string>;
  /** Sends an operation as someone. */
  query<Data = Record<string, unknown>>(
    principal: Principal,
    document: string,
    variables?: object,
  ): Promise<Answer<Data>>;
  /** Sends an operation with a token that one has already, so that its time holds no signing. */
  queryWith<Data = Record<string, unknown>>(
    token: string,
    document: string,
    variables?: object,
  ): Promise<Answer<Data>>;
  /** Resolves once a printed line matches; at once when one already did. */
  printed(pattern: RegExp): Promise<string>;
  /** The line printed after the first one that matches. */
  printedAfter(pattern: RegExp): Promise<string>;
  /** As Ctrl-C does; resolves with the exit code. */
  stop(): Promise<number | null>;
  kill9(): Promise<void>;
  /** Starts again on the same data, as the same command would. */
  restart(): Promise<RunningSpil>;
  /** Removes the data; the processes must have ended. */
  clean(): Promise<void>;
}

const executable = 'dist/apps/standalone/src/main.js';

/** Starts Spil on a new data folder. `pilot` loads the pilot data set, as a first start does; `environment` adds to ours. */
export async function startSpil(
  options: { pilot?: boolean; environment?: NodeJS.ProcessEnv } = {},
): Promise<RunningSpil> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'spil-e2e-'));
  await chmod(dataFolder, 0o711);
  return startOn(dataFolder, options.pilot ?? false, options.environment ?? {});
}

async function startOn(
  dataFolder: string,
  pilot: boolean,
  environment: NodeJS.ProcessEnv,
): Promise<RunningSpil> {
  const args = [executable, '--data', dataFolder, '--port', '0', ...(pilot ? [] : ['--no-pilot'])];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      for (const look of waiting) look();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const printed = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const line = lines.find((one) => pattern.test(one));
        if (line === undefined) return;
        waiting.delete(look);
        resolve(line);
      };
      waiting.add(look);
      look();
      void ended.then((code) =>
        reject(new Error(`Spil ended (${code}) before ${pattern}:\n${lines.join('\n')}`)),
      );
    });

  const url = /http:\S+/.exec(await printed(/^GraphQL /))?.[0];
  if (url === undefined) throw new Error('Spil did not say where GraphQL is');
  const connections = await readConnections(dataFolder);
  if (connections === undefined) throw new Error('Spil did not say where its parts are');
  const issuer = await openLocalIssuer({
    file: join(dataFolder, 'secrets', 'token-issuer.json'),
    issuer: connections.issuer,
    audience: 'spil',
  });
  return {
    graphqlUrl: url,
    issuer: connections.issuer,
    dataFolder,
    pid: child.pid ?? 0,
    tokenOf: (principal, ttlSeconds = 600) => issuer.issueToken(principal, ttlSeconds),
    query: async (principal, document, variables = {}) =>
      ask(url, await issuer.issueToken(principal, 600), document, variables),
    queryWith: (token, document, variables = {}) => ask(url, token, document, variables),
    printed,
    printedAfter: async (pattern) => lines[lines.indexOf(await printed(pattern)) + 1] ?? '',
    stop: () => end(child, 'SIGINT', ended),
    kill9: async () => {
      await end(child, 'SIGKILL', ended);
    },
    restart: () => startOn(dataFolder, pilot, environment),
    clean: () => rm(dataFolder, { recursive: true, force: true, maxRetries: 50, retryDelay: 200 }),
  };
}

async function end(
  child: ChildProcess,
  signal: NodeJS.Signals,
  ended: Promise<number | null>,
): Promise<number | null> {
  child.kill(signal);
  return ended;
}

async function ask<Data>(
  url: string,
  token: string,
  query: string,
  variables: object,
): Promise<Answer<Data>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer<Data>;
}
