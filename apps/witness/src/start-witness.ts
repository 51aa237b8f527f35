import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  formatVerifierKey,
  newKeyFile,
  parseKeyFile,
  signatureTypes,
  type SigningKey,
  type VerifierKey,
} from '@spil/proof';
import { createWitness, type WitnessAnswer } from './add-checkpoint.js';
import { SeenCheckpoints } from './seen.js';

export interface WitnessSettings {
  /** Keeps the key and what was cosigned. */
  readonly folder: string;
  /** Given to a key that is made now; a key that is there keeps its name. */
  readonly name: string;
  readonly logs: readonly VerifierKey[];
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

export interface RunningWitness {
  readonly port: number;
  /** Public key of this witness in its text form. */
  readonly publicKey: string;
  stop(): Promise<void>;
}

/** The folder belongs to another witness that runs. */
export class FolderInUse extends Error {
  constructor(folder: string, pid: number) {
    super(`${folder} is in use by process ${pid}; two witnesses on one folder could cosign two histories`);
    this.name = 'FolderInUse';
  }
}

const largestBody = 64 * 1024;

/** Starts a witness. Makes its key when the folder has none. @throws FolderInUse, MalformedNote */
export async function startWitness({
  folder,
  name,
  logs,
  host,
  port,
}: WitnessSettings): Promise<RunningWitness> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const release = await hold(folder);
  try {
    const key = await ensureKey(join(folder, 'key.json'), name);
    const witness = createWitness({ key, logs, seen: new SeenCheckpoints(folder), now: Date.now });
    const publicKey = formatVerifierKey(key);
    const server = createServer((request, response) => {
      answer(request, publicKey, witness)
        .catch((error: unknown) => {
          console.error(`witness: ${String(error)}`);
          return { status: 500, body: 'the witness could not answer\n' } as const;
        })
        .then((given) => send(response, given), console.error);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, resolve);
    });
    return {
      port: (server.address() as AddressInfo).port,
      publicKey,
      stop: async () => {
        await new Promise((resolve) => {
          server.close(resolve);
          server.closeAllConnections();
        });
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly contentType?: WitnessAnswer['contentType'];
}

async function answer(
  request: IncomingMessage,
  publicKey: string,
  witness: (body: string) => Promise<WitnessAnswer>,
): Promise<Answer> {
  const { method, url } = request;
  if (method === 'GET' && url === '/key') return { status: 200, body: `${publicKey}\n` };
  if (method === 'GET' && url === '/health') return { status: 200, body: 'ok\n' };
  if (url !== '/add-checkpoint') return { status: 404, body: 'a witness answers /add-checkpoint\n' };
  if (method !== 'POST') return { status: 405, body: 'a checkpoint is posted\n' };
  const body = await bodyOf(request);
  return body === undefined ? { status: 413, body: 'that is no checkpoint\n' } : witness(body);
}

/** Undefined for one that is too large. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > largestBody) return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, body, contentType }: Answer): void {
  response.writeHead(status, { 'content-type': contentType ?? 'text/plain; charset=utf-8' }).end(body);
}

async function ensureKey(file: string, name: string): Promise<SigningKey> {
  try {
    await writeFile(file, newKeyFile(name), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return parseKeyFile(await readFile(file, 'utf8'), signatureTypes.cosignature);
}

/** One witness per folder; what a killed one left behind is taken over. */
async function hold(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'process.pid');
  const release = (): Promise<void> => rm(file, { force: true });
  for (;;) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      return release;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(await readFile(file, 'utf8'));
    // In a container every program has the same number, so our own is one that was killed.
    if (holder !== process.pid && isAlive(holder)) throw new FolderInUse(folder, holder);
    await release();
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
