import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openLocalIssuer, type Principal } from '@spil/access';
import { readConnections } from '../../apps/standalone/src/connections.js';
import { audience } from '../../apps/standalone/src/logins.js';

/** The whole of Spil on embedded infrastructure, in a process of its own on a data folder of its own. */
export interface RunningSpil {
  /** Of the process that was started; {@link askMemory} asks it. */
  readonly child: ChildProcess;
  /** Sends an operation as someone. @throws ToldToTryAgain; Error when the answer has other errors */
  ask<Data>(principal: Principal, query: string, variables?: object): Promise<Data>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

/** No answer yet, from a machine that is too busy; people ask again. */
export class ToldToTryAgain extends Error {
  constructor(errors: string) {
    super(`GraphQL says to try again: ${errors}`);
    this.name = 'ToldToTryAgain';
  }
}

/**
 * Starts Spil with a command that takes its options at the end, and resolves once it says where GraphQL is.
 * @throws Error when it ends before
 */
export async function startSpil(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string } = {},
): Promise<RunningSpil> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'spil-bench-data-'));
  await chmod(dataFolder, 0o711);
  const child = spawn(command, [...args, '--data', dataFolder, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Its own group: npm is asked to stop together with what it started.
    detached: true,
    ...options,
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${command} cannot be started`);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const printed: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    for (const input of [child.stdout, child.stderr].filter((output) => output !== null))
      createInterface({ input }).on('line', (line) => {
        printed.push(line);
        const found = /^GraphQL +(http:\S+)/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
    void ended.then(() => reject(new Error(`Spil ended before it answered:\n${printed.join('\n')}`)));
  });
  const connections = await readConnections(dataFolder);
  if (!connections) throw new Error('Spil says where GraphQL is, and not where its parts are');
  const issuer = await openLocalIssuer({
    file: join(dataFolder, 'secrets', 'token-issuer.json'),
    issuer: connections.issuer,
    audience,
  });
  const tokens = new Map<Principal, Promise<string>>();
  const tokenOf = (principal: Principal): Promise<string> => {
    const token = tokens.get(principal) ?? issuer.issueToken(principal, 12 * 3_600);
    tokens.set(principal, token);
    return token;
  };
  return {
    child,
    async ask<Data>(principal: Principal, query: string, variables: object = {}): Promise<Data> {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await tokenOf(principal)}` },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors = [] } = (await response.json()) as {
        data?: Data;
        errors?: readonly { readonly extensions: { readonly code: string } }[];
      };
      if (errors.some(({ extensions: { code } }) => code === 'NOT_YET_VISIBLE' || code === 'UNAVAILABLE'))
        throw new ToldToTryAgain(JSON.stringify(errors));
      if (errors.length > 0 || data === undefined)
        throw new Error(`GraphQL answered ${JSON.stringify(errors)}`);
      return data;
    },
    async stop() {
      process.kill(-pid, 'SIGINT');
      await ended;
      await rm(dataFolder, { recursive: true, force: true, maxRetries: 50, retryDelay: 200 });
    },
  };
}
