import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LocalIssuer } from '@spil/access';

/** Serves on the loopback address what an identity provider says of itself (OpenID Connect Discovery), and its keys. */
export async function serveDiscovery(
  issuer: string,
  keys: LocalIssuer['keys'],
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const origin = `http://${String(request.headers.host)}`;
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(request.url === '/keys' ? keys : { issuer, jwks_uri: `${origin}/keys` }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/.well-known/openid-configuration`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
