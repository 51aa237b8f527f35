import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections: one of those could be taken by a connection before it is listened on. */
const first = 10_000;
const beyondLast = 32_000;
const tries = 100;

/** A port of this machine that nothing listens on. @throws Error when a hundred ports in a row were taken */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < tries; tried += 1) {
    const port = randomInt(first, beyondLast);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port between ${first} and ${beyondLast} is free`);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(false) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
