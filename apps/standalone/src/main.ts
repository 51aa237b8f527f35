import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { freePort } from '@spil/embedded';
import { ConfigError } from '@spil/config';
import { startTracing } from '@spil/telemetry';
import { createServer } from 'node:net';
import { standaloneConfig } from './config.js';
import { DataFolderInUse, holdDataFolder } from './data-folder.js';
import { loadPilotOnce, targetOf } from './load-pilot.js';
import { readyMadeLogins } from './logins.js';
import { startStack } from './stack.js';
import { welcome } from './welcome.js';

interface StartOptions {
  readonly data: string;
  readonly port?: number;
  readonly loginPort?: number;
  readonly fresh?: true;
  readonly pilot: boolean;
}

const program = new Command('npm start --')
  .description('Runs Spil on this machine: Postgres, event node, coordination service and projection worker.')
  .option('--data <dir>', 'folder in which everything is kept', '.spil')
  .option(
    '--port <number>',
    'port of GraphQL; 4000 unless given here or as SPIL_PORT, a free one when it is taken',
    portOf,
  )
  .option(
    '--login-port <number>',
    'port of the login page; the one above that of GraphQL unless given',
    portOf,
  )
  .option('--fresh', 'forget what the folder holds and start anew')
  .option('--no-pilot', 'start without loading the pilot data set')
  .action(start);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof DataFolderInUse || error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof ConfigError ? 78 : 1;
}

async function start(options: StartOptions): Promise<void> {
  const settings = standaloneConfig(process.env);
  const port = options.port ?? settings.port ?? 4000;
  const stopping = new AbortController();
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        stopping.abort(new Error('asked to stop'));
        resolve();
      });
    }
  });
  const tracing = await startTracing({
    service: 'spil',
    url: settings.tracesUrl,
    onError: (what) => console.error(what),
  });
  const folder = await holdDataFolder(options.data, { fresh: options.fresh ?? false });
  const recent: string[] = [];
  const log = (line: string): void => {
    recent.push(line);
    if (recent.length > 50) recent.shift();
  };
  try {
    const stack = await startStack({
      dataFolder: folder.path,
      port: await portOrFree(port),
      loginPort: options.loginPort ?? (port === 0 ? 0 : port + 1),
      settings,
      log,
    });
    try {
      console.log(welcome(stack.service.graphqlUrl, stack.loginUrl, await readyMadeLogins(stack.issuer)));
      if (options.pilot) await loadPilotOnce(folder.path, targetOf(stack), stopping.signal);
      await asked;
      console.log('Stopping.');
    } finally {
      await stack.stop();
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) console.error(recent.join('\n'));
    throw error;
  } finally {
    await tracing.stop();
    await folder.release();
  }
}

/** The port asked for, or a free one when another program has it. */
async function portOrFree(port: number): Promise<number> {
  const taken = await new Promise<boolean>((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(true))
      .listen(port, '127.0.0.1', () => probe.close(() => resolve(false)));
  });
  return taken ? freePort() : port;
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('a port is a number up to 65535');
  return port;
}
