import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import {
  append,
  collect,
  connect,
  events,
  ids,
  newStream,
} from '../../../../test/support/event-store-client.js';
import { startProgram, type Program } from '../../../../test/support/program.js';

const executable = join(import.meta.dirname, '../../../../dist/libs/embedded/src/event-node/main.js');
const tlsFile = (name: string): string => join(import.meta.dirname, '../../../../test/support/tls', name);
const tls = ['--tls-cert', tlsFile('node.cert.pem'), '--tls-key', tlsFile('node.key.pem')];

describe('the event node as a program', () => {
  const started: Program[] = [];
  const start = (args: readonly string[], environment: Readonly<Record<string, string>> = {}): Program => {
    const program = startProgram(process.execPath, [executable, ...args], environment);
    started.push(program);
    return program;
  };
  afterEach(async () => {
    for (const program of started.splice(0)) await program.end('SIGKILL');
  });
  const portOf = async (program: Program): Promise<number> =>
    Number(/:(\d+)/.exec(await program.printed(/^event node listening on/))?.[1]);

  it.each([
    ['', 'say --insecure, or give --tls-cert and --tls-key'],
    ['--insecure --port many', '--port is not a whole number'],
    ['--insecure --port 70000', '--port is not a port number'],
    ['--tls-cert some.pem', '--tls-cert and --tls-key go together'],
    [
      '--insecure --tls-cert a.pem --tls-key b.pem',
      '--insecure and --tls-cert contradict each other: give one of them',
    ],
    ['--insecure --tls-key some.pem', '--insecure and --tls-key contradict each other: give one of them'],
    ['--insecure', 'give --database URL, SPIL_EVENT_NODE_DATABASE_URL or --data DIR'],
    ['--insecure --max-append-size 1MB', '--max-append-size is not a whole number'],
    [
      '--insecure --data here --database postgres://there/events',
      '--data and --database contradict each other: give one of them',
    ],
    ['--insecure --database there', '--database must be a URL that starts with postgres://'],
    ['--tls-cert /nowhere --tls-key /nowhere', '--tls-cert names a file that cannot be read (ENOENT)'],
  ])('says what is wrong with the arguments "%s" and ends with an error', async (args, complaint) => {
    const program = start(args.split(' ').filter(Boolean));
    expect(await program.ended).toBe(1);
    expect(program.lines).toEqual([`event node: ${complaint}`]);
  });

  it('says so of files that hold no certificate and key', async () => {
    const program = start(['--tls-cert', import.meta.filename, '--tls-key', import.meta.filename]);
    expect(await program.ended).toBe(1);
    expect(program.lines).toEqual([
      expect.stringMatching(
        /^event node: --tls-cert and --tls-key are no certificate and key of it in PEM \(/,
      ),
    ]);
  });

  it.each<[Record<string, string>, string]>([
    [
      { SPIL_EVENT_NODE_DATABASE_URL: 'events' },
      'SPIL_EVENT_NODE_DATABASE_URL must be a URL that starts with postgres://',
    ],
    [
      { SPIL_EVENT_NODE_DATABASE_URL_FILE: '/nowhere' },
      'SPIL_EVENT_NODE_DATABASE_URL_FILE names a file that cannot be read (ENOENT)',
    ],
    [
      { SPIL_EVENT_NODE_DATABASE_URL_FILE: '/dev/null' },
      'SPIL_EVENT_NODE_DATABASE_URL_FILE names an empty file',
    ],
    [
      { SPIL_EVENT_NODE_DATABASE_URL: 'events', SPIL_EVENT_NODE_DATABASE_URL_FILE: '/dev/null' },
      'SPIL_EVENT_NODE_DATABASE_URL and SPIL_EVENT_NODE_DATABASE_URL_FILE are both set',
    ],
    [
      { SPIL_EVENT_NODE_CREDENTIALS: 'spil:fictitious' },
      'SPIL_EVENT_NODE_CREDENTIALS needs TLS: clients send none in plain text',
    ],
  ])('says what is wrong with the variables %j and ends with an error', async (environment, complaint) => {
    const program = start(['--insecure'], environment);
    expect(await program.ended).toBe(1);
    expect(program.lines).toEqual([`event node: ${complaint}`]);
  });

  it('keeps its log in a folder of its own when it is given one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'spil-event-node-'));
    const stream = newStream();
    const given = events(1);
    const run = async (work: (client: EventStoreDBClient) => Promise<void>): Promise<void> => {
      const program = start(['--data', folder, '--insecure']);
      const client = connect(await portOf(program));
      await work(client);
      await client.dispose();
      expect(await program.end('SIGTERM')).toBe(0);
    };
    await run(async (client) => {
      await append(client, stream, given, 'no_stream');
    });
    await run(async (client) => {
      expect(await ids(client.readStream(stream))).toEqual(given.map(({ id }) => id));
    });
    await rm(folder, { recursive: true });
  });

  describe('with TLS', () => {
    let database: FreshDatabase;
    beforeAll(async () => {
      database = await freshDatabase();
    });
    afterAll(() => database.drop());

    let folder: string;
    const fileWith = async (name: string, content: string): Promise<string> => {
      const file = join(folder, name);
      await writeFile(file, content);
      return file;
    };
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'spil-event-node-'));
    });
    afterAll(() => rm(folder, { recursive: true }));

    const inEnvironment = () => ({ SPIL_EVENT_NODE_DATABASE_URL: database.url });
    it.each<[string, () => Record<string, string> | Promise<Record<string, string>>, string]>([
      ['admin:changeit, as EventStoreDB does', inEnvironment, 'admin:changeit'],
      [
        'what the environment says',
        () => ({ ...inEnvironment(), SPIL_EVENT_NODE_CREDENTIALS: 'spil:fictitious' }),
        'spil:fictitious',
      ],
      [
        'what files say',
        async () => ({
          SPIL_EVENT_NODE_DATABASE_URL_FILE: await fileWith('url', `${database.url}\n`),
          SPIL_EVENT_NODE_CREDENTIALS_FILE: await fileWith('credentials', 'spil:from-a-file\n'),
        }),
        'spil:from-a-file',
      ],
    ])('asks for %s, and refuses any other password', async (_what, environment, login) => {
      const program = start(tls, await environment());
      const address = `127.0.0.1:${await portOf(program)}?tls=true&tlsCAFile=${tlsFile('node.cert.pem')}`;
      const clientOf = (user: string) => EventStoreDBClient.connectionString(`esdb://${user}@${address}`);
      const [known, stranger] = [clientOf(login), clientOf(`${login}x`)];
      const stream = newStream();

      await known.appendToStream(stream, events(1));

      await expect(stranger.appendToStream(stream, events(1))).rejects.toMatchObject({
        type: 'access-denied',
      });
      await expect(collect(stranger.readStream(stream))).rejects.toMatchObject({ type: 'access-denied' });
      expect(await collect(known.readStream(stream))).toHaveLength(1);
      await Promise.all([known.dispose(), stranger.dispose()]);
      expect(await program.end('SIGTERM')).toBe(0);
    });
  });
});
