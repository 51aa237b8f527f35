import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy to a port of this machine, which can go away or fall silent as a whole, and come back. */
export interface FreezableProxy {
  readonly port: number;
  /** Connections stay open and new ones are taken, but nothing passes any more: as if the other side were frozen. */
  freeze(): void;
  /** What was held back passes after all. */
  thaw(): void;
  /** Cuts every connection and refuses new ones. */
  goAway(): void;
  comeBack(): void;
  close(): Promise<void>;
}

export async function startFreezableProxy(target: number): Promise<FreezableProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let frozen = false;
  let away = false;
  const server = createServer((near) => {
    if (away) {
      near.destroy();
      return;
    }
    const far = connect(target, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [far, near]] as const) {
      from.on('data', (data) => to.write(data));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
      if (frozen) from.pause();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const each = (act: (end: Socket) => void): void => {
    for (const pair of pairs) pair.forEach(act);
  };
  return {
    port: address.port,
    freeze: () => {
      frozen = true;
      each((end) => end.pause());
    },
    thaw: () => {
      frozen = false;
      each((end) => end.resume());
    },
    goAway: () => {
      away = true;
      each((end) => end.destroy());
    },
    comeBack: () => {
      away = false;
    },
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      each((end) => end.destroy());
      return closed;
    },
  };
}
