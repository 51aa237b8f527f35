import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy to a port of this machine, whose connections can be made to fall silent. */
export interface TcpProxy {
  readonly port: number;
  /** Number of connections that are open. */
  connections(): number;
  /** From now on nothing passes on the newest connection, yet it stays open. Later ones are not touched. */
  silenceNewest(): void;
  /** Cuts every connection. */
  cutAll(): void;
  close(): Promise<void>;
}

export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const open: Socket[][] = [];
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    const pair = [near, far];
    open.push(pair);
    near.pipe(far).pipe(near);
    for (const end of pair) {
      end.on('error', () => pair.forEach((one) => one.destroy()));
      end.on('close', () => {
        if (open.includes(pair)) open.splice(open.indexOf(pair), 1);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const cutAll = (): void => open.flat().forEach((end) => end.destroy());
  return {
    port: address.port,
    connections: () => open.length,
    silenceNewest: () =>
      open.at(-1)?.forEach((end) => {
        end.unpipe();
        end.pause();
      }),
    cutAll,
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cutAll();
      return closed;
    },
  };
}
