import { clearTimeout, setTimeout } from 'node:timers';
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openLocalIssuer } from '../../../dist/libs/access/src/index.js';

/** How long a start, or an end that was asked for, may take. */
const PATIENCE_MS = 120_000;

/** Spil as `npm start` runs it, on a data folder, whose processes can be hit one by one. */
export class RunningSpil {
  #child;
  #ended;
  #issuer;
  #lines = [];

  constructor(dataFolder) {
    this.dataFolder = dataFolder;
  }

  async start() {
    const args = ['dist/apps/standalone/src/main.js', '--data', this.dataFolder, '--port', '0', '--no-pilot'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    this.#ended = new Promise((ended) => child.once('close', ended));
    this.#lines = [];
    const listening = new Promise((resolve) => {
      for (const input of [child.stdout, child.stderr])
        createInterface({ input }).on('line', (line) => {
          this.#lines.push(line);
          const url = /^GraphQL .*?(http:\S+)/.exec(line)?.[1];
          if (url) resolve(url);
        });
    });
    const failed = this.#ended.then((code) => {
      throw new Error(`Spil ended (${code}):\n${this.printed}`);
    });
    // Later ends are looked at where they are caused.
    failed.catch(() => undefined);
    const url = await inTime('start', Promise.race([listening, failed]));
    // Another start may have another login page, which is the issuer's name.
    const { issuer } = await this.#connections();
    this.#issuer = await openLocalIssuer({
      file: join(this.dataFolder, 'secrets', 'token-issuer.json'),
      issuer,
      audience: 'spil',
    });
    this.url = url;
  }

  /** What it printed last. */
  get printed() {
    return this.#lines.slice(-40).join('\n');
  }

  /** What it printed of one request. */
  printedOf(traceId) {
    return this.#lines.filter((line) => line.includes(traceId));
  }

  /** Whether its process runs; nothing here ends it without saying so. */
  get alive() {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Ends it as a power failure would end its process (SIGKILL), or as Ctrl-C does (SIGINT). */
  async end(signal) {
    this.#child.kill(signal);
    const code = await inTime(signal, this.#ended);
    if (signal === 'SIGINT' && code !== 0) throw new Error(`Spil stopped with ${code}:\n${this.printed}`);
  }

  /** Where to send steps, and a token for it. */
  async login(principal) {
    const { url } = this;
    return { url, token: await this.#issuer.issueToken(principal, 600) };
  }

  /** Sends a step of someone who logged in; throws when there is no answer. */
  async send({ url, token }, mutation, input) {
    const type = `${mutation[0].toUpperCase()}${mutation.slice(1)}Input!`;
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({
        query: `mutation ($input: ${type}) { step: ${mutation}(input: $input) {
          __typename ... on StepAccepted { id revision position } ... on StepRefused { code } } }`,
        variables: { input },
      }),
    });
    return response.json();
  }

  get pid() {
    return this.#child.pid;
  }

  async eventNode() {
    for (const pid of await childrenOf(this.#child.pid))
      if ((await readFile(`/proc/${pid}/cmdline`, 'utf8')).includes('event-node')) return pid;
    throw new Error('there is no event node just now');
  }

  async eventNodePort() {
    return Number(new URL((await this.#connections()).eventStoreUrl).port);
  }

  async postmaster() {
    return Number((await this.#postmasterFile())[0]);
  }

  /** Address of one of its databases, for the superuser. */
  async database(name) {
    const password = (await readFile(join(this.dataFolder, 'secrets', 'superuser'), 'utf8')).trim();
    let port;
    // A server that starts makes the file first and then writes it.
    while (!port) port = (await this.#postmasterFile())[3];
    return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;
  }

  async #connections() {
    return JSON.parse(await readFile(join(this.dataFolder, 'connections.json'), 'utf8'));
  }

  async #postmasterFile() {
    return (await readFile(join(this.dataFolder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  }
}

/** The children of a process, of any of its threads. */
export async function childrenOf(pid) {
  const tasks = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8')),
  );
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

async function inTime(what, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Spil took too long: ${what}`)), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
