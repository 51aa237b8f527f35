import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { FIRST_CREDENTIALS, type Credentials } from './credentials.js';

/** What to serve; see {@link spawnEventNode}. */
export interface SpawnedEventNodeOptions {
  /** The database that holds the log; handed over in the environment, so that no process list shows its password. */
  databaseUrl: string;
  port?: number;
  /** What every call on streams must carry; only together with `tls`, and then `admin:changeit` unless given. */
  credentials?: Credentials;
  /** Files in PEM; without them the node speaks plain text. */
  tls?: { certFile: string; keyFile: string };
  /** Receives each line that the node prints. */
  onLog?: (line: string) => void;
}

/** An event node in a child process. */
export interface SpawnedEventNode {
  port: number;
  pid: number;
  /** For the official client; holds the credentials, if any. */
  connectionString: string;
  /** Resolves when the process has ended, for whatever reason. */
  exited: Promise<void>;
  /** Asks it to end (SIGTERM) and waits until it has. */
  stop(): Promise<void>;
  /** Ends it as a power failure would (SIGKILL) and waits until it has. */
  kill9(): Promise<void>;
}

/** The built executable, also when this module itself runs from source. */
const executable = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../../../../dist/libs/embedded/src/event-node/main.js', import.meta.url)
    : new URL('./main.js', import.meta.url),
);

/**
 * Starts an event node in a process of its own, which ends when this process does.
 * @throws Error with what the node printed when it ends before it listens
 */
export async function spawnEventNode(options: SpawnedEventNodeOptions): Promise<SpawnedEventNode> {
  const { databaseUrl, port = 0, tls, onLog, credentials = tls && FIRST_CREDENTIALS } = options;
  const args = ['--port', String(port)];
  args.push(...(tls ? ['--tls-cert', tls.certFile, '--tls-key', tls.keyFile] : ['--insecure']));
  const child = spawn(process.execPath, [executable, ...args], {
    // Detached: a Ctrl-C in the terminal must not stop the store before the programs that still write to it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      SPIL_EVENT_NODE_DATABASE_URL: databaseUrl,
      SPIL_EVENT_NODE_DATABASE_URL_FILE: '',
      SPIL_EVENT_NODE_CREDENTIALS: credentials ? `${credentials.user}:${credentials.password}` : '',
      SPIL_EVENT_NODE_CREDENTIALS_FILE: '',
    },
  });
  const printed: string[] = [];
  for (const input of [child.stdout, child.stderr])
    if (input)
      createInterface({ input }).on('line', (line) => {
        if (printed.length < 20) printed.push(line);
        onLog?.(line);
      });
  const exited = new Promise<void>((done) => child.once('close', () => done()));
  const listening = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port));
    child.once('error', reject);
    void exited.then(() => reject(new Error(`the event node did not start: ${printed.join('\n')}`)));
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await exited;
  };
  const user = credentials
    ? `${encodeURIComponent(credentials.user)}:${encodeURIComponent(credentials.password)}@`
    : '';
  return {
    port: listening,
    pid: child.pid ?? 0,
    connectionString: `esdb://${user}127.0.0.1:${listening}?tls=${tls ? 'true' : 'false'}`,
    exited,
    stop: () => end('SIGTERM'),
    kill9: () => end('SIGKILL'),
  };
}
