import { createServer } from 'node:net';
import { freePort } from './free-port.js';

const listenOn = (port: number): Promise<() => Promise<void>> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve(() => new Promise((closed) => server.close(() => closed()))),
    );
  });

describe('a free port', () => {
  it('can be listened on, and is none that a system gives to outgoing connections', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()));
    for (const port of new Set(ports)) {
      expect(port).toBeLessThan(32_768);
      const close = await listenOn(port);
      await close();
    }
  });
});
